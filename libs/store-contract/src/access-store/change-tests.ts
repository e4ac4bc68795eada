import { accessEventBytes } from '@headwater/domain/access/access-event';
import type { AccessChange, GivenAnswer } from '@headwater/domain/access/access-store';
import { domainId } from '@headwater/domain/identifiers';
import { MICROS_PER_HOUR } from '@headwater/domain/time';
import { expect } from 'vitest';
import {
  ADMIN,
  addBinding,
  addToken,
  binding,
  expectConflict,
  idsOf,
  line,
  NOW,
  revoked,
  SECOND,
  signedIn,
  token,
  withoutHash,
  type AccessCase,
} from './access-case.js';

const ONE = { first: 1, after: null };

/** Changes with their lines of audit: all of it or nothing. */
export const changeTests: Readonly<Record<string, AccessCase>> = {
  'a change and its line of audit are there together, and the log has the line as an event of kind ACCESS': async ({
    store,
    other,
    log,
  }) => {
    const added = token(1);
    const event = line({ type: 'TOKEN_REVOKED', token: added.id }, { at: NOW + 7, actor: null, address: null });
    await store.record(event, [{ kind: 'ADD_TOKEN', token: added }]);
    expect(await other.state()).toMatchObject({ tokens: [withoutHash(added)], bindings: [] });
    const [kept] = (await other.state()).tokens;
    expect(Buffer.from(kept?.hash ?? []).equals(Buffer.from(added.hash))).toBe(true);
    const [stored, ...rest] = await log.readAfter(0, 10);
    expect(rest).toEqual([]);
    expect(stored).toMatchObject({ position: 1, kind: 'ACCESS', receivedAt: NOW + 7 });
    expect(Buffer.from(stored?.bytes ?? []).equals(Buffer.from(accessEventBytes(event)))).toBe(true);
    const { items } = await other.events({}, ONE);
    expect(items.map(({ item }) => item)).toEqual([{ ...event, position: 1 }]);
  },

  'a line without a change is recorded too, and so are two alike': async ({ store, log }) => {
    const refusal = { type: 'REFUSED', reason: 'UNKNOWN_TOKEN', token: null, count: 3, firstAt: 1, lastAt: 2 } as const;
    await store.record(line(refusal), []);
    await store.record(line(refusal), []);
    expect((await log.head()).position).toBe(2);
  },

  'of changes under one key of an actor one is made, and its answer is kept until it is too old': async (harness) => {
    const { store, other } = harness;
    const given = (id: string, parts: Partial<GivenAnswer> = {}): GivenAnswer => ({
      ...{ actor: ADMIN, key: 'k "1"', request: 'a'.repeat(64), answer: { type: 'TOKEN', id }, at: NOW, ...parts },
    });
    const change = (n: number, parts: Partial<GivenAnswer> = {}): readonly AccessChange[] => [
      { kind: 'ANSWER_ONCE', given: given(token(n).id, parts) },
      { kind: 'ADD_TOKEN', token: token(n) },
    ];
    const tries = [store, other, store, other].map((one, n) => one.record(revoked('x'), change(n)));
    const made = (await Promise.allSettled(tries)).filter(({ status }) => status === 'fulfilled');
    expect(made).toHaveLength(1);
    const ids = await idsOf(store);
    expect(ids).toHaveLength(1);
    expect((await harness.log.head()).position).toBe(1);
    await expectConflict(harness, 'KEY_USED', change(5));
    expect(await other.answerOf(ADMIN, 'k "1"')).toEqual(given(ids[0] ?? ''));
    await store.record(revoked('x'), change(6, { actor: 'token:other', at: NOW + SECOND }));
    expect(await other.answerOf('token:other', 'k')).toBeNull();
    await store.sweep(NOW, NOW, NOW + SECOND);
    expect(await other.answerOf(ADMIN, 'k "1"')).toBeNull();
    expect(await other.answerOf('token:other', 'k "1"')).toMatchObject({ answer: { id: token(6).id } });
    await store.record(revoked('x'), change(7));
  },

  'where one of several changes cannot be made, none is and nothing is in the log': async (harness) => {
    const { store } = harness;
    await addToken(store, token(1));
    await expectConflict(harness, 'NO_SUCH_TOKEN', [
      { kind: 'ADD_TOKEN', token: token(2) },
      { kind: 'REVOKE_TOKEN', id: token(1).id, revokedAt: NOW },
      { kind: 'EXPIRE_TOKEN', id: 'nobody000000', expiresAt: NOW },
    ]);
    expect(await idsOf(store)).toEqual([token(1).id]);
  },

  'a token or binding that is not there, or not any more, is a CONFLICT': async (harness) => {
    const { store, other } = harness;
    await addToken(store, token(1));
    await addBinding(store, binding(1));
    const revoke = { kind: 'REVOKE_TOKEN', id: token(1).id, revokedAt: NOW } as const;
    const remove = { kind: 'REMOVE_BINDING', id: binding(1).id } as const;
    await other.record(revoked(token(1).id), [revoke, remove]);
    await expectConflict(harness, 'NO_SUCH_TOKEN', [revoke]);
    await expectConflict(harness, 'NO_SUCH_TOKEN', [{ kind: 'EXPIRE_TOKEN', id: token(1).id, expiresAt: NOW }]);
    await expectConflict(harness, 'NO_SUCH_BINDING', [remove]);
    await expectConflict(harness, 'NO_SUCH_BINDING', [{ kind: 'REMOVE_BINDING', id: binding(2).id }]);
  },

  'of two processes that revoke a token at once, one does': async ({ store, other, log }) => {
    await addToken(store, token(1));
    const outcomes = await Promise.allSettled(
      [store, other, store, other].map((one) =>
        one.record(revoked(token(1).id), [{ kind: 'REVOKE_TOKEN', id: token(1).id, revokedAt: NOW }]),
      ),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await log.head()).position).toBe(2);
  },

  'a rotation ends the old token at its time and adds the new one; what expires sooner stays so': async ({ store }) => {
    await addToken(store, token(1, { expiresAt: NOW + 5 * SECOND }));
    await addToken(store, token(2));
    const expire = (n: number, seconds: number) =>
      ({ kind: 'EXPIRE_TOKEN', id: token(n).id, expiresAt: NOW + seconds * SECOND }) as const;
    await store.record(signedIn(), [expire(1, 9), { kind: 'ADD_TOKEN', token: token(3) }]);
    await store.record(signedIn(), [expire(2, 9), { kind: 'ADD_TOKEN', token: token(4) }]);
    const { tokens } = await store.state();
    const ends = Object.fromEntries(tokens.map(({ id, expiresAt }) => [id, expiresAt]));
    expect(ends).toEqual({
      [token(1).id]: NOW + 5 * SECOND,
      [token(2).id]: NOW + 9 * SECOND,
      [token(3).id]: null,
      [token(4).id]: null,
    });
  },

  'tokens that ended are known for a day, so that their refusal says why, and listed for ever': async ({
    store,
    clock,
  }) => {
    await addToken(store, token(1, { expiresAt: NOW + SECOND }));
    await addToken(store, token(2));
    await addToken(store, token(3));
    await store.record(revoked(token(2).id), [{ kind: 'REVOKE_TOKEN', id: token(2).id, revokedAt: NOW + SECOND }]);
    clock.at = NOW + 23 * MICROS_PER_HOUR;
    expect((await store.state()).tokens.find(({ id }) => id === token(2).id)?.revokedAt).toBe(NOW + SECOND);
    expect(await idsOf(store)).toEqual([1, 2, 3].map((n) => token(n).id));
    clock.at = NOW + 25 * MICROS_PER_HOUR;
    expect(await idsOf(store)).toEqual([token(3).id]);
    expect((await store.tokens({ first: 10, after: null })).items).toHaveLength(3);
  },

  'bindings keep their namespaces and their domain, and are gone when removed': async ({ store, other }) => {
    const domain = domainId('claims');
    const parts = { role: 'steward', namespaces: ['a*', '!ab*'], subject: 'email:é@id.example', domain } as const;
    await addBinding(store, binding(1, parts));
    await addBinding(other, binding(2));
    const { bindings } = await store.state();
    expect([...bindings].sort((a, b) => a.createdAt - b.createdAt)).toEqual([binding(1, parts), binding(2)]);
    await store.record(signedIn(), [{ kind: 'REMOVE_BINDING', id: binding(1).id }]);
    expect((await other.state()).bindings).toEqual([binding(2)]);
  },

  'the last use of a token is the latest of those told': async ({ store, other }) => {
    await addToken(store, token(1));
    await addToken(store, token(2));
    await store.touchTokens(
      new Map([
        [token(1).id, NOW + 9],
        ['nobody000000', NOW],
      ]),
    );
    await other.touchTokens(new Map([[token(1).id, NOW + 5]]));
    await other.touchTokens(new Map());
    const { items } = await store.tokens({ first: 10, after: null });
    expect(items.map(({ item }) => [item.id, item.lastUsedAt])).toEqual([
      [token(2).id, null],
      [token(1).id, NOW + 9],
    ]);
  },

  'other processes are told of each change soon, and not of lines alone': async ({ store, other }) => {
    let told = 0;
    const wakes: (() => void)[] = [];
    const next = (): Promise<void> => new Promise((resolve) => wakes.push(resolve));
    const unsubscribe = other.subscribe(() => {
      told += 1;
      for (const wake of wakes.splice(0)) wake();
    });
    // The first may belong to the connection itself.
    await addToken(store, token(1));
    await new Promise((resolve) => setTimeout(resolve, 300));
    for (const n of [2, 3]) {
      const woken = next();
      await addToken(store, token(n));
      await woken;
      expect(await idsOf(other)).toContain(token(n).id);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
    const before = told;
    await store.record(signedIn(), []);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(told).toBe(before);
    unsubscribe();
  },
};
