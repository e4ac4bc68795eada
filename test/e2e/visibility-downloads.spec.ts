import { CreateToken } from '@headwater/application/access/create-token';
import { LOCAL_PRINCIPAL } from '@headwater/application/access/principals';
import type { Scope } from '@headwater/domain/access/scopes';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, caughtUp } from '../support/graphql.js';
import { eventsWithHiddenNamespace, leaksIn, SEEN } from '../support/hidden-namespace.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;

async function tokenWith(
  scopes: readonly Scope[],
  reads: readonly string[] | null,
): Promise<{ authorization: string }> {
  const wanted = { name: 'x', owner: 'tests', scopes, writes: null, reads, expiresAt: null };
  const { text } = await new CreateToken(server.access.parts).execute(
    { principal: LOCAL_PRINCIPAL, address: null },
    wanted,
  );
  return { authorization: `Bearer ${text}` };
}

beforeAll(async () => {
  server = await startServer({ HEADWATER_AUTH: 'on', HEADWATER_LOG_LEVEL: 'info' });
  const headers = { 'content-type': 'application/json', ...(await tokenWith(['lineage:write'], null)) };
  const body = JSON.stringify(eventsWithHiddenNamespace());
  const sent = await fetch(`${server.url}/api/v1/lineage/batch`, { method: 'POST', headers, body });
  expect(await sent.json()).toMatchObject({ status: 'success' });
  await caughtUp(server.url);
});
afterAll(() => server.close());

test('no route that gives something names what its caller may not see', async () => {
  const reader = await tokenWith(['catalog:read'], SEEN);
  const paths = server.routes.flatMap((route) => (route.startsWith('GET ') ? [route.slice(4)] : []));
  expect(paths).toContain('/metrics');
  for (const path of paths) {
    const response = await fetch(`${server.url}${path}`, { headers: reader, redirect: 'manual' });
    const text = `${JSON.stringify([...response.headers])} ${await response.text()}`;
    expect(leaksIn(text), path).toEqual([]);
  }
});

test('the whole product gives each caller its own view', async () => {
  const query = `{ search(query: "") { edges { node { id } } } events(first: 100) { edges { node { raw } } } }`;
  const [mine, all] = await Promise.all(
    [SEEN, null].map(async (reads) => ask(server.url, query, {}, await tokenWith(['catalog:read'], reads))),
  );
  expect(leaksIn(JSON.stringify(mine))).toEqual([]);
  expect(mine?.errors).toEqual([]);
  expect(leaksIn(JSON.stringify(all))).not.toEqual([]);
});

test('the log of the process names neither', () => {
  expect(leaksIn(JSON.stringify(server.logged()))).toEqual([]);
});
