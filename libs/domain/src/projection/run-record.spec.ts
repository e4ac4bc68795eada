import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RunEventType } from '../events.js';
import { datasetId, jobId, runNodeId } from '../identifiers.js';
import {
  attemptsOf,
  mergeRun,
  newRunRecord,
  readingSpan,
  runStateOf,
  windowKey,
  type RunRecord,
} from './run-record.js';
import { stampOf } from './stamp.js';
import type { EventStatements, JobNature, LineageSlot } from './statements.js';

const JOB = jobId('jobs', 'j');
const BATCH: JobNature = { perpetual: false, windowMicros: null, completeSnapshot: false, windowed: false };

interface Said {
  readonly type: RunEventType | null;
  readonly at: number;
  /** The producer's own time, where its clock is ahead. */
  readonly claimedAt?: number;
  readonly digest?: string;
  readonly producerKey?: string;
  readonly nature?: JobNature;
  readonly reads?: readonly string[];
  readonly writes?: readonly string[];
  /** What a `lineage` facet of dataset x says, in a word. */
  readonly slot?: string;
  readonly nominal?: number;
}

function eventOf(said: Said): EventStatements {
  const { type, at, claimedAt = at, producerKey = 'p' } = said;
  const digest = said.digest ?? `${String(claimedAt)}${type ?? ''}`.padEnd(16, '0');
  const { rank } = stampOf({ receivedAt: 0, digest }, { eventTime: 0, eventType: type } as never);
  const slot = (hash: string): LineageSlot => ({
    slot: `lineage@${hash}`,
    producerKey,
    statements: [],
    jobStatements: [],
    control: [],
  });
  return {
    kind: 'RUN',
    stamp: { at, claimedAt, rank, digest },
    producer: producerKey,
    producerKey,
    run: {
      id: runNodeId(JOB, 'r'),
      runId: 'r',
      originalRunId: 'r',
      type,
      parent: null,
      nominalStartAt: said.nominal ?? null,
      nominalEndAt: null,
    },
    job: JOB,
    nature: said.nature ?? null,
    assets: [],
    reads: (said.reads ?? []).map((name) => datasetId('db', name)),
    writes: (said.writes ?? []).map((name) => datasetId('db', name)),
    lineage: said.slot === undefined ? [] : [slot('x')],
    timelines: [],
    facets: [],
    removed: [],
    symlinks: [],
    aliases: [],
    lifecycle: [],
    versions: [],
    metrics: [],
    findings: [],
  };
}

function recordOf(...said: readonly Said[]): RunRecord {
  const record = newRunRecord();
  for (const statement of said) mergeRun(record, eventOf(statement), () => statement.slot ?? '');
  return record;
}

/** `START@0 FAIL@5`, in any order. */
const marks = (text: string): RunRecord =>
  recordOf(
    ...text.split(' ').map((word): Said => {
      const [type, at] = word.split('@');
      return { type: type === '-' ? null : (type as RunEventType), at: Number(at) };
    }),
  );
const stateOf = (text: string): string => runStateOf(marks(text)).state;

test.each([
  ['START@0', 'RUNNING'],
  ['RUNNING@0', 'RUNNING'],
  ['-@0', 'OTHER'],
  ['OTHER@0 RUNNING@1 -@2', 'RUNNING'],
  ['COMPLETE@5 RUNNING@6', 'COMPLETED'],
  ['START@0 FAIL@5 COMPLETE@6', 'FAILED'],
  ['FAIL@3 ABORT@4 COMPLETE@5', 'FAILED'],
  ['ABORT@4 COMPLETE@5', 'ABORTED'],
  ['START@0 ABORT@0', 'ABORTED'],
  ['START@0 FAIL@5 START@6', 'RUNNING'],
  ['START@0 FAIL@5 START@6 COMPLETE@9', 'COMPLETED'],
  ['START@0 FAIL@5 START@5 COMPLETE@9', 'FAILED'],
  ['COMPLETE@5 START@6', 'COMPLETED'],
  ['COMPLETE@5 START@6 START@7', 'COMPLETED'],
  ['START@0 FAIL@1 START@2 FAIL@3 START@4 COMPLETE@5', 'COMPLETED'],
])('11. %s is %s', (text, state) => {
  expect(stateOf(text)).toBe(state);
  expect(stateOf(text.split(' ').reverse().join(' '))).toBe(state);
});

test('11. each attempt has its own start and end, and the run shows those of the last', () => {
  const record = marks('START@0 FAIL@5 START@6 COMPLETE@9');
  expect(attemptsOf(record)).toEqual([
    { state: 'FAILED', startedAt: 0, endedAt: 5, completedAt: [] },
    { state: 'COMPLETED', startedAt: 6, endedAt: 9, completedAt: [9] },
  ]);
  expect(runStateOf(record)).toMatchObject({ startedAt: 6, endedAt: 9 });
});

test('11. the end is that of the event that decides: a COMPLETE behind a FAIL does not move it', () => {
  expect(runStateOf(marks('START@0 FAIL@5 COMPLETE@6'))).toMatchObject({ state: 'FAILED', endedAt: 5 });
});

test('27. each attempt’s COMPLETE is a generating time, sorted, also where a FAIL beats it', () => {
  expect(runStateOf(marks('START@0 COMPLETE@5 START@6 COMPLETE@9 FAIL@10')).completedAt).toEqual([5, 9]);
});

