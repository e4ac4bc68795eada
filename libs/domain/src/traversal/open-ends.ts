import type { NodeId } from '../identifiers.js';
import type { LineageGranularity, Moment, Side, TraversalBudget, TraversalPorts } from './lineage-answer.js';
import { DirectedWalk, type WalkState } from './directed-walk.js';
import { forEachHop, hopKind, hopsAreKnown } from './hops.js';
import { stopOnFailure } from './reach.js';
import type { Page, PlacedNode, Walks } from './select-page.js';

export interface OpenEndsRequest {
  /** The nodes that may be shown. */
  readonly nodes: readonly NodeId[];
  readonly walks: Walks;
  readonly granularity: LineageGranularity;
  readonly depth: number;
  readonly moment: Moment;
  readonly startedAt: number;
  /** Whether to ask the store about the sides that the walk did not come along. */
  readonly lookUp: boolean;
  readonly countNeighbors: boolean;
}

/** One side of a node. */
export interface OpenEnd {
  /** Whether there are more edges than were shown. What could not be looked up counts as having more. */
  readonly isOpen: boolean;
  /** Nodes one hop away, shown or not; null where they were not counted or are known in part only. */
  readonly neighbors: number | null;
}

/** What each node has on either side. */
export type OpenEnds = Readonly<Record<Side, ReadonlyMap<NodeId, OpenEnd>>>;

/** What was seen one hop beyond nodes, to be held against the page that came of them. */
export type LookedAround = (page: Page, nodes: readonly PlacedNode[]) => OpenEnds;

/** Looks one hop beyond the nodes of a page: both sides at once, one round trip each (two at DATASET). */
export async function lookAround(
  ports: Pick<TraversalPorts, 'graph' | 'clock'>,
  request: OpenEndsRequest,
  budget: TraversalBudget,
): Promise<LookedAround> {
  const up = lookBeyond(ports, 'UPSTREAM', request, budget);
  const down = lookBeyond(ports, 'DOWNSTREAM', request, budget);
  const looks = [...up.looks, ...down.looks];
  if (request.lookUp) {
    await stopOnFailure(
      looks,
      looks.map((look) => look.show(request.startedAt)),
    );
  }
  return (page, nodes) => ({ UPSTREAM: up.collect(page, nodes), DOWNSTREAM: down.collect(page, nodes) });
}

function lookBeyond(
  ports: Pick<TraversalPorts, 'graph' | 'clock'>,
  side: Side,
  request: OpenEndsRequest,
  budget: TraversalBudget,
): {
  readonly looks: readonly DirectedWalk[];
  readonly collect: (page: Page, nodes: readonly PlacedNode[]) => ReadonlyMap<NodeId, OpenEnd>;
} {
  const { nodes, walks, granularity, moment, depth } = request;
  const walked = walks[side];
  const isWalked = (id: NodeId): boolean => (walked?.statesOf(id)[0]?.depth ?? Infinity) <= depth;
  const others = nodes.filter((id) => !isWalked(id));
  const look = new DirectedWalk(
    // Depth 0 looks at the starts themselves; nothing of it is shown, so no rows are needed.
    { ...ports, granularity, side, moment, budget, depth: 0, needed: others.length, counting: false },
    others.map((node) => ({ node })),
  );
  const isOpen = (page: Page, state: WalkState): boolean => {
    if (!hopsAreKnown(state, granularity)) return true;
    let open = false;
    forEachHop(state, granularity, (to, chain) => {
      // From a job at DATASET no edge starts: it is as open as the datasets next to it are missing.
      if (granularity === 'DATASET' && state.node.startsWith('job:')) {
        open ||= !page.shownNodes.has(to.node);
        return;
      }
      const [from, target] = side === 'DOWNSTREAM' ? [state.node, to.node] : [to.node, state.node];
      open ||= !page.holdsEdge(hopKind(chain), from, target);
    });
    return open;
  };
  const statesOf = (id: NodeId): readonly WalkState[] =>
    isWalked(id) ? (walked?.statesOf(id) ?? []) : look.statesOf(id).filter((state) => state.depth === 0);
  const neighborsOf = (states: readonly WalkState[]): number | null => {
    if (!request.countNeighbors || states.length === 0) return null;
    if (!states.every((state) => hopsAreKnown(state, granularity))) return null;
    const found = new Set<NodeId>();
    for (const state of states) forEachHop(state, granularity, ({ node }) => found.add(node));
    return found.size;
  };
  const collect = (page: Page, shown: readonly PlacedNode[]): ReadonlyMap<NodeId, OpenEnd> =>
    new Map(
      shown.map(({ id }) => {
        const states = statesOf(id);
        return [id, { isOpen: states.some((state) => isOpen(page, state)), neighbors: neighborsOf(states) }];
      }),
    );
  return { looks: others.length > 0 ? [look] : [], collect };
}
