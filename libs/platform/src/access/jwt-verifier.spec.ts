import { principalOfUser } from '@headwater/application/access/principals';
import type { SessionUser } from '@headwater/domain/access/access-store';
import { base64url, exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey, type JWK } from 'jose';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { JwtVerifier, userOfClaims } from './jwt-verifier.js';
import type { OidcSettings } from './oidc-settings.js';

const ISSUER = 'https://id.example.com/realm';
const SETTINGS: OidcSettings = {
  issuer: ISSUER,
  clientId: 'headwater',
  clientSecret: null,
  audience: 'headwater-api',
  scope: 'openid',
  rolesClaim: 'realm_access.roles',
  groupsClaim: 'groups',
  roleMap: new Map([
    ['data-admins', 'admin'],
    ['analysts', 'viewer'],
  ]),
};

interface Key {
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
}
let keys: readonly Key[];
/** What the provider's JWKS holds at the moment. */
let published: readonly JWK[];
let fetches: number;
let isAway: boolean;
let verifier: JwtVerifier;

async function newKey(kid: string, alg = 'RS256'): Promise<Key> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
}

beforeAll(async () => {
  keys = [await newKey('one'), await newKey('two', 'ES256')];
});
beforeEach(() => {
  published = keys.slice(0, 1).map(({ jwk }) => jwk);
  fetches = 0;
  isAway = false;
  verifier = new JwtVerifier({
    settings: SETTINGS,
    keysUrl: () => (isAway ? Promise.reject(new Error('no route')) : Promise.resolve(new URL(`${ISSUER}/keys`))),
    fetch: () => {
      fetches += 1;
      return isAway ? Promise.reject(new Error('no route')) : Promise.resolve(Response.json({ keys: published }));
    },
    principalOf: (user: SessionUser) => Promise.resolve(principalOfUser(user, [])),
  });
});

const seconds = (offset: number): number => Math.floor(Date.now() / 1000) + offset;
const CLAIMS = { iss: ISSUER, aud: 'headwater-api', sub: 'ada', realm_access: { roles: ['analysts', 'admin'] } };

function sign(claims: object = {}, header: object = {}, key = keys[0]): Promise<string> {
  if (key === undefined) throw new Error('no key');
  const payload = { ...CLAIMS, exp: seconds(300), iat: seconds(0), ...claims };
  return new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid: 'one', ...header }).sign(key.privateKey);
}

test('a JWT of the provider for this server is its subject, with the roles that the map gives', async () => {
  const judged = await verifier.judge(await sign());
  expect(judged).toMatchObject({ principal: { id: `user:${ISSUER}#ada`, kind: 'USER' } });
  expect('principal' in judged && judged.principal.scopes()).toEqual(['catalog:read']);
  await verifier.judge(await sign());
  expect(fetches).toBe(1);
});

test('another issuer, audience or key, a missing subject or end, or a time not yet come is refused', async () => {
  const stranger = await newKey('one');
  const wrong = [
    await sign({ iss: 'https://evil.example.com' }),
    await sign({ iss: `${ISSUER}/` }),
    await sign({ aud: 'other' }),
    await sign({ aud: [] }),
    await sign({ sub: undefined }),
    await sign({ exp: undefined }),
    await sign({ nbf: seconds(120) }),
    await sign({}, {}, stranger),
    `${await sign()}x`,
    'a.b.c',
    '',
  ];
  for (const text of wrong) expect(await verifier.judge(text)).toEqual({ refused: 'BAD_JWT', token: null });
});

test('one that is over is refused as such, with a minute for clocks that differ', async () => {
  expect(await verifier.judge(await sign({ exp: seconds(-61) }))).toEqual({ refused: 'EXPIRED_TOKEN', token: null });
  expect(await verifier.judge(await sign({ exp: seconds(-30) }))).toHaveProperty('principal');
  expect(await verifier.judge(await sign({ nbf: seconds(30) }))).toHaveProperty('principal');
});

