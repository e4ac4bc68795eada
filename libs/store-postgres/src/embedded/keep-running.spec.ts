import { expect, test } from 'vitest';
import { keepRunning } from './keep-running.js';

/** A server that the test ends, whose next starts fail as often as the test says. */
function server() {
  const state = { isRunning: true, failures: 0, starts: 0, told: [] as unknown[] };
  const stop = keepRunning({
    isRunning: () => Promise.resolve(state.isRunning),
    start: async () => {
      state.starts += 1;
      await new Promise((resolve) => setTimeout(resolve, 5));
      if ((state.failures -= 1) >= 0) throw new Error(`start ${String(state.starts)}`);
      state.isRunning = true;
    },
    onEnded: (failure) => state.told.push(failure instanceof Error ? failure.message : failure),
    everyMs: 1,
  });
  return { state, stop };
}

test('a server that runs is left alone, one that ended is started, and a start that failed is tried again', async () => {
  const { state, stop } = server();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(state.starts).toBe(0);
  state.failures = 2;
  state.isRunning = false;
  await expect.poll(() => state.isRunning).toBe(true);
  expect(state.told).toEqual([undefined, 'start 1', undefined, 'start 2', undefined]);
  await stop();
});

test('whoever stops it waits for a start under way, and nothing is started after', async () => {
  const { state, stop } = server();
  state.isRunning = false;
  await expect.poll(() => state.starts, { interval: 1 }).toBe(1);
  await stop();
  expect(state.isRunning).toBe(true);
  state.isRunning = false;
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(state.starts).toBe(1);
});
