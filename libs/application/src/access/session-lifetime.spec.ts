import { randomBytes, randomUUID } from 'node:crypto';
import { MemoryAccessStore } from '@headwater/store-contract/memory-access-store';
import { MICROS_PER_HOUR, MICROS_PER_MINUTE } from '@headwater/domain/time';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AccessDirectory } from './access-directory.js';
import { CreateToken } from './create-token.js';
import { GrantRole } from './grant-role.js';
import { LastUses } from './last-uses.js';
import { START_PRINCIPAL } from './principals.js';
import { RevokeToken } from './revoke-token.js';
import { Sessions } from './sessions.js';

const NO_DOMAINS = { definitions: () => Promise.resolve(new Map()) };

const IDLE = 30 * MICROS_PER_MINUTE;
const LONGEST = 8 * MICROS_PER_HOUR;
const ASKER = { principal: START_PRINCIPAL, address: null };
const USER = {
  id: 'user:https://id.example#ann',
  name: 'Ann',
  email: null,
  groups: [],
  roles: ['viewer'],
  token: null,
} as const;

let now = 0;
let store: MemoryAccessStore;
let directory: AccessDirectory;
let uses: LastUses;
let sessions: Sessions;
const clock = { now: () => now };
const ids = { uuid: () => randomUUID(), bytes: (count: number) => randomBytes(count) };

beforeEach(() => {
  now = 1_800_000_000_000_000;
  store = new MemoryAccessStore(clock);
  directory = new AccessDirectory(store, clock);
  uses = new LastUses(store, (error) => {
    throw error;
  });
  sessions = new Sessions({ store, directory, uses, clock, ids, times: { idle: IDLE, longest: LONGEST } });
});
afterEach(async () => {
  await uses.close();
  directory.close();
});

const start = (user = {}): Promise<string> =>
  sessions.start({ user: { ...USER, ...user }, method: 'OIDC', address: '192.0.2.1' });
const isIn = async (value: string): Promise<boolean> => 'principal' in (await sessions.judge(value));

test('a session is who signed in, with the roles of the sign-in', async () => {
  const judged = await sessions.judge(await start());
  if (!('principal' in judged)) throw new Error(JSON.stringify(judged));
  expect([judged.principal.id, judged.principal.scopes()]).toEqual([USER.id, ['catalog:read']]);
});

test('a session that is not used is over after its idle time, to the microsecond', async () => {
  const value = await start();
  now += IDLE - 1;
  expect(await isIn(value)).toBe(true);
  const other = await start();
  now += IDLE;
  expect(await isIn(other)).toBe(false);
});

test('use puts the idle time off, and nothing puts off the end', async () => {
  const value = await start();
  const end = now + LONGEST;
  while (now + IDLE / 2 < end) {
    now += IDLE / 2;
    expect(await isIn(value)).toBe(true);
    await uses.flush();
  }
  now = end - 1;
  expect(await isIn(value)).toBe(true);
  now = end;
  expect(await isIn(value)).toBe(false);
});

test('a session that was signed out is over at once, and no other is', async () => {
  const [value, other] = [await start(), await start()];
  expect(await isIn(value)).toBe(true);
  await sessions.end(value, USER.id, null);
  expect([await isIn(value), await isIn(other)]).toEqual([false, true]);
});

test('a session ends with the token that it was signed in with', async () => {
  const wanted = {
    name: 't',
    owner: 'o',
    scopes: ['catalog:read'],
    writes: null,
    reads: null,
    expiresAt: now + IDLE / 2,
  } as const;
  const parts = { store, directory, clock, ids };
  const { token } = await new CreateToken(parts).execute(ASKER, wanted);
  const revoked = await new CreateToken(parts).execute(ASKER, wanted);
  const [value, gone] = [
    await start({ token: token.id, roles: [] }),
    await start({ token: revoked.token.id, roles: [] }),
  ];
  expect([await isIn(value), await isIn(gone)]).toEqual([true, true]);
  await new RevokeToken(parts).execute(ASKER, revoked.token.id);
  expect([await isIn(value), await isIn(gone)]).toEqual([true, false]);
  now += IDLE / 2;
  expect(await isIn(value)).toBe(false);
});

test('roles that are bound later count in a session that is open', async () => {
  const value = await start({ roles: [], email: 'Ann@Example.org' });
  const scopes = async (): Promise<readonly string[]> => {
    const judged = await sessions.judge(value);
    return 'principal' in judged ? judged.principal.scopes() : [];
  };
  expect(await scopes()).toEqual([]);
  const parts = { store, directory, clock, ids };
  await new GrantRole(parts, NO_DOMAINS).execute(ASKER, {
    subject: 'email:ann@example.org',
    role: 'viewer',
    namespaces: null,
  });
  expect(await scopes()).toEqual(['catalog:read']);
});

test('what is over is swept away, and nothing else', async () => {
  await start();
  now += IDLE;
  const kept = await start();
  await sessions.sweep();
  expect(await isIn(kept)).toBe(true);
  now += IDLE;
  await sessions.sweep();
  expect(await isIn(kept)).toBe(false);
});
