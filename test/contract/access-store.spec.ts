import { accessEventBytes, type AccessEvent } from '@headwater/domain/access/access-event';
import { accessStoreContract } from '@headwater/store-contract/access-store.contract';
import { MemoryAccessStore } from '@headwater/store-contract/memory-access-store';
import { MemoryEventLog } from '@headwater/store-contract/memory-event-log';
import { PostgresAccessStore } from '@headwater/store-postgres/access/postgres-access-store';
import { postgresCatalogReader } from '@headwater/store-postgres/catalog/postgres-catalog-reader';
import { PostgresEventLog } from '@headwater/store-postgres/log/postgres-event-log';
import { expect, test } from 'vitest';
import { createTestCatalog } from '../support/catalog.js';
import { createTestDatabase } from '../support/postgres.js';

accessStoreContract({
  name: 'memory',
  create: (at) => {
    const clock = { at, now: () => clock.at };
    const log = new MemoryEventLog({ clock });
    const store = new MemoryAccessStore(clock, log);
    return Promise.resolve({ store, other: store, log, clock, close: () => Promise.resolve() });
  },
});

async function openOnPostgres(at: number) {
  const database = await createTestDatabase();
  const { url, pool } = database;
  const clock = { at, now: () => clock.at };
  const logs = await Promise.all([PostgresEventLog.open({ url, pool }), PostgresEventLog.open({ url, pool })]);
  const [store, other] = logs.map((log) => new PostgresAccessStore({ url, pool, log, clock }));
  const [log] = logs;
  if (store === undefined || other === undefined) throw new Error('two logs give two stores');
  const close = async (): Promise<void> => {
    await Promise.all([store.close(), other.close(), ...logs.map((one) => one.close())]);
    await database.drop();
  };
  return { store, other, log, clock, pool, close };
}

accessStoreContract({ name: 'PostgreSQL', create: openOnPostgres });

const LINE: AccessEvent = {
  id: '0190bbbb-0000-4000-8000-000000000001',
  at: Date.UTC(2026, 10, 23, 9) * 1000,
  actor: 'token:a',
  address: null,
  detail: { type: 'TOKEN_REVOKED', token: 'a' },
};

test('the projection passes over lines of audit, and no list of catalog events shows them', async () => {
  const catalog = await createTestCatalog();
  try {
    const run = { runId: '0190aaaa-0000-7000-8000-000000000001' };
    const base = {
      eventTime: '2026-11-20T00:00:00Z',
      producer: 'https://example.com',
      schemaURL: 'https://example.com',
    };
    const job = { namespace: 'n', name: 'j' };
    const [before] = await catalog.send([{ ...base, eventType: 'START', run, job }]);
    const [audited] = await catalog.log.append([
      { kind: 'ACCESS', bytes: accessEventBytes(LINE), receivedAt: LINE.at },
    ]);
    const [after] = await catalog.send([{ ...base, eventType: 'COMPLETE', run, job }]);
    expect(audited?.position).toBe(2);
    const reader = postgresCatalogReader(catalog.reading);
    const page = { first: 10, after: null };
    const events = await reader.events({}, page);
    expect(events.items.map(({ item }) => item.position)).toEqual([after, before]);
    expect((await reader.events({ fromPosition: 2, toPosition: 2 }, page)).items).toEqual([]);
    expect((await reader.findings({}, page)).items).toEqual([]);
    const { rows } = await catalog.database.pool.query<{ position: number }>(
      `SELECT position FROM ${catalog.schema}.projection_checkpoint`,
    );
    expect(rows.map(({ position }) => position)).toEqual([3]);
  } finally {
    await catalog.close();
  }
});

test('lines of audit and events of several processes share one dense log', async () => {
  const { store, other, log, close } = await openOnPostgres(LINE.at);
  try {
    const appends = Array.from({ length: 20 }, (_, n) =>
      log.append([{ kind: 'RUN', bytes: Buffer.from(`event ${String(n)}`), receivedAt: LINE.at }]),
    );
    const lines = Array.from({ length: 20 }, (_, n) =>
      (n % 2 === 0 ? store : other).record({ ...LINE, id: `0190bbbb-0000-4000-8000-0000000001${String(n + 10)}` }, []),
    );
    await Promise.all([...appends, ...lines]);
    const stored = await log.readAfter(0, 100);
    expect(stored.map(({ position }) => position)).toEqual(Array.from({ length: 40 }, (_, n) => n + 1));
    const { items } = await store.events({}, { first: 100, after: null });
    const audited = stored.filter(({ kind }) => kind === 'ACCESS').map(({ position }) => position);
    expect(items.map(({ item }) => item.position).reverse()).toEqual(audited);
  } finally {
    await close();
  }
});

test('secrets differ between installations', async () => {
  const [first, second] = [await openOnPostgres(LINE.at), await openOnPostgres(LINE.at)];
  try {
    const values = await Promise.all([first, second].map(({ store }) => store.secret('sign-in')));
    const [one, two] = values.map(({ value }) => Buffer.from(value).toString('hex'));
    expect(one).not.toBe(two);
  } finally {
    await Promise.all([first.close(), second.close()]);
  }
});

test('while the database is away, every call says UNAVAILABLE and none "not found"', async () => {
  const database = await createTestDatabase();
  const { url, pool } = database;
  const log = await PostgresEventLog.open({ url, pool });
  const store = new PostgresAccessStore({ url, pool, log, clock: { now: () => LINE.at } });
  await log.close();
  await database.drop();
  const calls = [
    store.state(),
    store.session('a'),
    store.record(LINE, []),
    store.secret('sign-in'),
    store.sessionsOf('a'),
  ];
  for (const outcome of await Promise.allSettled(calls)) {
    expect(outcome).toMatchObject({ status: 'rejected', reason: { category: 'UNAVAILABLE' } });
  }
  await store.close();
});
