import {
  OTHER_PRODUCER,
  PRODUCER,
  readKey,
  table,
  writeKey,
  writtenEdges,
  writtenEntry,
} from '@headwater/store-contract/written-history';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deriveSpans, edgeViews, type CycleView, type Drop, type Sighted, type Span } from './edge-intervals.js';
import { cyclesOf, type HistoryEntry } from './job-cycles.js';

const K = 3;

/** Spans of each edge by its key, over these runs as one producer tells them. */
function spansOf(
  entries: readonly HistoryEntry[],
  drops: readonly Drop[] = [],
  producer = PRODUCER,
): Readonly<Record<string, readonly unknown[]>> {
  const derived = deriveSpans(edgeViews(cyclesOf(entries), producer, writtenEdges), drops, K);
  return Object.fromEntries([...derived].map(([key, { spans }]) => [key, spans.map(({ from, to }) => [from, to])]));
}

const told = (...contributions: readonly string[]): readonly HistoryEntry[] =>
  contributions.map((contribution, index) => writtenEntry(index + 1, contribution));

test('16. fewer than K misses keep an interval open, and are counted', () => {
  const entries = told('a b', 'b', 'b');
  expect(spansOf(entries)).toEqual({ [readKey('a')]: [[1, null]], [readKey('b')]: [[1, null]] });
  const derived = deriveSpans(edgeViews(cyclesOf(entries), PRODUCER, writtenEdges), [], K);
  expect([...derived.values()].map(({ misses }) => misses)).toEqual([2, 0]);
});

test('16. K misses end an interval at the first miss after the last sighting', () => {
  expect(spansOf(told('a b', 'b', 'a b', 'b', 'b', 'b'))).toEqual({
    [readKey('a')]: [[1, 4]],
    [readKey('b')]: [[1, null]],
  });
});

test('16. an edge that is seen again after it lapsed has a second interval', () => {
  expect(spansOf(told('a b', 'b', 'b', 'b', 'b', 'a b'))[readKey('a')]).toEqual([
    [1, 2],
    [6, null],
  ]);
});

test('16. what is not complete, or names nothing on a side, misses nothing there', () => {
  const failed = writtenEntry(2, 'b > x', { complete: false });
  expect(spansOf([writtenEntry(1, 'a'), failed, ...told('', '', '> y', '> y', '> y').slice(2)])[readKey('a')]).toEqual([
    [1, null],
  ]);
});

test('16. a cycle misses by its complete runs and shows by all of them', () => {
  const mapped = (at: number, contribution: string, complete: boolean): HistoryEntry =>
    writtenEntry(at, contribution, { complete, parentRun: writtenEntry(0, '', { run: 'dag' }).run });
  const cycle = [mapped(1, 'a', false), mapped(2, 'b', true)];
  expect(spansOf([...cycle, ...told('', '', 'b', 'b', 'b').slice(2)])).toEqual({
    [readKey('a')]: [[1, 3]],
    [readKey('b')]: [[1, null]],
  });
});

test('23. the silence of one producer never ends what another says', () => {
  const two = writtenEntry(1, '', { contributions: { [PRODUCER]: 'a > x', [OTHER_PRODUCER]: 'b' } });
  const entries = [two, ...told('', 'c > x', 'c > x', 'c > x').slice(1)];
  expect(spansOf(entries)[readKey('a')]).toEqual([[1, 2]]);
  expect(spansOf(entries, [], OTHER_PRODUCER)).toEqual({ [readKey('b')]: [[1, null]] });
});

test('24. a DROP ends the edges of its dataset alone, and the next sighting begins anew', () => {
  const drops = [{ dataset: table('x'), at: 3 }];
  const entries = [writtenEntry(1, 'a > x'), writtenEntry(4, 'a'), writtenEntry(5, 'a > x')];
  expect(spansOf(entries, drops)).toEqual({
    [readKey('a')]: [[1, null]],
    [writeKey('x')]: [
      [1, 3],
      [5, null],
    ],
  });
});

test('24. a DROP behind K misses does not lengthen the interval, one at the sighting comes before it', () => {
  expect(spansOf(told('a b', 'b', 'b', 'b'), [{ dataset: table('a'), at: 9 }])[readKey('a')]).toEqual([[1, 2]]);
  expect(spansOf(told('a'), [{ dataset: table('a'), at: 1 }])).toEqual({ [readKey('a')]: [[1, null]] });
});

const ITEMS = ['a', 'b', 'c'] as const;
interface Turn {
  readonly at: number;
  readonly shown: readonly string[];
  readonly isComplete: boolean;
}

function viewOf({ shown, isComplete }: Turn): CycleView<Sighted> {
  const item = (name: string): Sighted => ({ side: 'IN', datasets: [table(name)] });
  return {
    signature: `${shown.join()}${isComplete ? '!' : ''}`,
    shown: new Map(shown.map((name) => [name, item(name)])),
    completeSides: new Set(isComplete && shown.length > 0 ? ['IN'] : []),
  };
}

/** Rule 16 as it reads: one item at a time, one stretch between DROPs at a time, without states or shortcuts. */
function naiveSpans(name: string, turns: readonly Turn[], drops: readonly Drop[], tolerance: number): readonly Span[] {
  const ends = drops.filter(({ dataset }) => dataset === table(name)).map(({ at }) => at);
  const bounds = [-Infinity, ...ends.sort((a, b) => a - b), Infinity];
  return bounds.slice(1).flatMap((end, index) => {
    const start = bounds[index] ?? -Infinity;
    const stretch = turns.filter(({ at }) => start <= at && at < end);
    const sightings = stretch.flatMap(({ shown }, position) => (shown.includes(name) ? [position] : []));
    const missesBehind = (position: number, next: number): readonly number[] =>
      stretch
        .slice(position + 1, next)
        .filter((turn) => turn.isComplete && turn.shown.length > 0)
        .map(({ at }) => at);
    const spans: Span[] = [];
    let first = sightings[0];
    for (const [order, position] of sightings.entries()) {
      const next = sightings[order + 1];
      const misses = missesBehind(position, next ?? stretch.length);
      const lapses = misses.length >= tolerance;
      if (next !== undefined && !lapses) continue;
      const from = stretch[first ?? position]?.at ?? 0;
      const to = lapses ? (misses[0] ?? null) : end === Infinity ? null : end;
      if (to === null || to > from) spans.push({ from, to });
      first = next;
    }
    return spans;
  });
}

const timelines = fc.record({
  turns: fc
    .array(fc.record({ at: fc.nat(20), shown: fc.subarray([...ITEMS]), isComplete: fc.boolean() }), { maxLength: 14 })
    .map((turns) => turns.sort((a, b) => a.at - b.at)),
  drops: fc.array(fc.record({ dataset: fc.constantFrom(...ITEMS).map(table), at: fc.nat(20) }), { maxLength: 3 }),
  tolerance: fc.integer({ min: 1, max: 3 }),
});

test('16. the spans are those of a naive reading of the rule', () => {
  let lapsed = 0;
  fc.assert(
    fc.property(timelines, ({ turns, drops, tolerance }) => {
      const cycles = turns.map((turn) => ({ at: turn.at, view: viewOf(turn) }));
      const derived = deriveSpans(cycles, drops, tolerance);
      for (const name of ITEMS) {
        const expected = naiveSpans(name, turns, drops, tolerance);
        expect(derived.get(name)?.spans ?? [], name).toEqual(expected);
        lapsed += expected.filter(({ to }) => to !== null).length;
      }
    }),
    { numRuns: 2000 },
  );
  expect(lapsed).toBeGreaterThan(0);
});
