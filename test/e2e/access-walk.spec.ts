import { buildClientSchema, getIntrospectionQuery, type GraphQLSchema, type IntrospectionQuery } from 'graphql';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { bearer, makeToken } from '../support/callers.js';
import { ask, dataOf } from '../support/graphql.js';
import { startServer, type TestServer } from '../support/server.js';
import { everyCaller, verdict, type Caller } from './access-callers.js';
import { FIELDS, ROUTES, type Asked } from './access-table.js';
import { documentOf } from './root-field-document.js';

interface RootField {
  readonly name: string;
  readonly operation: 'query' | 'mutation' | 'subscription';
  readonly document: string;
}

const PATIENCE_MS = 30_000;

describe('who may, and who may not', () => {
  let server: TestServer;
  let callers: readonly Caller[];
  let schema: GraphQLSchema;
  let fields: readonly RootField[];

  beforeAll(async () => {
    server = await startServer({
      HEADWATER_AUTH: 'on',
      HEADWATER_FAILURES_PER_MINUTE: '0',
      HEADWATER_REQUESTS_PER_MINUTE: '0',
    });
    callers = await everyCaller(server);
    const everything = bearer((await makeToken(server.access)).text);
    const answer = await dataOf<IntrospectionQuery>(server.url, getIntrospectionQuery(), {}, everything);
    schema = buildClientSchema(answer);
    const roots = [
      ['query', schema.getQueryType()],
      ['mutation', schema.getMutationType()],
      ['subscription', schema.getSubscriptionType()],
    ] as const;
    fields = roots.flatMap(([operation, type]) =>
      Object.values(type?.getFields() ?? {}).map((field) => ({
        name: `${type?.name ?? ''}.${field.name}`,
        operation,
        document: documentOf(operation, field),
      })),
    );
  });
  afterAll(() => server.close());

  const call = async (route: string, headers: Record<string, string>): Promise<Response> => {
    const [method = '', pattern = ''] = route.split(' ');
    const path = pattern.replace('*', 'none.js').replaceAll(/:\w+/g, 'a');
    const hasBody = method !== 'GET' && method !== 'HEAD';
    return fetch(`${server.url}${path}`, {
      method,
      redirect: 'manual',
      headers: { ...headers, ...(hasBody ? { 'content-type': 'application/json' } : {}) },
      ...(hasBody ? { body: '{}' } : {}),
    });
  };

  test('every route of the server has a row in the table, and every row a route', () => {
    expect([...new Set(server.routes)].sort()).toEqual(Object.keys(ROUTES).sort());
  });

  test('every root field of the schema has a row in the table, and every row a field', () => {
    expect(fields.map(({ name }) => name).sort()).toEqual(Object.keys(FIELDS).sort());
  });

  test('every route lets in whom it should, and refuses all others with what they need to know', async () => {
    const wrong: string[] = [];
    for (const caller of callers) {
      for (const [route, asked] of Object.entries(ROUTES)) {
        const { origin, ...elsewhere } = await caller.headers();
        const isOwn = asked !== 'OWN_PAGE' && origin !== undefined;
        const { status, headers } = await call(route, isOwn ? { ...elsewhere, origin } : elsewhere);
        const outcome = status === 401 ? 'UNKNOWN' : status === 403 ? 'FORBIDDEN' : 'IN';
        const hasChallenge = headers.get('www-authenticate') !== null;
        const isRight = outcome === verdict(caller, asked) && hasChallenge === (outcome === 'UNKNOWN') && status < 500;
        if (!isRight) wrong.push(`${caller.name} at ${route}: ${String(status)}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test('HEAD and OPTIONS lead past no gate', async () => {
    const wrong: string[] = [];
    for (const caller of callers) {
      for (const [route, asked] of Object.entries(ROUTES)) {
        // The page of a form may be looked at.
        if (verdict(caller, asked) === 'IN' || asked === 'OWN_PAGE') continue;
        const [, path = ''] = route.split(' ');
        for (const method of ['HEAD', 'OPTIONS']) {
          const { status } = await call(`${method} ${path}`, await caller.headers());
          if (status < 400) wrong.push(`${caller.name} at ${method} ${path}: ${String(status)}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  test('every query and mutation answers whom it should, and nobody else', async () => {
    const asked = fields.filter(({ operation }) => operation !== 'subscription');
    const wrongFor = async (caller: Caller): Promise<readonly string[]> => {
      const wrong: string[] = [];
      for (const { name, document } of asked) {
        const { status, data, errors } = await ask<object>(server.url, document, {}, await caller.headers());
        const codes = errors.map(({ extensions }) => extensions['code']);
        const outcome = status === 401 ? 'UNKNOWN' : codes.includes('FORBIDDEN') ? 'FORBIDDEN' : 'IN';
        const isSilent = outcome === 'IN' || Object.values(data ?? {}).every((value) => value === null);
        const isBroken = status >= 500 || codes.includes('GRAPHQL_VALIDATION_FAILED');
        if (outcome !== verdict(caller, askedOf(name)) || !isSilent || isBroken) {
          wrong.push(`${caller.name} asks ${document}: ${String(status)} ${JSON.stringify(codes)}`);
        }
      }
      return wrong;
    };
    expect((await Promise.all(callers.map(wrongFor))).flat()).toEqual([]);
  }, 180_000);

  test('every subscription tells whom it should of changes, and nobody else', async () => {
    const subscriptions = fields.filter(({ operation }) => operation === 'subscription');
    const producer = bearer((await makeToken(server.access, { scopes: ['lineage:write'] })).text);
    const changing = { isOn: true };
    const changes = (async () => {
      for (let number = 1; changing.isOn; number += 1) {
        await sendChange(server.url, number, producer);
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    })();
    try {
      const wrong = await Promise.all(
        callers.flatMap((caller) =>
          subscriptions.map(async ({ name, document }) => {
            const outcome = await subscribe(server.url, document, await caller.headers());
            return outcome === verdict(caller, askedOf(name)) ? [] : [`${caller.name} watches ${name}: ${outcome}`];
          }),
        ),
      );
      expect(wrong.flat()).toEqual([]);
    } finally {
      changing.isOn = false;
      await changes;
    }
  }, 90_000);

  test('no alias, fragment or directive leads around the scope of a field, and what may be answered is', async () => {
    const headers = bearer((await makeToken(server.access, { scopes: ['catalog:read'] })).text);
    const document = `query Sneaky { a: status { logId } ...All ... on Query { b: roleBindings { edges { cursor } } } }
      fragment All on Query { c: tokens @include(if: true) { edges { node { id } } } }
      query Other { tokens { edges { cursor } } }`;
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ query: document, operationName: 'Sneaky' }),
    });
    const { data, errors } = (await response.json()) as { data: unknown; errors: { path: string[] }[] };
    expect(data).toBeNull();
    expect(errors.map(({ path }) => path[0])).toEqual(expect.arrayContaining([expect.stringMatching(/^[bc]$/)]));
    expect(errors.map(({ path }) => path[0])).not.toContain('a');
    const { data: alone } = await ask<object>(server.url, '{ a: status { logId } }', {}, headers);
    expect(alone).toHaveProperty('a.logId');
  });

  test('a path that does not exist tells the same to everybody', async () => {
    for (const caller of callers) {
      const { status } = await call('GET /admin/secret', await caller.headers());
      expect(status, caller.name).toBe(404);
    }
  });
});

function askedOf(field: string): Asked {
  const asked = FIELDS[field];
  if (asked === undefined) throw new Error(`${field} has no row in the table`);
  return asked;
}

/** A run that gives the dataset of {@link documentOf}'s ids one more input: both subscriptions tell of it. */
async function sendChange(url: string, number: number, headers: Record<string, string>): Promise<void> {
  const event = {
    eventType: 'COMPLETE',
    eventTime: new Date().toISOString(),
    run: { runId: `0190aaaa-0000-7000-8000-${String(number).padStart(12, '0')}` },
    job: { namespace: 'jobs', name: 'j' },
    inputs: [{ namespace: 'a', name: `input ${String(number)}` }],
    outputs: [{ namespace: 'a', name: 'b' }],
    producer: 'https://example.com',
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
  };
  const answer = await fetch(`${url}/api/v1/lineage`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(event),
  });
  if (!answer.ok) throw new Error(`the event was refused: ${String(answer.status)}`);
}

/** What becomes of a subscription: the first thing that it says. */
async function subscribe(
  url: string,
  query: string,
  headers: Record<string, string>,
): Promise<'IN' | 'UNKNOWN' | 'FORBIDDEN' | 'SILENT'> {
  let refusedWith = 0;
  class Socket extends WebSocket {
    constructor(address: string, protocols: string) {
      super(address, protocols, { headers });
      this.on('error', ({ message }) => {
        refusedWith = Number(/^Unexpected server response: (\d+)$/.exec(message)?.[1]);
      });
    }
  }
  const client = createClient({ url: `${url.replace('http', 'ws')}/graphql`, webSocketImpl: Socket, retryAttempts: 0 });
  const said = await new Promise<string>((resolve) => {
    const say = (answer: unknown): void => {
      resolve(JSON.stringify(answer));
    };
    setTimeout(resolve, PATIENCE_MS, 'SILENT');
    client.subscribe({ query }, { next: say, error: say, complete: () => undefined });
  });
  await client.dispose();
  if (said === 'SILENT') return said;
  if (refusedWith === 401) return 'UNKNOWN';
  if (said.includes('"FORBIDDEN"')) return 'FORBIDDEN';
  // Let in, and told that nothing is followed yet.
  if (said.includes('"NOT_FOLLOWED"')) return 'IN';
  if (said.includes('"data"') && !said.includes('"errors"')) return 'IN';
  throw new Error(`an unexpected answer to ${query}: ${said} (${String(refusedWith)})`);
}