test('10. the producer’s own clock orders the events of a run, the effective time dates them', () => {
  const record = recordOf({ type: 'COMPLETE', at: 9, claimedAt: 99 }, { type: 'START', at: 9, claimedAt: 90 });
  expect(runStateOf(record)).toMatchObject({ state: 'COMPLETED', startedAt: 9, endedAt: 9 });
});

test('12. datasets accumulate by producer, and an event without any takes none away', () => {
  const record = recordOf(
    { type: 'START', at: 0, reads: ['b'] },
    { type: 'RUNNING', at: 1, reads: ['a', 'b'], writes: ['x'] },
    { type: 'RUNNING', at: 2, reads: ['c'], producerKey: 'q' },
    { type: 'COMPLETE', at: 3 },
  );
  expect(record.windows['']?.parts).toEqual({
    p: { reads: ['a', 'b'].map((name) => datasetId('db', name)), writes: [datasetId('db', 'x')], slots: {} },
    q: { reads: [datasetId('db', 'c')], writes: [], slots: {} },
  });
});

test('12. of two lineage facets at one place the later one holds, by the producer’s clock', () => {
  const [early, late] = [
    { type: 'START', at: 5, claimedAt: 1, slot: 'early' },
    { type: 'COMPLETE', at: 5, claimedAt: 2, slot: 'late' },
  ] as const;
  for (const record of [recordOf(early, late), recordOf(late, early)])
    expect(record.windows['']?.parts['p']?.slots['lineage@x']?.hash).toBe('late');
});

const windowAt = (at: number, nature: Partial<JobNature>): string =>
  windowKey(eventOf({ type: 'RUNNING', at, digest: 'abcdef0123456789', nature: { ...BATCH, ...nature } }));

test('16. a window is the period that the time lies in, else the event under COMPLETE_SNAPSHOT, else the run', () => {
  expect([0, 59, 60, 61].map((at) => windowAt(at, { windowed: true, windowMicros: 60 }))).toEqual(['0', '0', '1', '1']);
  expect(windowAt(61, { windowed: true, windowMicros: 60, completeSnapshot: true })).toBe('1');
  expect(windowAt(61, { windowed: true, completeSnapshot: true })).toBe('61-abcdef01');
  expect(windowAt(61, { windowed: true })).toBe('');
  expect(windowAt(61, {})).toBe('');
  expect(windowKey(eventOf({ type: 'RUNNING', at: 61 }))).toBe('');
});

test('16. a COMPLETE_SNAPSHOT window spans its events and counts as complete, what was said outside windows does not', () => {
  const nature = { perpetual: true, windowed: true, windowMicros: 60, completeSnapshot: true };
  const record = recordOf(
    { type: 'START', at: 1 },
    { type: 'RUNNING', at: 70, nature, reads: ['a'] },
    { type: 'RUNNING', at: 65, nature },
  );
  expect(record.windows['1']).toMatchObject({ firstAt: 65, lastAt: 70, snapshot: true });
  expect(record.windows['']).toMatchObject({ firstAt: 1, lastAt: 1, snapshot: false });
});

test('27. what reads all the time reads at its start', () => {
  const events = [
    { type: 'START', at: 1 },
    { type: 'RUNNING', at: 9 },
  ] as const;
  expect(readingSpan(recordOf(...events))).toEqual({ firstAt: 1, lastAt: 9 });
  const perpetual = { ...BATCH, perpetual: true };
  expect(readingSpan(recordOf(...events, { type: 'RUNNING', at: 5, nature: perpetual }))).toEqual({
    firstAt: 1,
    lastAt: 1,
  });
});

const events = fc.array(
  fc.record({
    type: fc.constantFrom<RunEventType | null>('START', 'RUNNING', 'OTHER', null, 'COMPLETE', 'ABORT', 'FAIL'),
    at: fc.nat(6),
    claimedAt: fc.nat(6),
    producerKey: fc.constantFrom('p', 'q'),
    nature: fc.constantFrom(BATCH, { ...BATCH, windowed: true, windowMicros: 2 }, { ...BATCH, perpetual: true }),
    reads: fc.subarray(['a', 'b']),
    writes: fc.subarray(['x']),
    slot: fc.constantFrom('s', 't'),
    nominal: fc.nat(3),
  }),
  { maxLength: 8 },
);

test('Order: a run’s record does not depend on the order or the repetition of its events', () => {
  const arrivals = events
    .map((list) => list.map((said, index) => ({ ...said, digest: `${String(index)}000000000000000` })))
    .chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }), fc.subarray(list)),
    );
  fc.assert(
    fc.property(arrivals, ([list, shuffled, again]) => {
      const [expected, actual] = [recordOf(...list), recordOf(...shuffled, ...again)];
      expect(actual).toEqual(expected);
      expect(attemptsOf(actual)).toEqual(attemptsOf(expected));
    }),
    { numRuns: 500 },
  );
});

test('11. marks that decide nothing are not kept, and the state is as if they were', () => {
  const long = Array.from({ length: 50 }, (_, n): Said => ({ type: 'RUNNING', at: n + 1 }));
  const record = recordOf({ type: 'START', at: 0 }, ...long, { type: 'COMPLETE', at: 60 });
  expect(record.marks.map(({ type, at }) => [type, at])).toEqual([
    ['START', 0],
    ['RUNNING', 1],
    ['RUNNING', 50],
    ['COMPLETE', 60],
  ]);
  expect(runStateOf(record).state).toBe('COMPLETED');
});
