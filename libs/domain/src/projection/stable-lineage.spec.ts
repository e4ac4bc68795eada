import {
  JOB,
  OTHER_PRODUCER,
  PRODUCER,
  table,
  writtenEdges,
  writtenEntry,
} from '@headwater/store-contract/written-history';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { NodeId } from '../identifiers.js';
import { newNodeDocument, type NodeDocument, type OpenRow } from './documents.js';
import { deriveSpans, edgeViews, type Drop, type Span } from './edge-intervals.js';
import { compareEntries, CYCLE_SPAN, cyclesOf, type HistoryEntry } from './job-cycles.js';
import { derivePairs, mergeSpans, pairsOf } from './pair-intervals.js';
import { stableOf, takesAsRepetition } from './stable-lineage.js';

const K = 3;
const HOUR = CYCLE_SPAN / 24;
const DAG = 'run:jobs:dag:1' as NodeId;

interface Rows {
  readonly edges: NodeDocument['edges'];
  readonly pairs: NodeDocument['pairs'];
  readonly restriction: OpenRow | null;
  readonly inferred: OpenRow | null;
}

/** The document of a job with this history as a full derivation leaves it. */
function derived(
  history: readonly HistoryEntry[],
  drops: readonly Drop[] = [],
  declared: Parameters<typeof derivePairs>[1] = [],
): NodeDocument {
  const sorted = [...history].sort(compareEntries);
  const cycles = cyclesOf(sorted);
  const asset = { id: JOB, kind: 'JOB' as const, namespace: 'jobs', name: 'j', displayName: 'j' };
  const document = newNodeDocument(asset, 0);
  const observed = new Map(
    [PRODUCER, OTHER_PRODUCER].map((producer) => [
      producer,
      deriveSpans(edgeViews(cycles, producer, writtenEdges), drops, K),
    ]),
  );
  const ends = { reads: new Map<NodeId, readonly Span[]>(), writes: new Map<NodeId, readonly Span[]>() };
  for (const [producer, edges] of observed) {
    for (const [key, { item, spans }] of edges) {
      document.edges[`${key}|OBSERVED|${producer}`] = { from: item.from, to: item.to, open: rowsOf(spans) };
      const [side, dataset] = item.kind === 'READ' ? [ends.reads, item.from] : [ends.writes, item.to];
      side.set(dataset, mergeSpans([...(side.get(dataset) ?? []), ...spans]));
    }
  }
  const pairs = derivePairs(cycles, declared, ends, drops, K, writtenEdges);
  for (const [key, { item, spans }] of pairs.pairs) {
    document.pairs[key] = { input: item.input, output: item.output, open: rowsOf(spans) };
  }
  document.restriction = pairs.restriction === null ? null : (rowsOf([pairs.restriction])[0] ?? null);
  document.inferred = pairs.inferred === null ? null : (rowsOf([pairs.inferred])[0] ?? null);
  document.stable = stableOf(sorted, cycles, observed, pairs, [], K);
  return document;
}

function rowsOf(spans: readonly Span[]): OpenRow[] {
  return spans.map(({ from, to }) => ['', from, to]);
}

const rows = ({ edges, pairs, restriction, inferred }: NodeDocument): Rows => ({ edges, pairs, restriction, inferred });

/** Whether what `after` adds to the history is passed over. */
function isPassedOver(history: readonly HistoryEntry[], after: HistoryEntry, before?: HistoryEntry): boolean {
  return takesAsRepetition(
    derived(history),
    { before: before === undefined ? [] : [before], after: [after] },
    writtenEdges,
  );
}

test('a run that shows what is open is passed over', () => {
  expect(isPassedOver([writtenEntry(1, 'a b > x')], writtenEntry(2, 'a b > x'))).toBe(true);
});

test('a run that shows something new, or comes before the last cycle, is not', () => {
  const history = [writtenEntry(1, 'a > x'), writtenEntry(5, 'a > x')];
  expect(isPassedOver(history, writtenEntry(6, 'a b > x'))).toBe(false);
  expect(isPassedOver(history, writtenEntry(4, 'a > x'))).toBe(false);
  expect(isPassedOver(history, writtenEntry(6, '', { contributions: { [OTHER_PRODUCER]: 'a' } }))).toBe(false);
});

