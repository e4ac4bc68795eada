import { formatToken, secretHash } from '@headwater/domain/access/access-token';
import type { KeptToken } from '@headwater/domain/access/access-store';
import {
  addBinding,
  addToken,
  binding,
  line,
  NOW,
  SECOND,
  token,
} from '@headwater/store-contract/access-store/access-case';
import { ManualClock, UnsteadyAccessStore } from '@headwater/store-contract/access-store/unsteady-access-store';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AccessDirectory } from './access-directory.js';
import { AuthenticateToken } from './authenticate-token.js';
import { LastUses } from './last-uses.js';

const SECRET = 's'.repeat(43);
const [GOOD, ENDED] = ['0000000000aa', '0000000000bb'];
const text = (id: string, secret = SECRET): string => formatToken({ id, secret });
const kept = (id: string, parts: Partial<KeptToken> = {}): KeptToken =>
  token(1, { id, hash: secretHash(SECRET), ...parts });

let clock: ManualClock;
let store: UnsteadyAccessStore;
let uses: LastUses;
let authenticate: AuthenticateToken;
let errors: unknown[];

beforeEach(async () => {
  clock = new ManualClock(NOW);
  store = new UnsteadyAccessStore(clock);
  errors = [];
  uses = new LastUses(store, (error) => errors.push(error));
  authenticate = new AuthenticateToken(new AccessDirectory(store, clock), uses, clock);
  await addToken(store, kept(GOOD));
});
afterEach(() => uses.close());

const lastUse = async (): Promise<number | null | undefined> => {
  await uses.flush();
  return (await store.tokens({ first: 10, after: null })).items.find(({ item }) => item.id === GOOD)?.item.lastUsedAt;
};

test('a good token is its principal, with writing and reading each in its own namespaces', async () => {
  const judged = await authenticate.execute(text(GOOD));
  expect(judged).toMatchObject({ principal: { id: `token:${GOOD}`, kind: 'TOKEN', name: 'token 1' } });
  if (!('principal' in judged)) throw new Error('refused');
  expect(judged.principal.where('lineage:write').sets).toEqual([['s3://a/*', '!s3://a/tmp*']]);
  expect(judged.principal.where('catalog:read').isAll).toBe(true);
});

test('roles bound to a token come on top, and go with their binding', async () => {
  await addBinding(store, binding(1, { subject: `token:${GOOD}`, role: 'auditor' }));
  await Promise.resolve();
  const scopes = async (): Promise<unknown> => {
    const judged = await authenticate.execute(text(GOOD));
    return 'principal' in judged ? judged.principal.scopes() : judged;
  };
  expect(await scopes()).toContain('audit:read');
  await store.record(line({ type: 'TOKEN_REVOKED', token: '' }), [{ kind: 'REMOVE_BINDING', id: binding(1).id }]);
  await Promise.resolve();
  expect(await scopes()).toEqual(['lineage:write', 'catalog:read']);
});

test('a wrong, unknown or malformed token is refused, and the audit is told of a known id only', async () => {
  expect(await authenticate.execute(text(GOOD, 'x'.repeat(43)))).toEqual({ refused: 'UNKNOWN_TOKEN', token: GOOD });
  expect(await authenticate.execute(text('00000000dead'))).toEqual({ refused: 'UNKNOWN_TOKEN', token: null });
  for (const wrong of ['', 'hw_', `${text(GOOD)}x`, 'hw__', 'Bearer']) {
    expect(await authenticate.execute(wrong)).toEqual({ refused: 'UNKNOWN_TOKEN', token: null });
  }
});

