import { afterEach, expect, test } from 'vitest';
import { Pump } from './pump.js';

const pumps: Pump[] = [];
afterEach(async () => {
  await Promise.all(pumps.splice(0).map((pump) => pump.stop()));
});

const after = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function until(condition: () => boolean): Promise<void> {
  for (let waited = 0; !condition(); waited += 2) {
    if (waited > 5_000) throw new Error('it never came');
    await after(2);
  }
}

/** A running pump whose step does what `work` says, by the number of its call. */
function start(work: (call: number) => Promise<number>, pollMs = 60_000) {
  const seen = { calls: 0, running: 0, mostAtOnce: 0, errors: [] as unknown[] };
  const pump = new Pump({
    step: async () => {
      seen.calls += 1;
      seen.running += 1;
      seen.mostAtOnce = Math.max(seen.mostAtOnce, seen.running);
      try {
        return await work(seen.calls);
      } finally {
        seen.running -= 1;
      }
    },
    onError: (error) => seen.errors.push(error),
    pollMs,
  });
  pumps.push(pump);
  pump.start();
  return { pump, seen };
}

test('it goes on at once while there is work, then rests until it is woken', async () => {
  const { pump, seen } = start((call) => Promise.resolve(call < 5 ? 10 : 0));
  await until(() => seen.calls === 5);
  await after(40);
  expect(seen.calls).toBe(5);
  pump.wake();
  await until(() => seen.calls === 6);
});

test('a wake-up during a step that finds nothing is not lost', async () => {
  const { pump, seen } = start(async (call) => {
    if (call === 1) {
      await after(10);
      pump.wake();
      await after(10);
    }
    return 0;
  });
  await until(() => seen.calls === 2);
});

test('steps never overlap, however often it is woken or started', async () => {
  const { pump, seen } = start(async () => {
    await after(3);
    return 0;
  });
  for (let round = 0; round < 50; round++) {
    pump.wake();
    pump.start();
    await after(1);
  }
  expect(seen.calls).toBeGreaterThan(5);
  expect(seen.mostAtOnce).toBe(1);
});

test('without a wake-up it looks again after the poll time', async () => {
  const { seen } = start(() => Promise.resolve(0), 10);
  await until(() => seen.calls >= 4);
});

test('an error is told and tried again later, and wake-ups do not turn an outage into a storm', async () => {
  const { pump, seen } = start((call) => (call <= 2 ? Promise.reject(new Error('away')) : Promise.resolve(0)));
  const startedAt = performance.now();
  while (seen.calls < 2) {
    pump.wake();
    await after(1);
  }
  expect(performance.now() - startedAt).toBeGreaterThan(150);
  await until(() => seen.calls === 3);
  expect(performance.now() - startedAt).toBeGreaterThan(500);
  expect(seen.errors).toHaveLength(2);
});

test('a stop waits for the step under way, ends a rest at once, and nothing runs after it', async () => {
  const { pump, seen } = start(async (call) => {
    await after(20);
    return call === 1 ? 1 : 0;
  });
  await until(() => seen.running === 1);
  await pump.stop();
  expect([seen.running, seen.calls]).toEqual([0, 1]);
  pump.wake();
  await after(20);
  expect(seen.calls).toBe(1);

  const resting = start(() => Promise.reject(new Error('away')));
  await until(() => resting.seen.errors.length === 1);
  const startedAt = performance.now();
  await resting.pump.stop();
  expect(performance.now() - startedAt).toBeLessThan(150);
});
