import { ProjectLog } from '@headwater/application/projection/project-log';
import { HeadwaterError } from '@headwater/domain/errors';
import type { CatalogReader } from '@headwater/domain/catalog-reader';
import type { ProjectionChanges } from '@headwater/domain/projection/changes';
import { MemoryEventLog } from '@headwater/store-contract/memory-event-log';
import { ProjectionDatabase } from '@headwater/store-postgres/catalog/projection-database';
import { postgresCatalogReader } from '@headwater/store-postgres/catalog/postgres-catalog-reader';
import { createGeneration, generationSchema } from '@headwater/store-postgres/migrate/generations';
import { PostgresProjection } from '@headwater/store-postgres/projection/postgres-projection';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ALL, itemsOf, readAll, run } from '../support/claims-catalog.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { TEST_SETTINGS } from '../support/projection.js';

const SCHEMA = generationSchema(1);
const bytes = (event: object | string): Uint8Array =>
  new TextEncoder().encode(typeof event === 'string' ? event : JSON.stringify(event));
/** What the nth of the events says: of three producers in turn, the third without a name; every fourth has no zone. */
const event = (n: number): object => {
  const producer = [{ producer: 'https://a' }, { producer: 'https://b/1' }, { producer: undefined }][n % 3];
  return { ...run(n, 'COMPLETE', `2026-11-10T01:00:00${n % 4 === 0 ? '' : 'Z'}`), ...producer };
};

let database: TestDatabase;
let reader: CatalogReader;
let log: MemoryEventLog;

beforeAll(async () => {
  database = await createTestDatabase();
  reader = postgresCatalogReader(new ProjectionDatabase(database.pool, () => SCHEMA));
});
beforeEach(async () => {
  await createGeneration(database.pool, 1);
  log = new MemoryEventLog({ clock: { now: () => 1_800_000_000_000_000 } });
});
afterAll(() => database.drop());

const append = (...events: readonly (object | string)[]): Promise<unknown> =>
  log.append(events.map((one, index) => ({ kind: 'RUN' as const, bytes: bytes(one), receivedAt: 1_000 + index })));
const project = async (limit: number, store = new PostgresProjection(database.pool, SCHEMA)): Promise<void> => {
  const projection = new ProjectLog(log, store, TEST_SETTINGS);
  while ((await projection.execute(limit)) > 0);
};
/** Name, first and last receipt, and how many events. */
const producers = async (): Promise<readonly unknown[]> =>
  itemsOf(await reader.producers(ALL)).map(({ producer, firstSeenAt, lastSeenAt, events }) => [
    ...[producer, firstSeenAt, lastSeenAt, events],
  ]);

test.each([1, 5, 100])('every producer is counted once for each event, in batches of %i', async (limit) => {
  await append(...Array.from({ length: 12 }, (_, n) => event(n)));
  await project(limit);
  expect(await producers()).toEqual([
    [null, 1_002, 1_011, 4],
    ['https://b/1', 1_001, 1_010, 4],
    ['https://a', 1_000, 1_009, 4],
  ]);
  const { rows } = await database.pool.query<{ count: number }>(`SELECT count(*)::int FROM ${SCHEMA}.finding`);
  const counted = itemsOf(await reader.producers(ALL)).reduce((sum, { findings }) => sum + findings, 0);
  expect(counted).toBe(rows[0]?.count);
  expect(counted).toBeGreaterThan(0);
});

test('whoever was heard last comes first, page by page', async () => {
  await append(...Array.from({ length: 12 }, (_, n) => event(n)));
  await project(100);
  const whole = itemsOf(await reader.producers(ALL));
  expect(whole.map(({ producer }) => producer)).toEqual([null, 'https://b/1', 'https://a']);
  expect(await readAll(1, (page) => reader.producers(page))).toEqual(whole);
  expect(whole.map(({ isExact }) => isExact)).toEqual([true, true, true]);
});

test('a batch whose answer was lost, or that another process had taken, is counted once', async () => {
  await append(event(0), event(3));
  let isLost = true;
  class Losing extends PostgresProjection {
    override async save(changes: ProjectionChanges): Promise<void> {
      await super.save(changes);
      if (!isLost) return;
      isLost = false;
      throw new HeadwaterError('UNAVAILABLE', 'the answer was lost');
    }
  }
  const store = new Losing(database.pool, SCHEMA);
  await expect(project(10, store)).rejects.toThrow('lost');
  await project(10, store);
  await project(10);
  expect(await producers()).toEqual([['https://a', 1_000, 1_001, 2]]);
});

test('an event that cannot be read or projected is heard all the same', async () => {
  await append(event(0), '{"producer": "https://a"}', event(3));
  class Refusing extends PostgresProjection {
    override async save(changes: ProjectionChanges): Promise<void> {
      if (changes.references.some(({ position }) => position === 3)) throw new TypeError('what no one expected');
      await super.save(changes);
    }
  }
  await project(10, new Refusing(database.pool, SCHEMA));
  expect(await producers()).toEqual([
    ['https://a', 1_000, 1_002, 2],
    [null, 1_001, 1_001, 1],
  ]);
});
