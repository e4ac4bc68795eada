import { expect, test } from 'vitest';
import { Deadline } from './deadline.js';

const after = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

test('8. what takes longer than clients wait is answered as UNAVAILABLE, and what comes later disturbs nobody', async () => {
  const deadline = new Deadline(20);
  let isDone = false;
  const late = after(80).then(() => {
    isDone = true;
    throw new Error('too late');
  });
  await expect(deadline.meet(late)).rejects.toMatchObject({ category: 'UNAVAILABLE', reason: 'TOO_SLOW' });
  expect([deadline.isOver, isDone]).toEqual([true, false]);
  await expect(deadline.meet(after(1_000))).rejects.toMatchObject({ reason: 'TOO_SLOW' });
  await expect(deadline.end()).resolves.toBeUndefined();
  expect(isDone).toBe(true);
});

test('8. what is done in time is answered as it is, and the clock is stopped', async () => {
  const deadline = new Deadline(100);
  await expect(deadline.meet(after(5).then(() => 7))).resolves.toBe(7);
  await expect(deadline.meet(Promise.reject(new Error('refused')))).rejects.toThrow('refused');
  await deadline.end();
  await after(150);
  expect(deadline.isOver).toBe(false);
});
