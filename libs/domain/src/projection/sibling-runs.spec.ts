import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jobId, runNodeId, type NodeId } from '../identifiers.js';
import { CYCLE_SPAN, cyclesOf, type HistoryEntry } from './job-cycles.js';
import { regroup, siblingKey, SiblingRuns } from './sibling-runs.js';

const JOB = jobId('jobs', 'j');
const DAG = runNodeId(jobId('jobs', 'dag'), '1');
const OTHER_DAG = runNodeId(jobId('jobs', 'dag'), '2');
const runOf = (n: number): NodeId => runNodeId(JOB, String(n));

const entry = (n: number, firstAt: number, more: Partial<HistoryEntry> = {}): HistoryEntry => {
  const common = { window: '', complete: true, perpetual: false, contributions: {} };
  return { ...common, run: runOf(n), firstAt, parentRun: DAG, ...more };
};

const startsOf = (times: readonly number[]) => times.map((at, n) => [runOf(n), at] as const);
const cycleOf = (runs: SiblingRuns, n: number): readonly NodeId[] => [...runs.cycleOf(runOf(n))].sort();

const times = fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 1, maxLength: 8 }).map((list) =>
  // In quarters of a cycle's span, so that starts fall on its bounds.
  list.map((quarter) => (quarter * CYCLE_SPAN) / 4),
);

test('16. siblings are grouped as the history of their job is', () => {
  fc.assert(
    fc.property(times, (starts) => {
      const history = starts
        .map((at, n) => entry(n, at))
        .sort((a, b) => a.firstAt - b.firstAt || (a.run < b.run ? -1 : 1));
      const runs = new SiblingRuns(startsOf(starts));
      for (const { entries } of cyclesOf(history)) {
        const members = entries.map(({ run }) => run).sort();
        for (const member of members) expect([...runs.cycleOf(member)].sort()).toEqual(members);
      }
    }),
  );
});

test('16. moving a run names every other run that has other companions from then on', () => {
  const changes = fc.record({ starts: times, at: fc.option(fc.integer({ min: 0, max: 8 })), moved: fc.nat(8) });
  fc.assert(
    fc.property(changes, ({ starts, at, moved }) => {
      const runs = new SiblingRuns(startsOf(starts));
      const companions = (n: number): readonly NodeId[] => cycleOf(runs, n).filter((run) => run !== runOf(moved));
      const before = starts.map((_, n) => companions(n));
      const named = runs.move(runOf(moved), at === null ? null : (at * CYCLE_SPAN) / 4);
      const changed = starts.flatMap((_, n) =>
        n !== moved && JSON.stringify(companions(n)) !== JSON.stringify(before[n]) ? [runOf(n)] : [],
      );
      expect([...named].sort()).toEqual(changed.sort());
    }),
  );
});

test('27. what an event makes of a run moves it between the groups of its parents', () => {
  const groups = new Map([[siblingKey(JOB, DAG), new SiblingRuns(startsOf([10, CYCLE_SPAN + 5]))]]);
  const [group] = groups.values();
  const first = regroup(groups, JOB, { before: [], after: [entry(2, 0)] });
  expect(first).toEqual({ runs: new Set([runOf(2), runOf(0), runOf(1)]), since: 0 });
  expect(group === undefined ? [] : cycleOf(group, 0)).toEqual([runOf(0), runOf(2)]);
  const adopted = regroup(groups, JOB, {
    before: [entry(2, 0)],
    after: [entry(2, 0, { parentRun: OTHER_DAG })],
  });
  expect(adopted).toEqual({ runs: new Set([runOf(2), runOf(0), runOf(1)]), since: 0 });
  expect(groups.get(siblingKey(JOB, OTHER_DAG))?.starts).toEqual(new Map([[runOf(2), 0]]));
});

test('27. what leaves the start and the parent of a run alone, or speaks of windows only, moves nothing', () => {
  const groups = new Map<string, SiblingRuns>();
  expect(regroup(groups, JOB, { before: [entry(1, 5)], after: [entry(1, 5)] })).toBeNull();
  expect(regroup(groups, JOB, { before: [], after: [entry(1, 5, { window: '7' })] })).toBeNull();
  expect(regroup(groups, JOB, { before: [], after: [entry(1, 5, { parentRun: null })] })).toBeNull();
});
