import { isSameHash, parseToken, secretHash } from '@headwater/domain/access/access-token';
import { Principal } from '@headwater/domain/access/principal';
import { SCOPES, type Scope } from '@headwater/domain/access/scopes';
import { NOW, SECOND } from '@headwater/store-contract/access-store/access-case';
import {
  CountingIds,
  ManualClock,
  UnsteadyAccessStore,
} from '@headwater/store-contract/access-store/unsteady-access-store';
import { beforeEach, describe, expect, test } from 'vitest';
import { AccessDirectory } from './access-directory.js';
import type { AccessParts, Asker } from './access-parts.js';
import { CreateToken, type CreatedToken, type NewToken } from './create-token.js';
import { GrantRole } from './grant-role.js';
import { RevokeToken } from './revoke-token.js';
import { RotateToken } from './rotate-token.js';
import { SignOutEverywhere } from './sign-out-everywhere.js';
import { WithdrawRole } from './withdraw-role.js';

const NO_DOMAINS = { definitions: () => Promise.resolve(new Map()) };

let clock: ManualClock;
let store: UnsteadyAccessStore;
let parts: AccessParts;

beforeEach(() => {
  clock = new ManualClock(NOW);
  store = new UnsteadyAccessStore(clock);
  // Its own changes must be seen without a notice.
  store.isSilent = true;
  parts = { store, directory: new AccessDirectory(store, clock), clock, ids: new CountingIds() };
});

function asker(scopes: readonly Scope[] = SCOPES, namespaces: readonly string[] | null = null): Asker {
  const principal = new Principal({ id: 'token:asker', kind: 'TOKEN', name: 'a', grants: [{ scopes, namespaces }] });
  return { principal, address: '192.0.2.1' };
}
const ADMIN = asker();
const WANTED: NewToken = {
  name: 'airflow',
  owner: 'team data',
  scopes: ['lineage:write'],
  writes: null,
  reads: null,
  expiresAt: null,
};
const create = (wanted: Partial<NewToken> = {}, by = ADMIN): Promise<CreatedToken> =>
  new CreateToken(parts).execute(by, { ...WANTED, ...wanted });
const lastLine = async () => (await store.events({}, { first: 1, after: null })).items[0]?.item;

describe('making tokens', () => {
  test('a token is kept by the hash of its secret, told with its text once, and audited without either', async () => {
    const { token, text } = await create({
      scopes: ['lineage:write', 'catalog:read', 'lineage:write'],
      writes: ['a*'],
    });
    const parsed = parseToken(text);
    const kept = await parts.directory.token(token.id);
    expect(parsed?.id).toBe(token.id);
    expect(isSameHash(kept?.hash ?? new Uint8Array(), secretHash(parsed?.secret ?? ''))).toBe(true);
    expect(token).toMatchObject({
      scopes: ['catalog:read', 'lineage:write'],
      writes: ['a*'],
      createdBy: 'token:asker',
    });
    expect(token).not.toHaveProperty('hash');
    const line = await lastLine();
    expect(line).toMatchObject({ actor: 'token:asker', address: '192.0.2.1', detail: { type: 'TOKEN_CREATED' } });
    expect(line?.detail).toMatchObject({ token: token.id, name: 'airflow', owner: 'team data', writes: ['a*'] });
    expect(JSON.stringify(line)).not.toContain(parsed?.secret);
  });

  test('everything that is wrong is said at once', async () => {
    const wrong = create({ name: ' ', owner: 'a\nb', scopes: [], expiresAt: NOW });
    const pointers = ['/name', '/owner', '/scopes', '/expiresAt'].map((pointer) => ({ pointer }));
    await expect(wrong).rejects.toMatchObject({ category: 'INVALID_INPUT', faults: pointers });
    await expect(create({ name: 'x'.repeat(201) })).rejects.toMatchObject({ faults: [{ pointer: '/name' }] });
    await expect(create({ writes: [] })).rejects.toMatchObject({ faults: [{ pointer: '/writes' }] });
    await expect(create({ scopes: ['admin'], reads: ['a'] })).rejects.toMatchObject({
      faults: [{ pointer: '/reads' }],
    });
    expect((await store.events({}, { first: 1, after: null })).items).toEqual([]);
  });

  test('nobody gives a scope that they lack, or have for some namespaces only', async () => {
    for (const by of [asker(['admin']), asker(SCOPES, ['a*'])]) {
      await expect(create({}, by)).rejects.toMatchObject({ category: 'FORBIDDEN', reason: 'MISSING_SCOPE' });
    }
    await expect(create({}, asker(['admin', 'lineage:write']))).resolves.toBeDefined();
  });
});

