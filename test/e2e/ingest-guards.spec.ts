import type { BatchAccepted } from '@headwater/application/ingest/accept-events';
import { PostgresEventLog } from '@headwater/store-postgres/log/postgres-event-log';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { startIngest, type IngestApp } from './ingest-app.js';

let database: TestDatabase;
let log: PostgresEventLog;
let ingest: IngestApp;

beforeAll(async () => {
  database = await createTestDatabase();
  log = await PostgresEventLog.open({ url: database.url, pool: database.pool });
  ingest = await startIngest(log);
});

afterAll(async () => {
  await ingest.app.close();
  await log.close();
  await database.drop();
});

const event = () => ({ eventTime: '2026-11-23T10:15:30Z', job: { namespace: 'test', name: 'job' } });

describe('foreign pages', () => {
  test.each([
    ['evil.example', undefined, 403],
    ['evil.example:4000', undefined, 403],
    ['localhost@evil.example', undefined, 403],
    ['127.0.0.1.evil.example', undefined, 403],
    ['localhost:1', undefined, 201],
    ['[::1]:4000', undefined, 201],
    ['127.8.9.1', undefined, 201],
    ['localhost:4000', 'http://localhost:4000', 201],
    ['localhost:4000', 'http://localhost:3000', 403],
    ['localhost:4000', 'https://evil.example', 403],
    ['localhost:4000', 'null', 403],
  ])('Host %s with Origin %s is answered with %s', async (host, origin, status) => {
    const answer = await ingest.app.inject({
      method: 'POST',
      url: '/api/v1/lineage',
      headers: { host, ...(origin === undefined ? {} : { origin }), 'content-type': 'application/json' },
      payload: JSON.stringify(event()),
    });
    expect(answer.statusCode).toBe(status);
    if (status === 403) expect(answer.json()).toMatchObject({ code: 'FORBIDDEN', status: 403 });
  });

  test('hosts of the configuration are answered', async () => {
    const other = await startIngest(log, { HEADWATER_ALLOWED_HOSTS: 'catalog.internal, app' });
    const statusFor = async (host: string) => (await other.app.inject({ url: '/x', headers: { host } })).statusCode;
    expect([await statusFor('App:4000'), await statusFor('catalog.internal'), await statusFor('other')]).toEqual([
      404, 404, 403,
    ]);
    await other.app.close();
  });
});

describe('an unavailable store', () => {
  test('7. nothing is acknowledged, the answer is 503 without the original message, and the log of the process has it', async () => {
    const lost = await createTestDatabase();
    const lostLog = await PostgresEventLog.open({ url: lost.url, pool: lost.pool });
    const other = await startIngest(lostLog);
    await lost.drop();
    const name = new URL(lost.url).pathname.slice(1);
    for (const [path, body] of [
      ['/api/v1/lineage', event()],
      ['/api/v1/lineage/batch', [event(), {}]],
    ] as const) {
      const answer = await request(other.url)
        .post(path)
        .set('content-type', 'application/json')
        .send(JSON.stringify(body));
      expect([answer.status, answer.headers['retry-after']]).toEqual([503, expect.stringMatching(/^\d+$/)]);
      expect(answer.body).toMatchObject({ code: 'UNAVAILABLE', detail: expect.not.stringContaining(name) });
      const { traceId } = answer.body as { traceId: string };
      const line = other.logged().find((entry) => entry['traceId'] === traceId);
      expect(line).toMatchObject({ level: 'error', category: 'UNAVAILABLE', msg: 'Request refused' });
      expect(line?.['err']).toBeDefined();
    }
    const refused = await request(other.url)
      .post('/api/v1/lineage/batch')
      .set('content-type', 'application/json')
      .send('[{}]');
    expect([refused.status, (refused.body as BatchAccepted).summary.non_retriable]).toEqual([200, 1]);
    expect(other.budget.used).toBe(0);
    await other.app.close();
    await lostLog.close().catch(() => undefined);
  });
});
