import type { GraphNode } from '../graph.js';
import type { NodeId } from '../identifiers.js';
import { DirectedWalk } from './directed-walk.js';
import { edgeKey, forEachHop, toEdge, type Chain } from './hops.js';
import type { LineageEdge, Moment, TraversalBudget, TraversalPorts } from './lineage-answer.js';
import type { Page, Walks } from './select-page.js';

export interface ThroughRootRequest {
  readonly root: GraphNode;
  readonly page: Page;
  readonly walks: Walks;
  readonly moment: Moment;
}

/**
 * At DATASET a job as root shows as the edges from what it reads to what it writes, which neither walk runs over: one
 * walks up from the job, the other down. Respects the job's pairs (lineage-semantics, rule 17). Empty for other roots;
 * `isCut` where there are more than one answer may hold.
 */
export async function edgesThroughRoot(
  ports: Pick<TraversalPorts, 'graph' | 'clock'>,
  request: ThroughRootRequest,
  budget: TraversalBudget,
): Promise<{ readonly edges: readonly LineageEdge[]; readonly isCut: boolean }> {
  const { root, page, walks, moment } = request;
  const { UPSTREAM: up, DOWNSTREAM: down } = walks;
  if (root.kind !== 'JOB' || up?.options.granularity !== 'DATASET' || down === undefined) {
    return { edges: [], isCut: false };
  }
  const reads = new Map<NodeId, Chain>();
  for (const { to, edge } of up.statesOf(root.id)[0]?.steps ?? []) {
    if (page.shownNodes.has(to.node)) reads.set(to.node, { edge, before: null });
  }
  const walk = new DirectedWalk(
    { ...down.options, budget, moment, depth: 1, needed: 1, counting: false },
    [...reads.keys()].map((arrivedBy) => ({ node: root.id, arrivedBy })),
  );
  while (walk.nextDepth === 0 && walk.edgesLeft > 0) await walk.advance();
  const isNew = new Set(page.nodes.map(({ id }) => id));
  const edges = new Map<string, { readonly from: NodeId; readonly to: NodeId; readonly chains: Chain[] }>();
  let isCut = walk.nextDepth === 0;
  const { depth } = down.options;
  // In a cycle a walk itself runs over such an edge, and gives it on the page where it comes to it.
  const isWalked = (from: NodeId, to: NodeId): boolean =>
    Math.min(up.depthOf(to) ?? Infinity, down.depthOf(from) ?? Infinity) < depth;
  for (const state of walk.statesOf(root.id)) {
    const from = state.arrivedBy;
    const read = from === undefined ? undefined : reads.get(from);
    if (from === undefined || read === undefined) continue;
    forEachHop(state, 'DATASET', ({ node: to }, chain) => {
      if (!page.shownNodes.has(to) || !(isNew.has(from) || isNew.has(to)) || isWalked(from, to)) return;
      const key = edgeKey({ kind: 'DERIVED', from, to });
      const known = edges.get(key);
      if (known === undefined && edges.size >= budget.pageEdges) isCut = true;
      else if (known === undefined) edges.set(key, { from, to, chains: [after(read, chain)] });
      else known.chains.push(after(read, chain));
    });
  }
  const others = await everyWay(request, ports, budget, new Set([...edges.values()].map(({ from }) => from)));
  const shown = [...edges].map(([key, { from, to, chains }]) => {
    const found = others.ways.get(key) ?? [];
    // A walk that the budget cut may have missed the root itself.
    return toEdge(from, to, 'DERIVED', others.isCut ? [...chains, ...found] : found, 'DOWNSTREAM');
  });
  return { edges: shown, isCut };
}

/**
 * Every way of one hop out of these datasets, by edge: other jobs may make the same edge as the root does, which shows
 * the strongest evidence whatever the depth (rule 23).
 */
async function everyWay(
  { walks, moment }: ThroughRootRequest,
  ports: Pick<TraversalPorts, 'graph' | 'clock'>,
  budget: TraversalBudget,
  starts: ReadonlySet<NodeId>,
): Promise<{ readonly ways: ReadonlyMap<string, readonly Chain[]>; readonly isCut: boolean }> {
  const ways = new Map<string, Chain[]>();
  const { DOWNSTREAM: down } = walks;
  if (down === undefined || starts.size === 0) return { ways, isCut: false };
  const walk = new DirectedWalk(
    { ...down.options, budget, moment, depth: 1, needed: starts.size, counting: false },
    [...starts].map((node) => ({ node })),
  );
  while (walk.nextDepth === 0 && walk.edgesLeft > 0) await walk.advance();
  for (const from of starts) {
    for (const state of walk.statesOf(from)) {
      forEachHop(state, 'DATASET', ({ node: to }, chain) => {
        const key = edgeKey({ kind: 'DERIVED', from, to });
        const known = ways.get(key);
        if (known === undefined) ways.set(key, [chain]);
        else known.push(chain);
      });
    }
  }
  return { ways, isCut: walk.nextDepth === 0 };
}

function after(read: Chain, chain: Chain): Chain {
  return { edge: chain.edge, before: chain.before === null ? read : after(read, chain.before) };
}