describe('rotating and revoking tokens', () => {
  const rotate = (id: string, overlap = 60 * SECOND, by = ADMIN): Promise<CreatedToken> =>
    new RotateToken(parts).execute(by, id, overlap);

  test('the new token has the old rights, roles and span of life; the old one ends with the overlap', async () => {
    const old = await create({ expiresAt: NOW + 1_000 * SECOND, reads: ['b*'], scopes: ['catalog:read'] });
    const subject = `token:${old.token.id}`;
    const bound = await new GrantRole(parts, NO_DOMAINS).execute(ADMIN, {
      subject,
      role: 'producer',
      namespaces: ['c*'],
    });
    clock.at += 900 * SECOND;
    const { token, text } = await rotate(old.token.id, 30 * SECOND);
    expect(text).not.toBe(old.text);
    expect(token).toMatchObject({ name: 'airflow', reads: ['b*'], expiresAt: clock.at + 1_000 * SECOND });
    expect((await parts.directory.token(old.token.id))?.expiresAt).toBe(clock.at + 30 * SECOND);
    const [taken, ...others] = await parts.directory.bindings([`token:${token.id}`]);
    expect(others).toEqual([]);
    expect(taken).toMatchObject({ role: 'producer', namespaces: ['c*'] });
    expect(taken?.id).not.toBe(bound.id);
    expect((await lastLine())?.detail).toMatchObject({
      type: 'TOKEN_ROTATED',
      token: token.id,
      replaces: { token: old.token.id, until: clock.at + 30 * SECOND, bindings: [taken?.id] },
    });
    await rotate(token.id, 0);
    expect((await parts.directory.token(token.id))?.expiresAt).toBe(clock.at);
  });

  test('an old token does not live longer for being rotated', async () => {
    const old = await create({ expiresAt: NOW + 10 * SECOND });
    await rotate(old.token.id, 60 * SECOND);
    expect((await parts.directory.token(old.token.id))?.expiresAt).toBe(NOW + 10 * SECOND);
  });

  test('a token that is over or unknown cannot be rotated, nor one that can more than the asker', async () => {
    const old = await create({ expiresAt: NOW + SECOND });
    await expect(rotate(old.token.id, 60 * SECOND, asker(['admin']))).rejects.toMatchObject({ category: 'FORBIDDEN' });
    for (const overlap of [-1, Number.NaN, 31 * 86_400 * SECOND]) {
      await expect(rotate(old.token.id, overlap)).rejects.toMatchObject({ reason: 'OVERLAP' });
    }
    clock.at += SECOND;
    const gone = await create();
    await new RevokeToken(parts).execute(ADMIN, gone.token.id);
    for (const id of [old.token.id, gone.token.id, 'nobody']) {
      await expect(rotate(id)).rejects.toMatchObject({ category: 'NOT_FOUND', reason: 'NO_SUCH_TOKEN' });
    }
  });

  test('rights that come from a role bound to the token count too', async () => {
    const old = await create({ scopes: ['catalog:read'] });
    await new GrantRole(parts, NO_DOMAINS).execute(ADMIN, {
      subject: `token:${old.token.id}`,
      role: 'admin',
      namespaces: null,
    });
    const by = asker(['admin', 'catalog:read']);
    await expect(rotate(old.token.id, 0, by)).rejects.toMatchObject({ category: 'FORBIDDEN' });
  });

  test('a token is revoked once', async () => {
    const { token } = await create();
    expect(await new RevokeToken(parts).execute(ADMIN, token.id)).toBe(NOW);
    expect((await parts.directory.token(token.id))?.revokedAt).toBe(NOW);
    expect((await lastLine())?.detail).toEqual({ type: 'TOKEN_REVOKED', token: token.id });
    await expect(new RevokeToken(parts).execute(ADMIN, token.id)).rejects.toMatchObject({ reason: 'NO_SUCH_TOKEN' });
  });
});

