import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareStamps } from './stamp.js';
import type { Stamp } from './statements.js';
import { mergeValue, repeatsTail, segmentsOf, type ValueSpans } from './timeline.js';

const stampAt = (at: number, rank = 3, digest = String(at)): Stamp => ({ at, claimedAt: at, rank, digest });

/** What one subject said: [value, stamp] in this order. */
function said(...points: readonly (readonly [hash: string, stamp: Stamp])[]): ValueSpans {
  const held: ValueSpans = {};
  for (const [hash, stamp] of points) mergeValue(held, hash, stamp);
  return held;
}

const segments = (...subjects: readonly ValueSpans[]): readonly unknown[] =>
  segmentsOf(subjects).map(({ hash, from, to }) => [hash, from, to]);

test('30. a value holds from its statement until another one is stated', () => {
  expect(segments(said(['p', stampAt(1)]), said(['q', stampAt(5)]))).toEqual([
    ['p', 1, 5],
    ['q', 5, null],
  ]);
});

test('30. repeating a value begins nothing new, returning to it does', () => {
  const subjects = [said(['p', stampAt(1)]), said(['p', stampAt(2)]), said(['q', stampAt(3)]), said(['p', stampAt(4)])];
  expect(segments(...subjects)).toEqual([
    ['p', 1, 3],
    ['q', 3, 4],
    ['p', 4, null],
  ]);
});

test('10. of two values at one moment that of the higher rank holds, and the other never did', () => {
  expect(segments(said(['p', stampAt(1, 0)]), said(['q', stampAt(1, 3)]))).toEqual([['q', 1, null]]);
  expect(segments(said(['p', stampAt(1)]), said(['q', stampAt(4, 0)]), said(['p', stampAt(4, 3)]))).toEqual([
    ['p', 1, null],
  ]);
});

test('10. of equal time and rank the later digest decides', () => {
  expect(segments(said(['p', stampAt(1, 3, 'bb')]), said(['q', stampAt(1, 3, 'aa')]))).toEqual([['p', 1, null]]);
});

test('a statement repeats the tail where its value holds at the tail since then or before', () => {
  const tail = { hash: 'p', stamp: stampAt(9), from: 5 };
  expect([4, 5, 20].map((at) => repeatsTail(tail, 'p', stampAt(at)))).toEqual([false, true, true]);
  expect(repeatsTail(tail, 'q', stampAt(20))).toBe(false);
  expect(repeatsTail(undefined, 'p', stampAt(20))).toBe(false);
});

const points = fc.uniqueArray(
  fc.tuple(
    fc.constantFrom('p', 'q', 'r'),
    fc.record({ at: fc.nat(8), rank: fc.constantFrom(0, 3), digest: fc.constantFrom('1', '2', '3', '4', '5', '6') }),
  ),
  { selector: ([, { digest }]) => digest, maxLength: 6 },
);

test('28. at every moment the value is that of the latest statement by then', () => {
  fc.assert(
    fc.property(points, (sent) => {
      const stamped = sent.map(([hash, { at, rank, digest }]) => [hash, stampAt(at, rank, digest)] as const);
      const found = segmentsOf(stamped.map((point) => said(point)));
      for (let at = 0; at <= 9; at += 1) {
        const latest = stamped
          .filter(([, stamp]) => stamp.at <= at)
          .sort(([, a], [, b]) => compareStamps(a, b))
          .at(-1);
        const holding = found.filter(({ from, to }) => from <= at && (to === null || at < to));
        expect(holding.map(({ hash }) => hash)).toEqual(latest === undefined ? [] : [latest[0]]);
      }
      for (const [index, { hash, from }] of found.slice(1).entries()) {
        expect(found[index]?.hash).not.toBe(hash);
        expect(found[index]?.to).toBe(from);
      }
    }),
    { numRuns: 500 },
  );
});

test('Order: what a subject said does not depend on the order or the repetition of its statements', () => {
  const shuffled = points.chain((sent) =>
    fc.tuple(fc.constant(sent), fc.shuffledSubarray(sent, { minLength: sent.length })),
  );
  fc.assert(
    fc.property(shuffled, ([sent, others]) => {
      const of = (list: typeof sent): ValueSpans =>
        said(...list.map(([hash, { at, rank, digest }]) => [hash, stampAt(at, rank, digest)] as const));
      expect(of([...others, ...sent])).toEqual(of(sent));
    }),
  );
});