test('an expired or revoked token is refused with its reason only to who has its secret', async () => {
  await addToken(store, kept(ENDED, { expiresAt: NOW + SECOND }));
  expect(await authenticate.execute(text(ENDED))).toHaveProperty('principal');
  clock.at += SECOND;
  expect(await authenticate.execute(text(ENDED))).toEqual({ refused: 'EXPIRED_TOKEN', token: ENDED });
  expect(await authenticate.execute(text(ENDED, 'x'.repeat(43)))).toMatchObject({ refused: 'UNKNOWN_TOKEN' });
  const revocation = { kind: 'REVOKE_TOKEN', id: GOOD, revokedAt: clock.at } as const;
  await store.record(line({ type: 'TOKEN_REVOKED', token: GOOD }), [revocation]);
  await Promise.resolve();
  expect(await authenticate.execute(text(GOOD))).toEqual({ refused: 'REVOKED_TOKEN', token: GOOD });
  expect(await authenticate.execute(text(GOOD, 'x'.repeat(43)))).toMatchObject({ refused: 'UNKNOWN_TOKEN' });
});

test('the last use is written now and then, and never by who was refused', async () => {
  await authenticate.execute(text(GOOD, 'x'.repeat(43)));
  expect(await lastUse()).toBeNull();
  await authenticate.execute(text(GOOD));
  expect(await lastUse()).toBe(NOW);
  clock.at += 29 * SECOND;
  await authenticate.execute(text(GOOD));
  expect(await lastUse()).toBe(NOW);
  clock.at += SECOND;
  await authenticate.execute(text(GOOD));
  expect(await lastUse()).toBe(NOW + 30 * SECOND);
});

test('a time of last use that cannot be written refuses nobody', async () => {
  await authenticate.execute(text(GOOD));
  store.isAway = true;
  await uses.flush();
  expect(errors).toHaveLength(1);
  expect(await authenticate.execute(text(GOOD))).toHaveProperty('principal');
});

test('a text that was found right is recalled, until anything changes or it expires', async () => {
  await addToken(store, kept(ENDED, { expiresAt: NOW + 2 * SECOND }));
  await Promise.resolve();
  expect(authenticate.recall(text(GOOD))).toBeUndefined();
  const find = async (id: string): Promise<void> => {
    // The first look reads the directory; what it finds is remembered from the second on.
    for (let n = 0; n < 2; n += 1) await authenticate.execute(text(id));
  };
  await find(GOOD);
  await find(ENDED);
  expect(authenticate.recall(text(GOOD))?.id).toBe(`token:${GOOD}`);
  expect(authenticate.recall(text(ENDED))?.id).toBe(`token:${ENDED}`);
  expect(authenticate.recall(text(GOOD, 'x'.repeat(43)))).toBeUndefined();
  clock.at += 2 * SECOND;
  expect(authenticate.recall(text(ENDED))).toBeUndefined();
  expect(authenticate.recall(text(GOOD))).toBeDefined();
  clock.at += SECOND;
  expect(authenticate.recall(text(GOOD))).toBeUndefined();
  await find(GOOD);
  await addBinding(store, binding(1, { subject: `token:${GOOD}`, role: 'auditor' }));
  await Promise.resolve();
  expect(authenticate.recall(text(GOOD))).toBeUndefined();
  await find(GOOD);
  expect(authenticate.recall(text(GOOD))?.may('audit:read')).toBe(true);
  const revocation = { kind: 'REVOKE_TOKEN', id: GOOD, revokedAt: clock.at } as const;
  await store.record(line({ type: 'TOKEN_REVOKED', token: GOOD }), [revocation]);
  await Promise.resolve();
  expect(authenticate.recall(text(GOOD))).toBeUndefined();
});

test('a judgement during which something changed is not remembered', async () => {
  await authenticate.execute(text(GOOD));
  const judging = authenticate.execute(text(GOOD));
  const revocation = { kind: 'REVOKE_TOKEN', id: GOOD, revokedAt: NOW } as const;
  await store.record(line({ type: 'TOKEN_REVOKED', token: GOOD }), [revocation]);
  await judging;
  expect(authenticate.recall(text(GOOD))).toBeUndefined();
  expect(await authenticate.execute(text(GOOD))).toMatchObject({ refused: 'REVOKED_TOKEN' });
});

test('while tokens cannot be read, nobody is called unknown', async () => {
  const fresh = new AuthenticateToken(new AccessDirectory(store, clock), uses, clock);
  store.isAway = true;
  await expect(fresh.execute(text(GOOD))).rejects.toMatchObject({ category: 'UNAVAILABLE' });
});
