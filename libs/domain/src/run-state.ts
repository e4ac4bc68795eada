import type { RunRow, StoredRunState } from './catalog.js';
import { MICROS_PER_MINUTE, type Micros } from './time.js';

export type RunState = StoredRunState | 'UNFINISHED';

/** The moment of an answer, and how long a run may be silent until it is shown as UNFINISHED. */
export interface RunClock {
  readonly at: Micros;
  readonly unfinishedAfter: Micros;
}

/**
 * The state of a run at the time of an answer (rule 13): RUNNING and silent for longer than `unfinishedAfter` is
 * UNFINISHED, unless silence never ends its job.
 */
export function shownRunState(
  run: Pick<RunRow, 'state' | 'lastEventAt' | 'perpetual'>,
  at: Micros,
  unfinishedAfter: Micros,
): RunState {
  if (run.state !== 'RUNNING' || run.perpetual) return run.state;
  return at - run.lastEventAt > unfinishedAfter ? 'UNFINISHED' : 'RUNNING';
}

/** What is usual for a job: medians over the latest runs that completed and were not perpetual. */
export interface UsualRun {
  /** From start to end. */
  readonly duration: Micros;
  /** From the nominal start to the start; null where too few runs tell a nominal time. */
  readonly delay: Micros | null;
}

/** How many of the latest completed runs of a job tell what is usual. */
export const USUAL_OF_LATEST = 20;
/** Fewer tell nothing. */
export const USUAL_OF_AT_LEAST = 3;

/** How much longer than usual: so many times the usual duration, and a minute, since short runs vary by more. */
export const LATE_FACTOR = 2;
export const LATE_MARGIN = MICROS_PER_MINUTE;

/**
 * Whether a run is late: it is RUNNING, and either has lasted longer than {@link LATE_FACTOR} times the usual duration
 * and {@link LATE_MARGIN}, or began later behind its nominal start than usual by more than that. Never where too little
 * is known, nor for jobs that silence does not end: their length means nothing.
 */
export function isLateRun(
  run: Pick<RunRow, 'state' | 'lastEventAt' | 'perpetual' | 'startedAt' | 'firstAt' | 'nominalStartAt'>,
  usual: UsualRun | undefined,
  { at, unfinishedAfter }: RunClock,
): boolean {
  if (usual === undefined || run.perpetual || shownRunState(run, at, unfinishedAfter) !== 'RUNNING') return false;
  const began = run.startedAt ?? run.firstAt;
  const most = LATE_FACTOR * usual.duration + LATE_MARGIN;
  if (at - began > most) return true;
  return usual.delay !== null && run.nominalStartAt !== null && began - run.nominalStartAt - usual.delay > most;
}