test('no signature, or one by a secret that everybody knows, is none', async () => {
  const unsecured = new UnsecuredJWT({ ...CLAIMS, exp: seconds(300) }).encode();
  expect(await verifier.judge(unsecured)).toEqual({ refused: 'BAD_JWT', token: null });
  // The public key as the secret of an HMAC: the classic confusion of algorithms.
  const secret = new TextEncoder().encode(JSON.stringify(keys[0]?.jwk));
  const confused = await new SignJWT({ ...CLAIMS, exp: seconds(300) })
    .setProtectedHeader({ alg: 'HS256', kid: 'one' })
    .sign(secret);
  expect(await verifier.judge(confused)).toEqual({ refused: 'BAD_JWT', token: null });
  const [, payload = '', signature = ''] = (await sign()).split('.');
  for (const alg of ['none', 'None', 'HS256']) {
    const header = base64url.encode(JSON.stringify({ alg, kid: 'one' }));
    expect(await verifier.judge(`${header}.${payload}.${signature}`)).toEqual({ refused: 'BAD_JWT', token: null });
    expect(await verifier.judge(`${header}.${payload}.`)).toEqual({ refused: 'BAD_JWT', token: null });
  }
});

test('a key that a token brings along or points to is not looked at', async () => {
  const stranger = await newKey('one');
  const brought = await sign({}, { jwk: stranger.jwk, jku: 'https://evil.example.com/keys', kid: 'one' }, stranger);
  expect(await verifier.judge(brought)).toEqual({ refused: 'BAD_JWT', token: null });
  expect(fetches).toBe(1);
});

test('keys that the provider rotates to are found without a restart, and unknown ones do not make a flood', async () => {
  await verifier.judge(await sign());
  published = keys.map(({ jwk }) => jwk);
  const rotated = () => sign({}, { alg: 'ES256', kid: 'two' }, keys[1]);
  // The set is read again for a key that it lacks, but not twice within half a minute.
  expect(await verifier.judge(await rotated())).toEqual({ refused: 'BAD_JWT', token: null });
  const fresh = new JwtVerifier({
    settings: SETTINGS,
    keysUrl: () => Promise.resolve(new URL(`${ISSUER}/keys`)),
    fetch: () => Promise.resolve(Response.json({ keys: published })),
    principalOf: (user) => Promise.resolve(principalOfUser(user, [])),
  });
  expect(await fresh.judge(await rotated())).toHaveProperty('principal');
  const before = fetches;
  for (let n = 0; n < 20; n += 1) await verifier.judge(await sign({}, { kid: `x${String(n)}` }));
  expect(fetches - before).toBeLessThanOrEqual(1);
});

test('a provider that is away is an outage and not a wrong token, and is asked again', async () => {
  isAway = true;
  await expect(verifier.judge(await sign())).rejects.toMatchObject({
    category: 'UNAVAILABLE',
    reason: 'PROVIDER_AWAY',
  });
  isAway = false;
  expect(await verifier.judge(await sign())).toHaveProperty('principal');
});

test('claims become a user: only verified addresses and mapped roles count', () => {
  const claims = { ...CLAIMS, name: 'Ada', email: 'ada@id.example', groups: ['data', 7, 'ops'] };
  expect(userOfClaims({ ...claims, email_verified: true }, SETTINGS)).toEqual({
    id: `user:${ISSUER}#ada`,
    name: 'Ada',
    email: 'ada@id.example',
    groups: ['data', 'ops'],
    roles: ['viewer'],
    token: null,
  });
  for (const verified of [undefined, false, 'true', 1]) {
    expect(userOfClaims({ ...claims, email_verified: verified }, SETTINGS).email).toBeNull();
  }
  const plain = { ...SETTINGS, rolesClaim: 'https://example.com/roles' };
  const named = { sub: 'a', 'https://example.com/roles': 'data-admins analysts' };
  expect(userOfClaims(named, plain)).toMatchObject({ name: 'a', roles: ['admin', 'viewer'], groups: [] });
  const unmapped = { ...SETTINGS, roleMap: new Map() };
  expect(userOfClaims({ ...CLAIMS, realm_access: { roles: ['admin'] } }, unmapped).roles).toEqual([]);
  expect(userOfClaims({ sub: 'a', realm_access: null }, SETTINGS).roles).toEqual([]);
});
