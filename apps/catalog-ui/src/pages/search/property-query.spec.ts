import { expect, test } from 'vitest';
import { addressOf, askedIn, filtersOf } from './property-query.js';

test.each([
  ['property:retention', { property: 'property:retention', how: 'any', value: '' }],
  ['!property:retention', { property: 'property:retention', how: 'none', value: '' }],
  ['property:cadence=daily=or so', { property: 'property:cadence', how: 'is', value: 'daily=or so' }],
  ['property:retention>=30', { property: 'property:retention', how: 'from', value: '30' }],
  ['property:retention<=2026-01-01', { property: 'property:retention', how: 'to', value: '2026-01-01' }],
] as const)('%s is read, and written the same', (text, asked) => {
  expect(askedIn(text)).toEqual(asked);
  expect(addressOf(asked)).toBe(text);
});

test.each(['', 'retention', 'property:', '!property:a=b', 'property:a='])('%s asks for nothing', (text) => {
  expect(askedIn(text)).toBeNull();
});

test('values and bounds of one property are one filter, and none is one by itself', () => {
  const texts = ['property:a=1', 'property:b>=2', 'property:a=3', '!property:a', 'property:b<=4', 'property:c', 'x'];
  expect(filtersOf(texts)).toEqual([
    { property: 'property:a', values: ['1', '3'] },
    { property: 'property:b', from: '2', to: '4' },
    { property: 'property:a', has: false },
    { property: 'property:c' },
  ]);
});
