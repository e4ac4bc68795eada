import { expect, test } from 'vitest';
import { createTestDatabase } from '../../../test/support/postgres.js';
import { parseTimestamptz } from './pool.js';

test('timestamptz of any zone becomes microseconds', () => {
  const base = Date.UTC(2026, 10, 23, 9, 30) * 1000;
  expect(parseTimestamptz('2026-11-23 09:30:00+00')).toBe(base);
  expect(parseTimestamptz('2026-11-23 09:30:00.000001+00')).toBe(base + 1);
  expect(parseTimestamptz('2026-11-23 15:00:00.12+05:30')).toBe(base + 120_000);
  expect(parseTimestamptz('2026-11-23 04:30:00-05')).toBe(base);
  expect(parseTimestamptz('1969-12-31 23:59:59.999999+00')).toBe(-1);
  expect(parseTimestamptz('0044-03-15 00:00:00+00 BC')).toBe(Date.UTC(-43, 2, 15) * 1000);
  expect(parseTimestamptz('infinity')).toBe(Number.POSITIVE_INFINITY);
  expect(() => parseTimestamptz('23/11/2026')).toThrow(RangeError);
});

test('bigint and timestamptz columns come back as numbers, and a bigint that no number holds is refused', async () => {
  const database = await createTestDatabase();
  const { pool } = database;
  try {
    const { rows } = await pool.query(
      `SELECT 9007199254740991::bigint AS big, timestamptz '2026-11-23 09:30:00.123456+00' AS at, 'x' AS text, 1.5::float8 AS real`,
    );
    const at = Date.UTC(2026, 10, 23, 9, 30) * 1000 + 123_456;
    expect(rows).toEqual([{ big: Number.MAX_SAFE_INTEGER, at, text: 'x', real: 1.5 }]);
    await expect(pool.query('SELECT 9007199254740993::bigint AS big')).rejects.toThrow(RangeError);
  } finally {
    await database.drop();
  }
});

test('a connection that the server closes between two statements fails the next one, and ends no process', async () => {
  const database = await createTestDatabase();
  const { pool } = database;
  const client = await pool.connect();
  try {
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const ended = new Promise((resolve) => client.once('end', resolve));
    await pool.query('SELECT pg_terminate_backend($1, 5000)', [rows[0]?.pid]);
    await ended;
    await expect(client.query('SELECT 1')).rejects.toThrow();
    expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  } finally {
    client.release(true);
    await database.drop();
  }
});
