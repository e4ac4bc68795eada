import { readFileSync } from 'node:fs';
import type { BatchAccepted } from '@headwater/application/ingest/accept-events';
import { readDecisionEvent } from '@headwater/domain/decisions/decision-statement';
import { readEvent } from '@headwater/domain/openlineage/read-event';
import { PostgresEventLog } from '@headwater/store-postgres/log/postgres-event-log';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decision, PERSONAL } from '../support/decision-events.js';
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

let serial = 0;
const fresh = (changes: Readonly<Record<string, unknown>> = {}) =>
  decision({ id: `d-${String(++serial)}`, ...changes });
const post = (body: unknown, headers: Readonly<Record<string, string>> = {}, path = '/api/v1/decisions') =>
  request(ingest.url)
    .post(path)
    .set({ 'content-type': 'application/json', ...headers })
    .send(typeof body === 'string' ? body : JSON.stringify(body));

async function stored(position: string) {
  const [event] = await log.read([Number(position.split('.')[1])]);
  if (event === undefined) throw new Error(`nothing at ${position}`);
  return { ...event, text: Buffer.from(event.bytes).toString() };
}

const positionOf = (answer: { readonly body: unknown }): string => (answer.body as { position: string }).position;

describe('one decision', () => {
  test('is answered with 201 and its position, and kept as a decision without its personal parts', async () => {
    const answer = await post(fresh());
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({ position: answer.headers['headwater-position'], duplicate: false });
    const { kind, text, position } = await stored(positionOf(answer));
    expect(kind).toBe('DECISION');
    for (const personal of PERSONAL) expect(text).not.toContain(personal);
    expect(text).toContain('"outcome":{"label":"PAID","score":0.83,"value":{"amount":1200,"currency":"EUR"}}');
    const parts = await log.parts([position]);
    expect(parts.map(({ placeholder }) => placeholder)).toEqual(
      Array.from({ length: 3 }, () => expect.stringMatching(/^"sealed:/)),
    );
    for (const { ciphertext } of parts)
      for (const personal of PERSONAL) expect(Buffer.from(ciphertext).toString('latin1')).not.toContain(personal);
  });

  test('has no personal part in any table of the database', async () => {
    await post(fresh());
    const { rows } = await database.pool.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`,
    );
    expect(rows.length).toBeGreaterThan(10);
    for (const { name } of rows) {
      const all = await database.pool.query<{ text: string }>(
        `SELECT encode(convert_to(row_to_json(t)::text, 'UTF8'), 'escape') || coalesce((
           SELECT string_agg(encode(decode(substr(value, 3), 'hex'), 'escape'), '')
           FROM json_each_text(row_to_json(t)) WHERE value ~ '^\\\\x([0-9a-f]{2})*$'), '') AS text FROM public.${name} t`,
      );
      for (const { text } of all.rows) for (const personal of PERSONAL) expect(text, name).not.toContain(personal);
    }
  });

  test('sent again is a duplicate, in whatever order and spelling', async () => {
    const sent = fresh();
    const first = await post(sent);
    const again = await post(JSON.stringify(Object.fromEntries(Object.entries(sent).reverse()), null, 2));
    expect([again.status, again.body]).toEqual([201, { position: positionOf(first), duplicate: true }]);
    const racing = fresh();
    const answers = await Promise.all(Array.from({ length: 10 }, () => post(racing)));
    expect(answers.filter(({ body }) => !(body as { duplicate: boolean }).duplicate)).toHaveLength(1);
  });

  test('sent with another outcome, or other values only, is a further statement', async () => {
    const sent = fresh();
    const position = positionOf(await post(sent));
    const [input] = sent['inputs'] as [object];
    for (const changes of [{ outcome: { label: 'DENIED' } }, { inputs: [{ ...input, values: { total: 98766 } }] }]) {
      const answer = await post({ ...sent, ...changes });
      expect(answer.body).toMatchObject({ duplicate: false });
      const [a, b] = await Promise.all([stored(position), stored(positionOf(answer))]);
      const [one, other] = [readDecisionEvent(a.bytes), readDecisionEvent(b.bytes)];
      expect(other?.id).toBe(one?.id);
      expect(other?.digest).not.toBe(one?.digest);
    }
  });

  test('is one of a run event whose facet carries it', async () => {
    const sent = fresh();
    const position = positionOf(await post(sent));
    const run = {
      runId: sent['runId'],
      facets: { headwater_decision: { _producer: 'p', _schemaURL: 'urn:x', ...sent } },
    };
    const event = { eventTime: '2026-11-23T10:15:30Z', eventType: 'COMPLETE', producer: 'p', job: sent['job'], run };
    const answer = await post(event, {}, '/api/v1/lineage');
    expect(answer.status).toBe(201);
    const { bytes, text } = await stored(positionOf(answer));
    for (const personal of PERSONAL) expect(text).not.toContain(personal);
    const read = readEvent(bytes);
    const facet = read.ok ? read.event.run?.facets[0]?.body : undefined;
    const { _producer, _schemaURL, ...carried } = facet as Record<string, unknown>;
    expect(readDecisionEvent(Buffer.from(JSON.stringify(carried)))).toEqual(
      readDecisionEvent((await stored(position)).bytes),
    );
    expect((await post(event, {}, '/api/v1/lineage')).body).toMatchObject({ duplicate: true });
  });

  test('in a facet that fits no schema leaves nothing personal in the log either', async () => {
    const facet = { subject: { ref: 'C-90210' }, inputs: [{ key: { claim: 4711 }, values: 98765 }], typo: true };
    const run = { runId: '01936894-494e-7c48-be1c-000000000002', facets: { headwater_decision: facet } };
    const event = { eventTime: '2026-11-23T10:15:30Z', job: { namespace: 'claims', name: 'payout' }, run };
    const batch = await post([event, { ...event, run: { runId: run.runId } }], {}, '/api/v1/lineage/batch');
    expect(batch.body).toMatchObject({ status: 'success' });
    const { position } = await stored(batch.headers['headwater-position'] ?? '');
    const [{ bytes } = { bytes: new Uint8Array() }] = await log.read([position - 1]);
    for (const personal of PERSONAL) expect(Buffer.from(bytes).toString()).not.toContain(personal);
    expect(await log.parts([position - 1, position])).toHaveLength(3);
  });
});

describe('an array of decisions', () => {
  test('is answered item by item, as batches of events are', async () => {
    const answer = await post([fresh(), { id: 'x' }, fresh()]);
    expect(answer.status).toBe(200);
    const { summary, failed_events: failed } = answer.body as BatchAccepted;
    expect(summary).toEqual({ received: 3, successful: 2, failed: 1, retriable: 0, non_retriable: 1 });
    expect(failed).toEqual([{ index: 1, reason: expect.stringContaining('decidedAt is missing'), retriable: false }]);
    expect(answer.headers['headwater-position']).toMatch(/^[0-9a-f]+\.\d+$/);
    expect((await post('[1, {"a":}')).status).toBe(400);
  });
});

describe('a CloudEvent', () => {
  const attributes = { specversion: '1.0', id: 'e-1', source: '/claims', type: 'acme.claims.decided' };

  test('is taken in binary, structured and batched content mode, and is the decision that it carries', async () => {
    const sent = fresh();
    const position = positionOf(await post(sent));
    const headers = Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`ce-${name}`, value]));
    const binary = await post(sent, headers);
    expect([binary.status, binary.body]).toEqual([201, { position, duplicate: true }]);
    const structured = await post(
      { ...attributes, data: sent },
      { 'content-type': 'application/cloudevents+json; charset=utf-8' },
    );
    expect([structured.status, structured.body]).toEqual([201, { position, duplicate: true }]);
    const batch = [{ ...attributes, data: sent }, { ...attributes, data: fresh() }, { data: fresh() }];
    const batched = await post(batch, { 'content-type': 'application/cloudevents-batch+json' });
    expect(batched.status).toBe(200);
    expect(batched.body).toMatchObject({ summary: { successful: 2, non_retriable: 1 }, failed_events: [{ index: 2 }] });
  });

  test('without an attribute that each has is refused', async () => {
    const binary = await post(fresh(), { 'ce-specversion': '1.0', 'ce-id': '1', 'ce-type': 't' });
    expect(binary.status).toBe(422);
    expect((binary.body as { detail: string }).detail).toContain('ce-source');
    const { source: _source, ...rest } = attributes;
    const structured = await post({ ...rest, data: fresh() }, { 'content-type': 'application/cloudevents+json' });
    expect([structured.status, structured.body]).toMatchObject([422, { errors: [{ pointer: '/source' }] }]);
  });
});

describe('bad input', () => {
  test('unknown jobs, versions, overridden decisions and circles of causes are accepted: they may come later', async () => {
    const [a, b] = [
      fresh({ causationId: 'd-b' }),
      fresh({ causationId: 'd-a', overrides: { decision: 'never seen' } }),
    ];
    const circle = [
      { ...a, id: 'd-a' },
      { ...b, id: 'd-b' },
      fresh({ job: { namespace: 'nowhere', name: 'unknown' } }),
    ];
    expect((await post(circle)).body).toMatchObject({ status: 'success' });
  });

  test('clocks that are hours or years off are accepted', async () => {
    for (const decidedAt of ['2099-01-01T00:00:00Z', new Date(Date.now() - 9 * 3_600_000).toISOString()])
      expect((await post(fresh({ decidedAt }))).status).toBe(201);
  });

  test('ten thousand inputs with keys and values are accepted', async () => {
    const inputs = Array.from({ length: 10_000 }, (_, n) => ({
      ...{ dataset: { namespace: 'claims', name: 'claim' }, version: String(n) },
      ...{ key: { claim: n }, values: { total: n } },
    }));
    const answer = await post(fresh({ inputs }));
    expect(answer.status).toBe(201);
    expect(await log.parts([(await stored(positionOf(answer))).position])).toHaveLength(20_001);
  });

  test('too long an explanation is 422 and too large a decision 413, and both say what to do', async () => {
    const long = await post(fresh({ explanation: { text: 'x'.repeat(2_000_000) } }));
    expect(long.status).toBe(422);
    expect(long.body).toMatchObject({
      errors: [{ pointer: '/explanation', detail: expect.stringContaining('explanation.ref') }],
    });
    const large = await post(fresh({ outcome: { label: 'x', value: 'x'.repeat(9 * 1024 * 1024) } }));
    expect(large.status).toBe(413);
    expect((large.body as { detail: string }).detail).toContain('keep a long explanation where it was made');
  });

  test('what is no JSON, no decision or no known media type is refused as elsewhere', async () => {
    expect((await post('{')).status).toBe(400);
    expect((await post({ hello: 'world' })).status).toBe(422);
    expect((await post(fresh(), { 'content-type': 'text/plain' })).status).toBe(415);
  });
});

test('the schema is served as it is checked in', async () => {
  const answer = await fetch(`${ingest.url}/schemas/decision/1-0-0.json`);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([
    200,
    expect.stringContaining('application/schema+json'),
  ]);
  expect(await answer.text()).toBe(readFileSync('libs/domain/src/decisions/schemas/decision-1-0-0.json', 'utf8'));
});
