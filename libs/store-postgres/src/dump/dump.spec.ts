import { Readable, Writable } from 'node:stream';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { HeadwaterError } from '@headwater/domain/errors';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createBlankDatabase, createTestDatabase, type TestDatabase } from '../../../../test/support/postgres.js';
import { PostgresEventLog } from '../log/postgres-event-log.js';
import { applyMigrations } from '../migrate/apply-migrations.js';
import { readMigrations } from '../migrate/migration-files.js';
import { DUMPED_TABLES, LEFT_OUT, tablesSince } from './dump-tables.js';
import { readDump, type ReadDump } from './read-dump.js';
import { restoreDump } from './restore-dump.js';
import { writeDump, type WrittenDump } from './write-dump.js';

/** Bytes that no text keeps: an escape, a NUL, invalid UTF-8, a line end. */
const BODIES = ['{"a": 1.0}', 'x\\y\n\0', '\u{1F600}', '€'.repeat(100_000)].map((text) => Buffer.from(text));
BODIES.push(Buffer.from([0xff, 0x00, 0x0a, 0x5c]));

let database: TestDatabase;
let log: PostgresEventLog;
let dump: Buffer;
let written: WrittenDump;
const made: TestDatabase[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  log = await PostgresEventLog.open(database);
  const june = Date.UTC(2026, 5, 30, 23, 59) * 1000;
  const events = BODIES.map((bytes, index) => ({
    kind: 'RUN' as const,
    bytes,
    receivedAt: june + index * 60_000_000,
  }));
  await log.append(events);
  await database.pool.query(
    `INSERT INTO access_answer (actor, key, request, answer, at) VALUES ('a', 'k', 'r', '{"b": 1, "a": [null]}', 3)`,
  );
  await database.pool.query(
    `INSERT INTO installation_secret (name, value, created_at) VALUES ('hidden-ids', '\\x00ff', 9007199254740991)`,
  );
  ({ dump, written } = await dumpOf(database));
});
afterEach(async () => {
  for (const each of made.splice(0)) await each.drop();
});
afterAll(async () => {
  await log.close();
  await database.drop();
});

async function dumpOf({ url }: TestDatabase, withSecrets = true): Promise<{ dump: Buffer; written: WrittenDump }> {
  const chunks: Buffer[] = [];
  const sink = new Writable({
    write: (chunk: Buffer, _, done) => {
      chunks.push(chunk);
      done();
    },
  });
  const createdAt = new Date('2026-07-01T00:00:00Z');
  const result = await writeDump(sink, { url, createdAt, withSecrets, onProgress: () => undefined });
  return { dump: Buffer.concat(chunks), written: result };
}

async function blank(): Promise<TestDatabase> {
  const target = await createBlankDatabase();
  made.push(target);
  return target;
}

const restore = (bytes: Buffer, { url }: TestDatabase): Promise<ReadDump> =>
  restoreDump(Readable.from([bytes]), { url, onProgress: () => undefined });
const reasonOf = async (work: Promise<unknown>): Promise<string | undefined> =>
  work.then(
    () => 'NONE',
    (error: unknown) => (error as HeadwaterError).reason,
  );
/** The same dump with its lines changed. */
const changed = (change: (lines: string[]) => readonly string[]): Buffer =>
  gzipSync(change(gunzipSync(dump).toString('utf8').split('\n')).join('\n'));

