import { expect, test } from 'vitest';
import { averageRate, gained, ratesOf, withSample, type Sample } from './rates.js';

const at = (second: number, number: number, log = 'a'): Sample => ({
  at: second * 1_000,
  position: `${log}.${String(number)}`,
});
const all = (...samples: readonly Sample[]): readonly Sample[] => samples.reduce<readonly Sample[]>(withSample, []);

test('the rate between two samples is what the log grew by, per second', () => {
  expect(ratesOf(all(at(0, 10), at(2, 20), at(4, 20)))).toEqual([
    { at: 2_000, perSecond: 5 },
    { at: 4_000, perSecond: 0 },
  ]);
});

test('a pause between samples is spread over the pause', () => {
  const samples = all(at(0, 0), at(60, 30));
  expect(averageRate(samples)).toBe(0.5);
  expect(gained(samples)).toBe(30);
});

test('one sample has no rate', () => {
  expect(averageRate(all(at(0, 5)))).toBeNull();
  expect(ratesOf(all(at(0, 5)))).toEqual([]);
});

test('another log, or one put back, begins anew', () => {
  expect(all(at(0, 5), at(1, 6), at(2, 1, 'b'))).toEqual([at(2, 1, 'b')]);
  expect(all(at(0, 5), at(1, 3))).toEqual([at(1, 3)]);
});

test('samples of one moment are one, and only the latest hundred are kept', () => {
  expect(all(at(0, 5), at(0, 9))).toHaveLength(1);
  const many = Array.from({ length: 150 }, (_, second) => at(second, second));
  expect(all(...many)).toHaveLength(100);
});
