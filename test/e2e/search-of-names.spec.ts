import { generationSchema } from '@headwater/store-postgres/migrate/generations';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { CatalogApp } from './catalog-app.js';
import { claimsFlow, datasetNode, facet, NS, runEvent, runId } from './catalog-events.js';

const [CLAIMS, SCORES] = [datasetNode('claims'), datasetNode('scores')];
const TEAM = 'agent:team:claims';
const HIDDEN = 'vault';

const opened: CatalogApp[] = [];
let catalog: CatalogApp;

beforeEach(async () => {
  catalog = await CatalogApp.start({ auth: 'on' });
  opened.push(catalog);
  await catalog.take(claimsFlow());
});
afterAll(async () => {
  for (const one of opened) await one.close();
});

type Headers = Readonly<Record<string, string>>;
const editor = (): Promise<Headers> => catalog.readerOf(null, ['catalog:read', 'catalog:edit']);

async function found(headers: Headers, query: string, filter: object = {}): Promise<readonly string[]> {
  const { search } = await catalog.data<{
    search: { totalCount: number; edges: readonly { node: { id: string } }[] };
  }>(
    `query ($query: String!, $filter: SearchFilter) {
      search(query: $query, filter: $filter, orderBy: NAME) { totalCount edges { node { id } } } }`,
    { query, filter },
    headers,
  );
  expect(search.totalCount).toBe(search.edges.length);
  return search.edges.map(({ node }) => node.id);
}

async function responsible(headers: Headers, agent: string, asOf: string | null = null): Promise<readonly string[]> {
  const { responsibleFor } = await catalog.data<{
    responsibleFor: { totalCount: number; edges: readonly { node: { asset: { id: string } } }[] };
  }>(
    'query ($agent: ID!, $asOf: DateTime) { responsibleFor(agent: $agent, asOf: $asOf) { totalCount edges { node { asset { id } } } } }',
    { agent, asOf },
    headers,
  );
  expect(responsibleFor.totalCount).toBe(responsibleFor.edges.length);
  return responsibleFor.edges.map(({ node }) => node.asset.id).sort();
}

test('what an agent owns is found by the name that somebody entered, and by the next one once it is renamed', async () => {
  const all = await editor();
  await catalog.mutate('createAgent', { agent: TEAM, name: 'Zeppelin squad' }, { headers: all });
  expect(await found(all, 'zeppelin')).toEqual([CLAIMS]);
  expect(await found(all, 'zeppelin squad')).toEqual([CLAIMS]);
  await catalog.mutate('changeAgent', { agent: TEAM, name: 'Balloonists' }, { headers: all });
  expect(await found(all, 'balloonists')).toEqual([CLAIMS]);
  expect(await found(all, 'zeppelin')).toEqual([]);
  const elsewhere = await catalog.readerOf(['elsewhere']);
  expect(await found(elsewhere, 'balloonists')).toEqual([]);
});

test('output ports are found by their data product, as a filter and by its name, until they are none', async () => {
  const headers = await editor();
  const port = { on: CLAIMS, product: 'product:quarterly' };
  await catalog.mutate('createDataProduct', { name: 'Quarterly' }, { headers });
  await catalog.mutate('addOutputPort', port, { headers, type: 'OutputPortInput' });
  expect(await found(headers, '', { dataProducts: ['product:quarterly'] })).toEqual([CLAIMS]);
  expect(await found(headers, '', { dataProducts: ['product:quarterly', 'product:none'] })).toEqual([CLAIMS]);
  expect(await found(headers, 'claims', { dataProducts: ['product:quarterly'], kinds: ['JOB'] })).toEqual([]);
  expect(await found(headers, 'quarterly')).toEqual([CLAIMS]);
  expect(await found(await catalog.readerOf(['elsewhere']), '', { dataProducts: ['product:quarterly'] })).toEqual([]);
  await catalog.mutate('removeOutputPort', port, { headers, type: 'OutputPortInput' });
  expect(await found(headers, '', { dataProducts: ['product:quarterly'] })).toEqual([]);
});

