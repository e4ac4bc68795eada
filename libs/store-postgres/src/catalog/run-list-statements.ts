import { LATE_FACTOR, LATE_MARGIN, USUAL_OF_AT_LEAST, USUAL_OF_LATEST } from '@headwater/domain/run-state';
import { RUN_COLUMNS } from './columns.js';
import { allowsNamespace } from './namespace-sql.js';
import type { Statement } from './projection-database.js';

/** SQL: what is usual for the job whose key an expression gives, as `UsualRun`; no row where too little is known. */
const usualOf = (job: string): string => `
  SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY latest.duration) AS duration,
    CASE WHEN count(latest.delay) >= ${String(USUAL_OF_AT_LEAST)}
      THEN percentile_cont(0.5) WITHIN GROUP (ORDER BY latest.delay) END AS delay
  FROM (
    SELECT c.ended_at - c.started_at AS duration, c.started_at - c.nominal_start_at AS delay
    FROM @.run c WHERE c.job_key = ${job} AND c.state = 'COMPLETED' AND NOT c.perpetual
    ORDER BY c.last_event_at DESC, c.key DESC LIMIT ${String(USUAL_OF_LATEST)}
  ) latest
  HAVING count(latest.duration) >= ${String(USUAL_OF_AT_LEAST)}`;

/** SQL: whether the run `r`, which runs at the moment of a parameter, is late, as `isLateRun` says. */
const isLate = (at: string): string => `EXISTS (
    SELECT FROM (${usualOf('r.job_key')}) usual
    CROSS JOIN LATERAL (SELECT coalesce(r.started_at, r.first_at) AS began,
      ${String(LATE_FACTOR)} * usual.duration + ${String(LATE_MARGIN)} AS most) run
    WHERE ${at}::bigint - run.began > run.most
      OR run.began - r.nominal_start_at - usual.delay > run.most)`;

/** $1 indexes, $2 keys of jobs. */
export const USUAL_RUNS: Statement = {
  name: 'catalog_usual_runs',
  sql: `SELECT u.n, usual.* FROM unnest($1::int[], $2::uuid[]) AS u(n, key)
    CROSS JOIN LATERAL (${usualOf('u.key')}) usual`,
};

/**
 * Runs of some ranges of states and times, each a part of one index: the latest of every range, merged. $1 to $5 the
 * ranges; $6, $7 the place behind which to go on; $8 limit; $9 the moment; $10 namespaces or null and $11 keys to look
 * under, where there are any; $12 the namespaces that their jobs may be in.
 */
function runList(name: string, column: 'job_key' | 'namespace_key' | null): Statement {
  const scope = column === null ? '' : 'CROSS JOIN unnest($11::uuid[]) AS scope(key)';
  const scoped = column === null ? '$11::uuid[] IS NULL' : `r.${column} = scope.key`;
  return {
    name,
    sql: `
    SELECT ${RUN_COLUMNS} FROM (
      SELECT found.key, found.last_event_at
      FROM unnest($1::text[], $2::boolean[], $3::bigint[], $4::bigint[], $5::boolean[])
        AS range(state, perpetual, since, until, late) ${scope}
      CROSS JOIN LATERAL (
        SELECT r.key, r.last_event_at FROM @.run r
        WHERE ${scoped} AND r.state = range.state AND r.perpetual = range.perpetual
          AND r.last_event_at >= range.since AND r.last_event_at < range.until
          AND (r.last_event_at, r.key) < ($6::bigint, $7::uuid)
          AND ($10::uuid[] IS NULL OR r.namespace_key = ANY ($10::uuid[]))
          AND (range.late IS NULL OR range.late = ${isLate('$9')})
          AND ($12::jsonb IS NULL OR EXISTS (
            SELECT FROM @.asset a WHERE a.key = r.job_key AND ${allowsNamespace('$12', 'a.namespace')}))
        ORDER BY r.last_event_at DESC, r.key DESC LIMIT $8
      ) found
      ORDER BY found.last_event_at DESC, found.key DESC LIMIT $8
    ) page JOIN @.run r ON r.key = page.key
    ORDER BY page.last_event_at DESC, page.key DESC`,
  };
}

export const RUN_LIST = runList('catalog_run_list', null);
export const RUN_LIST_OF_JOBS = runList('catalog_run_list_of_jobs', 'job_key');
export const RUN_LIST_OF_NAMESPACES = runList('catalog_run_list_of_namespaces', 'namespace_key');
