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
