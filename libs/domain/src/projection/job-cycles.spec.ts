import { writtenEntry } from '@headwater/store-contract/written-history';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { NodeId } from '../identifiers.js';
import { compareEntries, CYCLE_SPAN, cyclesOf, type HistoryEntry } from './job-cycles.js';

const DAG = 'run:jobs:dag:1' as NodeId;
const HOUR = CYCLE_SPAN / 24;

/** Cycles as [time, the runs' own times and windows]. */
function grouped(entries: readonly HistoryEntry[]): readonly unknown[] {
  return cyclesOf([...entries].sort(compareEntries)).map(({ at, entries: members }) => [
    at,
    members.map(({ firstAt, window }) => (window === '' ? firstAt : window)),
  ]);
}

test('16. runs without a parent run are a cycle each, also at one moment', () => {
  const other = writtenEntry(5, '', { run: 'other' });
  expect(grouped([writtenEntry(5, ''), writtenEntry(1, ''), other])).toEqual([
    [1, [1]],
    [5, [5]],
    [5, [5]],
  ]);
});

test('16. runs under one parent run that start within 24 h are one cycle, to the microsecond', () => {
  const starts = [0, 5, CYCLE_SPAN, CYCLE_SPAN + 1, 2 * CYCLE_SPAN];
  expect(grouped(starts.map((at) => writtenEntry(at, '', { parentRun: DAG })))).toEqual([
    [0, [0, 5, CYCLE_SPAN]],
    [CYCLE_SPAN + 1, [CYCLE_SPAN + 1, 2 * CYCLE_SPAN]],
  ]);
});

test('16. cycles of two parent runs go on side by side, in the order of their first runs', () => {
  const of = (at: number, parent: string): HistoryEntry =>
    writtenEntry(at, '', { parentRun: `run:jobs:dag:${parent}` as NodeId });
  expect(grouped([of(1, 'a'), of(2, 'b'), of(3, 'a'), of(4, 'b')])).toEqual([
    [1, [1, 3]],
    [2, [2, 4]],
  ]);
});

test('16. a window is a cycle of its own, also under a parent run', () => {
  const window = (at: number): HistoryEntry =>
    writtenEntry(at, '', { run: 'stream', window: `w${String(at)}`, parentRun: DAG });
  expect(grouped([window(1), window(2), writtenEntry(3, '', { parentRun: DAG })])).toEqual([
    [1, ['w1']],
    [2, ['w2']],
    [3, [3]],
  ]);
});

const completeness = (entries: readonly HistoryEntry[]): readonly boolean[] =>
  cyclesOf(entries).flatMap((cycle) => cycle.entries.map(({ complete }) => complete));

test('16. a perpetual run that a later run supersedes counts as complete, the last one and a batch run do not', () => {
  const perpetual = (at: number): HistoryEntry => writtenEntry(at, '', { complete: false, perpetual: true });
  const failed = writtenEntry(2, '', { complete: false });
  expect(completeness([perpetual(1), failed, perpetual(3)])).toEqual([true, false, false]);
});

test('16. the later run is the one that started later, though the earlier one still emits windows', () => {
  const window = (at: number, run: string): HistoryEntry =>
    writtenEntry(at, '', { run, window: `w${String(at)}`, complete: false, perpetual: true });
  expect(completeness([window(1, 'old'), window(2, 'new'), window(3, 'old')])).toEqual([true, false, true]);
});

const histories = fc.uniqueArray(
  fc
    .record({
      at: fc.integer({ min: 0, max: 60 }),
      run: fc.constantFrom('1', '2', '3', '4', '5', '6'),
      window: fc.constantFrom('', '', '', 'w'),
      parent: fc.constantFrom(null, 'p', 'q'),
      complete: fc.boolean(),
      perpetual: fc.boolean(),
    })
    .map(({ at, run, window, parent, complete, perpetual }) =>
      writtenEntry(at * HOUR, 'a > x', {
        run,
        window,
        complete,
        perpetual,
        parentRun: parent === null ? null : (`run:jobs:dag:${parent}` as NodeId),
      }),
    ),
  { selector: ({ run, window }) => `${run}|${window}`, maxLength: 10 },
);

test('16. cycles do not depend on the order in which runs came', () => {
  const shuffled = histories.chain((entries) =>
    fc.tuple(fc.constant(entries), fc.shuffledSubarray(entries, { minLength: entries.length })),
  );
  fc.assert(
    fc.property(shuffled, ([entries, others]) => {
      expect(cyclesOf(others.sort(compareEntries))).toEqual(cyclesOf([...entries].sort(compareEntries)));
    }),
  );
});

test('16. every run is in one cycle, which spans 24 h at most and begins with its first run', () => {
  fc.assert(
    fc.property(histories, (entries) => {
      const cycles = cyclesOf([...entries].sort(compareEntries));
      const members = cycles.flatMap((cycle) => cycle.entries.map(({ run, window }) => `${run}|${window}`));
      expect(members.sort()).toEqual(entries.map(({ run, window }) => `${run}|${window}`).sort());
      const openedAt = new Map<NodeId, number>();
      for (const { at, entries: runs } of cycles) {
        expect(at).toBe(Math.min(...runs.map(({ firstAt }) => firstAt)));
        expect(Math.max(...runs.map(({ firstAt }) => firstAt)) - at).toBeLessThanOrEqual(CYCLE_SPAN);
        expect(new Set(runs.map(({ parentRun }) => parentRun)).size).toBe(1);
        const [first] = runs;
        if (runs.length > 1)
          expect(runs.every(({ window, parentRun }) => window === '' && parentRun !== null)).toBe(true);
        if (first === undefined || first.parentRun === null || first.window !== '') continue;
        // Greedy: a parent's next cycle begins only where the one before can take no more.
        expect(at - (openedAt.get(first.parentRun) ?? -Infinity)).toBeGreaterThan(CYCLE_SPAN);
        openedAt.set(first.parentRun, at);
      }
    }),
  );
});
