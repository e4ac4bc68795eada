import type { EdgeKind } from '../graph.js';
import type { NodeId } from '../identifiers.js';
import type { LineageDirection, LineageEdge, LineageGranularity, Side, TruncationReason } from './lineage-answer.js';
import type { DirectedWalk, WalkState } from './directed-walk.js';
import { forEachHop, hopKind, hopsAreKnown, toEdge, type Chain } from './hops.js';

/** The walks of one answer; a side that was not asked for is absent. */
export type Walks = Readonly<Partial<Record<Side, DirectedWalk>>>;

export interface PlacedNode {
  readonly id: NodeId;
  readonly depth: number;
  readonly direction: LineageDirection;
}

export interface PageRequest {
  readonly granularity: LineageGranularity;
  readonly depth: number;
  readonly maxNodes: number;
  readonly maxEdges: number;
  /** What earlier pages gave: so many nodes, and the edges among them from nodes at a depth below `edgeDepth`. */
  readonly given: number;
  readonly edgeDepth: number;
}

export interface Page {
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly LineageEdge[];
  readonly truncatedBecause: TruncationReason | null;
  /** Nodes and edge depth after this page. */
  readonly given: number;
  readonly edgeDepth: number;
  /** Every node up to this depth, and every edge from a lesser one, is in this page or an earlier one. */
  readonly completeDepth: number;
  /** All nodes given so far, this page included. */
  readonly shownNodes: ReadonlySet<NodeId>;
  /** Whether an edge is among those given so far, this page included. */
  readonly holdsEdge: (kind: EdgeKind, from: NodeId, to: NodeId) => boolean;
  /** Whether asking again with the cursor gives more. */
  readonly canGoOn: boolean;
}

const SIDES: readonly Side[] = ['UPSTREAM', 'DOWNSTREAM'];

/** Cuts one page from what the walks found: nodes by depth, causes before effects, and the edges among all given so far. */
export function selectPage(walks: Walks, request: PageRequest): Page {
  const { depth, given, maxNodes } = request;
  const merged = merge(walks, depth, given + maxNodes + 1);
  const present = SIDES.flatMap((side) => walks[side] ?? []);
  const edgeDepth = Math.min(depth, ...present.map((walk) => walk.edgesKnownTo));
  const index = new Map(merged.slice(0, given + maxNodes).map((node, at) => [node.id, at]));
  const fits = Math.min(merged.length, given + maxNodes);
  // A walk that ended before it came as far as the page before has nothing to add that would join on to it.
  const isShort = edgeDepth < Math.min(depth, request.edgeDepth);
  const end = isShort ? Math.min(given, fits) : cutByEdges(walks, index, request, edgeDepth, fits);
  const drafts = collect(walks, merged.slice(0, end), index, end, edgeDepth, request);
  const holdsEdge = (kind: EdgeKind, from: NodeId, to: NodeId): boolean => {
    const [start, target] = [index.get(from), index.get(to)];
    if (start === undefined || target === undefined || start >= end || target >= end) return false;
    return drafts.has(draftKey(kind, start, target, end));
  };
  const edges = [...drafts.values()]
    .filter((draft) => !draft.wasGiven)
    .map((draft) => toEdge(draft.from, draft.to, draft.kind, draft.chains, draft.side));
  const growsAt = Math.min(...present.map((walk) => walk.growsAt));
  const nextDepth = merged[end]?.depth;
  const completeDepth = Math.min(depth, edgeDepth, growsAt - 1, nextDepth === undefined ? Infinity : nextDepth - 1);
  const isRanOut = edgeDepth < depth || (growsAt < Infinity && growsAt <= depth);
  const isEdges = isRanOut && present.some((walk) => walk.ranOut === 'EDGES');
  const nodes = merged.slice(given, end);
  return {
    nodes,
    edges,
    truncatedBecause: reason(
      nextDepth !== undefined || isEdges,
      isRanOut,
      isDeeper(walks, merged.slice(0, end), request, holdsEdge),
    ),
    given: Math.max(given, end),
    edgeDepth: Math.max(request.edgeDepth, edgeDepth),
    completeDepth: Math.max(0, completeDepth),
    shownNodes: new Set(merged.slice(0, end).map(({ id }) => id)),
    holdsEdge,
    // The same budget of edges would end at the same place, time may not.
    canGoOn: !isEdges || nodes.length > 0 || edges.length > 0,
  };
}

function reason(hasMore: boolean, isRanOut: boolean, isDeeper: boolean): TruncationReason | null {
  if (hasMore) return 'NODES';
  if (isRanOut) return 'TIME';
  return isDeeper ? 'DEPTH' : null;
}

/** The nodes that a page holds at most, as soon as what is shown is known: where edges are many, it holds fewer. */
export function nodesOfPage(
  walks: Walks,
  { depth, given, maxNodes }: Pick<PageRequest, 'depth' | 'given' | 'maxNodes'>,
): readonly NodeId[] {
  return merge(walks, depth, given + maxNodes)
    .slice(given)
    .map(({ id }) => id);
}

/** The first `count` nodes of both walks in their common order; what one walk may still find earlier ends the list. */
function merge(walks: Walks, depth: number, count: number): readonly PlacedNode[] {
  const placed = new Map<NodeId, PlacedNode>();
  const at: Record<Side, number> = { UPSTREAM: 0, DOWNSTREAM: 0 };
  const growsUp = walks.UPSTREAM?.growsAt ?? Infinity;
  const growsDown = walks.DOWNSTREAM?.growsAt ?? Infinity;
  const last = Math.min(depth, growsUp, growsDown);
  const longest = Math.max(...SIDES.map((side) => walks[side]?.order.at(-1)?.depth ?? 0));
  for (let level = 0; level <= Math.min(last, longest) && placed.size < count; level += 1) {
    for (const side of SIDES) {
      // Causes found later at this depth would come before its effects.
      if (side === 'DOWNSTREAM' && growsUp <= level) continue;
      const order = walks[side]?.order ?? [];
      for (; order[at[side]]?.depth === level && placed.size < count; at[side] += 1) {
        const id = order[at[side]]?.node;
        if (id !== undefined && !placed.has(id))
          placed.set(id, { id, depth: level, direction: sidesOf(walks, id, depth, side) });
      }
    }
  }
  return [...placed.values()];
}

