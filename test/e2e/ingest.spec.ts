import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import type { BatchAccepted } from '@headwater/application/ingest/accept-events';
import { PostgresEventLog } from '@headwater/store-postgres/log/postgres-event-log';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { startIngest, type IngestApp } from './ingest-app.js';

const LIMITS = {
  HEADWATER_MAX_EVENT_BYTES: '64KiB',
  HEADWATER_MAX_BATCH_BYTES: '256KiB',
  HEADWATER_MAX_BYTES_IN_FLIGHT: '512KiB',
};

let database: TestDatabase;
let log: PostgresEventLog;
let ingest: IngestApp;

beforeAll(async () => {
  database = await createTestDatabase();
  log = await PostgresEventLog.open({ url: database.url, pool: database.pool });
  ingest = await startIngest(log, LIMITS);
});

afterAll(async () => {
  await ingest.app.close();
  await log.close();
  await database.drop();
});

let serial = 0;

function event(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  serial++;
  return {
    eventType: 'COMPLETE',
    eventTime: '2026-11-23T10:15:30Z',
    producer: 'https://example.com/producer',
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
    run: { runId: `01936894-494e-7c48-be1c-${String(serial).padStart(12, '0')}` },
    job: { namespace: 'test', name: 'job' },
    ...changes,
  };
}

const post = (path: string) => request(ingest.url).post(path).set('content-type', 'application/json');
const postEvent = (body: unknown) =>
  post('/api/v1/lineage').send(typeof body === 'string' ? body : JSON.stringify(body));

async function postBatch(
  body: unknown,
): Promise<{ status: number; answer: BatchAccepted; position: string | undefined }> {
  const answer = await post('/api/v1/lineage/batch').send(typeof body === 'string' ? body : JSON.stringify(body));
  return {
    status: answer.status,
    answer: answer.body as BatchAccepted,
    position: answer.headers['headwater-position'],
  };
}

async function storedText(position: string): Promise<string | undefined> {
  const [stored] = await log.read([Number(position.split('.')[1])]);
  return stored === undefined ? undefined : Buffer.from(stored.bytes).toString();
}

