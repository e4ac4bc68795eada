import type { SchemaField } from '../catalog.js';
import type { Micros } from '../time.js';
import type { Span } from './edge-intervals.js';
import { compareStamps, compareText } from './stamp.js';
import type { FactStatement, Stamp } from './statements.js';

/** A timeline's value as its body is kept. */
export interface TimelineValue {
  readonly facts: readonly FactStatement[];
  readonly fields: readonly SchemaField[] | null;
}

/**
 * What one subject (a run, or one run-less event) said for one slot of a node: for each value the first and the last
 * stamp, which is left out where it is the first. Merging is commutative, associative and idempotent.
 */
export type ValueSpans = Record<string, { first: Stamp; last?: Stamp }>;

export function mergeValue(held: ValueSpans, hash: string, stamp: Stamp): void {
  const known = held[hash];
  if (known === undefined) {
    held[hash] = { first: stamp };
    return;
  }
  if (compareStamps(stamp, known.first) < 0) {
    known.last ??= known.first;
    known.first = stamp;
  } else if (compareStamps(stamp, known.last ?? known.first) > 0) known.last = stamp;
}

/** A stretch of a timeline in which one value holds, from its first statement to the next value's first. */
export interface Segment extends Span {
  readonly hash: string;
}

/** The value at t is that of the latest statement at or before t; equal neighbors are one segment. */
export function segmentsOf(said: readonly ValueSpans[]): readonly Segment[] {
  const points = said.flatMap((values) =>
    Object.entries(values).flatMap(([hash, { first, last }]) => [
      { hash, stamp: first },
      ...(last === undefined ? [] : [{ hash, stamp: last }]),
    ]),
  );
  points.sort((a, b) => compareStamps(a.stamp, b.stamp) || compareText(a.hash, b.hash));
  const segments: { hash: string; from: Micros; to: Micros | null }[] = [];
  for (const { hash, stamp } of points) {
    const last = segments.at(-1);
    if (last?.hash === hash) continue;
    if (last !== undefined) {
      last.to = stamp.at;
      // Two values at one moment: the later stamp's holds, the other never did.
      if (last.from === stamp.at) segments.pop();
      const before = segments.at(-1);
      if (before?.hash === hash && before.to === stamp.at) {
        before.to = null;
        continue;
      }
    }
    segments.push({ hash, from: stamp.at, to: null });
  }
  return segments;
}

/** Where a timeline stands, so that most statements need no look at its past. */
export interface TimelineTail {
  hash: string;
  /** The latest statement of all. */
  stamp: Stamp;
  /** When the tail's value began to hold. */
  from: Micros;
}

/** True where a statement cannot change the segments: it repeats the value that holds at its time at the tail. */
export function repeatsTail(tail: TimelineTail | undefined, hash: string, stamp: Stamp): boolean {
  return tail !== undefined && tail.hash === hash && stamp.at >= tail.from;
}
