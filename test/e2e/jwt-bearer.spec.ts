import { createHmac, createPublicKey } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadEvent } from '../support/http-load.js';
import { TestProvider } from '../support/oidc.js';
import { startServer, type TestServer } from '../support/server.js';

let provider: TestProvider;
let server: TestServer;

beforeAll(async () => {
  provider = await TestProvider.start();
  server = await startServer({ ...provider.settings, HEADWATER_FAILURES_PER_MINUTE: '0' });
  provider.allowReturnTo(`${server.url}/auth/oidc/callback`);
});
afterAll(async () => {
  await server.close();
  await provider.close();
});

let number = 0;
const send = async (token: string): Promise<number> =>
  (
    await fetch(`${server.url}/api/v1/lineage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(loadEvent('jwt', (number += 1))),
    })
  ).status;

const base64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const now = (): number => Math.floor(Date.now() / 1000);

describe('a JWT of the provider', () => {
  test('as it gives it to a service is a bearer token with the roles of its claims', async () => {
    expect(await send(await provider.serviceToken())).toBe(201);
    const { rows } = await server.pool.query('SELECT FROM event_log');
    expect(rows.length).toBeGreaterThan(0);
  });

  test('may do what its roles may, and nothing else', async () => {
    const answer = await fetch(`${server.url}/metrics`, {
      headers: { authorization: `Bearer ${await provider.serviceToken()}` },
    });
    expect(answer.status).toBe(403);
    expect(await send(await provider.sign({ roles: ['admin', 'nobody'] }))).toBe(403);
  });

  test.each<[string, () => Promise<string> | string]>([
    ['another issuer', () => provider.sign({ iss: 'https://evil.example' })],
    ['another audience', () => provider.sign({ aud: 'somebody-else' })],
    ['no audience', () => provider.sign({ aud: [] })],
    ['an expiry that is past', () => provider.sign({ exp: now() - 120 })],
    ['no expiry', () => provider.sign({ exp: undefined as never })],
    ['no subject', () => provider.sign({ sub: undefined as never })],
    ['a beginning that is to come', () => provider.sign({ nbf: now() + 120 })],
    [
      'the algorithm none',
      async () => {
        const [, claims = ''] = (await provider.sign()).split('.');
        return `${base64url({ alg: 'none', kid: provider.publicKey.kid })}.${claims}.`;
      },
    ],
    [
      'an HMAC with the public key as its secret',
      async () => {
        const [, claims = ''] = (await provider.sign()).split('.');
        const key = createPublicKey({ key: provider.publicKey as never, format: 'jwk' });
        const secret = key.export({ type: 'spki', format: 'pem' });
        const body = `${base64url({ alg: 'HS256', kid: provider.publicKey.kid })}.${claims}`;
        return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
      },
    ],
    [
      'the signature of another key under the same key id',
      async () => {
        const { privateKey } = await generateKeyPair('RS256');
        const claims = { iss: provider.issuer, aud: 'headwater-api', sub: 'x', roles: ['pipelines'] };
        const header = { alg: 'RS256', kid: provider.publicKey.kid ?? '' };
        return new SignJWT(claims).setProtectedHeader(header).setExpirationTime('5m').sign(privateKey);
      },
    ],
    [
      'a key of its own in its header',
      async () => {
        const { privateKey, publicKey } = await generateKeyPair('RS256');
        const claims = { iss: provider.issuer, aud: 'headwater-api', sub: 'x', roles: ['pipelines'] };
        const header = { alg: 'RS256', jwk: await exportJWK(publicKey) };
        return new SignJWT(claims).setProtectedHeader(header).setExpirationTime('5m').sign(privateKey);
      },
    ],
    [
      'claims that were changed',
      async () => {
        const [header = '', , signature = ''] = (await provider.sign()).split('.');
        const claims = {
          iss: provider.issuer,
          aud: 'headwater-api',
          sub: 'x',
          exp: now() + 300,
          roles: ['data-admins'],
        };
        return `${header}.${base64url(claims)}.${signature}`;
      },
    ],
    ['no signature', async () => (await provider.sign()).split('.').slice(0, 2).join('.')],
    ['nothing of a JWT', () => 'abc.def.ghi'],
  ])('with %s is refused', async (_, make) => {
    expect(await send(await make())).toBe(401);
  });

  test('within a minute of skew is taken', async () => {
    expect(await send(await provider.sign({ exp: now() - 20 }))).toBe(201);
    expect(await send(await provider.sign({ nbf: now() + 20 }))).toBe(201);
  });

  test('refused ones are audited with their reason, without the token', async () => {
    const token = await provider.sign({ aud: 'somebody-else' });
    await send(token);
    await server.access.refusals.flush();
    const { rows } = await server.pool.query<{ detail: { reason: string } }>(
      `SELECT detail FROM access_event WHERE type = 'REFUSED'`,
    );
    expect(rows.map(({ detail }) => detail.reason)).toContain('BAD_JWT');
    expect(JSON.stringify(rows) + JSON.stringify(server.logged())).not.toContain(token.split('.')[1]);
  });
});

test('keys that the provider rotates in are taken without a restart, and keys that it rotated out no longer', async () => {
  const old = await provider.sign();
  expect(await send(old)).toBe(201);
  await provider.rotateKeys();
  const fresh = await provider.sign();
  // The verifier asks for keys again at most every 30 s, so that nobody can make it flood the provider.
  await expect.poll(() => send(fresh), { timeout: 40_000, interval: 1_000 }).toBe(201);
  expect(await send(old)).toBe(401);
}, 60_000);
