import type { StoredRunState } from '@headwater/domain/catalog';
import { LATEST } from '@headwater/domain/reading/read-time';
import type { RunFilter } from '@headwater/domain/reading/run-reader';
import type { RunState } from '@headwater/domain/run-state';
import type { Micros } from '@headwater/domain/time';

/** Runs of one stored state whose latest event lies in [since, until); `late` null takes late runs and others. */
export interface RunRange {
  readonly state: StoredRunState;
  readonly perpetual: boolean;
  readonly since: Micros;
  readonly until: Micros;
  readonly late: boolean | null;
}

// A state that is added does not compile until it is listed.
const STATES = Object.keys({
  ...{ RUNNING: 0, COMPLETED: 0, FAILED: 0, ABORTED: 0, OTHER: 0, UNFINISHED: 0 },
} satisfies Record<RunState, 0>) as readonly RunState[];

/** What a filter asks for, as ranges of what is stored: which state a run shows follows from its latest event. */
export function runRanges(filter: RunFilter): readonly RunRange[] {
  const states = filter.states?.length ? [...new Set(filter.states)] : STATES;
  return states.flatMap((state) => rangesOf(state, filter)).filter(({ since, until }) => since < until);
}

function rangesOf(state: RunState, filter: RunFilter): readonly RunRange[] {
  const { since = -LATEST, until = LATEST, isLate } = filter;
  // The first moment at which a run still counts as heard of.
  const heard = filter.at - filter.unfinishedAfter;
  const all = { since, until, late: null };
  if (state === 'RUNNING') {
    const running = { state, perpetual: false, since: Math.max(since, heard), until, late: isLate ?? null };
    // What silence does not end is never late.
    return isLate === true ? [running] : [running, { ...all, state, perpetual: true }];
  }
  if (isLate === true) return [];
  if (state === 'UNFINISHED') {
    return [{ state: 'RUNNING', perpetual: false, since, until: Math.min(until, heard), late: null }];
  }
  return [false, true].map((perpetual) => ({ ...all, state, perpetual }));
}
