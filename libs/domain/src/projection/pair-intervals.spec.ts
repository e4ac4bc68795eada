import {
  OTHER_PRODUCER,
  pairKey,
  PRODUCER,
  table,
  writtenEdges,
  writtenEntry,
} from '@headwater/store-contract/written-history';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Span } from './edge-intervals.js';
import { cyclesOf, type HistoryEntry } from './job-cycles.js';
import { derivePairs, MAX_PAIRS, mergeSpans, pairsOf, type DerivedPairs } from './pair-intervals.js';

const K = 3;
const ALWAYS: Span = { from: 0, to: null };

const pairs = (...contributions: readonly string[]): readonly string[] =>
  [...pairsOf(contributions.map(writtenEdges)).keys()].sort();

test('17. a statement contributes inputs x outputs', () => {
  expect(pairs('a b > x y')).toEqual([pairKey('a', 'x'), pairKey('a', 'y'), pairKey('b', 'x'), pairKey('b', 'y')]);
});

test('17. what names one side only contributes no pair', () => {
  expect([pairs('a'), pairs('> x'), pairs('')]).toEqual([[], [], []]);
});

test('17. an output with a lineage entry pairs with the sources listed there only', () => {
  expect(pairs('a b > x[a] y')).toEqual([pairKey('a', 'x'), pairKey('a', 'y'), pairKey('b', 'y')]);
  expect(pairs('a > x[]')).toEqual([]);
});

test('17. producers of one run speak together, and what any of them lists as sources holds', () => {
  expect(pairs('a', '> x')).toEqual([pairKey('a', 'x')]);
  expect(pairs('a b > x', '> x[a]')).toEqual([pairKey('a', 'x')]);
});

test('17. a product beyond the limit is conducted in full', () => {
  const many = Array.from({ length: 200 }, (_, n) => `i${String(n)}`).join(' ');
  const outputs = Array.from({ length: MAX_PAIRS / 200 + 1 }, (_, n) => `o${String(n)}`).join(' ');
  expect(pairs(`${many} > ${outputs}`)).toEqual([]);
});

/** Pairs over these runs where the job's edges hold from `reads` and `writes` on. */
function derive(
  entries: readonly HistoryEntry[],
  reads: readonly string[],
  writes: readonly string[],
  declared: Parameters<typeof derivePairs>[1] = [],
  drops: Parameters<typeof derivePairs>[3] = [],
): DerivedPairs {
  const held = (names: readonly string[]) => new Map(names.map((name) => [table(name), [ALWAYS]]));
  const edges = { reads: held(reads), writes: held(writes) };
  return derivePairs(cyclesOf(entries), declared, edges, drops, K, writtenEdges);
}

const spans = ({ pairs: derived }: DerivedPairs): Readonly<Record<string, readonly unknown[]>> =>
  Object.fromEntries([...derived].map(([key, entry]) => [key, entry.spans.map(({ from, to }) => [from, to])]));

test('17. two alternating runs are two pairs, and the job conducts nothing else from the first of them on', () => {
  const derived = derive([writtenEntry(1, 'a > x'), writtenEntry(2, 'b > y')], ['a', 'b'], ['x', 'y']);
  expect(spans(derived)).toEqual({ [pairKey('a', 'x')]: [[1, null]], [pairKey('b', 'y')]: [[2, null]] });
  expect(derived.restriction).toEqual({ from: 1, to: null });
  expect(derived.inferred).toEqual({ from: 0, to: 1 });
});

test('17. a job with no two-sided statement is not restricted: its product is inferred from the first edges on', () => {
  const derived = derive([writtenEntry(1, 'a'), writtenEntry(2, '> x')], ['a'], ['x']);
  expect(derived).toMatchObject({ restriction: null, inferred: { from: 0, to: null }, twoSidedFrom: null });
  expect(derived.pairs.size).toBe(0);
});

test('17. where the pairs are the product of the edges at all times nothing is stored', () => {
  const reads = new Map([[table('a'), [{ from: 1, to: null }]]]);
  const writes = new Map([[table('x'), [{ from: 1, to: 5 }]]]);
  const derived = derivePairs(cyclesOf([writtenEntry(1, 'a > x')]), [], { reads, writes }, [], K, writtenEdges);
  expect(derived).toMatchObject({ restriction: null, inferred: null, twoSidedFrom: 1 });
});

test('17. a product is inferred while both sides have edges, until both are first named together', () => {
  const inferred = (first: number | null, to: number | null = null): unknown => {
    const runs = first === null ? [] : [writtenEntry(first, 'a > x')];
    const reads = new Map([[table('a'), [{ from: 2, to }]]]);
    const writes = new Map([[table('x'), [{ from: 4, to: null }]]]);
    return derivePairs(cyclesOf(runs), [], { reads, writes }, [], K, writtenEdges).inferred;
  };
  expect(inferred(null)).toEqual({ from: 4, to: null });
  expect(inferred(9)).toEqual({ from: 4, to: 9 });
  expect([inferred(4), inferred(1)]).toEqual([null, null]);
  // Over a period reach is the union of its edges, so that these two meet as well.
  expect(inferred(null, 3)).toEqual({ from: 4, to: null });
});

