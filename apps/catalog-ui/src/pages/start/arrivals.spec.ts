import { expect, test } from 'vitest';
import { NOTHING_YET, withArrival, type Arrival } from './arrivals.js';

const arrival = (number: number, assets: Arrival['assets'] = [ORDERS]): Arrival => ({
  position: `56409ed44851.${String(number)}`,
  recordedAt: '2026-01-05T10:00:00.000Z',
  assets,
});
const ORDERS: Arrival['assets'][number] = {
  __typename: 'Dataset',
  id: 'dataset:demo:raw.orders',
  displayName: 'raw.orders',
  namespace: 'demo',
};

test('the latest arrivals stand first, and only a few are kept while all are counted', () => {
  const known = [1, 2, 3, 4, 5, 6, 7].reduce((all, number) => withArrival(all, arrival(number)), NOTHING_YET);
  expect(known.count).toBe(7);
  expect(known.latest.map(({ position }) => position.split('.')[1])).toEqual(['7', '6', '5', '4', '3']);
});

test('what a reconnected subscription tells again changes nothing', () => {
  const known = [9, 10].reduce((all, number) => withArrival(all, arrival(number)), NOTHING_YET);
  expect(withArrival(known, arrival(9))).toBe(known);
  expect(withArrival(known, arrival(10))).toBe(known);
  expect(withArrival(known, arrival(11)).count).toBe(3);
});

test('an event that changed no asset is none to show', () => {
  expect(withArrival(NOTHING_YET, arrival(1, []))).toBe(NOTHING_YET);
});
