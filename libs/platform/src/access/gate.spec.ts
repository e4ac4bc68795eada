import { BytesInFlight } from '@headwater/application/ingest/bytes-in-flight';
import { CreateToken, type NewToken } from '@headwater/application/access/create-token';
import { GrantRole } from '@headwater/application/access/grant-role';
import { LOCAL_PRINCIPAL } from '@headwater/application/access/principals';
import { SCOPES, type Role } from '@headwater/domain/access/scopes';
import { UnsteadyAccessStore } from '@headwater/store-contract/access-store/unsteady-access-store';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readConfig } from '../config.js';
import { HttpAdapter } from '../http/http-adapter.js';
import { createLogger } from '../logging/logger.js';
import { SystemClock } from '../system-clock.js';
import { SystemIdSource } from '../system-id-source.js';
import { AccessServices } from './access-services.js';
import type { RouteAccess } from './route-access.js';

const NO_DOMAINS = { definitions: () => Promise.resolve(new Map()) };

const ORIGIN = 'http://localhost:4000';
const ASKER = { principal: LOCAL_PRINCIPAL, address: null };

let server: FastifyInstance;
let access: AccessServices;
let store: UnsteadyAccessStore;

/** A colon would begin a parameter. */
const pathOf = (one: RouteAccess): string => `/${one.replace(':', '.')}`;

/** Routes of each access that answer who came in. */
async function start(settings: Record<string, string> = {}): Promise<void> {
  const config = readConfig({ HEADWATER_LOG_LEVEL: 'silent', ...settings });
  const logger = createLogger(config.logging);
  const clock = new SystemClock();
  store = new UnsteadyAccessStore(clock);
  access = new AccessServices({ config, store, clock, ids: new SystemIdSource(), logger });
  const budget = new BytesInFlight(config.ingest.maxBytesInFlight);
  server = new HttpAdapter({
    config,
    budget,
    logger,
    gate: access.gate,
    refusals: access.refusals,
    refusedEvents: { add: () => undefined },
  }).getInstance<FastifyInstance>();
  const all: readonly RouteAccess[] = ['PUBLIC', 'SIGNED_IN', ...SCOPES];
  for (const one of all) {
    server.route({
      method: ['GET', 'POST'],
      url: pathOf(one),
      config: { access: one },
      handler: (request) => ({ who: request.principal?.id ?? null }),
    });
  }
  server.post('/events', { config: { access: 'lineage:write', rate: 'EVENTS' } }, () => ({}));
  await server.ready();
}

beforeEach(() => start());
afterEach(async () => {
  await server.close();
  await access.close();
});

async function tokenWith(scopes: NewToken['scopes'], parts: Partial<NewToken> = {}): Promise<string> {
  const wanted = { name: 'a', owner: 'b', scopes, writes: null, reads: null, expiresAt: null, ...parts };
  return (await new CreateToken(access.parts).execute(ASKER, wanted)).text;
}

async function cookie(roles: readonly Role[] = ['viewer']): Promise<string> {
  const user = { id: 'user:a#b', name: 'b', email: null, groups: [], roles, token: null } as const;
  return `headwater=${await access.sessions.start({ user, method: 'OIDC', address: null })}`;
}

type Sent = Record<string, string>;
const send = (url: string, headers: Sent = {}, method: 'GET' | 'POST' = 'GET') =>
  server.inject({ method, url, headers: { host: 'localhost:4000', ...headers } });
const statusOf = async (url: string, headers: Sent = {}, method: 'GET' | 'POST' = 'GET'): Promise<number> =>
  (await send(url, headers, method)).statusCode;

async function refusals(): Promise<readonly unknown[]> {
  await access.refusals.flush();
  const { items } = await store.events({ types: ['REFUSED'] }, { first: 100, after: null });
  return items.map(({ item: { actor, address, detail } }) => ({ actor, address, ...detail }));
}

