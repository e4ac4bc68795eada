import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { projectRoot } from '../../scripts/build-project.mjs';
import { importSource } from '../../scripts/import-source.mjs';

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
 * The built standalone program on a free port and an empty data directory, as `npm start` runs it.
 * @param {Record<string, string>} [env] settings beside those
 * @returns {Promise<{ url: string, pid: number, stop: () => Promise<void> }>}
 */
export async function startStandalone(env = {}) {
  const dataDir = mkdtempSync(join(tmpdir(), 'headwater-bench-'));
  const port = await freePort();
  const child = spawn(process.execPath, [join(projectRoot, 'apps/standalone/dist/main.js')], {
    cwd: projectRoot,
    env: { ...process.env, NODE_ENV: 'production', PORT: String(port), HEADWATER_DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const keep = (/** @type {Buffer} */ chunk) => (output = (output + chunk).slice(-20_000));
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const ended = new Promise((resolve) => child.on('close', resolve));
  const stop = async () => {
    if (child.exitCode === null) child.kill('SIGTERM');
    await ended;
    rmSync(dataDir, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${port}`;
  for (const deadline = Date.now() + 60_000; !(await isLive(url)); await sleep(50)) {
    if (child.exitCode === null && Date.now() < deadline) continue;
    await stop();
    throw new Error(`the server did not start:\n${output}`);
  }
  return { url, pid: child.pid ?? 0, stop };
}

/**
 * An embedded PostgreSQL of its own with the settings the product uses, durable: what the floors are measured on.
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export async function startPostgres() {
  const { startEmbeddedPostgres } = await importSource('libs/store-postgres/src/embedded/embedded-postgres.ts');
  const dataDir = mkdtempSync(join(tmpdir(), 'headwater-floor-'));
  const server = await startEmbeddedPostgres({ dataDir });
  return {
    url: server.url,
    stop: async () => {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