test('who answers no more is told so while documents of search are behind, and who does now as of this moment', async () => {
  const headers = await editor();
  const [ANA, BEN] = ['agent:user:ana', 'agent:user:ben'];
  const ruled = (agent: string): Promise<unknown> => {
    const rules = [{ name: 'scores', owners: [{ agent, role: 'OWNER' }] }];
    return catalog.mutate('setOwnershipRules', { rules }, { headers });
  };
  await ruled(ANA);
  await catalog.catchUp();
  expect(await responsible(headers, ANA)).toEqual([SCORES]);
  // As between a batch that changes rules and the round over the documents that follows it: these still say what was.
  const schema = generationSchema(1);
  const kept = async (): Promise<readonly object[]> => {
    const documents = await catalog.apiPool.query<object>(`SELECT * FROM ${schema}.search_document ORDER BY key`);
    const groups = await catalog.apiPool.query<object>(`SELECT * FROM ${schema}.search_group ORDER BY key`);
    return [...documents.rows, ...groups.rows];
  };
  const before = await kept();
  expect(before.length).toBeGreaterThan(0);
  await catalog.apiPool.query(
    `CREATE FUNCTION ${schema}.hold() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'`,
  );
  for (const table of ['search_document', 'search_group'])
    await catalog.apiPool.query(
      `CREATE TRIGGER hold BEFORE INSERT OR UPDATE OR DELETE ON ${schema}.${table} FOR EACH ROW EXECUTE FUNCTION ${schema}.hold()`,
    );
  await ruled(BEN);
  expect(await kept()).toEqual(before);
  expect(await found(headers, '', { owners: [ANA] })).toEqual([SCORES]);
  expect(await responsible(headers, ANA)).toEqual([]);
  expect(await responsible(headers, BEN, new Date().toISOString())).toEqual([SCORES]);
  expect(await responsible(headers, ANA, new Date().toISOString())).toEqual([]);
});

test('a tag that comes by way of a hidden dataset is told, and nothing of what it is', async () => {
  const copied = (n: number, from: [string, string], to: [string, string]): object =>
    runEvent({
      ...{ job: `copy_${String(n)}`, runId: runId(70 + n), at: `2026-03-0${String(n)}T10:00:00Z` },
      inputs: [{ namespace: from[0], name: from[1] }],
      outputs: [
        {
          ...{ namespace: to[0], name: to[1] },
          facets: {
            schema: facet({ fields: [{ name: 'mail', type: 'VARCHAR' }] }),
            columnLineage: facet({
              fields: {
                mail: {
                  inputFields: [
                    {
                      ...{ namespace: from[0], name: from[1], field: 'mail' },
                      transformations: [{ type: 'DIRECT', subtype: 'IDENTITY' }],
                    },
                  ],
                },
              },
            }),
          },
        },
      ],
    });
  await catalog.take([
    runEvent({
      ...{ job: 'copy_1', runId: runId(70), at: '2026-03-01T09:00:00Z' },
      outputs: [
        {
          name: 'people',
          facets: {
            schema: facet({ fields: [{ name: 'mail', type: 'VARCHAR' }] }),
            tags: facet({ tags: [{ key: 'pii', value: 'mail', source: 'ETL', field: 'mail' }] }),
          },
        },
      ],
    }),
    copied(2, [NS, 'people'], [HIDDEN, 'secret_stop']),
    copied(3, [HIDDEN, 'secret_stop'], [NS, 'mart']),
  ]);
  const ask = (headers: Headers): Promise<object> =>
    catalog.data(
      `query ($id: ID!) { node(id: $id) { ... on Field { carriedTags { tag { name } on via because } } }
        whereIs(tag: "pii") { total places { id via } } }`,
      { id: `field:${encodeURIComponent(NS)}:mart:mail` },
      headers,
    );
  const seen = JSON.stringify(await ask(await catalog.readerOf(null)));
  expect(seen).toContain('secret_stop');
  const told = await ask(await catalog.readerOf([NS]));
  const text = JSON.stringify(told);
  expect(text).toContain('"name":"pii=mail"');
  expect(text).toMatch(/people:mail","hidden:[0-9a-f]{32}","[^"]*mart:mail/);
  expect(text).not.toContain('secret_stop');
  expect(text).not.toContain(HIDDEN);
});
