import { GrantRole } from '@headwater/application/access/grant-role';
import { RotateToken } from '@headwater/application/access/rotate-token';
import { LOCAL_PRINCIPAL } from '@headwater/application/access/principals';
import { MICROS_PER_SECOND } from '@headwater/domain/time';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NO_DOMAINS } from '../support/access.js';
import { bearer, eventually, makeToken } from '../support/callers.js';
import { ask, dataOf } from '../support/graphql.js';
import { startServer, type TestServer } from '../support/server.js';

const OPERATOR = { principal: LOCAL_PRINCIPAL, address: null };

const BASE = { eventTime: '2026-11-20T00:00:00Z', producer: 'https://example.com', schemaURL: 'https://example.com' };
let runs = 0;
function run(namespace: string, outputs: readonly string[] = []): object {
  const runId = `0190aaaa-0000-7000-8000-${String((runs += 1)).padStart(12, '0')}`;
  const written = outputs.map((of) => ({ namespace: of, name: 'table' }));
  return { ...BASE, eventType: 'COMPLETE', run: { runId }, job: { namespace, name: 'job' }, outputs: written };
}
const job = (namespace: string): object => ({ ...BASE, job: { namespace, name: 'declared' } });
const dataset = (namespace: string): object => ({ ...BASE, dataset: { namespace, name: 'table' } });

describe('tokens for some namespaces', () => {
  let server: TestServer;
  let mine: Record<string, string>;
  let actor: string;

  beforeAll(async () => {
    server = await startServer({ HEADWATER_AUTH: 'on' });
    const { text, token } = await makeToken(server.access, { writes: ['team/*', '!team/secret'] });
    mine = bearer(text);
    actor = `token:${token.id}`;
  });
  afterAll(() => server.close());

  const send = (body: object, path = '', headers = mine): Promise<Response> =>
    fetch(`${server.url}/api/v1/lineage${path}`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const head = async (): Promise<number> => {
    const { rows } = await server.pool.query<{ count: number }>(
      "SELECT count(*)::int AS count FROM event_log WHERE kind <> 'ACCESS'",
    );
    return rows[0]?.count ?? 0;
  };

  test('its own jobs, declared jobs and datasets are written, whatever other namespaces they write to', async () => {
    for (const event of [run('team/a'), job('team/a'), dataset('team/a'), run('team/a', ['other', 'team/secret'])]) {
      expect((await send(event)).status).toBe(201);
    }
  });

  test("another's job, declared job or dataset is refused with 403, and nothing of it is stored", async () => {
    const before = await head();
    for (const event of [
      run('other'),
      job('other'),
      dataset('other'),
      run('team/secret'),
      run('team'),
      run('TEAM/a'),
    ]) {
      const answer = await send(event);
      expect(answer.status).toBe(403);
      expect(await answer.json()).toMatchObject({ code: 'FORBIDDEN', type: 'urn:headwater:problem:foreign-namespace' });
    }
    expect(await head()).toBe(before);
  });

  test('in a batch each event is judged on its own', async () => {
    const before = await head();
    const events = [run('team/a'), run('other'), { nonsense: true }, dataset('other'), dataset('team/b')];
    const answer = await send(events, '/batch');
    expect(answer.status).toBe(200);
    const said = (await answer.json()) as { summary: object; failed_events: { index: number; retriable: boolean }[] };
    expect(said.summary).toMatchObject({ received: 5, successful: 2, failed: 3, retriable: 0, non_retriable: 3 });
    expect(said.failed_events.map(({ index, retriable }) => [index, retriable])).toEqual([
      [1, false],
      [2, false],
      [3, false],
    ]);
    expect(await head()).toBe(before + 2);
  });

  test('what was refused is in the audit, with who tried', async () => {
    await server.access.refusals.flush();
    const everything = bearer((await makeToken(server.access)).text);
    const query = `{ accessEvents(filter: { types: [REFUSED], actor: "${actor}" }) { edges { node { reason count } } } }`;
    const { accessEvents } = await dataOf<{ accessEvents: { edges: unknown[] } }>(server.url, query, {}, everything);
    expect(accessEvents.edges).toEqual([{ node: { reason: 'FOREIGN_NAMESPACE', count: 8 } }]);
  });

  test('two grants write where either does', async () => {
    const { text, token } = await makeToken(server.access, { scopes: ['lineage:write'], writes: ['a'] });
    const both = bearer(text);
    expect((await send(run('b'), '', both)).status).toBe(403);
    const wanted = { subject: `token:${token.id}`, role: 'producer', namespaces: ['b'] } as const;
    await new GrantRole(server.access.parts, NO_DOMAINS).execute(OPERATOR, wanted);
    expect((await send(run('b'), '', both)).status).toBe(201);
    expect((await send(run('a'), '', both)).status).toBe(201);
    expect((await send(run('c'), '', both)).status).toBe(403);
  });

  test('a rotated token and its successor both write for the overlap, and only the successor after it', async () => {
    const old = await makeToken(server.access, { scopes: ['lineage:write'], writes: ['team/*'] });
    const rotate = new RotateToken(server.access.parts);
    const next = await rotate.execute(OPERATOR, old.token.id, 2 * MICROS_PER_SECOND);
    expect((await send(run('team/a'), '', bearer(old.text))).status).toBe(201);
    expect((await send(run('team/a'), '', bearer(next.text))).status).toBe(201);
    await eventually(
      async () => (await send(run('team/a'), '', bearer(old.text))).status,
      (status) => status === 401,
    );
    expect((await send(run('team/a'), '', bearer(next.text))).status).toBe(201);
    expect((await send(run('other'), '', bearer(next.text))).status).toBe(403);
  });

  test('when a token was used last is told, and not for one that was only guessed at', async () => {
    const [used, guessed] = [await makeToken(server.access), await makeToken(server.access)];
    const startedAt = new Date().toISOString();
    expect((await ask(server.url, '{ viewer { id } }', {}, bearer(used.text))).status).toBe(200);
    await ask(server.url, '{ viewer { id } }', {}, bearer(`${guessed.text.slice(0, -4)}AAAA`));
    const list = '{ tokens(first: 2) { edges { node { id lastUsedAt } } } }';
    const uses = async (): Promise<Record<string, string | null>> => {
      const { tokens } = await dataOf<{
        tokens: { edges: { node: { id: string; lastUsedAt: string | null } }[] };
      }>(server.url, list, {}, bearer(used.text));
      return Object.fromEntries(tokens.edges.map(({ node }) => [node.id, node.lastUsedAt]));
    };
    const told = await eventually(uses, (seen) => seen[used.token.id] !== null, 25_000);
    expect((told[used.token.id] ?? '') >= startedAt.slice(0, 19)).toBe(true);
    expect(told[guessed.token.id]).toBeNull();
  });
});
