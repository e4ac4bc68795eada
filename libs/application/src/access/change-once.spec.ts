import { NOW } from '@headwater/store-contract/access-store/access-case';
import {
  CountingIds,
  ManualClock,
  UnsteadyAccessStore,
} from '@headwater/store-contract/access-store/unsteady-access-store';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AccessDirectory } from './access-directory.js';
import type { AccessParts, Asker } from './access-parts.js';
import { bindingAgain, ChangeOnce, revokedAgain, tokenAgain } from './change-once.js';
import { CreateToken } from './create-token.js';
import { GrantRole } from './grant-role.js';
import { CLI_PRINCIPAL, LOCAL_PRINCIPAL } from './principals.js';
import { RevokeToken } from './revoke-token.js';

const NO_DOMAINS = { definitions: () => Promise.resolve(new Map()) };

const ASKER: Asker = { principal: LOCAL_PRINCIPAL, address: null };
const OTHER: Asker = { principal: CLI_PRINCIPAL, address: null };
const WANTED = { name: 'a', owner: 'b', scopes: ['catalog:read'], writes: null, reads: null, expiresAt: null } as const;

let parts: AccessParts;
let once: ChangeOnce;

beforeEach(() => {
  const clock = new ManualClock(NOW);
  const store = new UnsteadyAccessStore(clock);
  parts = { store, directory: new AccessDirectory(store, clock), clock, ids: new CountingIds() };
  once = new ChangeOnce(parts);
});
afterEach(() => {
  parts.directory.close();
});

const create = (key: string | null, name = 'a', asker = ASKER) => {
  const wanted = { ...WANTED, name };
  const asked = { key, change: 'createToken', input: wanted };
  return once.execute(asker, asked, (one) => new CreateToken(parts).execute(one, wanted), tokenAgain);
};
const tokens = async () => (await parts.store.state()).tokens;

test('a token is made once under a key; the same request again names it and does not show its text', async () => {
  const { token, text } = await create('k');
  const again = await create('k').catch((error: unknown) => error);
  expect(again).toMatchObject({ category: 'CONFLICT', reason: 'REPEATED', facts: { made: token.id } });
  expect((again as Error).message).not.toContain(text.slice(-43));
  expect(await tokens()).toHaveLength(1);
});

test('two of the same request at the same time make one token', async () => {
  const outcomes = await Promise.allSettled([create('k'), create('k'), create('k')]);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ reason: 'REPEATED' });
  }
  expect(await tokens()).toHaveLength(1);
});

test('another request under the same key is refused; other callers, other keys and no key are other requests', async () => {
  await create('k');
  await expect(create('k', 'z')).rejects.toMatchObject({ category: 'CONFLICT', reason: 'KEY_USED' });
  await create('k', 'a', OTHER);
  await create('l');
  await create(null);
  await create(null);
  expect(await tokens()).toHaveLength(5);
});

test('a request that failed may be made under its key', async () => {
  const expiresAt = NOW - 1;
  const asked = { key: 'k', change: 'createToken', input: WANTED };
  const fail = (one: Asker) => new CreateToken(parts).execute(one, { ...WANTED, expiresAt });
  await expect(once.execute(ASKER, asked, fail, tokenAgain)).rejects.toMatchObject({ category: 'INVALID_INPUT' });
  expect(await create('k')).toMatchObject({ token: { name: 'a' } });
});

test.each(['', ' ', 'a\u0000b', 'x'.repeat(201)])('%j is no key', async (key) => {
  await expect(create(key)).rejects.toMatchObject({ faults: [{ pointer: '/idempotencyKey' }] });
});

test('what has no secret is answered as the first time', async () => {
  const wanted = { subject: 'group:a', role: 'viewer', namespaces: null } as const;
  const grant = () =>
    once.execute(
      ASKER,
      { key: 'g', change: 'grantRole', input: wanted },
      (one) => new GrantRole(parts, NO_DOMAINS).execute(one, wanted),
      bindingAgain,
    );
  const bound = await grant();
  expect(await grant()).toEqual(bound);
  const { token } = await create(null);
  const revoke = () =>
    once.execute(
      ASKER,
      { key: 'r', change: 'revokeToken', input: token.id },
      (one) => new RevokeToken(parts).execute(one, token.id),
      revokedAgain,
    );
  expect([await revoke(), await revoke()]).toEqual([NOW, NOW]);
});