describe('one event', () => {
  test('1. an event is answered with 201 and its position, which the header repeats', async () => {
    const answer = await postEvent(event());
    expect(answer.status).toBe(201);
    const { position } = answer.body as { position: string };
    expect(answer.body).toEqual({ position, duplicate: false });
    expect(position).toMatch(new RegExp(`^${log.logId}\\.\\d+$`));
    expect(answer.headers['headwater-position']).toBe(position);
  });

  test('1. run, job and dataset events are stored as what they are', async () => {
    const job = { eventTime: '2026-11-23T10:15:30Z', job: { namespace: 'n', name: 'j' } };
    const dataset = { eventTime: '2026-11-23T10:15:30Z', dataset: { namespace: 'n', name: 'd' } };
    const kinds = [];
    for (const body of [event(), job, dataset]) {
      const { position } = (await postEvent(body)).body as { position: string };
      const [stored] = await log.read([Number(position.split('.')[1])]);
      kinds.push(stored?.kind);
    }
    expect(kinds).toEqual(['RUN', 'JOB', 'DATASET']);
  });

  test('6. the bytes are kept verbatim, and the same bytes again are a duplicate', async () => {
    const text = JSON.stringify(event({ big: '#', order: { z: 1, a: 2 } })).replace('"#"', ' 12345678901234567890 ');
    const first = (await postEvent(text)).body as { position: string };
    expect(await storedText(first.position)).toBe(text);
    const second = await postEvent(text);
    expect([second.status, second.body]).toEqual([201, { position: first.position, duplicate: true }]);
  });

  test('8. trailing and doubled slashes are the same path', async () => {
    expect((await post('/api/v1/lineage/').send(JSON.stringify(event()))).status).toBe(201);
    expect((await post('//api/v1/lineage').send(JSON.stringify(event()))).status).toBe(201);
    expect((await post('/api/v1/lineage/batch/').send('[]')).status).toBe(200);
  });

  test('8. the content type may carry a charset or a JSON suffix', async () => {
    for (const type of [
      'application/json; charset=UTF-8',
      'application/json;charset="utf-8"',
      'application/vnd.openlineage+json',
    ]) {
      expect((await post('/api/v1/lineage').set('content-type', type).send(JSON.stringify(event()))).status, type).toBe(
        201,
      );
    }
  });

  test('3. a facet that does not fit its schema is no reason to refuse', async () => {
    const facets = { sql: { query: 17 } };
    expect((await postEvent(event({ job: { namespace: 'n', name: 'j', facets } }))).status).toBe(201);
  });

  test('3. unparsable JSON is answered with a problem, status 400', async () => {
    const answer = await postEvent('{"eventTime":');
    expect(answer.status).toBe(400);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.body).toMatchObject({
      type: 'urn:headwater:problem:json',
      title: 'Invalid input',
      status: 400,
      instance: '/api/v1/lineage',
      code: 'INVALID_INPUT',
    });
    expect((answer.body as { traceId: string }).traceId).toMatch(/^[0-9a-f]{32}$/);
    expect((await postEvent('')).status).toBe(400);
  });

  test('3. missing and wrong names, ids and times are answered with 422 and a pointer to each', async () => {
    const answer = await postEvent(event({ eventTime: 'yesterday', job: { namespace: 'n\u0000', name: '' } }));
    expect(answer.status).toBe(422);
    const { errors } = answer.body as { errors: { pointer: string; detail: string }[] };
    expect(errors.map(({ pointer }) => pointer)).toEqual(['/eventTime', '/job/namespace', '/job/name']);
  });

  test('the trace id of the caller is taken over, and the log has it', async () => {
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    const answer = await post('/api/v1/lineage?token=secret')
      .set('traceparent', `00-${traceId}-00f067aa0ba902b7-01`)
      .send('{');
    expect(answer.body).toMatchObject({ traceId, instance: '/api/v1/lineage' });
    expect(ingest.logged().some((line) => line['traceId'] === traceId && line['status'] === 400)).toBe(true);
    expect(JSON.stringify(ingest.logged())).not.toContain('token=secret');
  });

  test('a POST that is not JSON is answered with 415 and what to do', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/json; charset=utf-16',
    ]) {
      const answer = await post('/api/v1/lineage')
        .set('content-type', type)
        .send(Buffer.from(JSON.stringify(event())));
      expect([answer.status, answer.headers['content-type']], type).toEqual([
        415,
        'application/problem+json; charset=utf-8',
      ]);
    }
    const none = await request(ingest.url).post('/api/v1/lineage');
    expect([none.status, (none.body as { detail: string }).detail]).toEqual([
      415,
      expect.stringContaining('application/json'),
    ]);
  });

  test('an unknown path or method is a problem too, and never a redirect', async () => {
    const answer = await request(ingest.url).get('/api/v1/lineage');
    expect([answer.status, (answer.body as { code: string }).code]).toEqual([404, 'NOT_FOUND']);
    expect((await request(ingest.url).get('/nowhere/')).headers['content-type']).toContain('application/problem+json');
  });
});

describe('compression and limits', () => {
  test.each([
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['identity', (bytes: Buffer) => bytes],
  ] as const)('5. a body in %s is stored as the bytes inside it', async (encoding, compress) => {
    const text = JSON.stringify(event({ note: 'x'.repeat(20_000) }));
    const body = compress(Buffer.from(text));
    const answer = await post('/api/v1/lineage')
      .set('content-encoding', encoding)
      .serialize((sent: string) => sent)
      .send(body);
    expect(answer.status).toBe(201);
    expect(await storedText((answer.body as { position: string }).position)).toBe(text);
  });

  test('5. a body that is not what its encoding says, or is cut off, is answered with 400', async () => {
    const whole = gzipSync(Buffer.from(JSON.stringify(event())));
    for (const body of [Buffer.from('no gzip at all'), whole.subarray(0, whole.length - 12)]) {
      expect((await send(body, { 'content-encoding': 'gzip' })).status).toBe(400);
    }
    expect((await send(whole, { 'content-encoding': 'zstd' })).status).toBe(415);
  });

  test('5. an event beyond the limit is answered with 413, with or without Content-Length', async () => {
    const body = Buffer.from(JSON.stringify(event({ note: 'x'.repeat(70_000) })));
    for (const chunked of [false, true]) {
      const answer = await send(body, {}, chunked);
      expect(answer.status).toBe(413);
      expect(answer.json).toMatchObject({
        code: 'LIMIT_EXCEEDED',
        status: 413,
        detail: expect.stringContaining('65536'),
      });
    }
  });

  test('5. a decompression bomb is cut off at the limit', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024, ' '));
    expect(bomb.length).toBeLessThan(300_000);
    const before = process.memoryUsage.rss();
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => send(bomb, { 'content-encoding': 'gzip' }, true)),
    );
    expect(answers.map(({ status }) => status)).toEqual([413, 413, 413, 413]);
    expect(process.memoryUsage.rss() - before).toBeLessThan(64 * 1024 * 1024);
    await settled();
  });

  test('5. an upload that goes on far beyond the limit still gets to see the 413', async () => {
    const answer = await send(randomBytes(8 * 1024 * 1024), {}, true);
    expect(answer.status).toBe(413);
    await settled();
  });

  test('8. when too many bytes are in flight, requests are answered with 503 and Retry-After, and later ones are taken', async () => {
    const lease = ingest.budget.open();
    lease.add(ingest.config.ingest.maxBytesInFlight - 20_000);
    const answer = await postEvent(event({ note: 'x'.repeat(30_000) }));
    expect([answer.status, answer.headers['retry-after']]).toEqual([503, '1']);
    expect(answer.body).toMatchObject({ code: 'UNAVAILABLE', type: 'urn:headwater:problem:overloaded' });
    lease.release();
    expect((await postEvent(event())).status).toBe(201);
    await settled();
  });

  test('8. an upload that breaks off gives its bytes back', async () => {
    const { port } = new URL(ingest.url);
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(
      'POST /api/v1/lineage HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 50000\r\n\r\n{"a":',
    );
    await expect.poll(() => ingest.budget.used).toBeGreaterThan(0);
    socket.destroy();
    await settled();
  });
});

