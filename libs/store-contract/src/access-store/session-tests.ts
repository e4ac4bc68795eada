import type { Micros } from '@headwater/domain/time';
import { expect } from 'vitest';
import { expectConflict, line, NOW, SECOND, session, signedIn, type AccessCase } from './access-case.js';

/** Sessions, links and secrets: what browsers and answers are bound by. */
export const sessionTests: Readonly<Record<string, AccessCase>> = {
  'a session is found by every process until it is removed': async ({ store, other, log }) => {
    await store.record(signedIn(), [{ kind: 'ADD_SESSION', session: session('a') }]);
    expect(await other.session('a')).toEqual(session('a'));
    expect(await other.session('b')).toBeNull();
    await other.record(signedIn(), [{ kind: 'REMOVE_SESSIONS', hashes: ['a', 'unknown'] }]);
    expect(await store.session('a')).toBeNull();
    expect((await log.head()).position).toBe(2);
  },

  'the sessions of somebody are found by who they are': async ({ store, other }) => {
    const others = session('c', { user: { ...session('c').user, id: 'user:https://id.example#bo' } });
    for (const one of [session('a'), session('b'), others]) {
      await store.record(signedIn(), [{ kind: 'ADD_SESSION', session: one }]);
    }
    expect([...(await other.sessionsOf(session('a').user.id))].sort()).toEqual(['a', 'b']);
    expect(await other.sessionsOf('nobody')).toEqual([]);
  },

  'a session that was seen later does not become older': async ({ store, other }) => {
    await store.record(signedIn(), [{ kind: 'ADD_SESSION', session: session('a') }]);
    await store.touchSessions(
      new Map([
        ['a', NOW + 9],
        ['unknown', NOW],
      ]),
    );
    await other.touchSessions(new Map([['a', NOW + 5]]));
    await other.touchSessions(new Map());
    expect((await store.session('a'))?.seenAt).toBe(NOW + 9);
  },

  'a sweep removes what is over or idle, and leaves the rest': async (harness) => {
    const { store } = harness;
    const idle = session('idle', { seenAt: NOW - 10 * SECOND });
    const over = session('over', { expiresAt: NOW });
    for (const one of [session('good'), idle, over]) {
      await store.record(signedIn(), [{ kind: 'ADD_SESSION', session: one }]);
    }
    await store.addLink('old', NOW);
    await store.addLink('new', NOW + SECOND);
    await store.sweep(NOW, NOW - 5 * SECOND, NOW);
    const left = await Promise.all(['good', 'idle', 'over'].map((hash) => store.session(hash)));
    expect(left.map((row) => row?.hash)).toEqual(['good', undefined, undefined]);
    await expectConflict(harness, 'LINK_USED', [{ kind: 'USE_LINK', hash: 'old' }]);
    await store.record(signedIn(), [{ kind: 'USE_LINK', hash: 'new' }]);
  },

  'a link signs in once, however many follow it at the same moment': async (harness) => {
    const { store, other } = harness;
    await store.addLink('link', NOW + SECOND);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, (_, n) =>
        (n % 2 === 0 ? store : other).record(signedIn(), [
          { kind: 'USE_LINK', hash: 'link' },
          { kind: 'ADD_SESSION', session: session(`s${String(n)}`) },
        ]),
      ),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const rows = await Promise.all(outcomes.map((_, n) => store.session(`s${String(n)}`)));
    expect(rows.filter((row) => row !== null)).toHaveLength(1);
    expect((await harness.log.head()).position).toBe(1);
    await expectConflict(harness, 'LINK_USED', [{ kind: 'USE_LINK', hash: 'link' }]);
  },

  'a link that is too old, or never was, signs nobody in': async (harness) => {
    const { store, clock } = harness;
    await store.addLink('link', NOW + SECOND);
    clock.at = NOW + SECOND;
    const add = { kind: 'ADD_SESSION', session: session('a') } as const;
    await expectConflict(harness, 'LINK_USED', [{ kind: 'USE_LINK', hash: 'link' }, add]);
    await expectConflict(harness, 'LINK_USED', [add, { kind: 'USE_LINK', hash: 'never' }]);
    expect(await store.session('a')).toBeNull();
  },

  'a secret is made once by whoever asks first, and differs by name': async ({ store, other }) => {
    const asked = await Promise.all([store, other, store, other].map((one) => one.secret('sign-in')));
    const [first, ...rest] = asked.map(({ value }) => hexOf(value));
    expect(new Set(rest)).toEqual(new Set([first]));
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(asked.map(({ previous }) => previous)).toEqual([null, null, null, null]);
    expect(hexOf((await other.secret('hidden-ids')).value)).not.toBe(first);
  },

  'a secret that is rotated is another one, and the old one is there until the overlap is over': async ({
    store,
    other,
    clock,
  }) => {
    const first = await store.secret('sign-in');
    const untouched = await store.secret('hidden-ids');
    const told: number[] = [];
    const unsubscribe = other.subscribe(() => told.push(1));
    const rotate = (until: Micros) =>
      store.record(line({ type: 'SECRET_ROTATED', secret: 'sign-in', until }), [
        { kind: 'ROTATE_SECRET', name: 'sign-in', previousUntil: until },
      ]);
    await rotate(NOW + 2 * SECOND);
    await expect.poll(() => told.length).toBeGreaterThan(0);
    unsubscribe();
    const second = await other.secret('sign-in');
    expect(hexOf(second.value)).not.toBe(hexOf(first.value));
    expect(hexOf(second.previous)).toBe(hexOf(first.value));
    expect(hexOf((await other.secret('hidden-ids')).value)).toBe(hexOf(untouched.value));
    clock.at = NOW + 2 * SECOND;
    expect((await other.secret('sign-in')).previous).toBeNull();
    await store.sweep(clock.at, clock.at, clock.at);
    clock.at = NOW;
    expect(await other.secret('sign-in')).toEqual({ value: second.value, previous: null });
    await rotate(NOW + SECOND);
    const third = await other.secret('sign-in');
    expect(hexOf(third.previous)).toBe(hexOf(second.value));
  },
};

function hexOf(bytes: Uint8Array | null): string {
  return Buffer.from(bytes ?? []).toString('hex');
}
