import * as statements from '@headwater/store-postgres/catalog/metric-statements';
import { createGeneration, generationSchema } from '@headwater/store-postgres/migrate/generations';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { scansOf } from '../support/plans.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

const SCHEMA = generationSchema(1);
const TABLES = ['metric_series', 'metric', 'version_link', 'writer', 'run', 'dataset_version'];

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
    'metric_series',
    'key, dataset_key, field, facet, kind, name, label',
    `${id('series', 'n')}, ${id('dataset', 'n / 10')}, 'f' || n % 10, 'q', 'MEASURE', 'nullCount', ''`,
    20_000,
  );
  await insert(
    'metric',
    'row_id, series_key, dataset_key, at, recorded_at, value, side, run_key, version_key, position',
    `${id('row', 'n')}, ${id('series', '1 + n % 20000')}, ${id('dataset', '(1 + n % 20000) / 10')}, n, n, n, 'WRITE',
      ${id('run', 'n / 10')}, CASE n % 20 WHEN 0 THEN ${id('version', 'n / 10')} END, n`,
    60_000,
  );
  await insert(
    'version_link',
    'row_id, run_key, run_id, version_key, version_id, dataset_key, role, evidence, at, recorded_from',
    `${id('link', 'n')}, ${id('run', 'n')}, n, ${id('version', 'n')}, n, ${id('dataset', 'n % 2000')}, 'GENERATED', 'OBSERVED', n, n`,
    20_000,
  );
  await insert(
    'writer',
    'dataset_key, version_key, run_key, dataset_id, version_id, run_id, job_id, first_at, last_at, generated_at',
    `${id('dataset', 'n % 2000')}, ${id('version', 'n')}, ${id('run', 'n')}, n, n, n, n, n, n, '{}'`,
    20_000,
  );
  await insert(
    'run',
    `key, id, run_id, original_run_id, job_key, job_id, namespace_key, state, first_at, last_event_at, placeholder, perpetual, version,
      record, history`,
    `${id('run', 'n')}, n, ${id('run', 'n')}, n, ${id('job', 'n % 50')}, n, ${id('namespace', '0')}, 'COMPLETED', n, n, false, false, n, '{}', '{}'`,
    20_000,
  );
  await insert(
    'dataset_version',
    'key, id, dataset_key, dataset_id, created_at',
    `${id('version', 'n')}, n, ${id('dataset', 'n % 2000')}, n, n`,
    20_000,
  );
  await database.pool.query(`ANALYZE ${TABLES.map((name) => `${SCHEMA}.${name}`).join(', ')}`);
});
afterAll(() => database.drop());

test('every statement about measurements finds its rows by index', async () => {
  const all = Object.values(statements);
  expect(all.length).toBeGreaterThan(4);
  for (const { name, sql } of all) {
    expect([name, ...(await scansOf(database, SCHEMA, { sql }))]).toEqual([name]);
  }
});

test('a statement that scans a table of measurements is noticed', async () => {
  const sql = 'SELECT count(*) FROM @.metric WHERE value = $1';
  expect(await scansOf(database, SCHEMA, { sql })).toEqual(['metric']);
});
