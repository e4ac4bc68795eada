import { expect, test } from 'vitest';
import { ConceptNames, isSettled, type FieldConcept } from './field-concepts.js';

const CONCEPTS: readonly FieldConcept[] = [
  { name: 'User', names: ['user_id', 'uid', 'Benutzer-Nr'], isOne: true },
  { name: 'no: one is a table', names: ['order', 'sort'], isOne: false },
];

test('a name stands for each of its spellings, and for the other names of its concept', () => {
  const names = new ConceptNames(CONCEPTS);
  expect(names.of('userId')).toBe('userid');
  expect(names.of('UID')).toBe(names.of('benutzer_nr'));
  expect(names.of('order')).toBeNull();
  expect(names.othersOf('UserID')).toEqual(['uid', 'Benutzer-Nr']);
  expect(names.othersOf('sort')).toEqual([]);
});

test('names are settled that people looked at together, whatever they said', () => {
  expect(isSettled(['UID', 'userId'], CONCEPTS)).toBe(true);
  expect(isSettled(['Sort', 'order'], CONCEPTS)).toBe(true);
  expect(isSettled(['uid', 'order'], CONCEPTS)).toBe(false);
});