describe('credentials', () => {
  test('a public route lets everybody in, as nobody', async () => {
    expect((await send('/PUBLIC')).json()).toEqual({ who: null });
    expect((await send('/PUBLIC', { authorization: 'Bearer nonsense' })).json()).toEqual({ who: null });
  });

  test('without credentials nobody comes in, and is told how to', async () => {
    const answer = await send('/SIGNED_IN');
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="headwater"');
    expect(answer.json()).toMatchObject({ code: 'UNAUTHENTICATED', type: 'urn:headwater:problem:unauthenticated' });
  });

  test('every wrong credential gets the same answer, and the audit the reason', async () => {
    const good = await tokenWith(['catalog:read']);
    const bodies = new Set<string>();
    const wrong = [
      good.replace(/.$/, (end) => (end === 'A' ? 'B' : 'A')),
      'hw_nonsense',
      'x',
      `hw_000000000000_${good.slice(-43)}`,
    ];
    for (const text of wrong) {
      const answer = await send('/SIGNED_IN', { authorization: `Bearer ${text}` });
      expect(answer.statusCode).toBe(401);
      expect(answer.headers['www-authenticate']).toBe('Bearer realm="headwater", error="invalid_token"');
      const { traceId: _traceId, ...body } = answer.json<Record<string, unknown>>();
      bodies.add(JSON.stringify(body));
    }
    expect(bodies.size).toBe(1);
    expect(await refusals()).toHaveLength(2);
  });

  test('the scheme may be written in any case; nothing but a header or the cookie is looked at', async () => {
    const text = await tokenWith(['catalog:read']);
    expect(await statusOf('/catalog.read', { authorization: `bEARER ${text}` })).toBe(200);
    expect(await statusOf(`/catalog.read?access_token=${text}`)).toBe(401);
    expect(await statusOf('/catalog.read', { authorization: text })).toBe(401);
    expect(await statusOf('/catalog.read', { authorization: `Basic ${text}` })).toBe(401);
    expect(await statusOf('/catalog.read', { 'x-api-key': text })).toBe(401);
  });

  test('a header is judged and the cookie beside it is not, be the header ever so wrong', async () => {
    const mine = await cookie();
    expect(await statusOf('/SIGNED_IN', { cookie: mine })).toBe(200);
    expect(await statusOf('/SIGNED_IN', { cookie: mine, authorization: 'Bearer x' })).toBe(401);
    expect(await statusOf('/SIGNED_IN', { cookie: 'headwater=x' })).toBe(401);
    expect(await statusOf('/SIGNED_IN', { cookie: 'headwater=' })).toBe(401);
  });

  test('a browser that opens a page is sent to where one signs in, with the way back', async () => {
    const answer = await send('/SIGNED_IN?a=b', { accept: 'text/html,*/*' });
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/auth/sign-in?next=%2FSIGNED_IN%3Fa%3Db']);
    expect(await statusOf('/SIGNED_IN', { accept: 'text/html', authorization: 'Bearer x' })).toBe(401);
    expect(await statusOf('/SIGNED_IN', { accept: 'text/html' }, 'POST')).toBe(401);
  });

  test('while tokens cannot be read the answer is an outage, and the audit has nothing of it', async () => {
    const text = await tokenWith(['catalog:read']);
    store.isAway = true;
    expect(await statusOf('/SIGNED_IN', { authorization: `Bearer ${text}` })).toBe(503);
    store.isAway = false;
    expect(await refusals()).toEqual([]);
  });
});

describe('scopes', () => {
  test('each scope opens the routes that ask for it, and no others', async () => {
    for (const scope of SCOPES) {
      const headers = { authorization: `Bearer ${await tokenWith([scope])}` };
      const open = [];
      for (const route of ['SIGNED_IN', ...SCOPES] as const) {
        if ((await statusOf(pathOf(route), headers)) === 200) open.push(route);
      }
      expect(open).toEqual(['SIGNED_IN', scope]);
    }
  });

  test('a missing scope is named, and counted with who lacked it', async () => {
    const text = await tokenWith(['catalog:read']);
    const answer = await send('/admin', { authorization: `Bearer ${text}` });
    expect(answer.statusCode).toBe(403);
    expect(answer.json()).toMatchObject({ code: 'FORBIDDEN', detail: expect.stringContaining('admin') as unknown });
    expect(await refusals()).toMatchObject([
      { actor: `token:${text.slice(3, 15)}`, reason: 'MISSING_SCOPE', count: 1 },
    ]);
  });
});

describe('a person without any role', () => {
  test('is told whom to ask and by which name, and is counted as that', async () => {
    const mine = { cookie: await cookie([]) };
    expect(await statusOf('/SIGNED_IN', mine)).toBe(200);
    const answer = await send('/catalog.read', mine);
    expect(answer.statusCode).toBe(403);
    expect(answer.json()).toMatchObject({
      type: 'urn:headwater:problem:no-role',
      detail: 'You have no role here yet. Ask an administrator of this catalog to grant one to user:a#b',
    });
    await new GrantRole(access.parts, NO_DOMAINS).execute(ASKER, {
      subject: 'user:a#b',
      role: 'viewer',
      namespaces: null,
    });
    expect(await statusOf('/catalog.read', mine)).toBe(200);
    expect(await statusOf('/admin', mine)).toBe(403);
    expect(await refusals()).toMatchObject([
      { actor: 'user:a#b', reason: 'MISSING_SCOPE', count: 1 },
      { actor: 'user:a#b', reason: 'NO_ROLE', count: 1 },
    ]);
  });
});

