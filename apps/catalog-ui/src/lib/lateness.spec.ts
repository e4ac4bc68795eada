import { expect, test } from 'vitest';
import { latenessOf } from './lateness.js';

const NOW = Date.parse('2026-01-05T10:00:00.000Z');
const run = {
  startedAt: '2026-01-05T09:30:00.000Z',
  lastEventAt: '2026-01-05T09:45:00.000Z',
  usualDurationMs: 600_000,
};

test('a run that goes on for more than twice its usual time is late for its length', () => {
  expect(latenessOf(run, NOW)).toEqual({ elapsedMs: 1_800_000, usualMs: 600_000, isLong: true });
});

test('a late run that is not long yet began late', () => {
  expect(latenessOf({ ...run, usualDurationMs: 3_600_000 }, NOW).isLong).toBe(false);
});

test('a run without a start goes on since it was heard of, and never for less than nothing', () => {
  expect(latenessOf({ ...run, startedAt: null }, NOW).elapsedMs).toBe(900_000);
  expect(latenessOf({ ...run, startedAt: '2026-01-05T10:00:05.000Z' }, NOW).elapsedMs).toBe(0);
});
