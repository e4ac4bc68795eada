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
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AccessDirectory } from './access-directory.js';

let clock: ManualClock;
let store: UnsteadyAccessStore;
let directory: AccessDirectory;

afterEach(() => {
  vi.useRealTimers();
});
beforeEach(() => {
  clock = new ManualClock(NOW);
  store = new UnsteadyAccessStore(clock);
  directory = new AccessDirectory(store, clock);
});

const nameOf = async (n: number): Promise<string | undefined> => (await directory.token(token(n).id))?.name;
const revoke = (n: number): Promise<void> =>
  store.record(line({ type: 'TOKEN_REVOKED', token: token(n).id }), [
    { kind: 'REVOKE_TOKEN', id: token(n).id, revokedAt: clock.at },
  ]);

test('many looks cost one read, and unknown tokens none', async () => {
  await addToken(store, token(1));
  await Promise.all(Array.from({ length: 50 }, (_, n) => directory.token(`nobody${String(n)}`)));
  expect(await nameOf(1)).toBe('token 1');
  for (let n = 0; n < 50; n += 1) expect(await nameOf(1000 + n)).toBeUndefined();
  expect(store.reads).toBe(1);
});

test('a change by any process is seen at the next look', async () => {
  expect(await nameOf(1)).toBeUndefined();
  await addToken(store, token(1));
  await Promise.resolve();
  expect(await nameOf(1)).toBe('token 1');
  let told = 0;
  directory.onChange(() => (told += 1));
  await addBinding(store, binding(1, { subject: 'token:a' }));
  await Promise.resolve();
  expect(told).toBe(1);
  expect(await directory.bindings(['nobody', 'token:a'])).toEqual([binding(1, { subject: 'token:a' })]);
  expect(await directory.bindings(['nobody'])).toEqual([]);
});

test('a change whose notice was lost is seen within seconds', async () => {
  await addToken(store, token(1));
  await nameOf(1);
  store.isSilent = true;
  await revoke(1);
  expect((await directory.token(token(1).id))?.revokedAt).toBeNull();
  clock.at += 3 * SECOND;
  expect((await directory.token(token(1).id))?.revokedAt).toBe(NOW);
});

test('a look after a change does not make do with a read that began before it', async () => {
  await nameOf(1);
  clock.at += 4 * SECOND;
  let finish: () => void = () => undefined;
  store.onRead = () => new Promise((resolve) => (finish = resolve));
  const early = nameOf(1);
  await new Promise((resolve) => setImmediate(resolve));
  const finishEarly = finish;
  store.onRead = () => Promise.resolve();
  await addToken(store, token(1));
  directory.invalidate();
  expect(await nameOf(1)).toBe('token 1');
  finishEarly();
  expect(await early).toBeUndefined();
  // What came late and knew less is not kept.
  expect(await nameOf(1)).toBe('token 1');
});

test('what is held is believed for a minute while the store is away, and then nobody is let in', async () => {
  await addToken(store, token(1));
  await nameOf(1);
  store.isAway = true;
  clock.at += 59 * SECOND;
  expect(await nameOf(1)).toBe('token 1');
  clock.at += 1 * SECOND;
  await expect(nameOf(1)).rejects.toMatchObject({ category: 'UNAVAILABLE', reason: 'ACCESS_AWAY' });
  await expect(directory.bindings(['a'])).rejects.toMatchObject({ category: 'UNAVAILABLE' });
  store.isAway = false;
  expect(await nameOf(1)).toBe('token 1');
});

test('8. a store that hangs is not waited for while what is held is believed, and longer after a known change', async () => {
  await addToken(store, token(1));
  await nameOf(1);
  let goOn: () => void = () => undefined;
  store.onRead = () => new Promise((resolve) => (goOn = resolve));
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  /** Whether the answer comes after exactly so many milliseconds. */
  const takes = async (ms: number, look: () => Promise<unknown>): Promise<void> => {
    let isOver = false;
    const answer = look().finally(() => (isOver = true));
    await vi.advanceTimersByTimeAsync(ms - 1);
    await turn();
    expect(isOver).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    for (let at = 0; at < 3; at++) await turn();
    expect(isOver).toBe(true);
    await answer;
  };
  const held = async (): Promise<void> => {
    expect(await nameOf(1)).toBe('token 1');
  };
  clock.at += 4 * SECOND;
  await takes(100, held);
  store.isSilent = true;
  await revoke(1);
  directory.invalidate();
  await takes(400, held);
  clock.at += 60 * SECOND;
  directory.invalidate();
  await takes(2_000, () => expect(nameOf(1)).rejects.toMatchObject({ reason: 'ACCESS_AWAY' }));
  goOn();
  store.onRead = () => Promise.resolve();
  await turn();
  expect((await directory.token(token(1).id))?.revokedAt).toBe(NOW + 4 * SECOND);
});

test('a store that is away from the start is no empty one', async () => {
  store.isAway = true;
  await expect(nameOf(1)).rejects.toMatchObject({ category: 'UNAVAILABLE' });
});

test('a closed directory is told of nothing', async () => {
  let told = 0;
  directory.onChange(() => (told += 1));
  directory.close();
  await addToken(store, token(1));
  await Promise.resolve();
  expect(told).toBe(0);
});
