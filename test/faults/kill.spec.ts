import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { StoredEvent } from '@headwater/domain/events';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '@headwater/store-postgres/embedded/embedded-postgres';
import { PostgresEventLog } from '@headwater/store-postgres/log/postgres-event-log';
import { createPool } from '@headwater/store-postgres/pool';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { WriterProcess } from './writer-process.js';

// One directory for all: every test meets what the kills before it left.
let dataDir: string;
let writer: WriterProcess | undefined;
let server: EmbeddedPostgres | undefined;
const acknowledged = new Map<string, number>();

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'headwater-kill-'));
});
afterEach(async () => {
  await writer?.kill();
  writer = undefined;
  await server?.stop();
  server = undefined;
});
afterAll(async () => {
  // A failed test may have left a server behind: taking it over is how to stop it.
  await (await startEmbeddedPostgres({ dataDir })).stop();
  await rm(dataDir, { recursive: true, force: true });
});

async function startWriter(label: string): Promise<WriterProcess> {
  const started = new WriterProcess(dataDir, label);
  writer = started;
  await started.until(() => started.acknowledged.size > 300);
  return started;
}

async function expectNothingLostOrDoubled(killed: WriterProcess, url: string): Promise<void> {
  for (const [body, position] of killed.acknowledged) acknowledged.set(body, position);
  const pool = createPool({ url });
  const log = await PostgresEventLog.open({ url, pool });
  try {
    const stored: StoredEvent[] = [];
    for (let page = await log.readAfter(0, 5000); page.length > 0; page = await log.readAfter(stored.length, 5000)) {
      stored.push(...page);
    }
    expect(stored.every((event, index) => event.position === index + 1)).toBe(true);
    expect(new Set(stored.map((event) => event.digest)).size).toBe(stored.length);
    const positions = new Map(stored.map((event) => [Buffer.from(event.bytes).toString(), event.position]));
    const lost = [...acknowledged].filter(([body, position]) => positions.get(body) !== position);
    expect(lost).toEqual([]);
    // Producers resend what they saw no answer to: all of it is known, or new exactly once.
    const resent = [...killed.acknowledged].slice(-200);
    const answers = await log.append(
      resent.map(([body]) => ({ kind: 'RUN', bytes: Buffer.from(body), receivedAt: Date.now() * 1000 })),
    );
    expect(answers).toEqual(resent.map(([, position]) => ({ position, duplicate: true })));
  } finally {
    await log.close();
    await pool.end();
  }
}

test('7. kill -9 of the writing process loses and doubles nothing; the next start takes its PostgreSQL over', async () => {
  const killed = await startWriter('writer');
  await killed.kill();
  server = await startEmbeddedPostgres({ dataDir });
  expect(server.adopted).toBe(true);
  expect(server.pid).toBe(killed.postgresPid);
  await expectNothingLostOrDoubled(killed, server.url);
});

test('7. kill -9 of PostgreSQL under load refuses with UNAVAILABLE and loses and doubles nothing', async () => {
  const started = await startWriter('postgres');
  started.killPostgres();
  await started.until(() => started.refused.length > 0);
  expect(new Set(started.refused)).toEqual(new Set(['UNAVAILABLE']));
  await started.kill();
  server = await startEmbeddedPostgres({ dataDir });
  expect(server.adopted).toBe(false);
  await expectNothingLostOrDoubled(started, server.url);
});

test('7. kill -9 of everything at once, again and again, loses and doubles nothing', async () => {
  for (const round of [1, 2, 3]) {
    const killed = await startWriter(`everything-${round}`);
    killed.killPostgres();
    await killed.kill();
    server = await startEmbeddedPostgres({ dataDir });
    await expectNothingLostOrDoubled(killed, server.url);
    await server.stop();
  }
});

test('a second start on a directory in use fails and names the directory and the process', async () => {
  const first = await startWriter('holder');
  await expect(startEmbeddedPostgres({ dataDir })).rejects.toMatchObject({
    category: 'CONFLICT',
    reason: 'DATA_DIRECTORY_IN_USE',
    message: expect.stringMatching(`${dataDir} is in use .*process ${first.pid}\\b`) as unknown,
  });
  const before = first.acknowledged.size;
  await first.until(() => first.acknowledged.size > before);
});
