import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startEmbeddedPostgres } from './embedded-postgres.js';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'headwater-embedded-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

async function ask(url: string, statement: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  // A server that ends between two calls is told of by the next one; without a listener it would end the test run.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<{ answer: unknown }>(statement)).rows[0]?.answer;
  } finally {
    await client.end();
  }
}

test('a new directory gets a UTF-8 database behind a password on loopback, which a restart keeps', async () => {
  const progress: string[] = [];
  const folder = path.join(dataDir, 'postgres-18');
  // What a start that was killed in the middle of creating the cluster leaves.
  await mkdir(path.join(folder, 'data.new'), { recursive: true });
  await writeFile(path.join(folder, 'data.new', 'PG_VERSION'), '18\n');
  const first = await startEmbeddedPostgres({ dataDir, onProgress: (message) => progress.push(message) });
  try {
    expect(progress.some((message) => message.includes('creating the database'))).toBe(true);
    expect(new URL(first.url)).toMatchObject({ hostname: '127.0.0.1', pathname: '/headwater' });
    expect(await ask(first.url, `SELECT current_setting('server_encoding') AS answer`)).toBe('UTF8');
    expect(await ask(first.url, `SELECT current_setting('listen_addresses') AS answer`)).toBe('127.0.0.1');
    expect((await stat(path.join(folder, 'password'))).mode & 0o777).toBe(0o600);
    const wrong = new URL(first.url);
    wrong.password = 'wrong';
    await expect(ask(wrong.href, 'SELECT 1 AS answer')).rejects.toMatchObject({ code: '28P01' });
    await ask(first.url, 'CREATE TABLE kept AS SELECT 1 AS answer');
  } finally {
    await first.stop();
  }
  await first.stop();
  // A recycled process id in the lock file must not pass for the server.
  await writeFile(
    path.join(folder, 'data', 'postmaster.pid'),
    `${process.pid}\n${folder}/data\n0\n1\n\n127.0.0.1\n\nready\n`,
  );
  const second = await startEmbeddedPostgres({ dataDir });
  try {
    expect(second.adopted).toBe(false);
    expect(await ask(second.url, 'SELECT answer FROM kept')).toBe(1);
  } finally {
    await second.stop();
  }
});

test('a server whose directory another process has taken ends, and stopping it leaves the other alone', async () => {
  const progress: string[] = [];
  const settings = { fsync: 'off' };
  const server = await startEmbeddedPostgres({ dataDir, settings, onProgress: (line) => progress.push(line) });
  const file = path.join(dataDir, 'instance.lock');
  const theirs = JSON.stringify({ token: 'theirs', host: 'c0ffee', pid: 7 });
  await writeFile(file, theirs);
  const isServing = (): Promise<boolean> =>
    ask(server.url, 'SELECT 1 AS answer').then(
      () => true,
      () => false,
    );
  await expect.poll(isServing, { timeout: 10_000 }).toBe(false);
  expect(progress).toContainEqual(expect.stringContaining('another process has taken'));
  await server.stop();
  expect(await readFile(file, 'utf8')).toBe(theirs);
});

test('a directory that the account of the server cannot reach is named, with what to do', async (context) => {
  if (process.getuid?.() !== 0) {
    console.warn('skipped: only root hands the server to another account');
    return context.skip('only root hands the server to another account');
  }
  const closed = path.join(dataDir, 'closed');
  await mkdir(closed);
  await chmod(closed, 0o700);
  await chmod(dataDir, 0o755);
  await expect(startEmbeddedPostgres({ dataDir: path.join(closed, 'deeper') })).rejects.toMatchObject({
    category: 'UNAVAILABLE',
    reason: 'DATA_DIRECTORY_UNREACHABLE',
    message: expect.stringContaining(closed) as unknown,
  });
});

test('a password file that is gone is reported, not replaced', async () => {
  const server = await startEmbeddedPostgres({ dataDir, settings: { fsync: 'off' } });
  await server.stop();
  const file = path.join(dataDir, 'postgres-18', 'password');
  expect((await readFile(file, 'utf8')).length).toBeGreaterThanOrEqual(32);
  await rm(file);
  await expect(startEmbeddedPostgres({ dataDir })).rejects.toMatchObject({
    category: 'UNAVAILABLE',
    reason: 'PASSWORD_FILE_MISSING',
    message: expect.stringContaining(file) as unknown,
  });
});