/** Nothing is leased once every answer is out. */
async function settled(): Promise<void> {
  await expect.poll(() => ingest.budget.used).toBe(0);
}

async function send(
  body: Buffer,
  headers: Record<string, string>,
  chunked = false,
): Promise<{ status: number; json: unknown }> {
  const answer = await fetch(`${ingest.url}/api/v1/lineage`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: chunked ? new Blob([new Uint8Array(body)]).stream() : new Uint8Array(body),
    duplex: 'half',
  });
  return { status: answer.status, json: await answer.json() };
}

describe('batches', () => {
  test('2. every event of a batch stands on its own', async () => {
    const before = await log.head();
    const bad = event({ eventTime: 'never' });
    const { status, answer, position } = await postBatch(
      `[${JSON.stringify(event())}, {"broken":}, ${JSON.stringify(bad)} ,${JSON.stringify(event())}]`,
    );
    expect(status).toBe(200);
    expect(answer).toMatchObject({
      status: 'partial_success',
      summary: { received: 4, successful: 2, failed: 2, retriable: 0, non_retriable: 2 },
    });
    expect(answer.failed_events.map(({ index, retriable }) => [index, retriable])).toEqual([
      [1, false],
      [2, false],
    ]);
    expect(answer.failed_events[1]?.reason).toContain('/eventTime');
    expect(Object.keys(answer)).not.toContain('position');
    expect(position).toBe(`${log.logId}.${String(before.position + 2)}`);
  });

  test('2. a whole success says so, duplicates included, and all refused is still a partial success', async () => {
    const events = [event(), event()];
    expect((await postBatch(events)).answer).toMatchObject({
      status: 'success',
      summary: { successful: 2 },
      failed_events: [],
    });
    expect((await postBatch([...events, events[0]])).answer).toMatchObject({
      status: 'success',
      summary: { successful: 3 },
    });
    const refused = await postBatch([1, {}]);
    expect([refused.status, refused.answer.status, refused.position]).toEqual([200, 'partial_success', undefined]);
    expect((await postBatch([])).answer).toMatchObject({ status: 'success', summary: { received: 0 } });
  });

  test('2. nothing of a body that is not one whole array is appended', async () => {
    const before = await log.head();
    const one = JSON.stringify(event());
    for (const text of ['', `[${one}`, `[${one},]`, `[${one}] x`, 'nonsense'])
      expect((await postBatch(text)).status, text).toBe(400);
    expect((await postBatch(one)).status).toBe(422);
    expect((await log.head()).position).toBe(before.position);
  });

  test('5. an element beyond the event limit fails alone; a batch beyond its own limit is answered with 413', async () => {
    const large = event({ note: 'x'.repeat(70_000) });
    const { answer } = await postBatch([event(), large]);
    expect(answer).toMatchObject({ summary: { successful: 1, non_retriable: 1 }, failed_events: [{ index: 1 }] });
    expect((await postBatch(Array.from({ length: 5 }, () => event({ note: 'x'.repeat(60_000) })))).status).toBe(413);
  });

  test('6. elements keep their bytes, and a batch element equals the same event sent alone', async () => {
    const text = JSON.stringify(event({ big: '#' })).replace('"#"', '1e400');
    const { position } = await postBatch(`[\n ${text} \n]`);
    expect(await storedText(position ?? '')).toBe(text);
    expect((await postEvent(text)).body).toMatchObject({ position, duplicate: true });
  });
});
