import type { NodeId } from '../identifiers.js';
import type {
  LineageDirection,
  LineageGranularity,
  Moment,
  Side,
  TraversalBudget,
  TraversalPorts,
} from './lineage-answer.js';
import { DirectedWalk } from './directed-walk.js';
import type { Walks } from './select-page.js';

export interface ReachRequest {
  readonly starts: readonly NodeId[];
  readonly direction: LineageDirection;
  readonly granularity: LineageGranularity;
  readonly moment: Moment;
  readonly depth: number;
  /** How many nodes may be shown. */
  readonly needed: number;
  /** Sides that are counted beyond that, whether shown or not. */
  readonly counts: readonly Side[];
  readonly startedAt: number;
}

/** Walks all sides at once. `walks` are those asked for; `counted` has those that are only counted as well. */
export async function reach(
  ports: Pick<TraversalPorts, 'graph' | 'clock'>,
  request: ReachRequest,
  budget: TraversalBudget,
): Promise<{ readonly walks: Walks; readonly counted: Walks }> {
  const { direction, granularity, moment, startedAt, counts } = request;
  const sides: readonly Side[] = ['UPSTREAM', 'DOWNSTREAM'];
  const all = sides.flatMap((side) => {
    const isShown = direction === 'BOTH' || direction === side;
    if (!isShown && !counts.includes(side)) return [];
    const walk = new DirectedWalk(
      {
        graph: ports.graph,
        clock: ports.clock,
        granularity,
        side,
        moment,
        budget,
        depth: request.depth,
        needed: isShown ? request.needed : 0,
        counting: counts.includes(side),
      },
      request.starts.map((node) => ({ node })),
    );
    return [{ side, isShown, walk }];
  });
  await runAll(
    all.map(({ walk }) => walk),
    startedAt,
  );
  const shown = all.filter(({ isShown }) => isShown);
  return { walks: bySide(shown), counted: bySide(all) };
}

/** Runs walks at once; when the store fails one, the others stop asking it. */
export async function runAll(walks: readonly DirectedWalk[], startedAt: number): Promise<void> {
  try {
    await Promise.all(walks.map((walk) => walk.run(startedAt)));
  } catch (error) {
    for (const walk of walks) walk.stop();
    throw error;
  }
}

function bySide(entries: readonly { readonly side: Side; readonly walk: DirectedWalk }[]): Walks {
  return Object.fromEntries(entries.map(({ side, walk }) => [side, walk]));
}
