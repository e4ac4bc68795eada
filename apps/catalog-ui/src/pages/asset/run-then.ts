/** What is known of how a run went. Times are ISO 8601. */
export interface RunMoments {
  readonly state: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly lastEventAt: string;
}

/** A run as it stood at a moment. */
export interface RunThen<R> {
  readonly run: R;
  /** Whether its times do not tell how it stood then, so that its state is the present one. */
  readonly isOfNow: boolean;
}

/**
 * How a run stood at a moment, by its start and end; null where it had not begun. One that ended later ran then: its end
 * and its length are left out, and its latest event is its start. Without a moment it is as it is.
 */
export function runThen<R extends RunMoments>(run: R, asOf: string | null): RunThen<R> | null {
  if (asOf === null) return { run, isOfNow: false };
  const { state, startedAt, endedAt, lastEventAt } = run;
  // Of a run that fell silent it is not known when that was noticed.
  if (isBy(lastEventAt, asOf)) return { run, isOfNow: state === 'UNFINISHED' };
  if (startedAt !== null && !isBy(startedAt, asOf)) return null;
  if (endedAt !== null && isBy(endedAt, asOf)) return { run, isOfNow: false };
  if (startedAt === null) return { run, isOfNow: true };
  return {
    run: {
      ...run,
      state: 'RUNNING',
      endedAt: null,
      lastEventAt: startedAt,
      ...('durationMs' in run && { durationMs: null }),
    },
    isOfNow: false,
  };
}

/** Whether something was there at a moment, its own moment included. */
export const isBy = (at: string, asOf: string | null): boolean => asOf === null || Date.parse(at) <= Date.parse(asOf);
