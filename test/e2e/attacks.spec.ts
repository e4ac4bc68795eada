import { request } from 'node:http';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { CreateToken } from '@headwater/application/access/create-token';
import { LOCAL_PRINCIPAL } from '@headwater/application/access/principals';
import { SCOPES } from '@headwater/domain/access/scopes';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let token: string;

beforeAll(async () => {
  server = await startServer({
    HEADWATER_AUTH: 'on',
    HEADWATER_MAX_EVENT_BYTES: '1MiB',
    HEADWATER_FAILURES_PER_MINUTE: '0',
  });
  const wanted = { name: 'attacks', owner: 'tests', scopes: SCOPES, writes: null, reads: null, expiresAt: null };
  const asker = { principal: LOCAL_PRINCIPAL, address: null };
  token = (await new CreateToken(server.access.parts).execute(asker, wanted)).text;
});
afterAll(() => server.close());

const bearer = (text = token): Record<string, string> => ({ authorization: `Bearer ${text}` });
const json = { 'content-type': 'application/json' };

async function ask(query: string, variables: object = {}): Promise<{ status: number; text: string; error: Refusal }> {
  const answer = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { ...bearer(), ...json },
    body: JSON.stringify({ query, variables }),
  });
  const text = await answer.text();
  const [error] = (JSON.parse(text) as { errors?: Refusal[] }).errors ?? [];
  return { status: answer.status, text, error: error ?? { message: '', extensions: {} } };
}

interface Refusal {
  readonly message: string;
  readonly extensions: Readonly<Record<string, unknown>>;
}

function raw(
  method: string,
  path: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: object; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(`${server.url}${path}`, { method, headers, agent: false }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    // A server that answers CONNECT with a refusal does so on the tunnel's socket.
    sent.on('connect', (response, socket) => {
      socket.destroy();
      resolve({ status: response.statusCode ?? 0, headers: response.headers, text: '' });
    });
    sent.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNRESET') resolve({ status: 0, headers: {}, text: '' });
      else reject(error);
    });
    sent.end();
  });
}

describe('API2 broken authentication', () => {
  const unknown = `hw_000000000000_${'A'.repeat(43)}`;
  const wrongSecret = (): string => `${token.slice(0, 16)}${'A'.repeat(43)}`;

  test('an unknown token, a wrong secret and a malformed token are answered alike', async () => {
    const answers = await Promise.all(
      [unknown, wrongSecret(), 'hw_', 'nonsense', 'e30.e30.'].map(async (text) => {
        const answer = await raw('GET', '/metrics', bearer(text));
        const body = JSON.parse(answer.text) as Record<string, unknown>;
        const { date: _date, ...headers } = answer.headers as Record<string, unknown>;
        return { status: answer.status, headers, body: { ...body, traceId: '' } };
      }),
    );
    expect(answers[0]?.status).toBe(401);
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });

  test('an unknown token and a wrong secret take about as long', async () => {
    const times = { unknown: [] as number[], wrong: [] as number[] };
    for (let round = 0; round < 150; round += 1) {
      for (const [kind, text] of [
        ['unknown', unknown],
        ['wrong', wrongSecret()],
      ] as const) {
        const startedAt = performance.now();
        await (await fetch(`${server.url}/metrics`, { headers: bearer(text) })).text();
        times[kind].push(performance.now() - startedAt);
      }
    }
    const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
    // A look-up in a database, or a slow hash for one of the two, would be a multiple.
    const [a, b] = [median(times.unknown), median(times.wrong)];
    expect(Math.max(a, b) / Math.min(a, b)).toBeLessThan(2);
  });

  test.each(['?access_token=', '?token=', '?authorization=Bearer%20'])(
    'a token in the URL (%s) is not taken',
    async (query) => {
      expect((await raw('GET', `/metrics${query}${token}`)).status).toBe(401);
    },
  );
});

describe('API3 and API6 mass assignment', () => {
  test('unknown members of an input are refused by name', async () => {
    const query = 'query ($filter: SearchFilter) { search(filter: $filter) { totalCount } }';
    const { status, error } = await ask(query, { filter: { hasOwner: true, isAdmin: true } });
    expect(status).toBe(400);
    expect(error.extensions).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'VARIABLES' });
    expect(error.message).toContain('isAdmin');
  });

  test('unknown arguments and unknown variables give nothing more', async () => {
    expect((await ask('{ search(first: 1, isAdmin: true) { totalCount } }')).error.extensions).toMatchObject({
      code: 'GRAPHQL_VALIDATION_FAILED',
    });
    const { status, text } = await ask('{ status { logId } }', { principal: 'admin', scopes: ['admin'] });
    expect([status, Object.keys(JSON.parse(text) as object)]).toEqual([200, ['data']]);
  });

  test('an event cannot say what the server decides: its position, kind and times of record', async () => {
    const answer = await fetch(`${server.url}/api/v1/lineage`, {
      method: 'POST',
      headers: { ...bearer(), ...json },
      body: '{"position":1,"kind":"ACCESS","recordedAt":"1999-01-01T00:00:00Z","receivedAt":"1999-01-01T00:00:00Z","__proto__":{"kind":"EDIT"},"eventTime":"2026-11-23T10:15:30Z","job":{"namespace":"attack","name":"job"}}',
    });
    expect(answer.status).toBe(201);
    const position = answer.headers.get('headwater-position') ?? '';
    const { rows } = await server.pool.query<{ kind: string; year: string }>(
      'SELECT kind::text, extract(year FROM recorded_at)::text AS year FROM event_log ORDER BY position DESC LIMIT 1',
    );
    expect(position).not.toMatch(/\.1$/);
    expect(rows[0]?.kind).not.toBe('ACCESS');
    expect(Number(rows[0]?.year)).toBeGreaterThan(2_020);
  });
});

