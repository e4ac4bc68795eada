import { datasetId, nodeKey, type NodeId } from '@headwater/domain/identifiers';
import type { CatalogSearch, SearchAnswer, SearchFilter, SearchRequest } from '@headwater/domain/search';
import { postgresCatalogReader } from '@headwater/store-postgres/catalog/postgres-catalog-reader';
import { PostgresCatalogSearch } from '@headwater/store-postgres/search/postgres-catalog-search';
import { refreshSearchDocuments } from '@headwater/store-postgres/search/refresh-search-documents';
import { splitSql, splitWords } from '@headwater/store-postgres/search/words';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestCatalog, type TestCatalog } from '../support/catalog.js';
import { readEvents, SHOP, tableEvent, type Table } from '../support/tables.js';

const HAS_ANY = { type: 'ENUM', isHad: true, from: null, to: null } as const;

let catalog: TestCatalog;
let search: CatalogSearch;

const TABLES: readonly Table[] = [
  { name: 'public.customerOrders_v2', fields: ['order_id', 'amount'], owner: 'team:sales', readers: 1 },
  { name: 'public.invoices', fields: ['invoice_id', 'customer_email'], tags: ['pii', 'tier=gold'], readers: 3 },
  { name: 'public.shipments', fields: ['parcel'], description: 'Parcels that left, one row a customer delivery.' },
  { name: 'public.customer', fields: ['id'], readers: 2 },
  { name: 'public.café_visits', fields: ['visitedAt'] },
  { name: 'public.warehouse', fields: ['stock'], owner: 'team:logistics', tags: ['customer-facing'] },
  { name: 'alpha.ledger', fields: ['entry'], symlink: 'omega.ledger' },
  { name: 'omega.ledger', fields: ['booking'] },
];

beforeAll(async () => {
  catalog = await createTestCatalog();
  search = new PostgresCatalogSearch(catalog.reading);
  await catalog.send([...TABLES.map(tableEvent), ...TABLES.flatMap(readEvents)]);
});
afterAll(() => catalog.close());

function find(text: string, request: Partial<Omit<SearchRequest, 'text'>> = {}): Promise<SearchAnswer> {
  return search.search({ text, filter: {}, order: 'RELEVANCE', page: { first: 20, after: null }, ...request });
}

const namesOf = ({ hits }: Pick<SearchAnswer, 'hits'>): string[] => hits.map(({ displayName }) => displayName);

const datasets = { filter: { kinds: ['DATASET'] } } as const;

test('names are split at case, dot, dash, underscore and slash', async () => {
  for (const text of [
    'customer orders',
    'customerOrders',
    'customer_orders',
    'ORDERS/customer',
    'customerorders',
    'v2',
  ]) {
    expect(namesOf(await find(text, datasets)), text).toContain('customerOrders_v2');
  }
});

test('the words that SQL finds in a text are those that queries are split into', async () => {
  const texts = [
    'customerOrders_v2',
    'HTTPServer2Log',
    'db/Path-x.y',
    'préVuÉcole',
    'a1B2',
    '注文_表',
    'ÅngströmTest',
    '',
  ];
  const { rows } = await catalog.database.pool.query<{ words: string }>(
    `SELECT ${splitSql('t.text')} AS words FROM unnest($1::text[]) WITH ORDINALITY AS t(text, n) ORDER BY n`,
    [texts],
  );
  const bySql = rows.map(({ words }) => words.split(' ').filter((word) => word !== ''));
  expect(bySql).toEqual(texts.map((text) => splitWords(text).map(({ word }) => word)));
});

test('the beginning of a word and its plural are enough', async () => {
  expect(namesOf(await find('custo', datasets))).toContain('customer');
  expect(namesOf(await find('customers', datasets))).toContain('customer');
  expect(namesOf(await find('warehous'))).toContain('warehouse');
});

test('accents do not matter', async () => {
  expect(namesOf(await find('cafe'))).toEqual(['café_visits']);
  expect(namesOf(await find('Café'))).toEqual(['café_visits']);
});

