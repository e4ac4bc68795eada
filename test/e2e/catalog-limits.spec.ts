import { request } from 'node:http';
import { HeadwaterError } from '@headwater/domain/errors';
import type { LineageGraph } from '@headwater/domain/ports';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CatalogApp } from './catalog-app.js';
import { datasetNode, runEvent, runId } from './catalog-events.js';

/** The graph of a store that can be taken away. */
class Switchable {
  failure: Error | undefined;

  over(graph: LineageGraph): LineageGraph {
    return new Proxy(graph, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        return (...args: unknown[]): unknown =>
          this.failure === undefined ? Reflect.apply(member, target, args) : Promise.reject(this.failure);
      },
    });
  }
}

interface Refusal {
  readonly message: string;
  readonly extensions: Readonly<Record<string, unknown>>;
}

describe('errors and limits of the catalog API', () => {
  const store = new Switchable();
  let catalog: CatalogApp;

  beforeAll(async () => {
    catalog = await CatalogApp.start({
      settings: {
        limits: { depth: 10, tokens: 600, cost: 2_000, aliases: 5 },
      },
      graph: (graph) => store.over(graph),
    });
    await catalog.take([
      runEvent({ job: 'j', runId: runId(1), at: '2026-03-01T00:00:00Z', inputs: ['a'], outputs: ['b'] }),
    ]);
  });
  afterAll(() => catalog.close());

  const root = datasetNode('a');
  const first = (answer: Awaited<ReturnType<CatalogApp['ask']>>) => answer.errors[0];
  const send = async (
    init: RequestInit & { path?: string },
  ): Promise<{ status: number; errors: readonly Refusal[] }> => {
    const response = await fetch(`${catalog.url}/graphql${init.path ?? ''}`, init);
    const body = (await response.json()) as { errors?: readonly Refusal[] };
    return { status: response.status, errors: body.errors ?? [] };
  };
  test('asOf together with between is refused with what to do', async () => {
    const answer = await catalog.ask(
      `{ lineage(root: "${root}", asOf: "2026-01-01", between: { from: "2026-01-01", to: "2026-02-01" }) { depthReached } }`,
    );
    expect(answer.data).toEqual({ lineage: null });
    expect(first(answer)).toMatchObject({
      path: ['lineage'],
      extensions: { code: 'BAD_USER_INPUT', traceId: expect.stringMatching(/^[0-9a-f]{32}$/) as unknown },
    });
    expect(first(answer)?.message).toContain('asOf');
  });

  test.each([
    ['a page of 0', '{ search(first: 0) { totalCount } }', 'PAGE_SIZE'],
    ['a page beyond 100', '{ namespaces(first: 101) { edges { cursor } } }', 'PAGE_SIZE'],
    ['a cursor of another list', '{ namespaces(after: "WyJ4IiwxXQ") { edges { cursor } } }', 'CURSOR'],
    ['a position of another log', '{ events(filter: { fromPosition: "other.1" }) { edges { cursor } } }', 'OTHER_LOG'],
    ['a malformed position', '{ events(filter: { toPosition: "1" }) { edges { cursor } } }', 'BAD_POSITION'],
    [
      'a period that ends before it begins',
      '{ events(filter: { recordedFrom: "2026-02-01", recordedTo: "2026-01-01" }) { edges { cursor } } }',
      'PERIOD',
    ],
    ['too many ids', `{ nodes(ids: [${'"x",'.repeat(101)}]) { id } }`, 'PAGE_SIZE'],
  ])('%s is BAD_USER_INPUT', async (_, query, reason) => {
    expect(first(await catalog.ask(query))?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', reason });
  });

  test('times are read tolerantly and refused clearly', async () => {
    const query = 'query($asOf: DateTime) { lineage(root: "dataset:x:y", asOf: $asOf) { depthReached } }';
    const good = ['2026-01-01', '2026-01-01T10:00', '2026-01-01 10:00:00.123456789+02:00', '2026-01-01t10:00:00z'];
    for (const asOf of good) expect((await catalog.ask(query, { asOf })).errors).toEqual([]);
    for (const asOf of ['yesterday', '2026-02-30', 5, '99999-01-01T00:00:00Z']) {
      const answer = await catalog.ask(query, { asOf });
      expect(first(answer)?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
      expect(first(answer)?.message).toContain('ISO 8601');
    }
    const literal = await catalog.ask('{ lineage(root: "dataset:x:y", asOf: "soon") { depthReached } }');
    expect(first(literal)?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'DATE_TIME' });
    const early = await catalog.ask(query, { asOf: '0001-01-01T00:00:00Z' });
    expect(first(early)?.message).toContain('1684');
  });

  test('syntax, unknown fields and wrong variables are told apart', async () => {
    expect(first(await catalog.ask('{'))?.extensions).toMatchObject({ code: 'GRAPHQL_PARSE_FAILED' });
    expect(first(await catalog.ask('{ nope }'))?.extensions).toMatchObject({ code: 'GRAPHQL_VALIDATION_FAILED' });
    const wrong = await catalog.ask('query($first: Int) { search(first: $first) { totalCount } }', { first: 'x' });
    expect(first(wrong)?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'VARIABLES' });
    expect(wrong.status).toBe(400);
  });

  test('a query too deep, too long, too aliased or too costly is refused before it runs', async () => {
    const deep = `{ job(namespace: "a", name: "b") { ${'parent { '.repeat(12)} id ${'} '.repeat(12)} } }`;
    expect(first(await catalog.ask(deep))?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'QUERY_DEPTH' });
    const long = `{ status { ${'logId '.repeat(700)} } }`;
    expect(first(await catalog.ask(long))?.extensions).toMatchObject({ code: 'GRAPHQL_PARSE_FAILED' });
    const aliased = `{ ${[1, 2, 3, 4, 5, 6].map((n) => `a${n}: status { logId }`).join(' ')} }`;
    expect(first(await catalog.ask(aliased))?.extensions).toMatchObject({ reason: 'QUERY_ALIASES' });
    const costly =
      'query($n: Int) { search(first: $n) { edges { node { asset { ... on Dataset { fields(first: $n) { edges { node { id } } } } } } } } }';
    const answer = await catalog.ask(costly, { n: 100 });
    expect(answer.status).toBe(400);
    expect(first(answer)?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'QUERY_COST', limit: 2_000 });
    expect(first(answer)?.extensions['cost']).toBeGreaterThan(20_000);
    expect((await catalog.ask(costly, { n: 2 })).errors).toEqual([]);
  });

  test('only JSON is taken by POST, one query at a time, and a GET changes nothing', async () => {
    const form = await send({
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'query={status{logId}}',
    });
    expect(form).toMatchObject({
      status: 415,
      errors: [{ extensions: { code: 'BAD_USER_INPUT', reason: 'UNSUPPORTED_MEDIA_TYPE' } }],
    });
    const text = await send({
      method: 'POST',
      headers: { 'content-type': 'application/graphql' },
      body: '{status{logId}}',
    });
    expect(text.status).toBe(415);
    const json = { 'content-type': 'application/json' };
    const broken = await send({ method: 'POST', headers: json, body: '{"query":' });
    expect(broken).toMatchObject({ status: 400, errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
    const batch = await send({ method: 'POST', headers: json, body: '[{"query":"{status{logId}}"}]' });
    expect(batch.status).toBe(400);
    for (const body of ['"x"', '17', '{"query":{}}', '{"query":"{status{logId}}","variables":"x"}']) {
      const shapeless = await send({ method: 'POST', headers: json, body });
      expect(shapeless.status).toBe(400);
      expect(shapeless.errors[0]?.message).toMatch(/^Send a JSON object with the GraphQL document as "query"/);
    }
    const empty = await send({ method: 'POST', headers: json, body: '{}' });
    expect(empty.errors[0]).toMatchObject({ message: expect.stringContaining('query') as unknown });
    const query = encodeURIComponent('{status{logId}}');
    expect(await send({ path: `?query=${query}` })).toMatchObject({ status: 200, errors: [] });
    const watch = encodeURIComponent('subscription{assetChanged{position}}');
    expect(await send({ path: `?query=${watch}` })).toMatchObject({
      status: 405,
      errors: [{ extensions: { reason: 'METHOD_NOT_ALLOWED' } }],
    });
  });

  test('a client that offers HTTP/2 with its request is answered in HTTP/1.1', async () => {
    const body = JSON.stringify({ query: '{ status { logId } }' });
    const answer = await new Promise<string>((resolve, reject) => {
      const headers = {
        'content-type': 'application/json',
        connection: 'Upgrade, HTTP2-Settings',
        upgrade: 'h2c',
        'http2-settings': 'AAMAAABk',
      };
      const sent = request(`${catalog.url}/graphql`, { method: 'POST', headers }, (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () => resolve(text));
      });
      sent.on('error', reject);
      sent.end(body);
    });
    expect(JSON.parse(answer)).toEqual({ data: { status: { logId: catalog.log.logId } } });
  });

  test('a foreign Origin is refused', async () => {
    const answer = await catalog.ask('{ status { logId } }', {}, { origin: 'https://evil.example' });
    expect(answer).toMatchObject({
      status: 403,
      errors: [{ extensions: { code: 'FORBIDDEN', reason: 'FOREIGN_ORIGIN' } }],
    });
  });

  test("an outage says so without the driver's words, which the log has under the same traceId", async () => {
    store.failure = new HeadwaterError('UNAVAILABLE', 'bolt://secret-host refused', {
      reason: 'STORE_UNREACHABLE',
      retryAfterS: 2,
    });
    const answer = await catalog.ask(
      `{ lineage(root: "${root}") { depthReached } status { graph { available position } catalog { available } } dataset(namespace: "postgres://claims:5432", name: "a") { name } }`,
    );
    store.failure = undefined;
    expect(answer.status).toBe(200);
    expect(answer.data).toMatchObject({
      lineage: null,
      status: { graph: { available: false, position: null }, catalog: { available: true } },
      dataset: { name: 'a' },
    });
    const { message, extensions } = first(answer) ?? { message: '', extensions: {} };
    expect(extensions).toMatchObject({ code: 'SERVICE_UNAVAILABLE', reason: 'STORE_UNREACHABLE', retryAfterS: 2 });
    expect(message).not.toContain('secret');
    const line = catalog
      .logged()
      .find((entry) => entry['traceId'] === extensions['traceId'] && entry['level'] === 'error');
    expect(JSON.stringify(line)).toContain('secret-host refused');
  });

  test('a fault of our own says nothing but its traceId', async () => {
    store.failure = new TypeError('x is not a function at /srv/secret.js');
    const answer = await catalog.ask(
      `{ lineage(root: "${root}") { depthReached } }`,
      {},
      { traceparent: `00-${'ab'.repeat(16)}-${'12'.repeat(8)}-01` },
    );
    store.failure = undefined;
    expect(first(answer)?.extensions).toEqual({
      code: 'INTERNAL_SERVER_ERROR',
      reason: 'INTERNAL',
      traceId: 'ab'.repeat(16),
    });
    expect(first(answer)?.message).not.toContain('secret');
  });
});
