import type { GraphView } from '@headwater/application/visibility/seen-graph';
import type { EdgeKind, FrontierEntry } from '@headwater/domain/graph';
import type { NodeId } from '@headwater/domain/identifiers';
import { decodeCursor, encodeCursor, type Page, type PageRequest } from '@headwater/domain/page';
import type { ReadTime } from '@headwater/domain/reading/read-time';

/** Edges of one round trip; a page of hubs takes several. */
const TRIP_EDGES = 20_000;
const LIST = 'neighbors';

export interface NeighborQuestion {
  readonly direction: 'UPSTREAM' | 'DOWNSTREAM';
  readonly kind: Extract<EdgeKind, 'READ' | 'WRITE' | 'CONTROL'>;
  readonly time: ReadTime;
  readonly page: PageRequest;
}

/** Neighbors over one kind of edge of many nodes, by NodeId: a round trip for all of them where no hub is among them. */
export async function readNeighbors(
  graph: GraphView,
  nodes: readonly NodeId[],
  { direction, kind, time, page }: NeighborQuestion,
): Promise<ReadonlyMap<NodeId, Page<NodeId>>> {
  const after = page.after === null ? null : decodeCursor(LIST, page.after, ['string'])[0];
  const canonical = await graph.canonical(nodes, time.knownAt);
  const distinct = [...new Set(nodes.map((node) => canonical.get(node) ?? node))];
  const found = new Map<NodeId, Set<NodeId>>(distinct.map((node) => [node, new Set<NodeId>()]));
  let rest: FrontierEntry[] = distinct.map((node) => ({ node }));
  let limit = TRIP_EDGES;
  while (rest.length > 0) {
    const expansion = await graph.expand(rest, {
      ...{ direction, limit, knownAt: time.knownAt, valid: { at: time.at }, kinds: [kind], withoutRows: true },
    });
    for (const edge of expansion.edges) {
      const node = rest[edge.entry]?.node;
      if (node !== undefined) found.get(node)?.add(direction === 'UPSTREAM' ? edge.from : edge.to);
    }
    if (!expansion.truncated) break;
    // The entry that was cut begins the next trip; one that fills a whole trip is asked for again with more room.
    const last = expansion.edges.at(-1)?.entry ?? 0;
    if (last === 0) limit *= 4;
    rest = rest.slice(last);
  }
  return new Map(
    nodes.map((node) => [node, pageOf(found.get(canonical.get(node) ?? node) ?? new Set(), after, page.first)]),
  );
}

function pageOf(ids: ReadonlySet<NodeId>, after: string | number | null | undefined, first: number): Page<NodeId> {
  const sorted = [...ids].sort();
  const rest = typeof after === 'string' ? sorted.filter((id) => id > after) : sorted;
  return {
    items: rest.slice(0, first).map((item) => ({ cursor: encodeCursor(LIST, [item]), item })),
    hasNextPage: rest.length > first,
  };
}
