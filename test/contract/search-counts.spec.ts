import { agentId, datasetId, type NodeId } from '@headwater/domain/identifiers';
import type { SearchAnswer, SearchFilter, SearchOrder, SearchRequest } from '@headwater/domain/search';
import { PostgresCatalogSearch } from '@headwater/store-postgres/search/postgres-catalog-search';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestCatalog, type TestCatalog } from '../support/catalog.js';
import { readEvents, SHOP, tableEvent, type Table } from '../support/tables.js';

let catalog: TestCatalog;
beforeEach(async () => {
  catalog = await createTestCatalog();
});
afterEach(() => catalog.close());

const ORDERS: readonly SearchOrder[] = ['RELEVANCE', 'POPULARITY', 'UPDATED_AT', 'NAME'];

function find(request: Partial<SearchRequest>, maxCounted?: number): Promise<SearchAnswer> {
  const search = new PostgresCatalogSearch(catalog.reading, maxCounted === undefined ? {} : { maxCounted });
  return search.search({ text: '', filter: {}, order: 'RELEVANCE', page: { first: 20, after: null }, ...request });
}

/** By a whole reading, page after page. */
async function all(request: Partial<SearchRequest>, first = 7): Promise<readonly NodeId[]> {
  const ids: NodeId[] = [];
  for (let after: string | null = null, more = true; more;) {
    const page: SearchAnswer = await find({ ...request, page: { first, after } });
    ids.push(...page.hits.map(({ id }) => id));
    more = page.hasNextPage;
    after = page.hits.at(-1)?.cursor ?? null;
  }
  return ids;
}

/** What the counters say of each group, and what counting its documents says. */
async function groupCounts(): Promise<readonly { kept: number; counted: number }[]> {
  const { rows } = await catalog.database.pool.query<{ kept: number; counted: number }>(
    `SELECT coalesce(g.documents, 0)::int AS kept, coalesce(d.documents, 0)::int AS counted
     FROM ${catalog.schema}.search_group g
     FULL JOIN (SELECT group_key, count(*) AS documents FROM ${catalog.schema}.search_document GROUP BY 1) d
       ON d.group_key = g.key`,
  );
  return rows;
}

function counts({ facets }: SearchAnswer, name: string): Readonly<Record<string, number>> {
  const values = facets.find((facet) => facet.name === name)?.values ?? [];
  return Object.fromEntries(values.map(({ value, count }) => [value, count]));
}

function parcels(count: number, table: Partial<Table> = {}): Table[] {
  return Array.from({ length: count }, (_, index) => ({ name: `bulk.parcel_${String(index)}`, ...table }));
}

async function sendTables(tables: readonly Table[], minute = 0): Promise<void> {
  await catalog.send(tables.map((table, index) => tableEvent(table, minute + index)));
}

test('totals and facets count every match, however many, and every page of them can be read', async () => {
  await sendTables(parcels(1_300, { owner: 'team:bulk', tags: ['heavy'] }));
  for (const text of ['', 'parcel']) {
    const answer = await find({ text });
    expect(answer).toMatchObject({ totalCount: 1_300, isExact: true });
    expect(counts(answer, 'KIND')).toEqual({ DATASET: 1_300 });
    expect(counts(answer, 'TAG')).toEqual({ heavy: 1_300 });
    expect(counts(answer, 'OWNER')).toEqual({ [agentId('team', 'bulk')]: 1_300 });
  }
  for (const order of ORDERS) expect(new Set(await all({ text: 'parcel', order }, 100)).size).toBe(1_300);
});

test('beyond the bound of counting an answer says so, and still gives every page', async () => {
  await sendTables(parcels(30));
  const bounded = await find({ text: 'parcel', page: { first: 5, after: null } }, 10);
  expect(bounded).toMatchObject({ totalCount: 10, isExact: false, hasNextPage: true });
  expect(await find({ text: 'parcel' }, 30)).toMatchObject({ totalCount: 30, isExact: true });
  expect(await find({ filter: { updatedAfter: 0 } }, 10)).toMatchObject({ totalCount: 10, isExact: false });
  // What a filter alone leaves is known by its groups.
  expect(await find({ filter: { kinds: ['DATASET'] } }, 10)).toMatchObject({ totalCount: 30, isExact: true });
});

