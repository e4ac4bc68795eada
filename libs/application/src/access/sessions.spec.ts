import type { SessionUser } from '@headwater/domain/access/access-store';
import {
  addBinding,
  addToken,
  binding,
  line,
  NOW,
  SECOND,
  session,
  token,
} from '@headwater/store-contract/access-store/access-case';
import {
  CountingIds,
  ManualClock,
  UnsteadyAccessStore,
} from '@headwater/store-contract/access-store/unsteady-access-store';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AccessDirectory } from './access-directory.js';
import { LastUses } from './last-uses.js';
import { browserSecretHash, Sessions } from './sessions.js';

const ADA: SessionUser = { ...session('').user, roles: ['viewer'] };
const IDLE = 600 * SECOND;
const LONGEST = 3_600 * SECOND;

let clock: ManualClock;
let store: UnsteadyAccessStore;
let uses: LastUses;
let sessions: Sessions;

beforeEach(() => {
  clock = new ManualClock(NOW);
  store = new UnsteadyAccessStore(clock);
  uses = new LastUses(store, () => undefined);
  const directory = new AccessDirectory(store, clock);
  const times = { idle: IDLE, longest: LONGEST };
  sessions = new Sessions({ store, directory, uses, clock, ids: new CountingIds(), times });
});
afterEach(() => uses.close());

const start = (user: Partial<SessionUser> = {}): Promise<string> =>
  sessions.start({ user: { ...ADA, ...user }, method: 'OIDC', address: '192.0.2.1' });
const scopesOf = async (value: string): Promise<readonly string[] | null> => {
  const judged = await sessions.judge(value);
  return 'principal' in judged ? judged.principal.scopes() : null;
};

test('a browser that signed in is who it signed in as; the store has a hash of its cookie only', async () => {
  const value = await start();
  expect(value).toMatch(/^[\w-]{43}$/);
  expect(await sessions.judge(value)).toMatchObject({ principal: { id: ADA.id, kind: 'USER', name: 'Ada' } });
  expect(await store.session(value)).toBeNull();
  expect(await store.session(browserSecretHash(value))).toMatchObject({ user: ADA, expiresAt: NOW + LONGEST });
  const { items } = await store.events({}, { first: 10, after: null });
  expect(items[0]?.item).toMatchObject({ actor: ADA.id, address: '192.0.2.1', detail: { type: 'SIGNED_IN' } });
  expect(JSON.stringify(items)).not.toContain(browserSecretHash(value));
});

test("a value that is nobody's is no session", async () => {
  for (const value of ['', 'x', browserSecretHash(await start())]) {
    expect(await sessions.judge(value)).toEqual({ refused: 'NO_SESSION', token: null });
  }
});

test('a session ends when it was not used for long, and at the latest at its longest', async () => {
  const idle = await start();
  clock.at += IDLE;
  expect(await scopesOf(idle)).toBeNull();
  const used = await start();
  const startedAt = clock.at;
  while (clock.at - startedAt < LONGEST - IDLE / 2) {
    expect(await scopesOf(used)).toEqual(['catalog:read']);
    await uses.flush();
    clock.at += IDLE / 2;
  }
  clock.at = startedAt + LONGEST;
  expect(await scopesOf(used)).toBeNull();
});

test('roles bound to a user, a verified e-mail address or a group count at once, and no more once withdrawn', async () => {
  const value = await start({ roles: [] });
  expect(await scopesOf(value)).toEqual([]);
  for (const subject of [ADA.id, 'email:ada@id.example', 'group:data']) {
    await addBinding(store, binding(1, { subject, role: 'editor' }));
    await Promise.resolve();
    expect(await scopesOf(value)).toEqual(['catalog:read', 'catalog:edit']);
    await store.record(line({ type: 'TOKEN_REVOKED', token: '' }), [{ kind: 'REMOVE_BINDING', id: binding(1).id }]);
    await Promise.resolve();
    expect(await scopesOf(value)).toEqual([]);
  }
  const other = await start({ roles: [], email: null, groups: [], id: 'user:https://id.example#bo' });
  await addBinding(store, binding(2, { subject: 'email:ada@id.example' }));
  await Promise.resolve();
  expect(await scopesOf(other)).toEqual([]);
});

