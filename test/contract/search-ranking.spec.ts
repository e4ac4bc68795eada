import { datasetId, nodeKey } from '@headwater/domain/identifiers';
import type { CatalogSearch, SearchAnswer, SearchRequest } from '@headwater/domain/search';
import { PostgresViewStore } from '@headwater/store-postgres/saved/postgres-view-store';
import { MOST_FROM_VIEWS } from '@headwater/store-postgres/search/search-statement';
import { PostgresCatalogSearch } from '@headwater/store-postgres/search/postgres-catalog-search';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestCatalog, type TestCatalog } from '../support/catalog.js';
import { readEvents, SHOP, tableEvent, type Table } from '../support/tables.js';

let catalog: TestCatalog;
let search: CatalogSearch;

const TABLES: readonly Table[] = [
  {
    name: 'claims.public.claims',
    fields: ['claim_id', 'amount'],
    description: 'All claims, one row each.',
    readers: 2,
  },
  { name: 'claims.public.claims_archive', fields: ['claim_id'], readers: 9 },
  { name: 'claims.public.open_claims', description: 'A table of claims nobody has closed.' },
  { name: 'claims.public.policies', fields: ['policy_number', 'holder'] },
  { name: 'policies.export.holders', fields: ['name'] },
  { name: 'finance.payouts', fields: ['claim_id', 'payout_amount'], tags: ['pii'], readers: 1 },
  { name: 'finance.rate_table', fields: ['kind', 'rate'] },
  { name: 'finance.rate_history', fields: ['kind', 'rate'], readers: 4 },
  { name: 'finance.policy_numbering', fields: ['scheme'], readers: 3 },
  { name: 'ml.fraud_scores', fields: ['score'], description: 'Probability of fraud by claim.' },
  { name: 'ml.customer_masked', fields: ['email_hash'], readers: 1 },
  { name: 'crm.customerOrders', fields: ['order_id'] },
  { name: 'crm.customer_orders_backup', fields: ['order_id'], readers: 8 },
  { name: 'crm.batches', fields: ['batch'] },
  { name: 'risk.mart_1_4', fields: ['risk'] },
  { name: 'risk.mart_12_47', fields: ['risk'], readers: 5 },
];

beforeAll(async () => {
  catalog = await createTestCatalog();
  search = new PostgresCatalogSearch(catalog.reading);
  await catalog.send([...TABLES.map(tableEvent), ...TABLES.flatMap(readEvents)]);
});
afterAll(() => catalog.close());

function find(text: string, request: Partial<Omit<SearchRequest, 'text'>> = {}): Promise<SearchAnswer> {
  const filter = { kinds: ['DATASET'] } as const;
  return search.search({ text, filter, order: 'RELEVANCE', page: { first: 20, after: null }, ...request });
}

async function names(text: string): Promise<readonly string[]> {
  return (await find(text)).hits.map(({ displayName }) => displayName);
}

test('a whole name comes first, however its words are written and however popular longer ones are', async () => {
  for (const text of ['claims', 'Claims', 'public.claims', 'claims.public.claims']) {
    expect((await names(text))[0], text).toBe('claims');
  }
  for (const text of ['customer orders', 'customerOrders', 'customer_orders', 'customerorders', 'crm.customerOrders']) {
    expect((await names(text))[0], text).toBe('customerOrders');
  }
});

test('what has a field of just that name comes before what has its words scattered', async () => {
  expect((await names('claim_id')).slice(0, 3).sort()).toEqual(['claims', 'claims_archive', 'payouts']);
  expect((await names('policyNumber')).slice(0, 2)).toEqual(['policy_numbering', 'policies']);
  expect((await names('payoutamount'))[0]).toBe('payouts');
});

test('a table named for one word and tagged with the other is found by both', async () => {
  expect((await names('payouts pii'))[0]).toBe('payouts');
});