test('counts follow tags, owners, merges and deletions', async () => {
  await sendTables(parcels(6, { tags: ['heavy'] }));
  const changed: readonly Table[] = [
    { name: 'bulk.parcel_0', tags: ['heavy'], owner: 'team:a' },
    { name: 'bulk.parcel_1', symlink: 'bulk.parcel_2', tags: ['heavy'] },
    { name: 'bulk.parcel_3', tags: ['light'] },
  ];
  await sendTables(changed, 50);
  await catalog.send(readEvents({ name: 'bulk.parcel_4', readers: 3 }));
  const answer = await find({});
  expect(answer.totalCount).toBe(8);
  expect(counts(answer, 'KIND')).toEqual({ DATASET: 5, JOB: 3 });
  expect(counts(answer, 'OWNER')).toEqual({ [agentId('team', 'a')]: 1 });
  expect((await find({ filter: { tags: ['light'] } })).totalCount).toBe(1);
  await catalog.send([
    {
      ...tableEvent({ name: 'bulk.parcel_5' }, 90),
      dataset: {
        namespace: SHOP,
        name: 'bulk.parcel_5',
        facets: {
          lifecycleStateChange: {
            _producer: 'https://example.org/producer/1.0',
            _schemaURL: 'https://example.org/schema.json',
            lifecycleStateChange: 'DROP',
          },
        },
      },
    },
  ]);
  expect((await find({ filter: { kinds: ['DATASET'] } })).totalCount).toBe(4);
  const groups = await groupCounts();
  expect(groups.length).toBeGreaterThan(3);
  expect(groups.every(({ kept, counted }) => kept === counted && kept > 0)).toBe(true);
});

test('every filter holds in every order, with words and without', async () => {
  await sendTables([
    ...parcels(9, { owner: 'team:a', tags: ['tier=gold'] }),
    ...parcels(20).slice(9),
    { name: 'other.crate', tags: ['tier=gold'], owner: 'team:a' },
  ]);
  await catalog.send(readEvents({ name: 'bulk.parcel_3', readers: 2 }));
  const owned = Array.from({ length: 9 }, (_, index) => datasetId(SHOP, `bulk.parcel_${String(index)}`)).sort();
  const minute = (at: number): number => (Date.parse('2026-11-01T00:00:00Z') + at * 60_000) * 1000;
  const filters: readonly (readonly [SearchFilter, readonly NodeId[]])[] = [
    [{ owners: [agentId('team', 'a')] }, owned],
    [{ hasOwner: true, kinds: ['DATASET'] }, owned],
    [{ tags: ['tier'], namespaces: [SHOP] }, owned],
    [{ tags: ['tier=gold'], updatedAfter: minute(4) }, owned.filter((id) => /[35678]$/.test(id))],
    [{ kinds: ['FIELD'] }, []],
    [{ owners: [agentId('team', 'nobody')] }, []],
  ];
  for (const order of ORDERS) {
    for (const [filter, expected] of filters) {
      const answer = await find({ text: 'parcel', filter, order });
      expect(answer.hits.map(({ id }) => id).sort(), `${order} ${JSON.stringify(filter)}`).toEqual(expected);
      expect(answer.totalCount).toBe(expected.length);
      const crate = expected.length === 0 ? [] : [datasetId(SHOP, 'other.crate')];
      expect([...(await all({ filter, order }, 2))].sort()).toEqual([...expected, ...crate].sort());
    }
  }
});

test('among several filters a facet counts what each of its values would find in place of those asked for', async () => {
  await sendTables(
    Array.from({ length: 24 }, (_, at) => ({
      name: `bulk.parcel_${String(at)}`,
      owner: ['team:a', 'team:b', 'team:c'][at % 3] ?? '',
      tags: [['gold', 'silver'][at % 2] ?? '', ...(at % 4 === 0 ? ['heavy'] : [])],
    })),
  );
  await catalog.send(readEvents({ name: 'bulk.parcel_1', readers: 3 }));
  const one = { kinds: ['DATASET'], tags: ['gold'], owners: [agentId('team', 'a')], namespaces: [SHOP] } as const;
  const names = { kinds: 'KIND', tags: 'TAG', owners: 'OWNER', namespaces: 'NAMESPACE' } as const;
  const keys = ['kinds', 'tags', 'owners', 'namespaces'] as const;
  const every = await find({});
  let compared = 0;
  for (const without of [undefined, ...keys]) {
    const filter: SearchFilter = Object.fromEntries(
      keys.filter((key) => key !== without).map((key) => [key, one[key]]),
    );
    for (const text of ['', 'parcel']) {
      const answer = await find({ text, filter });
      for (const key of keys) {
        for (const value of Object.keys(counts(every, names[key]))) {
          const { totalCount } = await find({ text, filter: { ...filter, [key]: [value] } });
          expect(counts(answer, names[key])[value] ?? 0, `${text} ${key} ${value}`).toBe(totalCount);
          compared += 1;
        }
      }
    }
  }
  expect(compared).toBeGreaterThan(60);
});

