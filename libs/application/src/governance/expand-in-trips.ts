import { HeadwaterError } from '@headwater/domain/errors';
import type { ExpandedEdge, ExpandOptions, FrontierEntry } from '@headwater/domain/graph';
import type { LineageGraph } from '@headwater/domain/ports';

const TRIP_ENTRIES = 1_000;
const TRIP_EDGES = 50_000;
/** No answer looks at more edges than these: it would hold them all. */
const MOST_EDGES = 500_000;

/** How many edges an answer may still look at. */
export interface EdgeBudget {
  left: number;
}

export function edgeBudget(): EdgeBudget {
  return { left: MOST_EDGES };
}

/**
 * Every edge one hop from the entries, each with its entry. Throws LIMIT_EXCEEDED (ARCHITECTURE) once `budget` is spent, UNAVAILABLE
 * when the graph store is away.
 */
export async function expandInTrips(
  graph: Pick<LineageGraph, 'expand'>,
  entries: readonly FrontierEntry[],
  options: Omit<ExpandOptions, 'limit'>,
  budget: EdgeBudget,
  limit = TRIP_EDGES,
): Promise<readonly { readonly entry: FrontierEntry; readonly edge: ExpandedEdge }[]> {
  const found: { readonly entry: FrontierEntry; readonly edge: ExpandedEdge }[] = [];
  for (let at = 0; at < entries.length; at += TRIP_ENTRIES) {
    const part = entries.slice(at, at + TRIP_ENTRIES);
    const { edges, truncated } = await graph.expand(part, { ...options, limit });
    if (!truncated) budget.left -= edges.length;
    if (budget.left < 0 || (truncated && limit > MOST_EDGES))
      throw new HeadwaterError(
        'LIMIT_EXCEEDED',
        `There are more than ${MOST_EDGES} reads between jobs and datasets of these domains: ask about one domain at a time`,
        { reason: 'ARCHITECTURE' },
      );
    if (!truncated)
      for (const edge of edges) {
        const entry = part[edge.entry];
        if (entry !== undefined) found.push({ entry, edge });
      }
    else if (part.length === 1) found.push(...(await expandInTrips(graph, part, options, budget, limit * 10)));
    else {
      const middle = Math.ceil(part.length / 2);
      for (const half of [part.slice(0, middle), part.slice(middle)])
        found.push(...(await expandInTrips(graph, half, options, budget, limit)));
    }
  }
  return found;
}