test('plurals and other forms of a word find each other', async () => {
  expect(await names('policies')).toEqual(expect.arrayContaining(['policies', 'policy_numbering']));
  expect(await names('policy')).toEqual(expect.arrayContaining(['policies', 'policy_numbering']));
  expect(await names('scoring')).toEqual(['fraud_scores']);
  expect(await names('masking customers')).toEqual(['customer_masked']);
  expect(await names('batch')).toEqual(['batches']);
});

test('words of a question that name nothing exclude nothing, but rank what has them', async () => {
  const asked = await find('where is the claims data');
  expect(asked.isFuzzy).toBe(false);
  expect(asked.hits[0]?.displayName).toBe('claims');
  expect(await names('claims table')).toEqual(await names('claims'));
  expect((await names('rate history'))[0]).toBe('rate_history');
  expect(await names('table of rates')).toEqual(['rate_table', 'rate_history']);
  expect(await names('table')).toContain('rate_table');
});

test.each([
  ['cliams', 'claims'],
  ['claism archive', 'claims_archive'],
  ['fruad', 'fraud_scores'],
  ['polices numbring', 'policy_numbering'],
  ['custmer ordes', 'customerOrders'],
  ['payuots', 'payouts'],
  ['hlder', 'policies'],
  ['probabilty', 'fraud_scores'],
])('%s is understood as what it was to be', async (text, name) => {
  const answer = await find(text);
  expect(answer.isFuzzy).toBe(true);
  expect(answer.hits.map(({ displayName }) => displayName)).toContain(name);
});

test('a slip in a short word changes it too much to guess', async () => {
  expect((await find('xyzz')).totalCount).toBe(0);
});

test('where nothing has all the words, what has most of them is found', async () => {
  const answer = await find('fraud score probability zeppelin');
  expect(answer.isFuzzy).toBe(true);
  expect(answer.hits.map(({ displayName }) => displayName)).toEqual(['fraud_scores']);
  expect((await names('zeppelin holders'))[0]).toBe('holders');
});

test('similar and partial matches are paged like any others', async () => {
  for (const text of ['cliams', 'claims zeppelin']) {
    const whole = await find(text);
    const joined: string[] = [];
    for (let after: string | null = null, more = true; more;) {
      const page: SearchAnswer = await find(text, { page: { first: 2, after } });
      expect(page).toMatchObject({ totalCount: whole.totalCount, isFuzzy: true });
      joined.push(...page.hits.map(({ id }) => id));
      more = page.hasNextPage;
      after = page.hits.at(-1)?.cursor ?? null;
    }
    expect(joined.length).toBeGreaterThan(2);
    expect(joined).toEqual(whole.hits.map(({ id }) => id));
  }
});

test('highlights reach into full names and words typed as one', async () => {
  const { hits } = await find('policies');
  const holders = hits.find(({ displayName }) => displayName === 'holders');
  expect(holders?.highlights).toEqual([{ field: 'NAME', text: 'policies.export.holders', ranges: [[0, 8]] }]);
  const [joined] = (await find('customerorders')).hits;
  expect(joined?.highlights).toEqual([{ field: 'NAME', text: 'customerOrders', ranges: [[0, 14]] }]);
  const [slip] = (await find('zcustomer')).hits;
  expect(slip?.highlights[0]).toMatchObject({ field: 'NAME', ranges: [[0, 8]] });
});

test('a short number is meant as it is, a longer one may go on', async () => {
  await catalog.send([tableEvent({ name: 'risk.mart_2026' }, 90)]);
  expect(await names('mart 1 4')).toEqual(['mart_1_4']);
  expect(await names('mart_12')).toEqual(['mart_12_47']);
  expect(await names('mart 202')).toEqual(['mart_2026']);
});

test('a pasted NodeId finds its asset', async () => {
  const id = datasetId(SHOP, 'claims.public.claims');
  expect((await find(id)).hits[0]?.id).toBe(id);
});

