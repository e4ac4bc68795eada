import { spawnSync } from 'node:child_process';
import { afterEach, expect, test, vi } from 'vitest';
import { neo4jForTests } from '../support/neo4j.js';
import { projectRoot } from './planted-tree.js';

afterEach(() => vi.unstubAllEnvs());

function withoutNeo4j(): void {
  vi.stubEnv('TEST_NEO4J_URI', '');
  vi.stubEnv('HEADWATER_TEST_NEO4J', 'off');
}

test('an absent Neo4j skips with a printed reason', async () => {
  withoutNeo4j();
  vi.stubEnv('REQUIRE_STORES', '');
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  expect(await neo4jForTests()).toEqual({ absent: 'HEADWATER_TEST_NEO4J is off' });
  expect(warn).toHaveBeenCalledWith('Tests on Neo4j are skipped: HEADWATER_TEST_NEO4J is off');
  warn.mockRestore();
});

test('an absent Neo4j fails where REQUIRE_STORES names it', async () => {
  withoutNeo4j();
  vi.stubEnv('REQUIRE_STORES', 'postgres,neo4j');
  await expect(neo4jForTests()).rejects.toThrow('REQUIRE_STORES names neo4j, but HEADWATER_TEST_NEO4J is off');
});

test('a machine without Java fails where REQUIRE_STORES names neo4j', async () => {
  vi.stubEnv('TEST_NEO4J_URI', '');
  vi.stubEnv('HEADWATER_TEST_NEO4J', '');
  vi.stubEnv('REQUIRE_STORES', 'neo4j');
  vi.stubEnv('PATH', '/nowhere');
  await expect(neo4jForTests()).rejects.toThrow('REQUIRE_STORES names neo4j, but java is not installed');
});

test('a run whose PostgreSQL does not answer fails, says so and counts it', () => {
  const run = spawnSync(process.execPath, ['scripts/test.mjs', '--unit', 'test/gates/settings.spec.ts'], {
    cwd: projectRoot,
    encoding: 'utf8',
    // Port 9 is discard: nothing answers there.
    env: { ...process.env, TEST_DATABASE_URL: 'postgresql://headwater@127.0.0.1:9/headwater', NO_COLOR: '1' },
  });
  expect(run.status).toBe(1);
  expect(run.stdout + run.stderr).toContain('ECONNREFUSED');
  expect(run.stdout.trim().split('\n').at(-1)).toBe('0 passed, 1 failed');
});
