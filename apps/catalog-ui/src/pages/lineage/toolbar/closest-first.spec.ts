import { expect, test } from 'vitest';
import { closestFirst } from './closest-first.js';

const options = ['daily_claims · warehouse', 'claims-report · x', 'claims · lake', 'policies · claims-core'].map(
  (label) => ({ value: label, label }),
);
const found = (search: string, limit = 10) =>
  closestFirst({ options, search, limit }).map((item) => ('label' in item ? item.label : ''));

test('what is called so comes first, what only belongs to something called so last', () => {
  expect(found('Claims')).toEqual([
    'claims · lake',
    'claims-report · x',
    'daily_claims · warehouse',
    'policies · claims-core',
  ]);
});

test('without a text all are there, in their order, as far as the limit goes', () => {
  expect(found('', 2)).toEqual(['daily_claims · warehouse', 'claims-report · x']);
  expect(found('nothing')).toEqual([]);
});
