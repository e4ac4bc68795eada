import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bearer, eventually, makeToken } from '../support/callers.js';
import { ask, dataOf } from '../support/graphql.js';
import { startServer, type TestServer } from '../support/server.js';

const LINES = `query ($filter: RefusedEventFilter, $first: Int, $after: String) {
  refusedEvents(filter: $filter, first: $first, after: $after) {
    pageInfo { hasNextPage endCursor }
    edges { node { id firstAt lastAt count actor actorName address path status code message pointer
      producer eventType jobNamespace jobName runId datasetNamespace datasetName } } } }`;
const BASE = {
  eventTime: '2026-11-20T00:00:00Z',
  producer: 'https://example.com/etl',
  schemaURL: 'https://example.com',
};
const RUN = { eventType: 'START', run: { runId: '0190AAAA-0000-7000-8000-000000000001' } };
const SECRET = 'Hush-7f3a';

interface Line {
  readonly count: number;
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly actor: string;
}

let server: TestServer;
let sender: Record<string, string>;
let auditor: Record<string, string>;
let actor: string;

beforeAll(async () => {
  server = await startServer({ HEADWATER_AUTH: 'on', HEADWATER_MAX_EVENT_BYTES: '64KiB' });
  const made = await makeToken(server.access, { name: 'nightly etl', scopes: ['lineage:write'], writes: ['team'] });
  sender = bearer(made.text);
  actor = `token:${made.token.id}`;
  auditor = bearer((await makeToken(server.access, { scopes: ['audit:read'] })).text);
});
afterAll(() => server.close());

function send(body: string | Uint8Array, headers: Record<string, string> = {}, path = ''): Promise<Response> {
  return fetch(`${server.url}/api/v1/lineage${path}`, {
    method: 'POST',
    headers: { ...sender, 'content-type': 'application/json', ...headers },
    body,
  });
}

async function lines(filter: object = {}): Promise<readonly Line[]> {
  type Answer = { readonly refusedEvents: { readonly edges: readonly { readonly node: Line }[] } };
  const { refusedEvents } = await dataOf<Answer>(server.url, LINES, { filter, first: 100 }, auditor);
  return refusedEvents.edges.map(({ node }) => node);
}

test('what is refused for what it says is kept with its sender, its reason and what could be read, and never itself', async () => {
  const shapeless = { ...BASE, ...RUN, job: { namespace: 'team' }, inputs: [{ namespace: 'n', name: SECRET }] };
  const foreign = { ...BASE, ...RUN, job: { namespace: 'other', name: 'job' } };
  const asked: readonly (readonly [number, Promise<Response>])[] = [
    [422, send(JSON.stringify(shapeless))],
    [422, send(JSON.stringify(shapeless))],
    [400, send(`{"password": "${SECRET}" oops`)],
    [403, send(JSON.stringify(foreign))],
    [413, send(JSON.stringify({ ...shapeless, more: 'x'.repeat(70_000) }))],
    [413, send(gzipSync(Buffer.alloc(200_000)), { 'content-encoding': 'gzip' })],
    [415, send('x', { 'content-type': 'text/plain' })],
    [400, send('"no array"]', {}, '/batch')],
  ];
  for (const [status, response] of asked) expect((await response).status).toBe(status);
  const seen = await eventually(
    () => lines(),
    (found) => found.reduce((sum, { count }) => sum + count, 0) === asked.length,
  );
  const common = { actor, actorName: 'nightly etl', address: '127.0.0.1' };
  const one = { ...common, path: '/api/v1/lineage' };
  expect(seen).toContainEqual(
    expect.objectContaining({
      ...{ ...one, status: 422, code: 'SHAPE', count: 2, pointer: '/job/name', message: '/job/name: name is missing.' },
      ...{ producer: BASE.producer, eventType: 'START', runId: RUN.run.runId.toLowerCase() },
      ...{ jobNamespace: 'team', jobName: null, datasetName: null },
    }),
  );
  expect(seen).toContainEqual(
    expect.objectContaining({
      ...{ ...one, status: 403, code: 'FOREIGN_NAMESPACE', count: 1, jobNamespace: 'other', jobName: 'job' },
      message: 'These credentials may not write a job of the namespace other.',
    }),
  );
  expect(seen).toContainEqual(
    expect.objectContaining({ ...one, status: 400, code: 'JSON', pointer: null, producer: null }),
  );
  expect(seen).toContainEqual(expect.objectContaining({ ...one, status: 413, code: 'LIMIT_EXCEEDED', count: 2 }));
  expect(seen).toContainEqual(expect.objectContaining({ ...one, status: 415, code: 'UNSUPPORTED_MEDIA_TYPE' }));
  expect(seen).toContainEqual(expect.objectContaining({ ...common, path: '/api/v1/lineage/batch', status: 400 }));
  const { rows } = await server.pool.query<{ row: string }>('SELECT r::text AS row FROM refused_event r');
  expect(rows.length).toBe(seen.length);
  expect(rows.filter(({ row }) => row.includes(SECRET) || row.includes('password'))).toEqual([]);
});