describe('binding roles', () => {
  const grant = (subject: string, namespaces: readonly string[] | null = null, by = ADMIN) =>
    new GrantRole(parts, NO_DOMAINS).execute(by, { subject, role: 'steward', namespaces });

  test('a role is bound to whom the subject names, and counts at once', async () => {
    const bound = await grant('email:Ada@ID.example', ['a*']);
    expect(bound).toMatchObject({ subject: 'email:ada@id.example', role: 'steward', namespaces: ['a*'] });
    expect(await parts.directory.bindings(['email:ada@id.example'])).toEqual([bound]);
    expect((await lastLine())?.detail).toMatchObject({ type: 'ROLE_GRANTED', binding: bound.id, role: 'steward' });
  });

  test('a subject that nobody can be is refused', async () => {
    const wrong = [
      '',
      'ada',
      'user:',
      'user:https://id.example',
      'user:#x',
      'email:ada',
      'group:',
      'token:short',
      'x:y',
    ];
    for (const subject of [...wrong, `group:${'x'.repeat(500)}`, 'group:a\u0000b']) {
      await expect(grant(subject)).rejects.toMatchObject({ faults: [{ pointer: '/subject' }] });
    }
    await expect(grant('group:a', [''])).rejects.toMatchObject({ faults: [{ pointer: '/namespaces/0' }] });
    for (const subject of ['user:https://id.example#a b', 'group:data team', 'token:0123456789ab']) {
      await expect(grant(subject)).resolves.toMatchObject({ subject });
    }
  });

  test('nobody binds a role with scopes that they lack', async () => {
    await expect(grant('group:a', null, asker(['admin']))).rejects.toMatchObject({ reason: 'MISSING_SCOPE' });
    await expect(grant('group:a', ['a'], asker(SCOPES, ['a']))).rejects.toMatchObject({ reason: 'MISSING_SCOPE' });
  });

  test('a binding is taken away once', async () => {
    const bound = await grant('group:a');
    const withdraw = new WithdrawRole(parts);
    expect(await withdraw.execute(ADMIN, bound.id)).toEqual(bound);
    expect(await parts.directory.bindings(['group:a'])).toEqual([]);
    expect((await lastLine())?.detail).toMatchObject({ type: 'ROLE_WITHDRAWN', binding: bound.id, subject: 'group:a' });
    await expect(withdraw.execute(ADMIN, bound.id)).rejects.toMatchObject({ reason: 'NO_SUCH_BINDING' });
  });
});

test('everybody ends their own sessions, and admins those of others', async () => {
  const ended: string[][] = [];
  const endAll = (...who: [string, string, string | null]): Promise<number> => {
    ended.push(who.slice(0, 2) as string[]);
    return Promise.resolve(3);
  };
  const signOut = new SignOutEverywhere({ endAll });
  expect(await signOut.execute(asker([]), 'token:asker')).toEqual({ user: 'token:asker', sessions: 3 });
  await expect(signOut.execute(asker(['audit:read']), 'user:a#b')).rejects.toMatchObject({ reason: 'MISSING_SCOPE' });
  const nobody = new Principal({ id: 'user:a#c', kind: 'USER', name: 'c', grants: [] });
  await expect(signOut.execute({ principal: nobody, address: null }, 'user:a#b')).rejects.toMatchObject({
    reason: 'NO_ROLE',
    facts: { subject: 'user:a#c' },
  });
  await signOut.execute(ADMIN, 'user:a#b');
  expect(ended).toEqual([
    ['token:asker', 'token:asker'],
    ['user:a#b', 'token:asker'],
  ]);
});
