import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createBlankDatabase, createTestDatabase, type TestDatabase } from '../../../../test/support/postgres.js';
import { applyMigrations, hasPendingMigrations } from './apply-migrations.js';
import { PRISMA_DIRECTORY, readMigrations } from './migration-files.js';

let database: TestDatabase;
let folder: string;
beforeEach(async () => {
  database = await createBlankDatabase();
  folder = mkdtempSync(path.join(tmpdir(), 'headwater-prisma-'));
  cpSync(PRISMA_DIRECTORY, folder, { recursive: true });
});
afterEach(async () => {
  await database.drop();
  rmSync(folder, { recursive: true });
});

function addMigration(name: string, sql: string): void {
  mkdirSync(path.join(folder, 'migrations', name));
  writeFileSync(path.join(folder, 'migrations', name, 'migration.sql'), sql);
}

test('a blank database gets every migration, once', async () => {
  const names = readMigrations().map((migration) => migration.name);
  expect(await hasPendingMigrations(database.url)).toBe(true);
  expect(await applyMigrations(database.url)).toEqual(names);
  expect(await hasPendingMigrations(database.url)).toBe(false);
  expect(await applyMigrations(database.url)).toEqual([]);
});

test('processes that start together wait for each other, and one of them migrates', async () => {
  const applied = await Promise.all(Array.from({ length: 3 }, () => applyMigrations(database.url)));
  expect(applied.flat()).toEqual(readMigrations().map((migration) => migration.name));
});

test('a script that fails leaves nothing of itself behind and is repeated at the next start', async () => {
  await applyMigrations(database.url, { directory: folder });
  addMigration('29990101000000_planted', 'CREATE TABLE planted (a INT); SELECT 1 / 0;');
  await expect(applyMigrations(database.url, { directory: folder })).rejects.toMatchObject({
    category: 'INTERNAL',
    reason: 'MIGRATION_FAILED',
    message: expect.stringContaining('29990101000000_planted') as unknown,
  });
  expect((await database.pool.query(`SELECT to_regclass('planted') AS found`)).rows).toEqual([{ found: null }]);
  expect(await hasPendingMigrations(database.url, folder)).toBe(true);
  // The next build brings a script that works.
  writeFileSync(
    path.join(folder, 'migrations', '29990101000000_planted', 'migration.sql'),
    'CREATE TABLE planted (a INT);',
  );
  expect(await applyMigrations(database.url, { directory: folder })).toEqual(['29990101000000_planted']);
});

test('a database that a newer version has migrated is refused, and so is an applied script that was edited', async () => {
  addMigration('29990101000000_newer', 'CREATE TABLE newer (a INT);');
  await applyMigrations(database.url, { directory: folder });
  await expect(applyMigrations(database.url)).rejects.toMatchObject({
    category: 'CONFLICT',
    reason: 'DATABASE_IS_NEWER',
  });
  writeFileSync(
    path.join(folder, 'migrations', '29990101000000_newer', 'migration.sql'),
    'CREATE TABLE other (a INT);',
  );
  await expect(hasPendingMigrations(database.url, folder)).rejects.toMatchObject({
    category: 'CONFLICT',
    reason: 'MIGRATION_CHANGED',
  });
});

test('the template that test databases are made from is fully migrated', async () => {
  const copy = await createTestDatabase();
  try {
    expect(await hasPendingMigrations(copy.url)).toBe(false);
  } finally {
    await copy.drop();
  }
});

test('a server that is away is UNAVAILABLE', async () => {
  await expect(applyMigrations('postgres://nobody@127.0.0.1:1/none')).rejects.toMatchObject({
    category: 'UNAVAILABLE',
  });
});
