import { afterEach, describe, expect, test } from 'vitest';
import { bearer, makeToken } from '../support/callers.js';
import { ask, dataOf } from '../support/graphql.js';
import { loadEvent } from '../support/http-load.js';
import { startServer, type TestServer } from '../support/server.js';

const FLOOD: ReadonlySet<unknown> = new Set(['UNAUTHENTICATED', 'RATE_LIMITED']);
const VIEWER = '{ viewer { id } }';

describe('how often somebody may ask', () => {
  let server: TestServer | undefined;
  afterEach(() => server?.close());

  async function start(settings: Record<string, string>): Promise<TestServer> {
    server = await startServer({ HEADWATER_AUTH: 'on', ...settings });
    return server;
  }
  const post = (url: string, path: string, body: unknown, headers: Record<string, string>): Promise<Response> =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const newCaller = async ({ access }: TestServer): Promise<Record<string, string>> =>
    bearer((await makeToken(access)).text);

  test('GraphQL tells each caller its rate, and answers 429 with Retry-After beyond it', async () => {
    const { url, access } = await start({ HEADWATER_REQUESTS_PER_MINUTE: '3' });
    const [one, two] = await Promise.all([1, 2].map(async () => bearer((await makeToken(access)).text)));
    if (one === undefined || two === undefined) throw new Error('two callers');
    const remaining: (string | null)[] = [];
    for (let n = 0; n < 3; n += 1) {
      const answer = await post(url, '/graphql', { query: VIEWER }, one);
      expect([answer.status, answer.headers.get('ratelimit-policy')]).toEqual([200, '"requests";q=3;w=60']);
      remaining.push(/;r=(\d+);/.exec(answer.headers.get('ratelimit') ?? '')?.[1] ?? null);
    }
    expect(remaining).toEqual(['2', '1', '0']);
    const refused = await post(url, '/graphql', { query: VIEWER }, one);
    expect(refused.status).toBe(429);
    const retryAfter = Number(refused.headers.get('retry-after'));
    expect(retryAfter > 0 && retryAfter <= 60).toBe(true);
    expect(await refused.text()).toContain('RATE_LIMITED');
    expect((await ask(url, VIEWER, {}, two)).status).toBe(200);
    // An expensive question is refused as early as a cheap one: before its body is read.
    expect((await post(url, '/graphql', { query: 'x'.repeat(500_000) }, one)).status).toBe(429);
  });

  test('ingest answers 503 with Retry-After, at which OpenLineage clients send again, and has a rate of its own', async () => {
    const running = await start({ HEADWATER_EVENT_REQUESTS_PER_MINUTE: '2', HEADWATER_REQUESTS_PER_MINUTE: '1' });
    const { url } = running;
    const caller = await newCaller(running);
    expect((await post(url, '/api/v1/lineage', loadEvent('rate', 1), caller)).status).toBe(201);
    expect((await post(url, '/api/v1/lineage/batch', [loadEvent('rate', 2)], caller)).status).toBe(200);
    for (const [path, body] of [
      ['/api/v1/lineage', loadEvent('rate', 3)],
      ['/api/v1/lineage/batch', [loadEvent('rate', 4)]],
    ] as const) {
      const refused = await post(url, path, body, caller);
      expect(refused.status).toBe(503);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(refused.headers.get('ratelimit-policy')).toBe('"events";q=2;w=60');
      expect(await refused.json()).toMatchObject({ type: 'urn:headwater:problem:rate-limited' });
    }
    expect((await ask(url, VIEWER, {}, caller)).status).toBe(200);
  });

  test('wrong credentials that bring events are never answered with 429', async () => {
    const { url } = await start({ HEADWATER_FAILURES_PER_MINUTE: '2' });
    const wrong = bearer(`hw_${'0'.repeat(12)}_${'A'.repeat(43)}`);
    const answers: Response[] = [];
    for (const path of ['/api/v1/lineage', '/api/v1/lineage/batch', '/api/v1/lineage', '/api/v1/lineage/batch']) {
      answers.push(await post(url, path, loadEvent('wrong', 1), wrong));
    }
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 503, 503]);
    expect(Number(answers[2]?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await post(url, '/graphql', { query: VIEWER }, wrong)).status).toBe(429);
  });

  test('an address has a rate too, and only proxies that are named may say which address it is', async () => {
    const strict = await start({ HEADWATER_REQUESTS_PER_MINUTE: '1' });
    const tokens = await Promise.all(Array.from({ length: 22 }, () => newCaller(strict)));
    const statuses = [];
    for (const [n, caller] of tokens.entries()) {
      const headers = { ...caller, 'x-forwarded-for': `192.0.2.${String(n)}` };
      statuses.push((await ask(strict.url, VIEWER, {}, headers)).status);
    }
    expect(statuses).toEqual([...Array.from({ length: 20 }, () => 200), 429, 429]);
    await strict.close();
    const behind = await start({
      HEADWATER_REQUESTS_PER_MINUTE: '1',
      HEADWATER_TRUSTED_PROXIES: '127.0.0.1,10.0.0.0/8',
    });
    const others = await Promise.all(Array.from({ length: 22 }, () => newCaller(behind)));
    for (const [n, caller] of others.entries()) {
      const headers = { ...caller, 'x-forwarded-for': `198.51.100.1, 192.0.2.${String(n)}, 10.1.1.1` };
      expect((await ask(behind.url, VIEWER, {}, headers)).status).toBe(200);
    }
    // What stands before the last hop that is no proxy of ours, the caller may have written itself.
    const forged = { ...tokens[0], 'x-forwarded-for': '127.0.0.1, 192.0.2.99' };
    expect((await ask(behind.url, VIEWER, {}, forged)).status).toBe(401);
    await behind.access.refusals.flush();
    const { rows } = await behind.pool.query<{ address: string }>(
      "SELECT address FROM access_event WHERE type = 'REFUSED'",
    );
    expect(rows).toEqual([{ address: '192.0.2.99' }]);
  });

  test('a flood of wrong tokens is a few lines of audit, and a good client beside it goes on', async () => {
    const running = await start({ HEADWATER_FAILURES_PER_MINUTE: '20' });
    const { url, access, pool } = running;
    const good = await newCaller(running);
    const { rows: before } = await pool.query<{ position: number }>('SELECT max(position) AS position FROM event_log');
    const statuses = new Map<number, number>();
    for (let n = 0; n < 200; n += 1) {
      const wrong = bearer(`hw_${String(n).padStart(12, '0')}_${'A'.repeat(43)}`);
      const { status } = await ask(url, VIEWER, {}, wrong);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (n % 20 === 0) expect((await ask(url, VIEWER, {}, good)).status).toBe(200);
    }
    expect([...statuses]).toEqual([
      [401, 20],
      [429, 180],
    ]);
    const lines = running.logged().filter(({ reason, category }) => [reason, category].some((code) => FLOOD.has(code)));
    expect(lines).toHaveLength(200);
    expect(lines.some((line) => 'err' in line)).toBe(false);
    await access.refusals.flush();
    const { rows } = await pool.query<{ kind: string }>('SELECT kind FROM event_log WHERE position > $1', [
      before[0]?.position,
    ]);
    expect(rows).toEqual([{ kind: 'ACCESS' }]);
    const query = '{ accessEvents(filter: { types: [REFUSED] }) { edges { node { reason count address token } } } }';
    const { accessEvents } = await dataOf<{ accessEvents: { edges: unknown[] } }>(url, query, {}, good);
    const line = { reason: 'UNKNOWN_TOKEN', count: 200, address: '127.0.0.1', token: null };
    expect(accessEvents.edges).toEqual([{ node: line }]);
  });
});