test('16. misses are passed over while fewer than K, those of a run that is not complete without counting', () => {
  const document = derived([writtenEntry(1, 'a b > x')]);
  const passes = (at: number, complete = true): boolean =>
    takesAsRepetition(document, { before: [], after: [writtenEntry(at, 'b > x', { complete })] }, writtenEdges);
  expect([passes(2), passes(3, false), passes(4), passes(5)]).toEqual([true, true, true, false]);
});

test('16. misses that have been counted before are not left any more', () => {
  const history = [writtenEntry(1, 'a b > x'), ...[2, 3].map((at) => writtenEntry(at, 'b > x'))];
  expect(isPassedOver(history, writtenEntry(4, 'b > x'))).toBe(false);
  expect(isPassedOver(history, writtenEntry(4, 'a b > x'))).toBe(true);
});

test('16. an edge that lapsed is not open: showing it again is no repetition', () => {
  const history = [writtenEntry(1, 'a b > x'), ...[2, 3, 4].map((at) => writtenEntry(at, 'b > x'))];
  expect(isPassedOver(history, writtenEntry(5, 'a > x'))).toBe(false);
});

test('16. a run that joins a cycle before the last one is not passed over', () => {
  const history = [writtenEntry(1, 'a > x', { parentRun: DAG }), writtenEntry(2, 'a > x')];
  expect(isPassedOver(history, writtenEntry(3, 'a > x', { parentRun: DAG }))).toBe(false);
  expect(isPassedOver(history, writtenEntry(3, 'a > x'))).toBe(true);
});

test('24. behind a DROP a run that completes the cycle before it may end what it missed: it is not passed over', () => {
  const history = [
    writtenEntry(1, 'a > x y'),
    ...[2, 3].map((at) => writtenEntry(at, 'a > y')),
    writtenEntry(4, 'a > y', { complete: false, parentRun: DAG }),
  ];
  const joining = writtenEntry(6, 'a > y', { parentRun: DAG });
  const drops = [{ dataset: table('x'), at: 5 }];
  const change = { before: [], after: [joining] };
  expect(takesAsRepetition(derived(history, drops), change, writtenEdges)).toBe(false);
  const ends = (entries: readonly HistoryEntry[]) =>
    Object.values(derived(entries, drops).edges)
      .filter(({ to }) => to === table('x'))
      .map(({ open }) => open.at(-1)?.[2]);
  expect([ends(history), ends([...history, joining])]).toEqual([[5], [2]]);
});

test('16. a run that supersedes one that silence does not end is not passed over', () => {
  const streaming = writtenEntry(1, 'a > x', { complete: false, perpetual: true, parentRun: DAG });
  expect(isPassedOver([streaming], writtenEntry(2, 'a > x'))).toBe(false);
  // The last cycle is not the one of the run that started last.
  const history = [
    writtenEntry(1, 'a b > x', { parentRun: DAG }),
    writtenEntry(2, 'a b > x'),
    { ...streaming, ...writtenEntry(3, 'b > x', { complete: false, perpetual: true, parentRun: DAG }) },
  ];
  expect(isPassedOver(history, writtenEntry(4, 'a b > x'))).toBe(false);
});

test('a run that takes back what it showed, or its completeness, is not passed over', () => {
  const held = writtenEntry(1, 'a b > x');
  expect(isPassedOver([held], { ...held, contributions: { [PRODUCER]: 'a > x' } }, held)).toBe(false);
  expect(isPassedOver([held], { ...held, complete: false }, held)).toBe(false);
  expect(isPassedOver([{ ...held, complete: false }], held, { ...held, complete: false })).toBe(true);
});

test('17. where pairs restrict the job, a run that pairs otherwise is not passed over', () => {
  const history = [writtenEntry(1, 'a > x'), writtenEntry(2, 'b > y')];
  expect(isPassedOver(history, writtenEntry(3, 'a > y'))).toBe(false);
  expect(isPassedOver(history, writtenEntry(3, 'a > x'))).toBe(true);
});

test('17. the first run that names both sides of a job is not passed over, those of one side are', () => {
  const history = [writtenEntry(1, 'a'), writtenEntry(2, '> x')];
  expect(isPassedOver(history, writtenEntry(3, 'a > x'))).toBe(false);
  expect(isPassedOver(history, writtenEntry(3, 'a'))).toBe(true);
});

