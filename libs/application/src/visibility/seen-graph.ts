import type { CatalogSearch, SearchHit } from '@headwater/domain/search';
import type { LineageGraph } from '@headwater/domain/ports';
import type { LineageRoots } from '@headwater/domain/lineage-roots';
import type { SeenNodes } from './seen-nodes.js';

/** What resolvers ask of the graph beside traversals. */
export type GraphView = Pick<LineageGraph, 'nodes' | 'canonical' | 'expand'>;

/** The graph without hidden nodes and their edges: for neighbors, never for traversals, which would stop at them. */
export function seenGraph(graph: GraphView, { sight }: SeenNodes): GraphView {
  return {
    nodes: async (ids, knownAt) => {
      const found = await graph.nodes(
        ids.filter((id) => sight.sees(id)),
        knownAt,
      );
      return new Map([...found].filter(([, node]) => sight.sees(node.id)));
    },
    canonical: async (ids, knownAt) => {
      const found = await graph.canonical(
        ids.filter((id) => sight.sees(id)),
        knownAt,
      );
      return new Map([...found].filter(([, id]) => sight.sees(id)));
    },
    expand: async (frontier, options) => {
      const { edges, truncated } = await graph.expand(frontier, options);
      return { edges: edges.filter(({ from, to }) => sight.sees(from) && sight.sees(to)), truncated };
    },
  };
}

/** Where traversals begin: everything that stands for a node, and of bare run ids only the runs that may be seen. */
export function seenRoots(roots: LineageRoots, nodes: SeenNodes): LineageRoots {
  return {
    fieldsOf: (...asked) => roots.fieldsOf(...asked),
    versionsOf: (...asked) => roots.versionsOf(...asked),
    runsOf: (...asked) => roots.runsOf(...asked),
    runsByBareId: async (uuid) => {
      const runs = await roots.runsByBareId(uuid);
      const seen = await nodes.of(runs);
      return runs.filter((run) => seen.has(run));
    },
  };
}

/** Search within what may be seen: hits, counts, facets and similar words are as if nothing else existed. */
export function seenSearch(search: CatalogSearch, { sight }: SeenNodes): CatalogSearch {
  const seen = (hits: readonly SearchHit[]): readonly SearchHit[] => hits.filter(({ id }) => sight.sees(id));
  return {
    search: async (request) => {
      const answer = await search.search({ ...request, within: sight.rule });
      return { ...answer, hits: seen(answer.hits) };
    },
    matching: async (request, most) => {
      const found = await search.matching({ ...request, within: sight.rule }, most);
      return found.filter(({ id }) => sight.sees(id));
    },
    suggest: async (prefix, limit) => seen(await search.suggest(prefix, limit, sight.rule)),
    coverage: (tags) => search.coverage(tags, sight.rule),
    propertyUses: () => search.propertyUses(sight.rule),
  };
}
