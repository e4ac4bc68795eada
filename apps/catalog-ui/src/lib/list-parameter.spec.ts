import { expect, test } from 'vitest';
import { boundsOf, chosenOf } from './list-parameter.js';

test('known values of a list are taken in their own order, others are left out', () => {
  const parameters = new URLSearchParams('kind=JOB,RUN,NONSENSE');
  expect(chosenOf(parameters, 'kind', ['RUN', 'JOB', 'EDIT'])).toEqual(['RUN', 'JOB']);
  expect(chosenOf(parameters, 'type', ['RUN'])).toEqual([]);
});

test('a bound that is no time counts as absent', () => {
  expect(boundsOf(new URLSearchParams('from=2026-01-05T10:00:00Z&to=soon'))).toEqual({
    from: '2026-01-05T10:00:00Z',
    to: null,
  });
});
