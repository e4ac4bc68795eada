import { NOW } from '@headwater/store-contract/access-store/access-case';
import { MemoryRefusedEventStore } from '@headwater/store-contract/memory-refused-event-store';
import { refusedEventStoreContract, refusedLine } from '@headwater/store-contract/refused-event-store.contract';
import { PostgresRefusedEventStore } from '@headwater/store-postgres/refusals/postgres-refused-event-store';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../support/postgres.js';

refusedEventStoreContract({
  name: 'memory',
  create: (at) => {
    const clock = { at, now: () => clock.at };
    const store = new MemoryRefusedEventStore(clock);
    return Promise.resolve({ store, other: store, clock, close: () => Promise.resolve() });
  },
});

refusedEventStoreContract({
  name: 'PostgreSQL',
  create: async (at) => {
    const database = await createTestDatabase();
    const { pool } = database;
    const clock = { at, now: () => clock.at };
    const [store, other] = [new PostgresRefusedEventStore(pool, clock), new PostgresRefusedEventStore(pool, clock)];
    return { store, other, clock, close: () => database.drop() };
  },
});

test('while the database is away, every call says UNAVAILABLE', async () => {
  const database = await createTestDatabase();
  const store = new PostgresRefusedEventStore(database.pool, { now: () => NOW });
  await database.drop();
  const calls = [store.record([refusedLine()]), store.list({}, { first: 1, after: null }), store.sweep()];
  for (const outcome of await Promise.allSettled(calls)) {
    expect(outcome).toMatchObject({ status: 'rejected', reason: { category: 'UNAVAILABLE' } });
  }
});
