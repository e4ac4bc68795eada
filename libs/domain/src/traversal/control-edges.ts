import { edgeKey, toEdge } from './hops.js';
import type { LineageEdge, Moment, Side, TraversalBudget, TraversalPorts } from './lineage-answer.js';
import type { Page } from './select-page.js';

const SIDES: readonly Side[] = ['DOWNSTREAM', 'UPSTREAM'];

/**
 * Which of the nodes given so far trigger each other, as far as a node of this page is an end of it. No data flows along
 * these edges, so no walk follows them (lineage-semantics, rule 23): they lead to no node that is not there without
 * them. `isCut` where there are more than one answer may hold.
 */
export async function controlEdges(
  ports: Pick<TraversalPorts, 'graph'>,
  { page, moment }: { readonly page: Page; readonly moment: Moment },
  budget: TraversalBudget,
): Promise<{ readonly edges: readonly LineageEdge[]; readonly isCut: boolean }> {
  const frontier = page.nodes.map(({ id }) => id).filter((id) => id.startsWith('job:') || id.startsWith('run:'));
  if (frontier.length === 0) return { edges: [], isCut: false };
  const expansions = await Promise.all(
    SIDES.map((direction) =>
      ports.graph.expand(
        frontier.map((node) => ({ node })),
        { direction, ...moment, kinds: ['CONTROL'], limit: budget.pageEdges },
      ),
    ),
  );
  const edges = new Map<string, LineageEdge>();
  for (const edge of expansions.flatMap((expansion) => expansion.edges)) {
    const { kind, from, to } = edge;
    if (!page.shownNodes.has(from) || !page.shownNodes.has(to)) continue;
    edges.set(edgeKey(edge), toEdge(from, to, kind, [{ edge, before: null }], 'DOWNSTREAM'));
  }
  const sorted = [...edges].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, edge]) => edge);
  return { edges: sorted, isCut: expansions.some(({ truncated }) => truncated) };
}
