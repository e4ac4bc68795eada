import { expect, test } from 'vitest';
import { pastTroubles, standingTroubles } from './troubles.js';

const run = (id: string, job: string, latest: string | null) => ({
  id,
  job: { id: job, latestRun: latest === null ? null : { id: latest } },
});

test('a job is there by its latest run, once, and not where a later run stands better', () => {
  const runs = [run('3', 'a', '3'), run('9', 'b', '10'), run('2', 'a', '3'), run('7', 'c', '7')];
  expect(standingTroubles(runs).map(({ id }) => id)).toEqual(['3', '7']);
});

test('a run of a job that shows none is left out', () => {
  expect(standingTroubles([run('1', 'a', null)])).toEqual([]);
});

test('what went wrong and is well again is there once a job, as long as it is not long ago', () => {
  const at = (id: string, job: string, latest: string, lastEventAt: string) => ({
    ...run(id, job, latest),
    lastEventAt,
  });
  const runs = [
    at('5', 'a', '6', '2026-11-20T00:00:00Z'),
    at('4', 'a', '6', '2026-11-19T00:00:00Z'),
    at('3', 'b', '3', '2026-11-19T00:00:00Z'),
    at('2', 'b', '3', '2026-11-18T00:00:00Z'),
    at('1', 'c', '9', '2026-11-01T00:00:00Z'),
  ];
  expect(pastTroubles(runs, Date.parse('2026-11-15T00:00:00Z')).map(({ id }) => id)).toEqual(['5']);
});