test('a misspelled word finds what is spelled alike, and the answer says so', async () => {
  const answer = await find('custmer', datasets);
  expect(answer.isFuzzy).toBe(true);
  expect(namesOf(answer)).toContain('customer');
  expect((await find('customer')).isFuzzy).toBe(false);
  expect(await find('qqqqzzzz')).toMatchObject({ totalCount: 0, hits: [], isExact: true, isFuzzy: false });
});

test('a name weighs more than a field, a field more than a description, a description more than a tag', async () => {
  const names = namesOf(await find('customer', datasets));
  expect(names[0]).toBe('customer');
  expect(names).toEqual(['customer', 'customerOrders_v2', 'invoices', 'shipments', 'warehouse']);
});

test('among equal matches what more jobs read comes first', async () => {
  const { hits } = await find('ledger');
  expect(hits).toHaveLength(1);
  const popular = await find('', { ...datasets, order: 'POPULARITY' });
  expect(namesOf(popular).slice(0, 3)).toEqual(['invoices', 'customer', 'customerOrders_v2']);
});

test('25. merged datasets are one hit under the canonical id, found by the fields of each', async () => {
  const canonical = datasetId(SHOP, 'alpha.ledger');
  expect((await find('ledger')).hits.map(({ id }) => id)).toEqual([canonical]);
  expect((await find('booking')).hits.map(({ id }) => id)).toEqual([canonical]);
  expect((await find('entry')).hits.map(({ id }) => id)).toEqual([canonical]);
});

test('highlights say where the words stand', async () => {
  const { hits } = await find('customer', datasets);
  const of = (name: string) => hits.find(({ displayName }) => displayName === name)?.highlights;
  expect(of('customerOrders_v2')).toEqual([{ field: 'NAME', text: 'customerOrders_v2', ranges: [[0, 8]] }]);
  expect(of('invoices')).toEqual([{ field: 'FIELD', text: 'customer_email', ranges: [[0, 8]] }]);
  expect(of('shipments')).toEqual([
    { field: 'DESCRIPTION', text: 'Parcels that left, one row a customer delivery.', ranges: [[29, 37]] },
  ]);
  expect(of('warehouse')?.[0]).toMatchObject({ field: 'TAG', ranges: [[0, 8]] });
});

test('filters by kind, namespace, tag, owner and time of update hold together', async () => {
  const owner = (await find('warehouse')).hits[0]?.id as NodeId;
  const facts = await postgresCatalogReader(catalog.reading).assets([owner], Number.MAX_SAFE_INTEGER);
  const ownerId = facts.get(owner)?.ownerIds[0] as NodeId;
  expect(namesOf(await find('', { filter: { owners: [ownerId] } }))).toEqual(['warehouse']);
  expect(namesOf(await find('', { filter: { tags: ['pii'] } }))).toEqual(['invoices']);
  expect(namesOf(await find('', { filter: { tags: ['tier=gold'] } }))).toEqual(['invoices']);
  expect(namesOf(await find('', { filter: { tags: ['tier'] } }))).toEqual(['invoices']);
  expect(namesOf(await find('', { filter: { tags: ['tier=silver'] } }))).toEqual([]);
  expect((await find('', { filter: { hasOwner: true } })).totalCount).toBe(2);
  expect(namesOf(await find('', { filter: { hasOwner: false, kinds: ['DATASET'] } }))).not.toContain('warehouse');
  expect((await find('', { filter: { kinds: ['JOB'] } })).totalCount).toBe(6);
  expect((await find('', { filter: { kinds: ['FIELD'] } })).totalCount).toBe(0);
  expect((await find('', { filter: { namespaces: ['airflow'], kinds: ['DATASET'] } })).totalCount).toBe(0);
  const updatedAfter = Date.parse('2026-11-01T00:04:30Z') * 1000;
  const late = namesOf(await find('', { filter: { updatedAfter, hasOwner: true }, order: 'NAME' }));
  expect(late).toEqual(['customerOrders_v2', 'warehouse']);
});