test('17. a job whose product was inferred tells its pairs from the first statement of both sides on', () => {
  const reads = new Map([
    [table('a'), [{ from: 2, to: 3 }]],
    [table('b'), [{ from: 6, to: null }]],
  ]);
  const writes = new Map([[table('x'), [{ from: 4, to: null }]]]);
  const derived = derivePairs(cyclesOf([writtenEntry(6, 'b > x')]), [], { reads, writes }, [], K, writtenEdges);
  expect(derived).toMatchObject({ inferred: { from: 4, to: 6 }, restriction: { from: 6, to: null } });
  expect(spans(derived)).toEqual({ [pairKey('b', 'x')]: [[6, null]] });
});

test('17. a product too large for pairs is inferred all the same until both sides are named together', () => {
  const held = (prefix: string, count: number) =>
    new Map(Array.from({ length: count }, (_, n) => [table(`${prefix}${String(n)}`), [ALWAYS]]));
  const edges = { reads: held('i', 200), writes: held('o', MAX_PAIRS / 200 + 1) };
  const of = (...runs: readonly HistoryEntry[]) => derivePairs(cyclesOf(runs), [], edges, [], K, writtenEdges);
  expect(of(writtenEntry(1, 'i0'), writtenEntry(2, '> o0'))).toMatchObject({ inferred: { from: 0, to: null } });
  expect(of(writtenEntry(5, 'i0 > o0'))).toMatchObject({ inferred: { from: 0, to: 5 }, restriction: null });
});

test('17. a pair is missed only by a complete run that names both sides', () => {
  const missing = (contribution: string, complete = true): readonly HistoryEntry[] =>
    [2, 3, 4].map((at) => writtenEntry(at, contribution, { complete }));
  const first = writtenEntry(1, 'a > x');
  const ofFirst = (entries: readonly HistoryEntry[]): unknown =>
    spans(derive([first, ...entries], ['a', 'b'], ['x', 'y']))[pairKey('a', 'x')];
  expect(ofFirst(missing('b'))).toEqual([[1, null]]);
  expect(ofFirst(missing('b > y', false))).toEqual([[1, null]]);
  expect(ofFirst(missing('b > y'))).toEqual([[1, 2]]);
});

test('17. both sides may come from two producers of the run', () => {
  const both = [2, 3, 4].map((at) =>
    writtenEntry(at, '', { contributions: { [PRODUCER]: 'b', [OTHER_PRODUCER]: '> y' } }),
  );
  expect(spans(derive([writtenEntry(1, 'a > x'), ...both], ['a', 'b'], ['x', 'y']))).toEqual({
    [pairKey('a', 'x')]: [[1, 2]],
    [pairKey('b', 'y')]: [[2, null]],
  });
});

test('17. declared pairs count beside those of runs, from the earliest statement of both sides', () => {
  const declared = [{ pairs: pairsOf([writtenEdges('b > y')]), span: { from: 1, to: 9 } }];
  const derived = derive([writtenEntry(4, 'a > x'), writtenEntry(5, 'b > y')], ['a', 'b'], ['x', 'y'], declared);
  expect(spans(derived)).toEqual({ [pairKey('a', 'x')]: [[4, null]], [pairKey('b', 'y')]: [[1, null]] });
  expect(derived.restriction?.from).toBe(1);
});

test('24. a DROP at either end ends a pair', () => {
  const drops = [{ dataset: table('x'), at: 3 }];
  const derived = derive([writtenEntry(1, 'a > x'), writtenEntry(2, 'b > y')], ['a', 'b'], ['x', 'y'], [], drops);
  expect(spans(derived)).toEqual({ [pairKey('a', 'x')]: [[1, 3]], [pairKey('b', 'y')]: [[2, null]] });
});

test('16. the misses that any open pair has had are told', () => {
  expect(
    derive([writtenEntry(1, 'a > x'), ...[2, 3].map((at) => writtenEntry(at, 'b > y'))], ['a', 'b'], ['x', 'y']),
  ).toMatchObject({ pending: 2 });
});

const spanArrays = fc.array(
  fc
    .tuple(fc.nat(20), fc.option(fc.integer({ min: 1, max: 6 })))
    .map(([from, length]): Span => ({ from, to: length === null ? null : from + length })),
  { maxLength: 8 },
);
const covers = (list: readonly Span[], at: number): boolean =>
  list.some(({ from, to }) => from <= at && (to === null || at < to));

test('merged spans cover the same moments, in order and without touching', () => {
  fc.assert(
    fc.property(spanArrays, (sent) => {
      const merged = mergeSpans(sent);
      for (let at = 0; at <= 30; at += 1) expect(covers(merged, at), String(at)).toBe(covers(sent, at));
      for (const [index, { from }] of merged.slice(1).entries())
        expect(from).toBeGreaterThan(merged[index]?.to ?? from);
    }),
  );
});
