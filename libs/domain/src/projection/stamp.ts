import type { LineageEvent, RunEventType, StoredEvent } from '../events.js';
import { MICROS_PER_MINUTE } from '../time.js';
import type { Stamp } from './statements.js';

const RANK: Readonly<Record<RunEventType, number>> = { START: 0, RUNNING: 1, OTHER: 2, COMPLETE: 3, ABORT: 4, FAIL: 5 };

/** How far a producer's clock may run ahead of the receipt before it no longer counts (rule 10). */
export const CLOCK_TOLERANCE = 5 * MICROS_PER_MINUTE;

export function stampOf(stored: Pick<StoredEvent, 'receivedAt' | 'digest'>, event: LineageEvent): Stamp {
  return {
    at: Math.min(event.eventTime, stored.receivedAt + CLOCK_TOLERANCE),
    claimedAt: event.eventTime,
    rank: RANK[event.eventType ?? 'OTHER'],
    // 64 bits tell events apart well enough where all else is equal, and stamps are stored many times over.
    digest: stored.digest.slice(0, 16),
  };
}

/** Total order of statements across runs. */
export function compareStamps(a: Stamp, b: Stamp): number {
  return a.at - b.at || a.rank - b.rank || compareText(a.digest, b.digest);
}

/** Total order of the statements of one run, by the producer's own clock. */
export function compareWithinRun(a: Stamp, b: Stamp): number {
  return a.claimedAt - b.claimedAt || a.rank - b.rank || compareText(a.digest, b.digest);
}

/** Code unit order: the same on every machine, unlike localeCompare. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
