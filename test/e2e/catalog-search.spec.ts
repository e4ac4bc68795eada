import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { CatalogApp } from './catalog-app.js';
import { claimsFlow, datasetNode, facet, jobNode, JOBS, NS, runEvent, runId } from './catalog-events.js';

interface SearchData {
  readonly search: {
    readonly totalCount: number;
    readonly edges: readonly { readonly node: { readonly id: string; readonly asset: unknown } }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    readonly facets: readonly { readonly name: string; readonly values: readonly { value: string; count: number }[] }[];
  };
}

describe('search', () => {
  let catalog: CatalogApp;

  beforeAll(async () => {
    catalog = await CatalogApp.start();
    await catalog.take(claimsFlow());
  });
  afterAll(() => catalog.close());

  const SEARCH = `query($query: String, $filter: SearchFilter, $orderBy: SearchOrder, $first: Int, $after: String) {
    search(query: $query, filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
      totalCount isExact isFuzzy facets { name values { value count } } pageInfo { hasNextPage endCursor }
      edges { cursor node { id kind displayName namespace score highlights { field text ranges { start end } } asset { __typename id } } } } }`;
  const ids = (data: SearchData): readonly string[] => data.search.edges.map(({ node }) => node.id);

  test('finds assets by a part of their name, with why and with counts', async () => {
    const data = await catalog.data<SearchData>(SEARCH, { query: 'claims' });
    expect(ids(data)[0]).toBe(datasetNode('claims'));
    expect(ids(data)).toContain(datasetNode('raw.claims'));
    expect(data.search.totalCount).toBe(data.search.edges.length);
    expect(data.search.edges[0]?.node).toMatchObject({
      ...{ kind: 'DATASET', namespace: NS, asset: { __typename: 'Dataset', id: datasetNode('claims') } },
      highlights: expect.arrayContaining([expect.objectContaining({ field: 'NAME' })]) as unknown,
    });
    expect(data.search.facets.map(({ name }) => name)).toContain('KIND');
  });

  test('every member of the filter narrows', async () => {
    const found = async (filter: object): Promise<readonly string[]> =>
      ids(await catalog.data<SearchData>(SEARCH, { filter }));
    expect(await found({ kinds: ['JOB'] })).toEqual(expect.arrayContaining(['clean', 'score', 'report'].map(jobNode)));
    expect(await found({ namespaces: [JOBS] })).not.toContain(datasetNode('claims'));
    expect(await found({ tags: ['tier=gold'] })).toEqual([datasetNode('claims')]);
    expect(await found({ tags: ['tier'] })).toEqual([datasetNode('claims')]);
    expect(await found({ owners: ['agent:team:claims'] })).toEqual([datasetNode('claims')]);
    expect(await found({ hasOwner: true })).toEqual([datasetNode('claims')]);
    expect(await found({ hasOwner: false, kinds: ['DATASET'] })).not.toContain(datasetNode('claims'));
    expect(await found({ updatedAfter: '2026-03-04T00:00:00Z' })).toEqual(
      expect.arrayContaining([datasetNode('report'), jobNode('report')]),
    );
    expect(await found({ updatedAfter: '2027-01-01' })).toEqual([]);
  });

  test('the filter takes ids as people spell them, and refuses what is none', async () => {
    const found = async (filter: object): Promise<readonly string[]> =>
      ids(await catalog.data<SearchData>(SEARCH, { filter }));
    expect(await found({ owners: ['agent:team:cl%61ims'] })).toEqual([datasetNode('claims')]);
    expect(await found({ domains: ['domain:nowhere'] })).toEqual([]);
    const { errors } = await catalog.ask(SEARCH, { filter: { owners: ['claims'], terms: ['domain:x'] } });
    expect(JSON.stringify(errors)).toContain('/filter/owners/0');
    expect(JSON.stringify(errors)).toContain('/filter/terms/0');
  });

  test('what has no tag, or is in no domain, is found', async () => {
    const found = async (variables: object): Promise<readonly string[]> =>
      ids(await catalog.data<SearchData>(SEARCH, { first: 100, ...variables }));
    const all = await found({});
    const tagged = await found({ filter: { hasTag: true } });
    expect(tagged).toEqual([datasetNode('claims')]);
    expect([...tagged, ...(await found({ filter: { hasTag: false } }))].sort()).toEqual([...all].sort());
    expect((await found({ filter: { hasDomain: false } })).length).toBe(all.length);
    expect(await found({ filter: { hasDomain: true } })).toEqual([]);
    expect(await found({ filter: { dataProducts: ['product:none'] } })).toEqual([]);
  });

  test('what somebody owns is found by their id', async () => {
    const input = { on: datasetNode('scores'), agent: 'agent:user:Zoë Quist', role: 'OWNER' };
    await catalog.whileProjecting(
      catalog.data(
        'mutation ($input: AssignOwnerInput!) { assignOwner(input: $input) { ... on EditRefusal { reason } } }',
        { input },
      ),
    );
    const found = await catalog.data<SearchData>(SEARCH, { query: 'zoe quist' });
    expect(ids(found)).toEqual([datasetNode('scores')]);
  });

  test('pages by cursor in every order', async () => {
    for (const orderBy of ['RELEVANCE', 'POPULARITY', 'UPDATED_AT', 'NAME']) {
      const all = ids(await catalog.data<SearchData>(SEARCH, { orderBy, first: 100 }));
      const paged: string[] = [];
      for (let after: string | null = null, more = true; more;) {
        const data: SearchData = await catalog.data<SearchData>(SEARCH, { orderBy, first: 2, after });
        paged.push(...ids(data));
        ({ hasNextPage: more, endCursor: after } = data.search.pageInfo);
      }
      expect(paged).toEqual(all);
    }
  });

  test('suggests while a name is being typed', async () => {
    const { suggest } = await catalog.data<{ suggest: { id: string }[] }>(
      '{ suggest(prefix: "scor", limit: 5) { id displayName } }',
    );
    expect(suggest.map(({ id }) => id)).toEqual(expect.arrayContaining([datasetNode('scores'), jobNode('score')]));
    expect(await catalog.data('{ suggest(prefix: "scor", limit: 1) { id } }')).toMatchObject({ suggest: [{}] });
  });

  test('a page of 100 hits costs as many statements as a page of one, whatever is asked of each', async () => {
    const owner = facet({ owners: [{ name: 'team:bulk', type: 'OWNER' }] });
    const schema = facet({
      fields: [
        { name: 'a', type: 'INT' },
        { name: 'b', type: 'INT' },
      ],
    });
    const dataQualityMetrics = facet({ rowCount: 3, columnMetrics: { a: { nullCount: 1 } } });
    const statistics = { outputStatistics: facet({ rowCount: 3, size: 90 }) };
    await catalog.take(
      Array.from({ length: 100 }, (_, n) =>
        runEvent({
          ...{ job: `bulk.job.${n}`, runId: runId(5_000 + n), at: '2026-03-10T00:00:00Z' },
          inputs: [`bulk.in.${n}`],
          outputs: [
            {
              name: `bulk.out.${n}`,
              facets: { ownership: owner, schema, dataQualityMetrics },
              outputFacets: statistics,
            },
          ],
        }),
      ),
    );
    const assets = `
      edges { node { asset {
        id description owners { agent { name } } tags { tag { name } } facets { name raw findings { code } }
        ... on Dataset { aliases { id } fields(first: 5) { edges { node { name tags { tag { name } } latestMetrics(first: 2) { edges { node { name } } } } } }
          schemaVersions(first: 2) { edges { node { schemaHash } } }
          versions(first: 2) { edges { node { id run { id job { id } } metrics(first: 2) { edges { node { name } } } } } }
          metrics(first: 3) { edges { node { value field { id } run { id } version { id } } } }
          latestMetrics(first: 3) { edges { node { name } } }
          rows: metrics(first: 1, filter: { names: ["rowCount"] }) { edges { node { value } } }
          producers(first: 2) { edges { node { id latestRun { state generated(first: 2) { edges { node { id } } } } } } }
          consumers(first: 2) { edges { node { id } } } }
        ... on Job { inputs(first: 2) { edges { node { id } } } outputs(first: 2) { edges { node { id } } }
          parent { id } children(first: 2) { edges { node { id } } } runs(first: 2) { edges { node { id parent { id } } } } }
      } } }`;
    const query = `query($first: Int) { search(query: "bulk", first: $first) { totalCount ${assets} } }`;
    const cost = async (first: number): Promise<number> => {
      const statements = vi.spyOn(catalog.apiPool, 'query');
      const log = vi.spyOn(catalog.log, 'read');
      const { search } = await catalog.data<SearchData>(query, { first });
      const count = statements.mock.calls.length + log.mock.calls.length;
      vi.restoreAllMocks();
      expect(search.edges).toHaveLength(first);
      expect(search.edges.every(({ node }) => node.asset !== null)).toBe(true);
      return count;
    };
    const [few, many] = [await cost(10), await cost(100)];
    expect(few).toBeGreaterThan(5);
    expect(many).toBe(few);
    expect(many).toBeLessThan(40);
  });
});