test('of a batch each refused event is kept, with the status that it alone would have got', async () => {
  const before = (await lines({ statuses: [422, 403] })).length;
  const good = { ...BASE, job: { namespace: 'team', name: 'declared' } };
  const batch = [
    good,
    { ...BASE, dataset: { namespace: 'far', name: 'table' } },
    { ...good, eventTime: 'soon' },
    'text',
  ];
  const answer = await send(JSON.stringify(batch), {}, '/batch');
  expect(await answer.json()).toMatchObject({ summary: { successful: 1, failed: 3 } });
  const seen = await eventually(
    () => lines({ statuses: [422, 403] }),
    (found) => found.length === before + 3,
  );
  const path = '/api/v1/lineage/batch';
  expect(seen).toContainEqual(
    expect.objectContaining({ path, status: 403, datasetNamespace: 'far', datasetName: 'table', pointer: null }),
  );
  expect(seen).toContainEqual(
    expect.objectContaining({ path, status: 422, pointer: '/eventTime', jobNamespace: 'team', jobName: 'declared' }),
  );
  expect(seen).toContainEqual(
    expect.objectContaining({ path, status: 422, message: 'An event must be a JSON object, not a string.' }),
  );
});

test('who is unknown, lacks the scope or comes from a foreign page is in the audit of access alone', async () => {
  const before = await lines();
  const event = JSON.stringify({ ...BASE, job: { namespace: 'team', name: '' } });
  expect((await send(event, bearer('hw_nobody_nothing'))).status).toBe(401);
  expect((await send(event, auditor)).status).toBe(403);
  expect((await send(event, { origin: 'https://elsewhere.example' })).status).toBe(403);
  expect((await fetch(`${server.url}/graphql`, { method: 'POST', body: '{', headers: sender })).status).toBe(415);
  // The next refused event comes behind whatever these had left.
  expect((await send(event)).status).toBe(422);
  const seen = await eventually(
    () => lines(),
    (found) => found.length > before.length,
  );
  expect(seen).toHaveLength(before.length + 1);
  expect(seen[0]).toMatchObject({ status: 422, message: '/job/name: name is empty.' });
});

test('the list is for whoever may read the audit; filters narrow it', async () => {
  const reader = bearer((await makeToken(server.access, { scopes: ['catalog:read'] })).text);
  const { data, errors } = await ask(server.url, LINES, {}, reader);
  expect([data, errors[0]?.extensions['code']]).toEqual([null, 'FORBIDDEN']);
  expect((await lines({ statuses: [413] })).map(({ code }) => code)).toEqual(['LIMIT_EXCEEDED']);
  expect(await lines({ actor: 'token:nobody' })).toEqual([]);
  expect((await lines({ actor, address: '127.0.0.1' })).length).toBe((await lines()).length);
  const period = { from: '2000-01-01T00:00:00Z', to: '2001-01-01T00:00:00Z' };
  expect(await lines({ period })).toEqual([]);
});

test('while its table is gone, events are answered all the same, and it is said in the log', async () => {
  await server.pool.query('ALTER TABLE refused_event RENAME TO refused_event_away');
  try {
    expect((await send(JSON.stringify({ ...BASE, job: { namespace: 'team', name: 'late' } }))).status).toBe(201);
    expect((await send(JSON.stringify({ ...BASE, job: { namespace: 'team' } }))).status).toBe(422);
    await eventually(
      () => Promise.resolve(server.logged().map(({ msg }) => msg)),
      (messages) => messages.includes('refused events could not be kept; they will be tried again'),
    );
  } finally {
    await server.pool.query('ALTER TABLE refused_event_away RENAME TO refused_event');
  }
});
