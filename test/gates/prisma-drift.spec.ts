import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'headwater-drift-'));
  cpSync(path.join(root, 'prisma'), folder, { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true }));

function migrations(...args: readonly string[]): { status: number | null; output: string } {
  const env = { ...process.env, TEST_DATABASE_URL: inject('postgres').adminUrl };
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['scripts/migrations.mjs', ...args, '--prisma', folder],
    {
      cwd: root,
      env,
      encoding: 'utf8',
    },
  );
  return { status, output: stdout + stderr };
}

test('the Prisma schema and the migrations agree', () => {
  expect(migrations('drift')).toMatchObject({ status: 0 });
});

test('a planted change of a model fails the gate, and a new migration satisfies it again', () => {
  const schema = path.join(folder, 'schema.prisma');
  writeFileSync(schema, readFileSync(schema, 'utf8').replace('partCount  Int ', 'planted    Int?\n  partCount  Int '));
  const drift = migrations('drift');
  expect(drift.output).toContain('ADD COLUMN     "planted" INTEGER');
  expect(drift.status).toBe(2);
  expect(migrations('new', 'planted')).toMatchObject({ status: 0 });
  expect(readdirSync(path.join(folder, 'migrations')).at(-2)).toMatch(/^\d{14}_planted$/);
  expect(migrations('drift')).toMatchObject({ status: 0 });
});

test('a wrong command says how to use the script', () => {
  const { status, output } = migrations('new', 'Not A Name');
  expect(status).toBe(64);
  expect(output).toContain('Usage:');
});
