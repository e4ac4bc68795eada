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

export interface Reach {
  /** The sides asked for. What is shown of them is known. */
  readonly walks: Walks;
  /** These and the sides that are only counted. */
  readonly counted: Walks;
  /** When this resolves, nothing is looked at any more. */
  readonly counting: Promise<void>;
  /** Ends the counting early. */
  readonly stop: () => void;
}

/** Walks all sides at once; resolves when what is shown is known, while the counting goes on. */
export async function reach(
  ports: Pick<TraversalPorts, 'graph' | 'clock'>,
  request: ReachRequest,
  budget: TraversalBudget,
): Promise<Reach> {
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
  const running = all.map(({ walk }) => walk);
  const showing = running.map((walk) => walk.show(startedAt));
  const counting = stopOnFailure(
    running,
    running.map(async (walk, at) => {
      await showing[at];
      await walk.count(startedAt);
    }),
  );
  // Who waits for it is told of a failure; here it only must not count as unheard.
  counting.catch(() => undefined);
  await stopOnFailure(running, showing);
  const shown = all.filter(({ isShown }) => isShown);
  return {
    walks: bySide(shown),
    counted: bySide(all),
    counting,
    stop: () => {
      for (const walk of running) walk.stop();
    },
  };
}

/** Waits for the work of walks; when the store fails one, the others stop asking it. */
export async function stopOnFailure(walks: readonly DirectedWalk[], work: readonly Promise<void>[]): Promise<void> {
  try {
    await Promise.all(work);
  } catch (error) {
    for (const walk of walks) walk.stop();
    throw error;
  }
}

function bySide(entries: readonly { readonly side: Side; readonly walk: DirectedWalk }[]): Walks {
  return Object.fromEntries(entries.map(({ side, walk }) => [side, walk]));
}
