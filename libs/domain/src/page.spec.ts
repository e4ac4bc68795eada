import { expect, test } from 'vitest';
import { checkFirst, decodeCursor, encodeCursor } from './page.js';

const refusal = expect.objectContaining({ category: 'INVALID_INPUT' }) as Error;

test('a cursor gives back the place it was made of, for its own list only', () => {
  const cursor = encodeCursor('runs', [1_790_000_000_000_001, 'ü/"x', null]);
  expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/);
  expect(decodeCursor('runs', cursor, ['number', 'string', 'string'])).toEqual([1_790_000_000_000_001, 'ü/"x', null]);
  expect(() => decodeCursor('events', cursor, ['number', 'string', 'string'])).toThrow(refusal);
});

test('what is no cursor, or has other parts, is refused', () => {
  const cursor = encodeCursor('runs', ['a']);
  expect(() => decodeCursor('runs', cursor, ['number'])).toThrow(refusal);
  expect(() => decodeCursor('runs', cursor, ['string', 'string'])).toThrow(refusal);
  expect(() => decodeCursor('runs', encodeCursor('runs', ['a\0']), ['string'])).toThrow(refusal);
  for (const text of ['', 'x', '%', 'bnVsbA', Buffer.from('{}').toString('base64url')]) {
    expect(() => decodeCursor('runs', text, ['string'])).toThrow(refusal);
  }
});

test('a page has 1 to 100 items', () => {
  expect(checkFirst(1)).toBe(1);
  expect(checkFirst(100)).toBe(100);
  for (const first of [0, 101, -1, 1.5, Number.NaN]) expect(() => checkFirst(first)).toThrow(refusal);
});
