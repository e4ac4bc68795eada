import { readNeeds, type Need } from '@headwater/application/saved/read-needs';
import { agentId, datasetId } from '@headwater/domain/identifiers';
import { LATEST } from '@headwater/domain/reading/read-time';
import { postgresCatalogReader } from '@headwater/store-postgres/catalog/postgres-catalog-reader';
import { PostgresCatalogSearch } from '@headwater/store-postgres/search/postgres-catalog-search';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestCatalog, type TestCatalog } from '../support/catalog.js';
import { SHOP, tableEvent } from '../support/tables.js';

const ME = agentId('team', 'shop');
const TIME = { at: Date.now() * 1000, knownAt: LATEST };

let catalog: TestCatalog;

beforeAll(async () => {
  catalog = await createTestCatalog();
  await catalog.send([
    tableEvent({ name: 'orders', fields: ['email'], owner: 'team:shop' }, 0),
    tableEvent({ name: 'returns', fields: ['id'], owner: 'team:shop', description: 'What came back.' }, 1),
    tableEvent({ name: 'others', fields: ['email'], owner: 'team:others' }, 2),
  ]);
});
afterAll(() => catalog.close());

function needs(agents = [ME]): Promise<readonly Need[]> {
  const view = { catalog: postgresCatalogReader(catalog.reading), search: new PostgresCatalogSearch(catalog.reading) };
  return readNeeds(view, agents, TIME);
}

test('who owns something is told what it needs, and of nothing that is others’', async () => {
  const [orders, returns] = [datasetId(SHOP, 'orders'), datasetId(SHOP, 'returns')];
  const found = new Map((await needs()).map((need) => [need.kind, need]));
  expect(found.get('CONFIRM_OWNERSHIP')).toMatchObject({ total: 2, isComplete: true });
  expect([...(found.get('CONFIRM_OWNERSHIP')?.assets ?? [])].sort()).toEqual([orders, returns]);
  expect(found.get('UNDOCUMENTED')).toMatchObject({ total: 1, assets: [orders] });
  expect(found.get('SUGGESTED_TAGS')).toMatchObject({ total: 1, assets: [orders] });
  expect(found.has('UNOWNED_IN_DOMAIN')).toBe(false);
});

test('what is owned under another id of the same person counts, and an asset once however often it is owned', async () => {
  const [one, other] = [agentId('user', 'jo@x.org'), agentId('user', 'JO@X.org')];
  await catalog.send([
    tableEvent({ name: 'by_address', fields: ['id'], owner: 'user:jo@x.org' }, 3),
    tableEvent({ name: 'loudly', fields: ['id'], owner: 'user:JO@X.org' }, 4),
  ]);
  const assets = [datasetId(SHOP, 'by_address'), datasetId(SHOP, 'loudly')];
  for (const agents of [[one], [other], [one, other]]) {
    const confirm = (await needs(agents)).find(({ kind }) => kind === 'CONFIRM_OWNERSHIP');
    expect(confirm?.total, agents.join()).toBe(2);
    expect([...(confirm?.assets ?? [])].sort()).toEqual(assets);
  }
});

test('who owns nothing, or is nobody known, is told nothing', async () => {
  expect(await needs([])).toEqual([]);
  expect(await needs([agentId('user', 'nobody')])).toEqual([]);
});

test('what many assets need costs as many statements as what few do', async () => {
  const few = await catalog.countStatements(() => needs());
  const more = Array.from({ length: 40 }, (_, n) => ({
    name: `more_${String(n)}`,
    fields: ['email'],
    owner: 'team:shop',
  }));
  await catalog.send(more.map((table, n) => tableEvent(table, 10 + n)));
  expect(await catalog.countStatements(() => needs())).toBe(few);
  expect((await needs()).find(({ kind }) => kind === 'UNDOCUMENTED')?.total).toBe(41);
});
