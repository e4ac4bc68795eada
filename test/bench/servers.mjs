import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { projectRoot } from '../../scripts/build-project.mjs';
import { importSource } from '../../scripts/import-source.mjs';

const run = promisify(execFile);

/** @returns {Promise<number>} */
const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

/** @param {string} url */
const isLive = (url) =>
  fetch(`${url}/health/live`).then(
    (answer) => answer.ok,
    () => false,
  );

/**
 * @typedef {object} BenchServer
 * @property {string} url without a trailing slash
 * @property {number} pid of the Node process
 * @property {string} dataDir
 * @property {number} firstAnswerMs from the start of the process to the first answer
 * @property {() => Promise<void>} stop ends it; a data directory that it made itself is removed
 */

/**
 * The built standalone program on a free port, as `npm start` runs it but without authentication.
 * @param {{ env?: Record<string, string>, dataDir?: string, part?: 'api' | 'worker' }} [options] settings beside those;
 *   a data directory to use and to keep, else an empty one; which part of the product runs, else all
 * @returns {Promise<BenchServer>}
 */
export async function startStandalone({ env = {}, dataDir: kept, part } = {}) {
  const dataDir = kept ?? newDataDir();
  const port = await freePort();
  const startedAt = performance.now();
  const program = [join(projectRoot, 'apps/standalone/dist/main.js'), ...(part === undefined ? [] : ['--part', part])];
  const child = spawn(process.execPath, [...nodeOptions(), ...program], {
    cwd: projectRoot,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      PORT: String(port),
      HEADWATER_DATA_DIR: dataDir,
      HEADWATER_AUTH: 'off',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const keep = (/** @type {Buffer} */ chunk) => (output = (output + chunk).slice(-20_000));
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const ended = new Promise((resolve) => child.on('close', resolve));
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await ended;
    if (kept === undefined) rmSync(dataDir, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${port}`;
  for (const deadline = Date.now() + 60_000; !(await isLive(url)); await sleep(20)) {
    if (child.exitCode === null && Date.now() < deadline) continue;
    await stop();
    throw new Error(`the server did not start:\n${output}`);
  }
  return { url, pid: child.pid ?? 0, dataDir, firstAnswerMs: performance.now() - startedAt, stop };
}

/** A folder for a data directory; whoever asks for one removes it. */
export const newDataDir = () => mkdtempSync(join(tmpdir(), 'headwater-bench-'));

/** Options of the server's Node process, for profiles: `BENCH_NODE_OPTIONS="--cpu-prof --cpu-prof-dir=…"`. */
const nodeOptions = () => (process.env['BENCH_NODE_OPTIONS'] ?? '').split(' ').filter((option) => option !== '');

/**
 * A Neo4j of its own, compiling as in production. It ends with this process, if not before.
 * @param {string} name letters, digits, - and _
 * @returns {Promise<{ env: Record<string, string>, pid: number, stop: () => Promise<void> }>} settings for the product
 */
export async function startNeo4j(name) {
  const folder = join(projectRoot, 'test', 'support', 'neo4j');
  const unique = `bench-${name}-${process.pid}`;
  const env = {
    ...process.env,
    HEADWATER_NEO4J_JIT: 'full',
    HEADWATER_NEO4J_HEAP: '1g',
    HEADWATER_NEO4J_OWNER: String(process.pid),
  };
  const { stdout } = await run(join(folder, 'start.sh'), [unique], { env });
  const value = (/** @type {string} */ key) => new RegExp(`^${key}=(.+)$`, 'm').exec(stdout)?.[1] ?? '';
  return {
    env: { NEO4J_URI: value('NEO4J_URI'), NEO4J_USER: 'neo4j', NEO4J_PASSWORD: 'no-authentication' },
    pid: Number(value('NEO4J_PID')),
    stop: async () => void (await run(join(folder, 'stop.sh'), [unique], { env })),
  };
}

/**
 * An embedded PostgreSQL of its own with the settings the product uses, durable: what the floors are measured on.
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export async function startPostgres() {
  const { startEmbeddedPostgres } = await importSource('libs/store-postgres/src/embedded/embedded-postgres.ts');
  const dataDir = newDataDir();
  const server = await startEmbeddedPostgres({ dataDir });
  return {
    url: server.url,
    stop: async () => {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
