import { expect, test } from 'vitest';
import type { PropertyDefinition, PropertyType } from './definition.js';
import { conditionOf, meets } from './property-conditions.js';
import { keptValues, misfitOf, readValues, writeValues } from './property-values.js';
import { propertyId } from '../identifiers.js';

const declared = (type: PropertyType, more: Partial<PropertyDefinition> = {}): PropertyDefinition => ({
  ...{ name: 'P', description: null, type, isMany: true, kinds: ['DATASET'], values: [] },
  ...{ unit: null, min: null, max: null, isRequired: false, ...more },
});

test.each<[type: PropertyType, given: readonly string[], kept: readonly string[]]>([
  ['NUMBER', ['7.0', '+7', '-0', '1e3', '.5'], ['7', '0', '1000', '0.5']],
  ['BOOLEAN', ['TRUE', ' false'], ['true', 'false']],
  ['DATE_TIME', ['2026-01-01T00:00:00+02:00'], ['2025-12-31T22:00:00.000Z']],
  ['AGENT', ['agent:user:a b'], ['agent:user:a%20b']],
])('%s: %j is kept as %j, and read again it stays', (type, given, kept) => {
  const { values } = readValues(declared(type), given);
  expect(values).toEqual(kept);
  expect(readValues(declared(type), values).values).toEqual(kept);
  expect(keptValues(writeValues(values))).toEqual(kept);
});

test.each<[type: PropertyType, given: string]>([
  ['NUMBER', '1e999'],
  ['NUMBER', '0x10'],
  ['NUMBER', ''],
  ['DATE', '2026-13-01'],
  ['DATE', '2026-1-1'],
  ['DATE_TIME', '2026-01-01T00:00:00'],
  ['URL', 'https://'],
  ['URL', 'ftp://x.example'],
  ['URL', 'https://a b'],
  ['TEXT', 'x'.repeat(1001)],
  ['TEXT', '\ud800'],
  ['AGENT', 'agent:team:'],
])('%s does not take %j', (type, given) => {
  expect(readValues(declared(type), ['ok', given]).values).toEqual([]);
  expect(readValues(declared(type), [given]).faults).toMatchObject([{ index: 0 }]);
});

test('what is kept may not fit any more, nor there', () => {
  expect(misfitOf(declared('NUMBER', { max: 5 }), ['7'], 'DATASET')).toBe(
    'must be a number of 5 or less, such as 30 or 0.5',
  );
  expect(misfitOf(declared('NUMBER'), ['7'], 'JOB')).toBe('goes on datasets only');
  expect(misfitOf(declared('NUMBER'), ['7'], 'DATASET')).toBeNull();
  expect(['{', '7', '[1]', null].map((detail) => keptValues(detail))).toEqual([[], [], [], []]);
});

test('a condition asks for one value that meets all of it', () => {
  const row = { id: propertyId('p'), body: declared('NUMBER', { max: 5 }) };
  const asked = { isHad: true, values: null, from: '2', to: '10' };
  const condition = conditionOf(row, asked);
  if ('pointer' in condition) throw new Error(condition.detail);
  expect([['1', '11'], ['10'], undefined].map((values) => meets(condition, values))).toEqual([false, true, false]);
  const without = conditionOf(row, { isHad: false, values: null, from: null, to: null });
  if ('pointer' in without) throw new Error(without.detail);
  expect([meets(without, undefined), meets(without, ['1'])]).toEqual([true, false]);
  expect(conditionOf(row, { ...asked, isHad: false })).toMatchObject({ pointer: '/has' });
  expect(conditionOf(row, { ...asked, values: ['x'] })).toMatchObject({ pointer: '/values/0' });
  expect(conditionOf({ ...row, body: declared('TEXT') }, asked)).toMatchObject({ pointer: '/from' });
});
