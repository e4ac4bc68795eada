import { expect, test } from 'vitest';
import { runFilterOf } from './runs.js';

test('an address asks for runs by state, lateness, job, namespace and period', () => {
  const address =
    'state=FAILED,UNFINISHED&late=true&job=job:demo:a&namespace=demo&from=2026-01-05T10:00:00.000Z&to=2026-01-06T10:00:00.000Z';
  expect(runFilterOf(new URLSearchParams(address))).toEqual({
    states: ['FAILED', 'UNFINISHED'],
    isLate: true,
    job: 'job:demo:a',
    namespaces: ['demo'],
    since: '2026-01-05T10:00:00.000Z',
    until: '2026-01-06T10:00:00.000Z',
  });
});

test.each([
  ['what is no state, no time and no yes', 'state=NONSENSE&from=then&late=perhaps'],
  ['a period that ends before it begins', 'from=2026-01-06T10:00:00.000Z&to=2026-01-05T10:00:00.000Z'],
])('%s is left out', (_, address) => {
  expect(runFilterOf(new URLSearchParams(address))).toEqual({});
});