test('the order by relevance is one, whether the matches are looked at or the index is asked for each tier', async () => {
  const names = [
    'parcel',
    'parcel_weight',
    'weight',
    'bulk.parcel',
    'parcels',
    'heavy.parcel_weight',
    'crate',
    'weights',
  ];
  await sendTables([
    ...names.map((name) => ({ name, tags: ['parcel'] })),
    ...names.map((name) => ({
      name: `raw.${name}_day`,
      description: 'the weight of a parcel',
      fields: ['parcel_weight'],
    })),
    ...names.map((name) => ({ name: `mart.${name}_7`, description: `of ${name}`, fields: ['weight', 'parcel'] })),
  ]);
  await catalog.send(readEvents({ name: 'parcel_weight', readers: 3 }));
  for (const text of [
    'parcel',
    'weight parcel',
    'parcel weight',
    'parcels',
    'weight 7',
    'parcel crate',
    'parcle weight',
  ]) {
    const orders: (readonly NodeId[])[] = [];
    for (const few of [0, 1_000]) {
      const ids: NodeId[] = [];
      for (let after: string | null = null, more = true; more;) {
        const search = new PostgresCatalogSearch(catalog.reading, { few });
        const page = await search.search({ text, filter: {}, order: 'RELEVANCE', page: { first: 3, after } });
        ids.push(...page.hits.map(({ id }) => id));
        more = page.hasNextPage;
        after = page.hits.at(-1)?.cursor ?? null;
      }
      expect(new Set(ids).size, text).toBe(ids.length);
      orders.push(ids);
    }
    expect(orders[0]?.length, text).toBeGreaterThan(2);
    expect(orders[1], text).toEqual(orders[0]);
  }
});

test('order UPDATED_AT follows events, of merged datasets the latest', async () => {
  await sendTables(parcels(4));
  await sendTables([{ name: 'bulk.parcel_3', symlink: 'bulk.parcel_0' }]);
  const latest = async (): Promise<readonly NodeId[]> =>
    (await find({ filter: { kinds: ['DATASET'] }, order: 'UPDATED_AT' })).hits.map(({ id }) => id);
  const id = (index: number): NodeId => datasetId(SHOP, `bulk.parcel_${String(index)}`);
  expect(await latest()).toEqual([id(0), id(2), id(1)]);
  await catalog.send([tableEvent({ name: 'bulk.parcel_1' }, 50)]);
  expect(await latest()).toEqual([id(1), id(0), id(2)]);
  await catalog.send([tableEvent({ name: 'bulk.parcel_3' }, 60)]);
  expect(await latest()).toEqual([id(0), id(1), id(2)]);
  const since = (Date.parse('2026-11-01T00:00:00Z') + 55 * 60_000) * 1000;
  expect((await find({ filter: { updatedAfter: since } })).hits.map((hit) => hit.id)).toEqual([id(0)]);
});

test.each(ORDERS)(
  'pages in order %s neither skip nor repeat what stays as it is while events come in',
  async (order) => {
    await sendTables(parcels(40));
    const request = { text: 'parcel', filter: { kinds: ['DATASET'] }, order } as const;
    const before = await all(request, 100);
    const seen: NodeId[] = [];
    const touched = new Set<NodeId>();
    for (let after: string | null = null, more = true, round = 0; more; round += 1) {
      const page: SearchAnswer = await find({ ...request, page: { first: 6, after } });
      seen.push(...page.hits.map(({ id }) => id));
      more = page.hasNextPage;
      after = page.hits.at(-1)?.cursor ?? null;
      // One that was shown is read by more jobs, one far behind changes, and one is new.
      const names = [before[round * 6] ?? '', before.at(-1 - round) ?? ''].map((id) => id.split(':')[2] ?? '');
      for (const name of names) touched.add(datasetId(SHOP, name));
      await catalog.send([
        ...names.flatMap((name) => readEvents({ name, readers: 1 + round })),
        ...names.map((name) => tableEvent({ name }, 100 + round)),
        tableEvent({ name: `bulk.parcel_new_${String(round)}` }, 200 + round),
      ]);
    }
    const still = before.filter((id) => !touched.has(id));
    expect(still.length).toBeGreaterThan(20);
    expect(seen.filter((id) => still.includes(id))).toEqual(still);
  },
);