test('a browser that signed in with a token can what the token can, for as long as that is good', async () => {
  await addToken(store, token(1, { scopes: ['catalog:read'], expiresAt: NOW + 60 * SECOND }));
  await addToken(store, token(2, { scopes: ['lineage:write'] }));
  const value = await start({ token: token(1).id, roles: ['admin'] });
  const second = await start({ token: token(2).id });
  expect([await scopesOf(value), await scopesOf(second)]).toEqual([['catalog:read'], ['lineage:write']]);
  const revocation = { kind: 'REVOKE_TOKEN', id: token(2).id, revokedAt: NOW } as const;
  await store.record(line({ type: 'TOKEN_REVOKED', token: token(2).id }), [revocation]);
  await Promise.resolve();
  expect(await sessions.judge(second)).toEqual({ refused: 'NO_SESSION', token: token(2).id });
  clock.at += 60 * SECOND;
  expect(await scopesOf(value)).toBeNull();
});

test("signing out ends one session, and signing out everywhere all of one user's", async () => {
  const [first, second, third] = [await start(), await start(), await start()];
  const other = await start({ id: 'user:https://id.example#bo' });
  await sessions.end(first, ADA.id, null);
  expect([await scopesOf(first), await scopesOf(second)]).toEqual([null, ['catalog:read']]);
  expect(await sessions.endAll(ADA.id, ADA.id, '192.0.2.1')).toBe(2);
  expect([await scopesOf(second), await scopesOf(third)]).toEqual([null, null]);
  expect(await scopesOf(other)).toEqual(['catalog:read']);
  expect(await sessions.endAll(ADA.id, 'token:admin', null)).toBe(0);
  expect(await sessions.endAll('user:https://id.example#bo', 'token:admin', null)).toBe(1);
  const { items } = await store.events({ types: ['SIGNED_OUT'] }, { first: 10, after: null });
  expect(items.map(({ item: { actor, detail } }) => ({ actor, detail }))).toEqual([
    { actor: 'token:admin', detail: { type: 'SIGNED_OUT', sessions: 1, user: 'user:https://id.example#bo' } },
    { actor: ADA.id, detail: { type: 'SIGNED_OUT', sessions: 2 } },
    { actor: ADA.id, detail: { type: 'SIGNED_OUT', sessions: 1 } },
  ]);
});

test('a session that another process ended is over when its notice comes, or two seconds later', async () => {
  const [told, silent] = [await start(), await start()];
  await Promise.all([scopesOf(told), scopesOf(silent)]);
  const remove = (value: string): Promise<void> =>
    store.record(line({ type: 'SIGNED_OUT', sessions: 1 }), [
      { kind: 'REMOVE_SESSIONS', hashes: [browserSecretHash(value)] },
    ]);
  await remove(told);
  await Promise.resolve();
  expect(await scopesOf(told)).toBeNull();
  await scopesOf(silent);
  store.isSilent = true;
  await remove(silent);
  clock.at += 2 * SECOND;
  expect(await scopesOf(silent)).toBeNull();
});

test('a link signs in once', async () => {
  await store.addLink('hash', NOW + SECOND);
  const follow = (): Promise<string> => sessions.start({ user: ADA, method: 'LINK', address: null, link: 'hash' });
  expect(await scopesOf(await follow())).toEqual(['catalog:read']);
  await expect(follow()).rejects.toMatchObject({ category: 'CONFLICT', reason: 'LINK_USED' });
});

test('a sweep forgets what is over', async () => {
  const value = await start();
  await sessions.sweep();
  expect(await store.session(browserSecretHash(value))).not.toBeNull();
  clock.at += IDLE;
  await sessions.sweep();
  expect(await store.session(browserSecretHash(value))).toBeNull();
});

test('while the store is away, nobody is called signed out', async () => {
  const value = await start();
  store.isAway = true;
  await expect(sessions.judge(value)).rejects.toMatchObject({ category: 'UNAVAILABLE' });
});
