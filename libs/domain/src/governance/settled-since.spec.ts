import { expect, test } from 'vitest';
import { settledSince } from './settled-since.js';

const version = (body: string, validFrom: number, validTo: number | null) => ({ body, validFrom, validTo });
const isX = (body: string): boolean => body.startsWith('x');

test('something is so since the first of the versions that stand together, as of a moment', () => {
  const versions = [version('x3', 40, null), version('x2', 30, 40), version('y', 20, 30), version('x1', 10, 20)];
  expect(settledSince(versions, 50, isX)).toBe(30);
  expect(settledSince(versions, 35, isX)).toBe(30);
  expect(settledSince(versions, 15, isX)).toBe(10);
});

test('what was taken away and defined again is so since then', () => {
  expect(settledSince([version('x2', 30, null), version('x1', 10, 20)], 50, isX)).toBe(30);
});
