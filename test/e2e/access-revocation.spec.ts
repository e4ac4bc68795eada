import { GrantRole } from '@headwater/application/access/grant-role';
import { LOCAL_PRINCIPAL } from '@headwater/application/access/principals';
import { RevokeToken } from '@headwater/application/access/revoke-token';
import { WithdrawRole } from '@headwater/application/access/withdraw-role';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { NO_DOMAINS } from '../support/access.js';
import { bearer, eventually, makeToken, signIn } from '../support/callers.js';
import { ask } from '../support/graphql.js';
import { ProductProcess } from '../support/product.js';
import { startServer, type TestServer } from '../support/server.js';

const OPERATOR = { principal: LOCAL_PRINCIPAL, address: null };
const SUBSCRIPTION = 'subscription { assetChanged { position } }';

/** Seconds in which a change must count everywhere. */
const SOON_MS = 5_000;

describe('the end of a credential, on a second process with the same database', () => {
  let server: TestServer;
  let second: ProductProcess;

  beforeAll(async () => {
    server = await startServer({ HEADWATER_AUTH: 'on' });
    const settings = { DATABASE_URL: server.databaseUrl, HEADWATER_AUTH: 'on' };
    second = await ProductProcess.serve(settings, ['--part', 'api']);
  });
  afterAll(async () => {
    await second.stop();
    await server.close();
  });

  const statusOf = async (headers: Record<string, string>): Promise<number> =>
    (await ask(second.url, '{ viewer { id } }', {}, headers)).status;
  const codeOf = async (headers: Record<string, string>): Promise<unknown> =>
    (await ask(second.url, '{ status { logId } }', {}, headers)).errors[0]?.extensions['code'] ?? null;

  /** A subscription that runs, and the code that its connection is closed with. */
  async function watch(headers: Record<string, string>): Promise<{ readonly closed: Promise<number> }> {
    const socket = new WebSocket(`${second.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { headers });
    const closed = new Promise<number>((resolve) => socket.once('close', resolve));
    await new Promise((resolve, reject) => {
      socket.once('error', reject);
      socket.once('open', () => {
        socket.send(JSON.stringify({ type: 'connection_init' }));
      });
      socket.once('message', resolve);
    });
    socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: SUBSCRIPTION } }));
    return { closed: Promise.race([closed, new Promise<number>((resolve) => setTimeout(resolve, 10_000, 0))]) };
  }

  test('a token made on one process is good on the other, and refused soon after it is revoked', async () => {
    const { text, token } = await makeToken(server.access);
    await eventually(
      () => statusOf(bearer(text)),
      (status) => status === 200,
      SOON_MS,
    );
    await new RevokeToken(server.access.parts).execute(OPERATOR, token.id);
    await eventually(
      () => statusOf(bearer(text)),
      (status) => status === 401,
      SOON_MS,
    );
  });

  test('a role counts on the other process soon after it is bound, and not any more after it is withdrawn', async () => {
    const id = 'user:https://id.example#far';
    const headers = { cookie: await signIn(server.access, { id, roles: [] }), origin: second.url };
    expect(await codeOf(headers)).toBe('FORBIDDEN');
    const wanted = { subject: id, role: 'viewer', namespaces: null } as const;
    const binding = await new GrantRole(server.access.parts, NO_DOMAINS).execute(OPERATOR, wanted);
    await eventually(
      () => codeOf(headers),
      (code) => code === null,
      SOON_MS,
    );
    await new WithdrawRole(server.access.parts).execute(OPERATOR, binding.id);
    await eventually(
      () => codeOf(headers),
      (code) => code === 'FORBIDDEN',
      SOON_MS,
    );
  });

  test('a session that is ended on one process is over on the other', async () => {
    const id = 'user:https://id.example#gone';
    const headers = { cookie: await signIn(server.access, { id, roles: ['viewer'] }), origin: second.url };
    expect(await statusOf(headers)).toBe(200);
    await server.access.sessions.endAll(id, 'local:anyone', null);
    await eventually(
      () => statusOf(headers),
      (status) => status === 401,
      SOON_MS,
    );
  });

  test('an open subscription is closed as unauthorized with its token, or its session', async () => {
    const id = 'user:https://id.example#watching';
    const { text, token } = await makeToken(server.access);
    await eventually(
      () => statusOf(bearer(text)),
      (status) => status === 200,
      SOON_MS,
    );
    const byToken = await watch(bearer(text));
    const cookie = await signIn(server.access, { id, roles: ['viewer'] });
    const byCookie = await watch({ cookie, origin: second.url });
    await new RevokeToken(server.access.parts).execute(OPERATOR, token.id);
    await server.access.sessions.endAll(id, 'local:anyone', null);
    expect(await byToken.closed).toBe(4401);
    expect(await byCookie.closed).toBe(4401);
  });

  test('an open subscription is closed for its client to connect anew when its rights change', async () => {
    const id = 'user:https://id.example#changing';
    const wanted = { subject: id, role: 'viewer', namespaces: null } as const;
    const binding = await new GrantRole(server.access.parts, NO_DOMAINS).execute(OPERATOR, wanted);
    const cookie = await signIn(server.access, { id, roles: [] });
    await eventually(
      () => codeOf({ cookie, origin: second.url }),
      (code) => code === null,
      SOON_MS,
    );
    const { closed } = await watch({ cookie, origin: second.url });
    await new WithdrawRole(server.access.parts).execute(OPERATOR, binding.id);
    expect(await closed).toBe(4403);
  });

  test('a token that expires closes what was opened with it', async () => {
    const { text } = await makeToken(server.access, { expiresAt: server.access.parts.clock.now() + 4_000_000 });
    await eventually(
      () => statusOf(bearer(text)),
      (status) => status === 200,
      3_000,
    );
    const { closed } = await watch(bearer(text));
    expect(await closed).toBe(4401);
  });
});
