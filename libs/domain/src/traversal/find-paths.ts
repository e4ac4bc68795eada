import { coded, HeadwaterError } from '../errors.js';
import type { NodeId, NodeKind } from '../identifiers.js';
import { DirectedWalk } from './directed-walk.js';
import { enumeratePaths, type LineagePath } from './enumerate-paths.js';
import {
  DEFAULT_BUDGET,
  type LineageGranularity,
  type Moment,
  type MomentRequest,
  type Side,
  type TraversalBudget,
  type TraversalPorts,
  type TruncationReason,
} from './lineage-answer.js';
import { fixMoment } from './moment.js';
import { resolveRoot } from './resolve-root.js';

export type { LineagePath } from './enumerate-paths.js';

export interface PathsRequest extends Omit<MomentRequest, 'between'> {
  readonly from: NodeId;
  readonly to: NodeId;
  readonly granularity: LineageGranularity;
  /** At most so many paths. */
  readonly limit: number;
}

export interface LineagePaths {
  readonly from: NodeId;
  readonly to: NodeId;
  /** By length, then by their NodeIds. The first is a shortest one. */
  readonly paths: readonly LineagePath[];
  /** There are, or may be, more. */
  readonly truncated: boolean;
  readonly truncatedBecause: TruncationReason | null;
  readonly moment: Moment;
}

/** How many nodes one direction visits before a search gives up. */
const SEARCH_NODES = 10_000;
const MICROS_PER_MS = 1_000;

/**
 * The shortest way from one node to another along the flow, and others up to twice its length, shorter first. Searches
 * from both ends, always the smaller frontier, so that a hub at one of them does not matter. Null when an end is unknown.
 */
export async function findPaths(
  ports: TraversalPorts,
  request: PathsRequest,
  budget: TraversalBudget = DEFAULT_BUDGET,
): Promise<LineagePaths | null> {
  const deadline = ports.clock.now() + budget.timeMs * MICROS_PER_MS;
  const moment = await fixMoment(ports, request);
  const [from, to] = await Promise.all([
    resolveRoot(ports, request.from, request.granularity, moment),
    resolveRoot(ports, request.to, request.granularity, moment),
  ]);
  if (from === null || to === null) return null;
  if (request.granularity === 'DATASET') refuseJobs({ from: from.node.kind, to: to.node.kind });
  const answer = { from: from.node.id, to: to.node.id, moment };
  const common = from.starts.filter((id) => to.starts.includes(id)).slice(0, request.limit);
  if (common.length > 0) {
    const paths = common.map((id) => ({ nodes: [id], edges: [], length: 0 }));
    return { ...answer, paths, truncated: false, truncatedBecause: null };
  }
  const walk = (side: Side, starts: readonly NodeId[]): DirectedWalk =>
    new DirectedWalk(
      {
        graph: ports.graph,
        clock: ports.clock,
        granularity: request.granularity,
        side,
        moment,
        budget,
        depth: Infinity,
        needed: SEARCH_NODES,
        counting: false,
      },
      starts.map((node) => ({ node })),
    );
  const search = new Search(walk('DOWNSTREAM', from.starts), walk('UPSTREAM', to.starts), () => {
    if (ports.clock.now() >= deadline) return 'TIME';
    return null;
  });
  const found = await search.run(from.starts, to.starts, request.limit);
  if (found === null) {
    return { ...answer, paths: [], truncated: search.stopped !== null, truncatedBecause: search.stopped };
  }
  const { paths, isComplete } = enumeratePaths(found.walk, found.goals, request.limit);
  const isWhole = isComplete && found.walk.isComplete;
  return {
    ...answer,
    paths,
    truncated: !isWhole,
    truncatedBecause: isWhole ? null : (search.stopped ?? 'NODES'),
  };
}

function refuseJobs(kinds: Readonly<Record<'from' | 'to', NodeKind>>): void {
  const faults = Object.entries(kinds)
    .filter(([, kind]) => kind === 'JOB')
    .map(([end]) => ({
      pointer: `/${end}`,
      ...coded('NO_PATH_END', 'names a job or run, which is no part of a path of datasets'),
    }));
  if (faults.length === 0) return;
  const message =
    'A path at granularity DATASET begins and ends at datasets: ask with granularity JOB, or name datasets.';
  throw new HeadwaterError('INVALID_INPUT', message, { faults });
}

/** Two walks towards each other's ends; the one that arrives carries the paths. */
class Search {
  readonly #down: DirectedWalk;
  readonly #up: DirectedWalk;
  readonly #timeIsUp: () => 'TIME' | null;
  stopped: 'TIME' | 'NODES' | null = null;

  constructor(down: DirectedWalk, up: DirectedWalk, timeIsUp: () => 'TIME' | null) {
    this.#down = down;
    this.#up = up;
    this.#timeIsUp = timeIsUp;
  }

  async run(
    from: readonly NodeId[],
    to: readonly NodeId[],
    limit: number,
  ): Promise<{ readonly walk: DirectedWalk; readonly goals: readonly NodeId[] } | null> {
    for (;;) {
      for (const [walk, goals] of [[this.#down, to] as const, [this.#up, from] as const]) {
        const depth = nearest(walk, goals);
        if (depth === undefined) continue;
        // A shortest path is certain once its level is through; others up to twice as long come with the next levels.
        await this.#advanceTo(walk, limit === 1 ? depth : 2 * depth + 2);
        return { walk, goals };
      }
      const walk = this.#down.frontierSize <= this.#up.frontierSize ? this.#down : this.#up;
      if (walk.isExhausted) {
        if (!walk.isComplete) this.stopped = 'NODES';
        return null;
      }
      if (this.#mustStop(walk)) return null;
      await walk.advance();
    }
  }

  async #advanceTo(walk: DirectedWalk, depth: number): Promise<void> {
    while (walk.nextDepth < depth && !this.#mustStop(walk)) await walk.advance();
  }

  #mustStop(walk: DirectedWalk): boolean {
    this.stopped = walk.order.length >= SEARCH_NODES || walk.edgesLeft <= 0 ? 'NODES' : this.#timeIsUp();
    return this.stopped !== null;
  }
}

function nearest(walk: DirectedWalk, goals: readonly NodeId[]): number | undefined {
  const depths = goals.flatMap((goal) => walk.statesOf(goal)[0]?.depth ?? []);
  return depths.length === 0 ? undefined : Math.min(...depths);
}
