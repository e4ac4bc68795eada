import { CatalogViews } from '@headwater/application/visibility/catalog-views';
import { Principal } from '@headwater/domain/access/principal';
import { LATEST } from '@headwater/domain/reading/read-time';
import type { CatalogReader } from '@headwater/domain/catalog-reader';
import { MemoryLineageGraph } from '@headwater/store-contract/memory-lineage-graph';
import { PostgresLineageRoots } from '@headwater/store-postgres/catalog/lineage-roots';
import { PostgresChangeFeed } from '@headwater/store-postgres/catalog/postgres-change-feed';
import { postgresCatalogReader } from '@headwater/store-postgres/catalog/postgres-catalog-reader';
import { PostgresCatalogSearch } from '@headwater/store-postgres/search/postgres-catalog-search';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestCatalog, type TestCatalog } from '../support/catalog.js';
import { ALL, itemsOf, readAll } from '../support/claims-catalog.js';
import { dataset, run, runOf } from '../support/lineage-events.js';

const inputs = ['clean', 'failed', 'redone']
  .map((name) => ({ name }))
  .concat([{ name: 'x', namespace: 'vault' } as never]);
const reading = runOf('r', 9);
const FIRST = [
  run({ job: 'w', run: 1, at: 0, outputs: ['clean', 'redone'] }),
  run({ job: 'w', run: 2, type: 'START', at: 15, outputs: ['failed', 'redone', { name: 'x', namespace: 'vault' }] }),
  run({ job: 'r', run: 9, type: 'START', at: 10, inputs }),
  run({ job: 'r', run: 9, at: 20 }),
];

let catalog: TestCatalog;
let reader: CatalogReader;

beforeAll(async () => {
  catalog = await createTestCatalog();
  reader = postgresCatalogReader(catalog.reading);
  await catalog.send(FIRST.map(({ event }) => event));
});
afterAll(() => catalog.close());

test('27. the gaps of a run are its datasets with an overlapping writer, complete candidates or not', async () => {
  const gaps = await readAll(1, async (page) => (await reader.gapsOfRuns([reading], page, LATEST)).get(reading));
  expect(gaps).toEqual(
    [dataset('failed'), dataset('redone'), dataset('x', 'vault')].map((datasetId) => ({ datasetId, gap: 'AMBIGUOUS' })),
  );
  const used = itemsOf((await reader.versionsOfRuns([reading], 'USED', ALL, LATEST)).get(reading));
  expect(used.map(({ version, link }) => [version.datasetId, link.gap])).toEqual([
    [dataset('clean'), null],
    [dataset('redone'), 'AMBIGUOUS'],
  ]);
  expect((await reader.gapsOfRuns([reading], ALL, 1)).get(reading)?.items).toEqual([]);
});

test('27. who may not see a dataset is not told of its gap', async () => {
  const { pool, url } = catalog.database;
  const feed = new PostgresChangeFeed({ pool, url, schema: () => catalog.schema });
  const roots = new PostgresLineageRoots(catalog.reading);
  const views = new CatalogViews({
    catalog: reader,
    search: new PostgresCatalogSearch(catalog.reading),
    graph: new MemoryLineageGraph(),
    log: catalog.log,
    clock: { now: () => 0 },
    secret: () => Promise.resolve({ value: new Uint8Array(32), previous: null }),
    ...{ roots, feed },
  });
  const grants = [{ scopes: ['catalog:read' as const], namespaces: ['db', 'jobs'] }];
  const seen = views.of(new Principal({ id: 'token:x', kind: 'TOKEN', name: 'x', grants }));
  const gaps = itemsOf((await seen.catalog.gapsOfRuns([reading], ALL, LATEST)).get(reading));
  expect(gaps.map(({ datasetId }) => datasetId)).toEqual([dataset('failed'), dataset('redone')]);
  await feed.close();
});
