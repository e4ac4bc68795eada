import type { EdgeKind } from '../graph.js';
import type { NodeId } from '../identifiers.js';
import type { DirectedWalk, WalkState } from './directed-walk.js';
import type { LineageEdge } from './lineage-answer.js';
import { forEachHop, hopKind, toEdge, type Chain } from './hops.js';

/** A way that data takes. No dataset comes twice; a job does only where its pairs leave no shorter way (rule 17). */
export interface LineagePath {
  /** In the direction of the flow; the first belongs to `from`, the last to `to`. */
  readonly nodes: readonly NodeId[];
  /** One for each pair of neighbors in `nodes`. */
  readonly edges: readonly LineageEdge[];
  /** Hops, counted as the granularity counts depth. */
  readonly length: number;
}

/** Hops looked at, and beginnings of paths continued, before the search for others ends. */
const MAX_HOPS = 200_000;
const MAX_BEGINNINGS = 20_000;

interface Hop {
  readonly to: WalkState;
  readonly kind: EdgeKind;
  readonly chains: Chain[];
}

interface Beginning {
  readonly at: WalkState;
  readonly hop: Hop | null;
  readonly before: Beginning | null;
  readonly length: number;
}

/**
 * Paths that never return to where they were, from the starts of a walk to any of the goals, shorter first, among the states that the
 * walk found. Every beginning is continued only where a goal can still be reached, and by what length it needs at
 * least, so that the shortest costs its own length; the work is bounded whatever the graph. `isComplete` is false
 * where there are, or may be, more paths than given.
 */
export function enumeratePaths(
  walk: DirectedWalk,
  goals: readonly NodeId[],
  limit: number,
): { readonly paths: readonly LineagePath[]; readonly isComplete: boolean } {
  const { hops, isWhole } = collectHops(walk);
  const isGoal = new Set(goals);
  const remaining = distances(hops, isGoal);
  const queue: Beginning[][] = [];
  const push = (beginning: Beginning): void => {
    const rest = remaining.get(beginning.at);
    if (rest !== undefined) (queue[beginning.length + rest] ??= []).push(beginning);
  };
  for (const state of walk.states()) {
    if (state.depth === 0 && state.arrivedBy === undefined) push({ at: state, hop: null, before: null, length: 0 });
  }
  const found: Beginning[] = [];
  let continued = 0;
  for (let total = 0; total < queue.length; total += 1) {
    // Last in, first out among equals: the end of one path comes before the beginnings of all others.
    const equals = (queue[total] ??= []).reverse();
    for (let beginning = equals.pop(); beginning !== undefined; beginning = equals.pop()) {
      const { at, length } = beginning;
      if (isGoal.has(at.node)) {
        if (found.length === limit) return { paths: inOrder(found, walk), isComplete: false };
        found.push(beginning);
        continue;
      }
      continued += 1;
      if (continued > MAX_BEGINNINGS) return { paths: inOrder(found, walk), isComplete: false };
      for (const hop of (hops.get(at) ?? []).toReversed()) {
        if (!returns(beginning, hop.to, hops)) push({ at: hop.to, hop, before: beginning, length: length + 1 });
      }
    }
  }
  return { paths: inOrder(found, walk), isComplete: isWhole };
}

function collectHops(walk: DirectedWalk): { readonly hops: ReadonlyMap<WalkState, readonly Hop[]>; isWhole: boolean } {
  const { granularity } = walk.options;
  const hops = new Map<WalkState, readonly Hop[]>();
  let count = 0;
  for (const state of walk.states()) {
    if (granularity === 'DATASET' && state.node.startsWith('job:')) continue;
    if (count > MAX_HOPS) return { hops, isWhole: false };
    const byTarget = new Map<WalkState, Hop>();
    forEachHop(state, granularity, (to, chain) => {
      count += 1;
      const known = byTarget.get(to);
      if (known === undefined) byTarget.set(to, { to, kind: hopKind(chain), chains: [chain] });
      else known.chains.push(chain);
    });
    hops.set(
      state,
      [...byTarget.values()].sort((a, b) => (a.to.node < b.to.node ? -1 : a.to.node > b.to.node ? 1 : 0)),
    );
  }
  return { hops, isWhole: true };
}

/** Hops from each state to the nearest goal; a state without one is absent. */
function distances(
  hops: ReadonlyMap<WalkState, readonly Hop[]>,
  isGoal: ReadonlySet<NodeId>,
): ReadonlyMap<WalkState, number> {
  const sources = new Map<WalkState, WalkState[]>();
  for (const [state, list] of hops) {
    for (const { to } of list) {
      const known = sources.get(to);
      if (known === undefined) sources.set(to, [state]);
      else known.push(state);
    }
  }
  const remaining = new Map<WalkState, number>();
  const queue = [...hops.keys()].filter((state) => isGoal.has(state.node));
  for (const goal of queue) remaining.set(goal, 0);
  for (const state of queue) {
    for (const source of sources.get(state) ?? []) {
      if (remaining.has(source)) continue;
      remaining.set(source, (remaining.get(state) ?? 0) + 1);
      queue.push(source);
    }
  }
  return remaining;
}

/**
 * Whether a beginning already stands on the target. A job may come twice, by different datasets, but only where its
 * pairs ask for it: not where the earlier visit leads to the target as well.
 */
function returns(beginning: Beginning, to: WalkState, hops: ReadonlyMap<WalkState, readonly Hop[]>): boolean {
  const { at: last } = beginning;
  for (let at: Beginning | null = beginning; at !== null; at = at.before) {
    if (at.at === to) return true;
    if (at.at === last || at.at.node !== last.node) continue;
    if (hops.get(at.at)?.some((hop) => hop.to.node === to.node)) return true;
  }
  return false;
}

function inOrder(found: readonly Beginning[], walk: DirectedWalk): readonly LineagePath[] {
  return found
    .map((end) => toPath(end, walk))
    .sort((a, b) => a.length - b.length || (a.nodes.join(' ') < b.nodes.join(' ') ? -1 : 1));
}

function toPath(end: Beginning, walk: DirectedWalk): LineagePath {
  const { side } = walk.options;
  const steps: Beginning[] = [];
  for (let at: Beginning | null = end; at !== null; at = at.before) steps.push(at);
  // From the end back to the start is the direction of the flow for a walk upstream.
  const edges = steps.flatMap(({ at, hop, before }) => {
    if (hop === null || before === null) return [];
    const [from, to] = side === 'DOWNSTREAM' ? [before.at.node, at.node] : [at.node, before.at.node];
    return [toEdge(from, to, hop.kind, hop.chains, side)];
  });
  const nodes = steps.map(({ at }) => at.node);
  return side === 'DOWNSTREAM'
    ? { nodes: nodes.reverse(), edges: edges.reverse(), length: end.length }
    : { nodes, edges, length: end.length };
}