test('facets count all that match, not the page', async () => {
  const { facets, totalCount, isExact } = await find('customer', { page: { first: 1, after: null } });
  const counts = Object.fromEntries(
    facets.map(({ name, values }) => [name, Object.fromEntries(values.map(({ value, count }) => [value, count]))]),
  );
  expect(isExact).toBe(true);
  expect(counts['KIND']).toEqual({ DATASET: 5, JOB: 3 });
  expect(counts['NAMESPACE']).toEqual({ [SHOP]: 5, airflow: 3 });
  expect(totalCount).toBe(8);
  expect(counts['TAG']).toEqual({ pii: 1, 'tier=gold': 1, 'customer-facing': 1 });
});

test('a facet that is filtered by counts what choosing each of its values would find', async () => {
  const filters = {
    KIND: 'kinds',
    NAMESPACE: 'namespaces',
    TAG: 'tags',
    OWNER: 'owners',
    DOMAIN: 'domains',
    TERM: 'terms',
  } as const;
  const chosen: readonly SearchFilter[] = [
    { kinds: ['DATASET'] },
    { kinds: ['JOB'], namespaces: ['airflow'] },
    { kinds: ['JOB'], namespaces: [SHOP] },
    { tags: ['pii'] },
    { tags: ['tier'], kinds: ['DATASET'], hasOwner: false },
    { namespaces: ['airflow', SHOP], updatedAfter: Date.parse('2026-11-01T00:03:00Z') * 1000 },
  ];
  for (const text of ['', 'customer']) {
    for (const filter of chosen) {
      for (const order of ['RELEVANCE', 'NAME', 'UPDATED_AT'] as const) {
        const { facets } = await find(text, { filter, order });
        expect(facets.flatMap(({ values }) => values).length).toBeGreaterThan(0);
        for (const { name, property, values } of facets) {
          for (const { value, count } of values) {
            const other: SearchFilter =
              name === 'PROPERTY'
                ? { properties: [{ ...HAS_ANY, property: property as NodeId, values: [value] }] }
                : { [filters[name]]: [value] };
            const instead = await find(text, { filter: { ...filter, ...other }, order });
            expect(instead.totalCount, JSON.stringify({ text, filter, name, value })).toBe(count);
          }
        }
      }
    }
  }
  const { facets } = await find('', { filter: { kinds: ['JOB'] } });
  expect(facets.find(({ name }) => name === 'KIND')?.values.map(({ value }) => value)).toEqual(['DATASET', 'JOB']);
});

test.each(['RELEVANCE', 'POPULARITY', 'UPDATED_AT', 'NAME'] as const)(
  'pages in order %s join into the whole list',
  async (order) => {
    for (const text of ['', 'customer']) {
      const whole = await find(text, { order, page: { first: 100, after: null } });
      const joined: string[] = [];
      let after: string | null = null;
      do {
        const page: SearchAnswer = await find(text, { order, page: { first: 3, after } });
        expect(page.totalCount).toBe(whole.totalCount);
        joined.push(...page.hits.map(({ id }) => id));
        after = page.hasNextPage ? (page.hits.at(-1)?.cursor ?? null) : null;
      } while (after !== null);
      expect(joined).toEqual(whole.hits.map(({ id }) => id));
      expect(new Set(joined).size).toBe(whole.totalCount);
    }
  },
);

test('a cursor of another order, a page too large and a text too long are refused', async () => {
  const { hits } = await find('', { order: 'NAME' });
  const after = hits[0]?.cursor ?? '';
  await expect(find('', { page: { first: 5, after } })).rejects.toMatchObject({ category: 'INVALID_INPUT' });
  await expect(find('', { page: { first: 5, after: '%%' } })).rejects.toMatchObject({ category: 'INVALID_INPUT' });
  await expect(find('', { page: { first: 101, after: null } })).rejects.toMatchObject({ category: 'INVALID_INPUT' });
  await expect(find('x'.repeat(501))).rejects.toMatchObject({ category: 'INVALID_INPUT' });
});

