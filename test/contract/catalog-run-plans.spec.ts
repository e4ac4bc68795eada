import { PRODUCERS } from '@headwater/store-postgres/catalog/producer-reader';
import * as statements from '@headwater/store-postgres/catalog/run-list-statements';
import { createGeneration, generationSchema } from '@headwater/store-postgres/migrate/generations';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { scansOf } from '../support/plans.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

const SCHEMA = generationSchema(1);

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await createGeneration(database.pool, 1);
  const id = (kind: string, of: string): string => `md5('${kind}' || (${of}))::uuid`;
  const insert = (table: string, columns: string, values: string, rows: number) =>
    database.pool.query(
      `INSERT INTO ${SCHEMA}.${table} (${columns}) SELECT ${values} FROM generate_series(1, ${rows}) AS g(n)`,
    );
  await insert(
    'run',
    `key, id, run_id, original_run_id, job_key, job_id, namespace_key, state, first_at, last_event_at, started_at,
      ended_at, placeholder, perpetual, version, record, history`,
    `${id('run', 'n')}, n, ${id('run', 'n')}, n, ${id('job', 'n % 500')}, n, ${id('namespace', 'n % 20')},
      CASE n % 10 WHEN 0 THEN 'FAILED' WHEN 1 THEN 'RUNNING' ELSE 'COMPLETED' END, n, n, n, n + 10, false, false, n,
      '{}', '{}'`,
    30_000,
  );
  await insert(
    'asset',
    'key, id, kind, namespace, name, display_name, placeholder, created_at, updated_at, version, edit_position, tags, owner_ids',
    `${id('job', 'n')}, 'job:n:' || n, 'JOB', 'n' || n % 20, n, n, false, n, n, n, 0, '{}', '{}'`,
    20_000,
  );
  await insert(
    'producer',
    'key, producer, first_seen_at, last_seen_at, events, findings',
    `${id('producer', 'n')}, n, n, n, 1, 0`,
    20_000,
  );
  await database.pool.query(`ANALYZE ${SCHEMA}.run, ${SCHEMA}.asset, ${SCHEMA}.producer`);
});
afterAll(() => database.drop());

test('every list of runs and of producers, and what is usual for jobs, is read by index', async () => {
  const all = [...Object.values(statements), PRODUCERS];
  expect(all).toHaveLength(5);
  for (const { name, sql } of all) expect([name, ...(await scansOf(database, SCHEMA, { sql }))]).toEqual([name]);
});

test('a statement that scans the runs is noticed', async () => {
  const sql = 'SELECT r.key FROM @.run r WHERE r.version = $1';
  expect(await scansOf(database, SCHEMA, { sql })).toEqual(['run']);
});

test('a page of the latest failures reads as many rows as it shows, not all that there are', async () => {
  const values = [['FAILED', 'FAILED'], [false, true], [0, 0], [1e12, 1e12], [null, null], 1e12, 'f'.repeat(32), 21, 0];
  const text = statements.RUN_LIST.sql.replaceAll('@.', `${SCHEMA}.`);
  const { rows } = await database.pool.query<{ 'QUERY PLAN': string }>({
    text: `EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF) ${text}`,
    values: [...values, null, null, null],
  });
  const read = rows.flatMap((row) => {
    const found = /(?:Scan|Filter).*rows=([\d.]+) loops=(\d+)/.exec(row['QUERY PLAN']);
    return found === null ? [] : [Number(found[1]) * Number(found[2])];
  });
  expect(read.length).toBeGreaterThan(1);
  expect(Math.max(...read)).toBeLessThanOrEqual(42);
});
