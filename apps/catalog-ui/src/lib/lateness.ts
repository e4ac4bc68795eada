/** As much of a run as tells how long it goes on. */
export interface TimedRun {
  readonly startedAt: string | null;
  readonly lastEventAt: string;
  readonly usualDurationMs: number | null;
}

export interface Lateness {
  /** Since its start, or since it was heard of. */
  readonly elapsedMs: number;
  readonly usualMs: number | null;
  /** Whether its length makes it late; else it began late. */
  readonly isLong: boolean;
}

/** Why a run that the API says is late is late. */
export function latenessOf({ startedAt, lastEventAt, usualDurationMs }: TimedRun, now = Date.now()): Lateness {
  const elapsedMs = Math.max(0, now - Date.parse(startedAt ?? lastEventAt));
  return { elapsedMs, usualMs: usualDurationMs, isLong: usualDurationMs !== null && elapsedMs > 2 * usualDurationMs };
}
