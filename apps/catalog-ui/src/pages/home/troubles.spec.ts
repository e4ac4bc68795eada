import { expect, test } from 'vitest';
import { standingTroubles } from './troubles.js';

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