test('suggestions begin with names that begin so, the best known first', async () => {
  const suggested = async (text: string): Promise<readonly string[]> =>
    (await search.suggest(text, 3)).map(({ displayName }) => displayName);
  expect((await suggested('claims'))[0]).toBe('claims_archive');
  expect((await suggested('customeror')).slice(0, 2)).toEqual(['customer_orders_backup', 'customerOrders']);
  expect((await suggested('rate t'))[0]).toBe('rate_table');
  expect(new Set(await suggested('cliams arch'))).toEqual(new Set(['claims_archive']));
});

test('what people look at comes before its equals, and views never weigh more than the first job that reads it', async () => {
  const views = new PostgresViewStore(catalog.database.pool);
  const look = async (name: string, people: number): Promise<void> => {
    const id = datasetId(SHOP, name);
    for (let n = 0; n < people; n += 1) await views.record(`user:${String(n)}`, [{ key: nodeKey(id), id }], 1e15);
  };
  await catalog.send(
    ['views.quiet_a', 'views.quiet_b', 'views.quiet_c'].map((name, index) => tableEvent({ name }, index)),
  );
  const read: Table = { name: 'views.quiet_read', readers: 1 };
  await catalog.send([tableEvent(read, 3), ...readEvents(read)]);
  const before = await names('quiet');
  expect(before[0]).toBe('quiet_read');
  const last = before.at(-1) ?? '';
  await look(`views.${last}`, 1);
  expect(await names('quiet')).toEqual(['quiet_read', last, ...before.slice(1, -1)]);
  // Again within one visit is no other view.
  await look(`views.${last}`, 1);
  const hit = async () => (await find('quiet')).hits.find(({ displayName }) => displayName === last);
  expect((await hit())?.views).toBe(1);
  const { rows } = await catalog.database.pool.query<{ most: number }>(
    `UPDATE view_total SET views = 1000000000 RETURNING (SELECT count(*)::int FROM view_total) AS most`,
  );
  expect(rows[0]?.most).toBe(1);
  const scores = (await find('quiet')).hits.map(({ score }) => score);
  // At most 700 thousandths of a thousandth: far from another tier, and about what one reader is.
  expect(Math.max(...scores) - Math.min(...scores)).toBeLessThanOrEqual(MOST_FROM_VIEWS / 1_000_000 + 1e-9);
});

test('pages by relevance and popularity join into one list, whatever was looked at', async () => {
  const views = new PostgresViewStore(catalog.database.pool);
  for (const [index, { name }] of TABLES.entries()) {
    const id = datasetId(SHOP, name);
    for (let n = 0; n < index % 4; n += 1) await views.record(`reader:${String(n)}`, [{ key: nodeKey(id), id }], 1e15);
  }
  for (const order of ['RELEVANCE', 'POPULARITY'] as const) {
    for (const filter of [{}, { kinds: ['DATASET'] }] as const) {
      const whole = await search.search({ text: '', filter, order, page: { first: 100, after: null } });
      const pages: string[] = [];
      let after: string | null = null;
      for (;;) {
        const page: SearchAnswer = await search.search({ text: '', filter, order, page: { first: 3, after } });
        pages.push(...page.hits.map(({ id }) => id));
        if (!page.hasNextPage) break;
        after = page.hits.at(-1)?.cursor ?? null;
      }
      expect(pages, order).toEqual(whole.hits.map(({ id }) => id));
      expect(new Set(pages).size).toBe(whole.totalCount);
    }
  }
  const popular = await search.search({
    text: '',
    filter: { kinds: ['DATASET'] },
    order: 'POPULARITY',
    page: { first: 100, after: null },
  });
  const consumers = new Map(TABLES.map(({ name, readers = 0 }) => [datasetId(SHOP, name) as string, readers]));
  const ranked = popular.hits
    .filter(({ id }) => consumers.has(id))
    .map(({ id, views: seen }) => [consumers.get(id) ?? 0, seen] as const);
  expect(ranked).toEqual(ranked.toSorted(([a, x], [b, y]) => b - a || y - x));
});
