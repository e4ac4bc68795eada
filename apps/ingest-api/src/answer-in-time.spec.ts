import { expect, test } from 'vitest';
import { answerInTime } from './answer-in-time.js';

const after = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

test('8. what takes longer than clients wait is answered as UNAVAILABLE, and what comes later disturbs nobody', async () => {
  const late = after(80).then(() => Promise.reject(new Error('too late')));
  await expect(answerInTime(late, 20)).rejects.toMatchObject({ category: 'UNAVAILABLE', reason: 'TOO_SLOW' });
  await after(100);
});

test('8. what is done in time is answered as it is', async () => {
  await expect(
    answerInTime(
      after(5).then(() => 7),
      1_000,
    ),
  ).resolves.toBe(7);
  await expect(answerInTime(Promise.reject(new Error('refused')), 1_000)).rejects.toThrow('refused');
});
