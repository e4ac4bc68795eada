import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bearer } from '../support/callers.js';
import { loadEvent } from '../support/http-load.js';
import { postgresPids, ProductProcess, temporaryDataDir } from '../support/product.js';

/** OpenLineage's clients give up after 5 s. */
const LONGEST_ANSWER_MS = 5_000;

// With authentication, as a start without settings has it: it reads the database too.
let folder: Awaited<ReturnType<typeof temporaryDataDir>>;
let product: ProductProcess;
let headers: Record<string, string>;
let settings: Record<string, string>;

beforeAll(async () => {
  folder = await temporaryDataDir();
  settings = { HEADWATER_DATA_DIR: folder.dataDir, HEADWATER_AUTH: 'on' };
  product = await ProductProcess.serve(settings);
  headers = {
    ...bearer(readFileSync(path.join(folder.dataDir, 'admin-token'), 'utf8').trim()),
    'content-type': 'application/json',
  };
});
afterAll(async () => {
  await product.stop();
  await folder.remove();
});

const post = async (n: number): Promise<{ status: number; body: unknown; tookMs: number }> => {
  const startedAt = performance.now();
  const body = JSON.stringify(loadEvent('gone', n));
  const response = await fetch(`${product.url}/api/v1/lineage`, { method: 'POST', headers, body });
  return { status: response.status, body: await response.json(), tookMs: performance.now() - startedAt };
};

function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) process.kill(pid, signal);
}

test('8. a database that hangs: 503 within 5 s, again and again, and what was sent is stored once it goes on', async () => {
  expect((await post(1)).status).toBe(201);
  // What was read of tokens a moment ago is not read again at once.
  await new Promise((resolve) => setTimeout(resolve, 3_500));
  const frozen = postgresPids(folder.dataDir);
  signalAll(frozen, 'SIGSTOP');
  try {
    for (const n of [2, 3]) {
      const refused = await post(n);
      expect(refused).toMatchObject({ status: 503, body: { code: 'UNAVAILABLE' } });
      expect(refused.tookMs).toBeLessThan(LONGEST_ANSWER_MS);
    }
  } finally {
    signalAll(frozen, 'SIGCONT');
  }
  await product.until(async () => (await post(2)).status === 201);
  expect(await post(2)).toMatchObject({ status: 201, body: { duplicate: true } });
  expect((await post(3)).status).toBe(201);
});

test('7. an embedded PostgreSQL that is killed is started again, and events are taken as before', async () => {
  const before = postgresPids(folder.dataDir);
  expect((await post(10)).status).toBe(201);
  signalAll(before.slice(0, 1), 'SIGKILL');
  // What it had begun may still be answered for a moment: the one that comes after it has to answer.
  await product.until(async () => {
    const [after] = postgresPids(folder.dataDir);
    return after !== undefined && after !== before[0] && (await post(11)).status === 201;
  });
  expect(await post(10)).toMatchObject({ status: 201, body: { duplicate: true } });
  expect(product.logged.map(({ msg }) => msg)).toContain('the embedded PostgreSQL has ended and is started again');
  await product.caughtUp();
  const status = ProductProcess.command(settings, ['status']);
  expect((await status.exited).code).toBe(0);
  expect(status.output).toContain('0 events behind');
});