describe('API4 unrestricted resource consumption', () => {
  const costly = (first: string): string =>
    `query Q${first.startsWith('$') ? '($n: Int)' : ''} { search(first: 100) { edges { node { asset { ... on Dataset { fields(first: ${first}) { edges { node { id } } } versions(first: ${first}) { edges { node { usedBy(first: ${first}) { edges { node { id } } } } } } } } } } } }`;

  test.each([
    ['literals', '100', {}],
    ['a variable', '$n', { n: 100 }],
  ])('a query that costs too much by %s is refused before it runs, with its cost', async (_, first, variables) => {
    const { status, error, text } = await ask(costly(first), variables);
    expect(status).toBe(400);
    expect(error.extensions).toMatchObject({ reason: 'QUERY_COST', limit: 200_000 });
    expect(error.extensions['cost']).toBeGreaterThan(200_000);
    expect(JSON.parse(text)).toMatchObject({ data: null });
  });

  test('null, which stands for the default, costs what the default costs', async () => {
    const deep =
      '{ namespaces(first: 100) { edges { node { name } } } search(first: 100) { edges { node { asset { ... on Dataset { latestMetrics(first: null) { edges { node { __typename } } } versions(first: 100) { edges { node { usedBy(first: null) { edges { node { id } } } } } } } } } } } }';
    expect((await ask(deep)).error.extensions).toMatchObject({ reason: 'QUERY_COST' });
  });

  test('an operation name that the document does not have is no way around the cost', async () => {
    const answer = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { ...bearer(), ...json },
      body: JSON.stringify({ query: costly('100'), operationName: '' }),
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ data: null, errors: [{ extensions: { reason: 'OPERATION_NAME' } }] });
  });

  test('a document that claims to be parsed is refused', async () => {
    const parsed = { kind: 'Document', definitions: [] };
    const { status, error } = await ask(JSON.stringify(parsed));
    expect(status).toBe(400);
    expect(error.extensions).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'SYNTAX' });
  });

  test('a subscription over HTTP is refused with how to make it', async () => {
    const { status, error } = await ask('subscription { assetChanged { position } }');
    expect(status).toBe(400);
    expect(error.extensions).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'SUBSCRIPTION' });
    expect(error.message).toContain('WebSocket');
  });

  test.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ] as const)('a %s bomb is cut off at the limit of what comes out', async (encoding, compress) => {
    const bomb = compress(Buffer.alloc(32 * 1024 * 1024, 0x20));
    for (const path of ['/api/v1/lineage', '/graphql']) {
      const answer = await fetch(`${server.url}${path}`, {
        method: 'POST',
        headers: { ...bearer(), ...json, 'content-encoding': encoding },
        body: new Uint8Array(bomb),
      });
      expect(answer.status).toBe(413);
    }
  });
});

describe('API8 security misconfiguration', () => {
  test('no answer names the software or shows a trace', async () => {
    for (const [method, path] of [
      ['GET', '/health/live'],
      ['GET', '/nope'],
      ['GET', '/metrics'],
      ['POST', '/graphql'],
      ['GET', '/graphql/ide/nope.js'],
      ['DELETE', '/api/v1/lineage'],
    ] as const) {
      const { headers, text } = await raw(method, path);
      expect(Object.keys(headers)).not.toEqual(
        expect.arrayContaining([expect.stringMatching(/^(?:server|x-powered-by|via)$/)]),
      );
      expect(text).not.toMatch(/fastify|nest|node_modules|\n\s+at /i);
    }
  });

  test.each(['TRACE', 'CONNECT', 'TRACK', 'PROPFIND', 'DEBUG'])(
    '%s is not served and echoes nothing',
    async (method) => {
      const { status, text } = await raw(method, '/metrics', {
        'x-secret': 'hunter2',
        ...bearer(),
      });
      expect([0, 400, 404, 405, 501]).toContain(status);
      expect(text).not.toContain('hunter2');
    },
  );

  test('OPTIONS from another origin allows nothing', async () => {
    const { status, headers } = await raw('OPTIONS', '/graphql', {
      origin: 'https://evil.example',
      'access-control-request-method': 'POST',
    });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  test.each(['x-http-method-override', 'x-http-method', 'x-method-override'])(
    '%s changes no method',
    async (header) => {
      const { status } = await raw('GET', '/api/v1/lineage', { ...bearer(), [header]: 'POST' });
      expect(status).toBe(404);
    },
  );

  test.each(['x-forwarded-for', 'x-real-ip', 'x-original-url', 'x-rewrite-url', 'x-forwarded-host'])(
    '%s of a stranger opens nothing',
    async (header) => {
      const value = header.includes('url') ? '/health/live' : '127.0.0.1';
      expect((await raw('GET', '/metrics', { [header]: value })).status).toBe(401);
    },
  );
});
