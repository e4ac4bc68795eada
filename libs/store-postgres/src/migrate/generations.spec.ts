import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/postgres.js';
import {
  createGeneration,
  currentGeneration,
  dropGeneration,
  generationSchema,
  listGenerations,
  switchGeneration,
  templateFingerprint,
} from './generations.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const tablesOf = async (schema: string): Promise<string[]> => {
  const { rows } = await database.pool.query<{ name: string }>(
    'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = $1 ORDER BY 1',
    [schema],
  );
  return rows.map((row) => row.name);
};

test('a generation has every table of the template with its indexes, empty and apart from other generations', async () => {
  const { pool } = database;
  const generation = await createGeneration(pool, 1);
  expect(generation).toMatchObject({ number: 1, state: 'BUILDING', switchedAt: null });
  expect(generation.templateVersion).toBe(await templateFingerprint(pool));
  const template = await tablesOf('projection');
  expect(template.length).toBeGreaterThan(5);
  expect(await tablesOf('projection_g1')).toEqual(template);
  const count = `SELECT count(*) AS n FROM pg_indexes WHERE schemaname = $1`;
  const [own, original] = await Promise.all([
    pool.query<{ n: number }>(count, ['projection_g1']),
    pool.query<{ n: number }>(count, ['projection']),
  ]);
  expect(own.rows[0]?.n).toBe(original.rows[0]?.n);
});

test('the switch is one row: exactly one generation is current, and it cannot be dropped or made again', async () => {
  const { pool } = database;
  await switchGeneration(pool, 1);
  await createGeneration(pool, 2);
  expect((await currentGeneration(pool))?.number).toBe(1);
  await switchGeneration(pool, 2);
  expect((await currentGeneration(pool))?.number).toBe(2);
  expect((await listGenerations(pool)).map(({ number, state }) => [number, state])).toEqual([
    [1, 'RETIRED'],
    [2, 'CURRENT'],
  ]);
  await expect(dropGeneration(pool, 2)).rejects.toMatchObject({ category: 'CONFLICT' });
  await expect(createGeneration(pool, 2)).rejects.toMatchObject({ category: 'CONFLICT' });
  await expect(switchGeneration(pool, 9)).rejects.toMatchObject({ category: 'NOT_FOUND' });
  await dropGeneration(pool, 1);
  expect(await tablesOf('projection_g1')).toEqual([]);
});

test('a number that is none never reaches a statement', () => {
  for (const n of [0, -1, 1.5, Number.NaN, 2 ** 31]) expect(() => generationSchema(n)).toThrow(RangeError);
});

test('the fingerprint changes with a column and with an index of the template, and only then', async () => {
  const { pool } = database;
  const before = await templateFingerprint(pool);
  await pool.query('CREATE TABLE projection.planted (a INT)');
  const planted = await templateFingerprint(pool);
  await pool.query('CREATE INDEX ON projection.planted (a)');
  const indexed = await templateFingerprint(pool);
  await pool.query('INSERT INTO projection.planted VALUES (1)');
  expect(await templateFingerprint(pool)).toBe(indexed);
  await pool.query('DROP TABLE projection.planted');
  expect(new Set([before, planted, indexed]).size).toBe(3);
  expect(await templateFingerprint(pool)).toBe(before);
});
