import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { untilNextTry } from './until-next-try.js';

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('window', new EventTarget());
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test.each([
  [0, 250, 500],
  [3, 2_000, 4_000],
  [9, 5_000, 10_000],
  [5_000, 5_000, 10_000],
])('after %i tries it waits between %i and %i ms', async (tries, shortestMs, longestMs) => {
  let isOver = false;
  void untilNextTry(tries).then(() => (isOver = true));
  await vi.advanceTimersByTimeAsync(shortestMs - 1);
  expect(isOver).toBe(false);
  await vi.advanceTimersByTimeAsync(longestMs - shortestMs + 1);
  expect(isOver).toBe(true);
});

test('it waits no longer once the network is back', async () => {
  let isOver = false;
  const waited = untilNextTry(9).then(() => (isOver = true));
  window.dispatchEvent(new Event('online'));
  await waited;
  expect(isOver).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});