function sidesOf(walks: Walks, id: NodeId, depth: number, found: Side): LineageDirection {
  const other = walks[found === 'UPSTREAM' ? 'DOWNSTREAM' : 'UPSTREAM'];
  const reached = walks[found]?.depthOf(id) === 0 ? 0 : (other?.depthOf(id) ?? Infinity);
  return reached <= depth ? 'BOTH' : found;
}

interface Draft {
  readonly from: NodeId;
  readonly to: NodeId;
  readonly kind: EdgeKind;
  readonly side: Side;
  readonly chains: Chain[];
  wasGiven: boolean;
}

/**
 * The place in the answer from which on a page holds a hop: that of its later end, and in a cycle not before the walk's
 * own order has come to where it starts, since earlier pages did not need to look there.
 */
function placeOf(state: WalkState, near: number, far: number): number {
  return Math.max(near, far, state.rank);
}

function collect(
  walks: Walks,
  nodes: readonly PlacedNode[],
  index: ReadonlyMap<NodeId, number>,
  end: number,
  edgeDepth: number,
  { granularity, given, edgeDepth: earlierDepth }: PageRequest,
): ReadonlyMap<number, Draft> {
  const drafts = new Map<number, Draft>();
  for (const side of SIDES) {
    forEachShownState(walks[side], nodes, edgeDepth, (state, near) => {
      forEachHop(state, granularity, (to, chain) => {
        const far = index.get(to.node);
        if (far === undefined || placeOf(state, near, far) >= end) return;
        const wasGiven = placeOf(state, near, far) < given && state.depth < earlierDepth;
        const [from, target] = side === 'DOWNSTREAM' ? [near, far] : [far, near];
        const kind = hopKind(chain);
        const key = draftKey(kind, from, target, end);
        const known = drafts.get(key);
        if (known === undefined) {
          const ends = side === 'DOWNSTREAM' ? ([state.node, to.node] as const) : ([to.node, state.node] as const);
          drafts.set(key, { from: ends[0], to: ends[1], kind, side, chains: [chain], wasGiven });
        } else {
          known.wasGiven ||= wasGiven;
          // A second way through jobs adds to an edge; the same edge seen again from elsewhere does not.
          if (known.side === side && granularity === 'DATASET') known.chains.push(chain);
        }
      });
    });
  }
  return drafts;
}

/** A number for each edge between places of the answer: texts of two ids are long, and there are many edges. */
function draftKey(kind: EdgeKind, from: number, to: number, end: number): number {
  const code = kind === 'READ' ? 0 : kind === 'WRITE' ? 1 : 2;
  return (from * end + to) * 3 + code;
}

/** The end of the page, earlier than `end` where the edges would be too many; at least one new node is given. */
function cutByEdges(
  walks: Walks,
  index: ReadonlyMap<NodeId, number>,
  request: PageRequest,
  edgeDepth: number,
  end: number,
): number {
  const { given, maxEdges, granularity } = request;
  const counts = new Uint32Array(end);
  const nodes = [...index.keys()].map((id) => ({ id }));
  for (const side of SIDES) {
    forEachShownState(walks[side], nodes, edgeDepth, (state, near) => {
      forEachHop(state, granularity, (to) => {
        const later = placeOf(state, near, index.get(to.node) ?? end);
        if (later >= given && later < end) counts[later] = (counts[later] ?? 0) + 1;
      });
    });
  }
  let total = 0;
  for (let at = given; at < end; at += 1) {
    total += counts[at] ?? 0;
    if (total > maxEdges && at > given) return at;
  }
  return end;
}

function forEachShownState(
  walk: DirectedWalk | undefined,
  nodes: readonly { readonly id: NodeId }[],
  edgeDepth: number,
  visit: (state: WalkState, place: number) => void,
): void {
  if (walk === undefined) return;
  nodes.forEach(({ id }, place) => {
    for (const state of walk.statesOf(id)) if (state.depth < edgeDepth) visit(state, place);
  });
}

/** Whether a shown node leads on at the depth limit, over an edge that is not shown from elsewhere. */
function isDeeper(
  walks: Walks,
  nodes: readonly PlacedNode[],
  { depth, granularity }: PageRequest,
  holdsEdge: Page['holdsEdge'],
): boolean {
  if (depth === Infinity) return false;
  const leadsOn = (state: WalkState, side: Side): boolean => {
    if (!hopsAreKnown(state, granularity)) return true;
    let found = false;
    forEachHop(state, granularity, (to, chain) => {
      const [from, target] = side === 'DOWNSTREAM' ? [state.node, to.node] : [to.node, state.node];
      found ||= !holdsEdge(hopKind(chain), from, target);
    });
    return found;
  };
  return SIDES.some((side) => {
    const walk = walks[side];
    if (walk === undefined) return false;
    // A job as root at DATASET is no node of the answer, but leads on all the same.
    const starts = walk.startCount === 0 ? [...walk.states()].slice(0, 1) : [];
    const states = nodes.flatMap(({ id }) => walk.statesOf(id));
    return [...starts, ...states].some((state) => state.depth >= depth && leadsOn(state, side));
  });
}