describe('cookies', () => {
  test('what changes something needs an Origin of ours, or a browser that says it is', async () => {
    const mine = { cookie: await cookie() };
    expect(await statusOf('/SIGNED_IN', mine)).toBe(200);
    expect(await statusOf('/SIGNED_IN', mine, 'POST')).toBe(403);
    expect(await statusOf('/SIGNED_IN', { ...mine, origin: ORIGIN }, 'POST')).toBe(200);
    expect(await statusOf('/SIGNED_IN', { ...mine, 'sec-fetch-site': 'same-origin' }, 'POST')).toBe(200);
    expect(await statusOf('/SIGNED_IN', { ...mine, 'sec-fetch-site': 'same-site' }, 'POST')).toBe(403);
    expect(await statusOf('/SIGNED_IN', { ...mine, origin: 'https://evil.example' }, 'POST')).toBe(403);
    expect(await statusOf('/SIGNED_IN', { ...mine, origin: 'null' }, 'POST')).toBe(403);
    const upgrade = { ...mine, connection: 'upgrade', upgrade: 'websocket' };
    expect(await statusOf('/SIGNED_IN', upgrade)).toBe(403);
    // A foreign Origin is refused before anybody asks who sends it.
    expect(await refusals()).toMatchObject([
      { actor: null, reason: 'FOREIGN_ORIGIN', count: 2 },
      { actor: 'user:a#b', reason: 'FOREIGN_ORIGIN', count: 3 },
    ]);
  });

  test('a token needs none', async () => {
    expect(await statusOf('/SIGNED_IN', { authorization: `Bearer ${await tokenWith(['admin'])}` }, 'POST')).toBe(200);
  });
});

describe('what is refused before the gate', () => {
  test('a foreign Host or Origin is counted for the audit, once an address and reason, whatever the headers say', async () => {
    for (let n = 0; n < 600; n += 1) {
      expect(await statusOf('/PUBLIC', { host: `evil-${String(n)}.example` })).toBe(403);
      expect(await statusOf('/SIGNED_IN', { origin: `https://evil-${String(n)}.example` }, 'POST')).toBe(403);
    }
    const answer = await send('/nowhere', { host: 'evil.example' });
    expect(answer.json()).toMatchObject({ type: 'urn:headwater:problem:foreign-host', code: 'FORBIDDEN' });
    expect(answer.body).not.toContain('evil');
    expect(await refusals()).toEqual(
      [
        { reason: 'FOREIGN_HOST', count: 601 },
        { reason: 'FOREIGN_ORIGIN', count: 600 },
      ]
        .map((line) => ({
          ...{ type: 'REFUSED', actor: null, token: null, address: '127.0.0.1' },
          ...{ firstAt: expect.any(Number) as number, lastAt: expect.any(Number) as number },
          ...line,
        }))
        .reverse(),
    );
  });

  test('addresses of such requests are told apart in a bounded number of lines', async () => {
    await server.close();
    await access.close();
    await start({ HEADWATER_TRUSTED_PROXIES: '127.0.0.0/8' });
    for (let n = 0; n < 1_200; n += 1) {
      await send('/PUBLIC', { host: 'evil.example', 'x-forwarded-for': `2001:db8::${n.toString(16)}` });
    }
    await access.refusals.flush();
    let count = 0;
    let lines = 0;
    for (let after: string | null = null; ;) {
      const page = await store.events({ types: ['REFUSED'] }, { first: 100, after });
      for (const { item } of page.items) count += item.detail.type === 'REFUSED' ? item.detail.count : 0;
      lines += page.items.length;
      if (!page.hasNextPage) break;
      after = page.items.at(-1)?.cursor ?? null;
    }
    expect(count).toBe(1_200);
    expect(lines).toBe(501);
  });

  test('where authentication is off, it is counted too', async () => {
    await server.close();
    await access.close();
    await start({ HEADWATER_AUTH: 'off' });
    expect(await statusOf('/admin', { host: 'evil.example' })).toBe(403);
    expect(await refusals()).toMatchObject([{ actor: null, reason: 'FOREIGN_HOST', count: 1 }]);
  });
});

