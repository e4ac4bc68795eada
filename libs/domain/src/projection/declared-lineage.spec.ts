import {
  OTHER_PRODUCER,
  pairKey,
  PRODUCER,
  readKey,
  table,
  writeKey,
  writtenEdges,
} from '@headwater/store-contract/written-history';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { declaredPairs, declaredSpans } from './declared-lineage.js';
import type { Declaration } from './documents.js';
import type { Drop } from './edge-intervals.js';

function declared(at: number, contribution: string, producerKey = PRODUCER): Declaration {
  const stamp = { at, claimedAt: at, rank: 2, digest: `${String(at)}${producerKey}` };
  return { stamp, producerKey, contribution, evidence: 'DECLARED' };
}

function spansOf(declarations: readonly Declaration[], drops: readonly Drop[] = []): Readonly<Record<string, unknown>> {
  const edges = declaredSpans(declarations, writtenEdges, drops).filter(({ producerKey }) => producerKey === PRODUCER);
  return Object.fromEntries(edges.map(({ key, spans }) => [key, spans.map(({ from, to }) => [from, to])]));
}

test('16. a declaration holds from its time on', () => {
  expect(spansOf([declared(1, 'a > x')])).toEqual({ [readKey('a')]: [[1, null]], [writeKey('x')]: [[1, null]] });
});

test('16. a later one replaces the sides that it names, whichever came first', () => {
  const declarations = [declared(1, 'a > x'), declared(5, 'b')];
  for (const order of [declarations, [...declarations].reverse()])
    expect(spansOf(order)).toEqual({
      [readKey('a')]: [[1, 5]],
      [readKey('b')]: [[5, null]],
      [writeKey('x')]: [[1, null]],
    });
});

test('16. an edge that a later one names again goes on', () => {
  expect(spansOf([declared(1, 'a'), declared(5, 'a b'), declared(9, 'b')])).toEqual({
    [readKey('a')]: [[1, 9]],
    [readKey('b')]: [[5, null]],
  });
});

test('16. another producer replaces nothing', () => {
  expect(spansOf([declared(1, 'a'), declared(5, 'b', OTHER_PRODUCER)])).toEqual({ [readKey('a')]: [[1, null]] });
});

test('16. of two at one moment the one that is behind in the order of events holds', () => {
  const [first, second] = [declared(1, 'a'), declared(1, 'b')];
  const later = { ...second, stamp: { ...second.stamp, digest: 'z' } };
  expect(spansOf([later, first])).toEqual({ [readKey('b')]: [[1, null]] });
});

test('24. a DROP ends what was declared before it, and not what is declared at or after it', () => {
  const drops = [{ dataset: table('a'), at: 5 }];
  expect(spansOf([declared(1, 'a > x')], drops)).toEqual({ [readKey('a')]: [[1, 5]], [writeKey('x')]: [[1, null]] });
  expect(spansOf([declared(5, 'a')], drops)).toEqual({ [readKey('a')]: [[5, null]] });
  expect(spansOf([declared(1, 'a'), declared(8, 'a')], drops)).toEqual({
    [readKey('a')]: [
      [1, 5],
      [8, null],
    ],
  });
});

const pairSpans = (declarations: readonly Declaration[]): readonly unknown[] =>
  declaredPairs(declarations, writtenEdges).map(({ pairs, span }) => [[...pairs.keys()], span.from, span.to]);

test('17. a two-sided declaration contributes its pairs until the producer’s next one', () => {
  expect(pairSpans([declared(1, 'a > x'), declared(3, 'b'), declared(5, 'b > y')])).toEqual([
    [[pairKey('a', 'x')], 1, 5],
    [[pairKey('b', 'y')], 5, null],
  ]);
});

test('17. a one-sided declaration, and one replaced at its own moment, contribute no pair', () => {
  expect(pairSpans([declared(1, 'a'), declared(2, '> x')])).toEqual([]);
  const [first, second] = [declared(1, 'a > x'), declared(1, 'b > y')];
  const later = { ...second, stamp: { ...second.stamp, digest: 'z' } };
  expect(pairSpans([first, later])).toEqual([[[pairKey('b', 'y')], 1, null]]);
});

test('17. an output with a lineage entry has only the sources declared for it', () => {
  expect(pairSpans([declared(1, 'a b > x[a] y[]')])).toEqual([[[pairKey('a', 'x')], 1, null]]);
});

test('16. an edge holds at a moment where the producer’s latest word on its side by then names it', () => {
  const contributions = fc.constantFrom('a', 'b', 'a b', '> x', 'a > x', 'b > y', '');
  const sent = fc.uniqueArray(fc.tuple(fc.nat(9), contributions), { selector: ([at]) => at, maxLength: 6 });
  fc.assert(
    fc.property(sent, (list) => {
      const spans = declaredSpans(
        list.map(([at, contribution]) => declared(at, contribution)),
        writtenEdges,
        [],
      );
      for (let at = 0; at <= 10; at += 1) {
        const by = list.filter(([time]) => time <= at).sort(([a], [b]) => a - b);
        const latest = (side: string) =>
          by
            .map(([, said]) => writtenEdges(said))
            .filter((set) => set.sides.has(side))
            .at(-1);
        const expected = ['IN', 'OUT'].flatMap((side) =>
          [...(latest(side)?.edges.values() ?? [])].flatMap((edge) => (edge.side === side ? [edge.key] : [])),
        );
        const holding = spans.filter((edge) =>
          edge.spans.some(({ from, to }) => from <= at && (to === null || at < to)),
        );
        expect(holding.map(({ key }) => key).sort()).toEqual(expected.sort());
      }
    }),
  );
});
