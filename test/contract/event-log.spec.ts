import { eventLogContract } from '@headwater/store-contract/event-log.contract';
import { MemoryEventLog } from '@headwater/store-contract/memory-event-log';
import { PostgresEventLog } from '@headwater/store-postgres/log/postgres-event-log';
import pg from 'pg';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../support/postgres.js';

const BASE = Date.UTC(2026, 10, 23, 9) * 1000;

eventLogContract({
  name: 'memory',
  create: () => {
    let now = BASE;
    const log = new MemoryEventLog({ clock: { now: () => now++ } });
    return Promise.resolve({
      log,
      other: log,
      subscribe: (listener) => log.subscribe(listener),
      close: () => Promise.resolve(),
    });
  },
});

async function openOnPostgres() {
  const database = await createTestDatabase();
  const log = await PostgresEventLog.open({ url: database.url, pool: database.pool });
  const other = await PostgresEventLog.open({ url: database.url, pool: database.pool });
  return {
    database,
    log,
    other,
    subscribe: (listener: () => void) => log.subscribe(listener),
    close: async () => {
      await Promise.all([log.close(), other.close()]);
      await database.drop();
    },
  };
}

eventLogContract({ name: 'PostgreSQL', create: openOnPostgres });

test('a contract that is told to skip a test it does not have is refused', () => {
  expect(() => {
    eventLogContract({
      name: 'PostgreSQL',
      create: openOnPostgres,
      skip: [{ test: 'no such test', reason: 'to show that the name is checked' }],
    });
  }).toThrow('no such test');
});

test('an append of an open transaction holds later ones back, so that a reader cannot pass it', async () => {
  const { database, log, close } = await openOnPostgres();
  const slow = new pg.Client({ connectionString: database.url });
  await slow.connect();
  try {
    await slow.query('BEGIN');
    await slow.query(
      `SELECT * FROM append_events(ARRAY['RUN'], ARRAY[$1::bigint], ARRAY[sha256('slow')], ARRAY['slow'::bytea])`,
      [BASE],
    );
    let settled = false;
    const later = log.append([{ kind: 'RUN', bytes: Buffer.from('later'), receivedAt: BASE }]);
    void later.finally(() => (settled = true));
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(settled).toBe(false);
    expect(await log.readAfter(0, 10)).toEqual([]);
    await slow.query('COMMIT');
    expect(await later).toEqual([{ position: 2, duplicate: false }]);
    expect((await log.readAfter(0, 10)).map((stored) => Buffer.from(stored.bytes).toString())).toEqual([
      'slow',
      'later',
    ]);
  } finally {
    await slow.end();
    await close();
  }
});

test('the partitions of this month and the next are there from the start, and a new month makes sure of its next', async () => {
  const { database, log, close } = await openOnPostgres();
  const partitions = async (): Promise<string[]> => {
    const { rows } = await database.pool.query<{ name: string }>(
      `SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'event_log'::regclass ORDER BY 1`,
    );
    return rows.map((row) => row.name);
  };
  try {
    const { rows } = await database.pool.query<{ name: string }>(
      `SELECT 'event_log_' || to_char(date_trunc('month', now() AT TIME ZONE 'UTC') + n * interval '1 month', 'YYYY_MM') AS name
       FROM generate_series(0, 1) n`,
    );
    expect(await partitions()).toEqual(rows.map((row) => row.name));
    const lastMoment = Date.UTC(2031, 0, 31, 23, 59, 59) * 1000 + 999_999;
    await log.append([{ kind: 'RUN', bytes: Buffer.from('a'), receivedAt: lastMoment }]);
    expect(await partitions()).toEqual(expect.arrayContaining(['event_log_2031_01', 'event_log_2031_02']));
    await log.append([{ kind: 'RUN', bytes: Buffer.from('b'), receivedAt: lastMoment + 1 }]);
    const { rows: homes } = await database.pool.query<{ home: string }>(
      'SELECT tableoid::regclass::text AS home FROM event_log ORDER BY position',
    );
    expect(homes.map((row) => row.home)).toEqual(['event_log_2031_01', 'event_log_2031_02']);
    expect(await partitions()).toContain('event_log_2031_03');
  } finally {
    await close();
  }
});

test("processes that open the log of an empty database at once do not get into each other's way", async () => {
  const database = await createTestDatabase();
  try {
    const opened = await Promise.all(
      Array.from({ length: 4 }, () => PostgresEventLog.open({ url: database.url, pool: database.pool })),
    );
    const answers = await Promise.all(
      opened.map((log) =>
        log.append([{ kind: 'RUN', bytes: Buffer.from('same'), receivedAt: Date.UTC(2040, 0, 1) * 1000 }]),
      ),
    );
    expect(answers.flat().filter(({ duplicate }) => !duplicate)).toHaveLength(1);
    await Promise.all(opened.map((log) => log.close()));
  } finally {
    await database.drop();
  }
});

test('the log id and the digest key are made once for a database and differ between databases', async () => {
  const first = await openOnPostgres();
  const second = await openOnPostgres();
  try {
    expect(first.log.logId).toBe(first.other.logId);
    expect(first.log.logId).not.toBe(second.log.logId);
    const same = { kind: 'RUN' as const, bytes: Buffer.from('same'), receivedAt: BASE };
    await Promise.all([first.log.append([same]), second.log.append([same])]);
    const [one] = await first.log.readAfter(0, 1);
    const [two] = await second.log.readAfter(0, 1);
    expect(one?.digest).not.toBe(two?.digest);
  } finally {
    await Promise.all([first.close(), second.close()]);
  }
});

test('a full queue refuses with UNAVAILABLE and a time to come back, and what was accepted is stored', async () => {
  const database = await createTestDatabase();
  const log = await PostgresEventLog.open({ url: database.url, pool: database.pool, maxQueuedEvents: 50 });
  try {
    const calls = Array.from({ length: 200 }, (_, index) =>
      log.append([{ kind: 'RUN', bytes: Buffer.from(`event ${index}`), receivedAt: BASE }]),
    );
    const outcomes = await Promise.allSettled(calls);
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused).toHaveLength(150);
    expect(refused[0]?.reason).toMatchObject({ category: 'UNAVAILABLE', reason: 'LOG_QUEUE_FULL', retryAfterS: 1 });
    expect((await log.head()).position).toBe(50);
  } finally {
    await log.close();
    await database.drop();
  }
});

test('close answers every accepted append and refuses later ones', async () => {
  const { log, other, close } = await openOnPostgres();
  const calls = Array.from({ length: 20 }, (_, index) =>
    log.append([{ kind: 'RUN', bytes: Buffer.from(`event ${index}`), receivedAt: BASE }]),
  );
  const closing = log.close();
  await expect(log.append([{ kind: 'RUN', bytes: Buffer.from('late'), receivedAt: BASE }])).rejects.toMatchObject({
    category: 'UNAVAILABLE',
    reason: 'LOG_CLOSED',
  });
  await closing;
  expect((await Promise.all(calls)).flat()).toHaveLength(20);
  expect((await other.head()).position).toBe(20);
  await close();
});