describe('rates', () => {
  const restart = async (settings: Record<string, string>): Promise<void> => {
    await server.close();
    await access.close();
    await start(settings);
  };

  test('each caller has a rate of its own and is told it; beyond it 429 says when to come back', async () => {
    await restart({ HEADWATER_REQUESTS_PER_MINUTE: '3' });
    const [one, two] = [await tokenWith(['catalog:read']), await tokenWith(['catalog:read'])];
    const first = await send('/catalog.read', { authorization: `Bearer ${one}` });
    expect(first.headers['ratelimit-policy']).toBe('"requests";q=3;w=60');
    expect(first.headers['ratelimit']).toMatch(/^"requests";r=2;t=(?:60|59)$/);
    for (let n = 0; n < 2; n += 1)
      expect(await statusOf('/catalog.read', { authorization: `Bearer ${one}` })).toBe(200);
    const refused = await send('/catalog.read', { authorization: `Bearer ${one}` });
    expect(refused.statusCode).toBe(429);
    expect(refused.headers['ratelimit']).toMatch(/^"requests";r=0;t=\d+$/);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(await statusOf('/catalog.read', { authorization: `Bearer ${two}` })).toBe(200);
    expect(await refusals()).toMatchObject([{ actor: `token:${one.slice(3, 15)}`, reason: 'RATE_LIMITED', count: 1 }]);
  });

  test("an address has twenty callers' worth, whoever calls from it", async () => {
    await restart({ HEADWATER_REQUESTS_PER_MINUTE: '1' });
    const statuses = [];
    for (let n = 0; n < 21; n += 1) {
      statuses.push(await statusOf('/SIGNED_IN', { authorization: `Bearer ${await tokenWith(['admin'])}` }));
    }
    expect(statuses).toEqual([...Array.from({ length: 20 }, () => 200), 429]);
  });

  test('events have a rate of their own, and beyond it 503, which their clients try again at', async () => {
    await restart({ HEADWATER_EVENT_REQUESTS_PER_MINUTE: '1', HEADWATER_REQUESTS_PER_MINUTE: '1' });
    const headers = { authorization: `Bearer ${await tokenWith(['lineage:write', 'catalog:read'])}` };
    expect(await statusOf('/events', headers, 'POST')).toBe(200);
    const refused = await send('/events', headers, 'POST');
    expect(refused.statusCode).toBe(503);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(refused.json()).toMatchObject({ detail: expect.stringContaining('Too many') as unknown });
    expect(await statusOf('/catalog.read', headers)).toBe(200);
  });

  test('an address that shows many wrong credentials is refused them, and good tokens from it are not', async () => {
    await restart({ HEADWATER_FAILURES_PER_MINUTE: '5' });
    const good = { authorization: `Bearer ${await tokenWith(['catalog:read'])}` };
    const statuses = [];
    for (let n = 0; n < 7; n += 1) statuses.push(await statusOf('/SIGNED_IN', { authorization: 'Bearer hw_x' }));
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429]);
    expect(await statusOf('/catalog.read', good)).toBe(200);
    // A cookie costs a statement: it is not even looked at.
    expect(await statusOf('/SIGNED_IN', { cookie: await cookie() })).toBe(429);
    expect(await statusOf('/SIGNED_IN')).toBe(401);
  });

  test('0 sets no limit', async () => {
    await restart({ HEADWATER_REQUESTS_PER_MINUTE: '0', HEADWATER_FAILURES_PER_MINUTE: '0' });
    const answer = await send('/catalog.read', { authorization: `Bearer ${await tokenWith(['catalog:read'])}` });
    expect(answer.headers).not.toHaveProperty('ratelimit');
    for (let n = 0; n < 100; n += 1) await send('/SIGNED_IN', { authorization: 'Bearer hw_x' });
    expect(await statusOf('/SIGNED_IN', { authorization: 'Bearer hw_x' })).toBe(401);
  });

  test('X-Forwarded-For is believed from the proxies that are named, and from nobody else', async () => {
    const forwarded = { 'x-forwarded-for': '203.0.113.9, 192.0.2.7' };
    await send('/SIGNED_IN', forwarded);
    expect(await refusals()).toMatchObject([{ address: '127.0.0.1' }]);
    await restart({ HEADWATER_TRUSTED_PROXIES: '127.0.0.0/8' });
    await send('/SIGNED_IN', forwarded);
    // The last hop that no proxy of ours is; what stands before it anybody may have written.
    expect(await refusals()).toMatchObject([{ address: '192.0.2.7' }]);
  });
});

test('where authentication is off, everybody on this machine is one principal with every scope', async () => {
  await server.close();
  await access.close();
  await start({ HEADWATER_AUTH: 'off' });
  expect((await send('/admin')).json()).toEqual({ who: 'local:anyone' });
  expect((await send('/admin', { authorization: 'Bearer x' })).json()).toEqual({ who: 'local:anyone' });
});

test('a route that declares no access keeps the server from starting, and is named', async () => {
  const config = readConfig({ HEADWATER_LOG_LEVEL: 'silent' });
  const logger = createLogger(config.logging);
  const budget = new BytesInFlight(1);
  const open = new HttpAdapter({
    config,
    budget,
    logger,
    gate: access.gate,
    refusals: access.refusals,
    refusedEvents: { add: () => undefined },
  }).getInstance<FastifyInstance>();
  open.get('/forgotten', () => ({}));
  await expect(open.ready()).rejects.toThrow('Routes that declare no access: GET /forgotten');
});