test('no text breaks a query', async () => {
  for (const text of [
    `'`,
    `\\`,
    `a' | 'b`,
    ':*',
    '!customer & (',
    '%_',
    '<->',
    '\u0000',
    'a\u0000b',
    '\ud800',
    '🎉',
    "it's",
    '#customer',
    '=k',
  ]) {
    await expect(find(text), text).resolves.toBeDefined();
    await expect(search.suggest(text, 5), text).resolves.toBeDefined();
  }
});

test('suggestions complete what is being typed, names first, popular ones before others', async () => {
  expect((await search.suggest('cust', 8)).map(({ displayName }) => displayName)[0]).toBe('customer');
  const orders = await search.suggest('customer ord', 8);
  expect(orders.map(({ kind, displayName }) => [kind, displayName])).toEqual([
    ['DATASET', 'customerOrders_v2'],
    ['JOB', 'customerOrders_v2'],
  ]);
  expect((await search.suggest('warehuse', 8)).map(({ displayName }) => displayName)[0]).toBe('warehouse');
  expect(await search.suggest('', 8)).toEqual([]);
  expect(await search.suggest('cust', 1)).toHaveLength(1);
  await expect(search.suggest('cust', 51)).rejects.toMatchObject({ category: 'INVALID_INPUT' });
});

test('a refresh writes what changed and nothing else', async () => {
  const { pool } = catalog.database;
  const key = nodeKey(datasetId(SHOP, 'public.shipments'));
  const refresh = async (): Promise<number> => {
    const client = await pool.connect();
    try {
      return await refreshSearchDocuments(client, catalog.schema, [key]);
    } finally {
      client.release();
    }
  };
  expect(await refresh()).toBe(0);
  await pool.query(`UPDATE ${catalog.schema}.asset SET updated_at = updated_at + 1 WHERE key = $1`, [key]);
  expect(await refresh()).toBe(0);
  await pool.query(`UPDATE ${catalog.schema}.asset SET description = 'Consignments' WHERE key = $1`, [key]);
  expect(await refresh()).toBe(1);
  expect(namesOf(await find('consignment'))).toEqual(['shipments']);
  await pool.query(`UPDATE ${catalog.schema}.asset SET deleted_at = 1 WHERE key = $1`, [key]);
  await refresh();
  expect((await find('consignment')).totalCount).toBe(0);
  await pool.query(`UPDATE ${catalog.schema}.asset SET deleted_at = NULL WHERE key = $1`, [key]);
  expect(await refresh()).toBe(1);
  expect((await find('consignment')).totalCount).toBe(1);
});

test('a page of 100 hits with owners, tags, descriptions and fields costs as many statements as a page of 2', async () => {
  const many = Array.from({ length: 120 }, (_, index) => ({
    name: `bulk.parcel_${index}`,
    fields: ['one', 'two', 'three'],
    owner: 'team:bulk',
    tags: ['bulk'],
  }));
  await catalog.send(many.map(tableEvent));
  const reader = postgresCatalogReader(catalog.reading);
  const time = { at: Number.MAX_SAFE_INTEGER, knownAt: Number.MAX_SAFE_INTEGER };
  const show = async (first: number): Promise<void> => {
    const { hits } = await find('parcel', { page: { first, after: null }, filter: { tags: ['bulk'] } });
    const ids = hits.map(({ id }) => id);
    const [assets, facts, fields] = await Promise.all([
      reader.assets(ids, time.knownAt),
      reader.facts(ids, ['OWNER', 'TAG', 'DESCRIPTION'], time),
      reader.fieldsOfDatasets(ids, { at: null, knownAt: time.knownAt }, { first: 100, after: null }),
    ]);
    expect(ids).toHaveLength(first);
    expect(assets.size).toBe(first);
    expect([...facts.values()].every((rows) => rows.some(({ kind }) => kind === 'OWNER'))).toBe(true);
    expect([...fields.values()].every(({ items }) => items.length === 3)).toBe(true);
  };
  const small = await catalog.countStatements(() => show(2));
  expect(small).toBeGreaterThan(0);
  expect(await catalog.countStatements(() => show(100))).toBe(small);
});
