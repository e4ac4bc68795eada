interface EndedRun {
  readonly id: string;
  readonly job: { readonly id: string; readonly latestRun: { readonly id: string } | null };
}

/**
 * Of runs that did not end well, the latest event first, those that nothing came after: each job is there once at most,
 * and not at all once a later run of it stands better.
 */
export function standingTroubles<R extends EndedRun>(runs: readonly R[]): readonly R[] {
  return runs.filter(({ id, job }) => job.latestRun?.id === id);
}

/** Of runs that did not end well, those of jobs that have run better since: the last of each job, none before `since`. */
export function pastTroubles<R extends EndedRun & { readonly lastEventAt: string }>(
  runs: readonly R[],
  since: number,
): readonly R[] {
  const standing = new Set(standingTroubles(runs).map(({ job }) => job.id));
  const seen = new Set<string>();
  return runs.filter(({ job, lastEventAt }) => {
    if (standing.has(job.id) || seen.has(job.id) || Date.parse(lastEventAt) < since) return false;
    seen.add(job.id);
    return true;
  });
}
