import { expect, test } from 'vitest';
import { fieldMeant } from './field-meant.js';

const match = (field: string, text: string, length: number) => ({ field, text, ranges: [{ start: 0, end: length }] });

test('a field of which more was asked for than of the name is meant', () => {
  const fields = [match('FIELD', 'claims', 6), match('FIELD', 'claimed_total', 13)];
  expect(fieldMeant([match('NAME', 'claims', 6), ...fields])?.text).toBe('claimed_total');
  expect(fieldMeant(fields)?.text).toBe('claimed_total');
});

test('where the name has as much of it, or no field any, none is meant', () => {
  expect(fieldMeant([match('NAME', 'orders', 6), match('FIELD', 'orders_id', 6)])).toBeNull();
  expect(fieldMeant([match('DESCRIPTION', 'All orders', 6)])).toBeNull();
});