test('17. a run before the time from which its pair is declared is not passed over', () => {
  const history = [writtenEntry(1, 'a'), writtenEntry(2, '> x')];
  const declared = (from: number) => [{ pairs: pairsOf([writtenEdges('a > x')]), span: { from, to: null } }];
  const passes = (from: number): boolean =>
    takesAsRepetition(
      derived(history, [], declared(from)),
      { before: [], after: [writtenEntry(3, 'a > x')] },
      writtenEdges,
    );
  expect([passes(2), passes(9)]).toEqual([true, false]);
});

test('24. an edge that a DROP ended is not open', () => {
  const drops = [{ dataset: table('x'), at: 3 }];
  const document = derived([writtenEntry(1, 'a > x')], drops);
  expect(takesAsRepetition(document, { before: [], after: [writtenEntry(4, 'a > x')] }, writtenEdges)).toBe(false);
});

const contribution = fc.constantFrom(
  'a > x',
  'a b > x',
  'b > x',
  'a > x y',
  'a b > x[a] y',
  'a b > x y',
  'a',
  '> x',
  'b > y',
);
const oneSided = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('a', '> x', 'b', '> y') },
  { weight: 1, arbitrary: contribution },
);
const drawn = {
  at: fc.integer({ min: 0, max: 40 }),
  run: fc.constantFrom('1', '2', '3', '4', '5', '6', '7', '8'),
  window: fc.constantFrom('', '', '', 'w'),
  parent: fc.constantFrom(null, null, 'p', 'q'),
  complete: fc.constantFrom(true, true, true, false),
  perpetual: fc.constantFrom(false, false, false, true),
  other: fc.option(contribution, { freq: 5 }),
};
const change = fc.record({ ...drawn, contribution });
const changes = fc.oneof(
  fc.array(change, { minLength: 1, maxLength: 12 }),
  fc.array(fc.record({ ...drawn, contribution: oneSided, other: fc.constant(null) }), { minLength: 2, maxLength: 12 }),
);

/** What the run's entry is after the change: its statements grow and its start only moves to the past, as in a run's record. */
function entryOf(
  sent: typeof changes extends fc.Arbitrary<(infer T)[]> ? T : never,
  held?: HistoryEntry,
): HistoryEntry {
  const at = Math.min(sent.at * HOUR, held?.firstAt ?? Infinity);
  return writtenEntry(at, '', {
    run: sent.run,
    window: sent.window,
    complete: sent.complete,
    perpetual: sent.perpetual || held?.perpetual === true,
    parentRun: sent.parent === null ? (held?.parentRun ?? null) : (`run:jobs:dag:${sent.parent}` as NodeId),
    contributions: {
      ...held?.contributions,
      [PRODUCER]: sent.contribution,
      ...(sent.other === null ? {} : { [OTHER_PRODUCER]: sent.other }),
    },
  });
}

const declaration = fc.option(fc.tuple(fc.integer({ min: 0, max: 40 }), contribution), { freq: 2 });

test('what is passed over never changes a row that a full derivation would make', () => {
  const occurred = { passedOver: 0, inferred: 0, ended: 0 };
  fc.assert(
    fc.property(changes, declaration, (made, declaring) => {
      const [from, said] = declaring ?? [0, ''];
      const pairs = pairsOf([writtenEdges(said)]);
      const declared = pairs.size === 0 ? [] : [{ pairs, span: { from: from * HOUR, to: null } }];
      let history: readonly HistoryEntry[] = [];
      let document = derived(history, [], declared);
      for (const sent of made) {
        const held = history.find((entry) => entry.run.endsWith(`:${sent.run}`) && entry.window === sent.window);
        const entry = entryOf(sent, held);
        const runChange = { before: held === undefined ? [] : [held], after: [entry] };
        history = [...history.filter((other) => other !== held), entry];
        const full = derived(history, [], declared);
        if (full.inferred !== null) occurred[full.inferred[2] === null ? 'inferred' : 'ended'] += 1;
        if (takesAsRepetition(document, runChange, writtenEdges)) {
          occurred.passedOver += 1;
          expect(rows(document)).toEqual(rows(full));
        } else document = full;
      }
    }),
    { numRuns: 1000 },
  );
  expect(occurred.passedOver).toBeGreaterThan(100);
  expect(Math.min(occurred.inferred, occurred.ended), JSON.stringify(occurred)).toBeGreaterThan(20);
});
