import { expect, test } from 'vitest';
import { BytesInFlight } from './bytes-in-flight.js';

const KIB = 1024;

test('8. what does not fit is refused as UNAVAILABLE with a time to retry, and nothing of it is held', () => {
  const budget = new BytesInFlight(100 * KIB);
  const first = budget.open();
  first.add(80 * KIB);
  const second = budget.open();
  expect(() => {
    second.add(20 * KIB);
  }).toThrow(expect.objectContaining({ category: 'UNAVAILABLE', retryAfterS: 1 }));
  second.release();
  first.release();
  first.release();
  expect(budget.used).toBe(0);
});

test('8. even requests without bytes are bounded', () => {
  const budget = new BytesInFlight(100 * KIB);
  const leases = Array.from({ length: 12 }, () => budget.open());
  expect(() => budget.open()).toThrow(expect.objectContaining({ category: 'UNAVAILABLE' }));
  for (const lease of leases) lease.release();
  expect(budget.used).toBe(0);
});

test('5. a body of the largest allowed size is taken when nothing else is in flight', () => {
  const budget = new BytesInFlight(100 * KIB);
  const lease = budget.open();
  lease.add(100 * KIB);
  expect(() => budget.open()).toThrow();
  lease.release();
  expect(budget.used).toBe(0);
});