test('every table of the database is dumped, or left out for a reason', async () => {
  const { rows } = await database.pool.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
       AND NOT relispartition ORDER BY relname`,
  );
  const told = [...DUMPED_TABLES.map(({ name }) => name), ...Object.keys(LEFT_OUT)];
  expect(rows.map(({ name }) => name)).toEqual(told.sort());
  const migrations = readMigrations().map(({ name }) => name);
  expect(migrations).toEqual(expect.arrayContaining(DUMPED_TABLES.flatMap(({ since }) => since ?? [])));
});

test('a restored database holds every row as it was, numbers its events on, and knows a resent event', async () => {
  const target = await blank();
  const read = await restore(dump, target);
  expect(read.digest).toBe(written.digest);
  for (const { name, orderBy } of DUMPED_TABLES) {
    const rowsOf = async (from: TestDatabase): Promise<unknown[]> =>
      (await from.pool.query(`SELECT * FROM ${name} ORDER BY ${orderBy}`)).rows;
    expect(await rowsOf(target), name).toEqual(await rowsOf(database));
  }
  const restored = await PostgresEventLog.open(target);
  try {
    expect(restored.logId).toBe(log.logId);
    expect((await restored.readAfter(0, 100)).map(({ bytes }) => Buffer.from(bytes))).toEqual(BODIES);
    const receivedAt = Date.UTC(2026, 6, 2) * 1000;
    const events = [BODIES[0] ?? Buffer.of(), Buffer.from('new')].map((bytes) => ({
      kind: 'RUN' as const,
      bytes,
      receivedAt,
    }));
    expect(await restored.append(events)).toEqual([
      { position: 1, duplicate: true },
      { position: BODIES.length + 1, duplicate: false },
    ]);
  } finally {
    await restored.close();
  }
});

test('the same state gives the same dump, byte for byte once unpacked', async () => {
  const again = await dumpOf(database);
  expect(gunzipSync(again.dump).equals(gunzipSync(dump))).toBe(true);
  const target = await blank();
  await restore(dump, target);
  expect((await dumpOf(target)).written.footer.tables).toEqual(written.footer.tables);
});

test('keys of the installation are left out where that is asked for', async () => {
  const target = await blank();
  const without = await dumpOf(database, false);
  expect(without.written.header.secrets).toBe('LEFT_OUT');
  expect(gunzipSync(without.dump).toString('utf8')).not.toContain('\\\\x00ff');
  await restore(without.dump, target);
  expect((await target.pool.query('SELECT FROM installation_secret')).rowCount).toBe(0);
});

test('a dump of an earlier schema is restored into that schema, which is then brought up to date', async () => {
  const names = readMigrations().map(({ name }) => name);
  const early = await blank();
  // A table of a later migration is in no dump of it.
  const upTo = names.find((name) => name.endsWith('edit_jobs')) ?? '';
  await applyMigrations(early.url, { upTo });
  await (await PostgresEventLog.open(early)).close();
  const { dump: old, written: of } = await dumpOf(early);
  expect(of.header.migrations.at(-1)).toBe(upTo);
  expect(tablesSince(of.header.migrations).length).toBeLessThan(DUMPED_TABLES.length);
  const target = await blank();
  await restore(old, target);
  const { rows } = await target.pool.query<{ name: string }>(
    'SELECT migration_name AS name FROM _prisma_migrations ORDER BY 1',
  );
  expect(rows.map(({ name }) => name)).toEqual(names);
});

const isEvent = (line: string): boolean => line.startsWith('{') && line.includes('"part_count"');
const DAMAGES: Readonly<Record<string, (lines: string[]) => readonly string[]>> = {
  'an event is changed': (lines) => lines.map((line) => (isEvent(line) ? line.replace('7b22', '7b23') : line)),
  'an event is missing': (lines) => lines.toSpliced(lines.findIndex(isEvent), 1),
  'the last event is missing': (lines) => lines.toSpliced(lines.findLastIndex(isEvent), 1),
  'two events are swapped': (lines) => {
    const first = lines.findIndex(isEvent);
    return lines.toSpliced(first, 2, lines[first + 1] ?? '', lines[first] ?? '');
  },
  'another row is changed': (lines) => lines.map((line) => line.replace('"actor":"a"', '"actor":"b"')),
  'the header is changed': (lines) => lines.map((line) => line.replace('2026-07-01T00', '2026-07-01T01')),
  'a table is missing': (lines) => lines.filter((line) => !line.startsWith('["table","refused_event"')),
  'a table is there twice': (lines) =>
    lines.toSpliced(-2, 0, ...lines.filter((line) => line.includes('"refused_event",'))),
  'the end is missing': (lines) => lines.slice(0, -2),
  'something stands behind the end': (lines) => [...lines.slice(0, -1), '{}', ''],
  'there is no header': (lines) => lines.slice(1),
  'a line makes no sense': (lines) => lines.toSpliced(3, 0, 'hello'),
  'it is empty': () => [''],
};

test.each(Object.entries(DAMAGES))('where %s it is refused, and nothing of it is kept', async (_, damage) => {
  const bytes = changed(damage);
  expect(gunzipSync(bytes).equals(gunzipSync(dump))).toBe(false);
  const target = await blank();
  expect(await reasonOf(restore(bytes, target))).toBe('DUMP_DAMAGED');
  const nothing = (): Promise<void> => Promise.resolve();
  const verified = readDump(Readable.from([bytes]), { header: nothing, table: nothing, rows: nothing });
  expect(await reasonOf(verified)).toBe('DUMP_DAMAGED');
  // What is left is empty enough for the right one.
  expect((await restore(dump, target)).digest).toBe(written.digest);
});

test('a file that was cut off anywhere, or is none of gzip, is refused', async () => {
  const target = await blank();
  for (const end of [0, 1, 10, 200, Math.floor(dump.length / 2), dump.length - 1]) {
    expect(await reasonOf(restore(dump.subarray(0, end), target)), String(end)).toBe('DUMP_DAMAGED');
  }
  expect(await reasonOf(restore(Buffer.from('PGDMP'), target))).toBe('DUMP_DAMAGED');
  await restore(dump, target);
});

test('a dump of a newer version is refused and says so', async () => {
  const target = await blank();
  const format = changed((lines) => lines.map((line) => line.replace('"format":1', '"format":2')));
  const migration = changed((lines) =>
    lines.map((line) => line.replace('"migrations":[', '"migrations":["29990101000000_x",')),
  );
  const table = changed((lines) => lines.map((line) => line.replace('["table","edit_job"', '["table","of_tomorrow"')));
  for (const newer of [format, migration, table]) expect(await reasonOf(restore(newer, target))).toBe('DUMP_IS_NEWER');
});

test('a database with anything in it is refused and left as it is', async () => {
  const target = await blank();
  await restore(dump, target);
  expect(await reasonOf(restore(dump, target))).toBe('DATABASE_NOT_EMPTY');
  expect((await target.pool.query('SELECT FROM event_log')).rowCount).toBe(BODIES.length);
  const newer = await blank();
  await applyMigrations(newer.url);
  await newer.pool.query(
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('x', 'x', '29990101000000_x', now())`,
  );
  expect(await reasonOf(restore(dump, newer))).toBe('DATABASE_NOT_EMPTY');
});
