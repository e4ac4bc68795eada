import { FINDING_COLUMNS } from './columns.js';
import { NO_REFUSED_EDIT } from './finding-tally.js';
import { allowsNamespace } from './namespace-sql.js';
import type { Statement } from './projection-database.js';

const EVENT_COLUMNS = `e.position, e.kind, e.received_at AS "receivedAt", e.recorded_at AS "recordedAt",
  (SELECT min(x.effective_at) FROM @.event_reference x WHERE x.position = e.position) AS "effectiveAt"`;

// What an event is surely about: its dataset, its job, or its run's job. An event that is not projected yet has none.
const aboutSeen = (rule: string, position: string): string => `(${rule}::jsonb IS NULL OR NOT EXISTS (
      SELECT FROM @.event_reference x LEFT JOIN @.run r ON r.key = x.subject_key
      JOIN @.asset a ON a.key = coalesce(r.job_key, x.subject_key)
      WHERE x.position = ${position} AND NOT ${allowsNamespace(rule, 'a.namespace')}))`;

// The audit of access is asked for elsewhere, by those who may.
/** $1 above, $2 lowest, $3 kinds or null, $4 limit, $5 the namespaces that they may be about. */
export const EVENTS: Statement = {
  name: 'catalog_events',
  sql: `
    SELECT ${EVENT_COLUMNS} FROM event_log e
    WHERE e.position < $1 AND e.position >= $2 AND e.kind NOT IN ('ACCESS', 'DECISION') AND ($3::text[] IS NULL OR e.kind = ANY ($3::text[]))
      AND ${aboutSeen('$5', 'e.position')}
    ORDER BY e.position DESC LIMIT $4`,
};

/** As {@link EVENTS}; $6 the node's keys. An event of a run speaks of its job, and of the datasets that the run names. */
export const EVENTS_OF_NODE: Statement = {
  name: 'catalog_events_of_node',
  sql: `
    WITH subject AS (
      SELECT u.key FROM unnest($6::uuid[]) AS u(key)
      UNION SELECT r.key FROM @.run r WHERE r.job_key = ANY ($6::uuid[])
      UNION SELECT m.subject_key FROM @.mention m WHERE m.dataset_key = ANY ($6::uuid[])
    ), place AS (
      SELECT DISTINCT x.position FROM subject s JOIN @.event_reference x ON x.subject_key = s.key
      WHERE x.position < $1 AND x.position >= $2
    )
    SELECT ${EVENT_COLUMNS} FROM (SELECT position FROM place ORDER BY position DESC) p
    JOIN LATERAL (SELECT * FROM event_log l WHERE l.position = p.position LIMIT 1) e ON true
    WHERE ($3::text[] IS NULL OR e.kind = ANY ($3::text[])) AND ${aboutSeen('$5', 'p.position')}
    ORDER BY p.position DESC LIMIT $4`,
};

export const EVENTS_AT: Statement = {
  name: 'catalog_events_at',
  sql: `
    SELECT ${EVENT_COLUMNS} FROM unnest($1::bigint[]) AS u(position)
    JOIN LATERAL (SELECT * FROM event_log l WHERE l.position = u.position AND l.kind NOT IN ('ACCESS', 'DECISION') LIMIT 1) e ON true`,
};

/**
 * For each record time the first position that is recorded then or later: a binary search over dense positions, since
 * the log has no index by record time. Positions that are no longer kept count as earlier.
 */
export const FIRST_POSITIONS: Statement = {
  name: 'catalog_first_positions',
  sql: `
    WITH RECURSIVE search(n, recorded_at, low, high) AS (
      SELECT u.n, timestamptz 'epoch' + u.at * interval '1 microsecond', 1::bigint, c.next_position
      FROM unnest($1::bigint[]) WITH ORDINALITY AS u(at, n) CROSS JOIN log_counter c
      UNION ALL
      SELECT s.n, s.recorded_at, CASE WHEN probe.later THEN s.low ELSE (s.low + s.high) / 2 + 1 END,
        CASE WHEN probe.later THEN (s.low + s.high) / 2 ELSE s.high END
      FROM search s CROSS JOIN LATERAL (
        SELECT coalesce((SELECT l.recorded_at >= s.recorded_at FROM event_log l
                         WHERE l.position = (s.low + s.high) / 2 LIMIT 1), false) AS later
      ) probe
      WHERE s.low < s.high
    )
    SELECT low AS position FROM search WHERE low = high ORDER BY n`,
};

/** $1 and $2 the finding behind which to go on, $3 codes or null (all but refused edits), $4 keys or null, $5 limit, $6 namespaces. */
export const FINDINGS: Statement = {
  name: 'catalog_findings',
  sql: `
    SELECT ${FINDING_COLUMNS} FROM @.finding f
    WHERE f.position <= $1 AND (f.position < $1 OR f.seq > $2)
      AND CASE WHEN $3::text[] IS NULL THEN ${NO_REFUSED_EDIT} ELSE f.code = ANY ($3::text[]) END AND ($4::uuid[] IS NULL OR f.node_key = ANY ($4::uuid[]))
      AND ${aboutSeen('$6', 'f.position')}
    ORDER BY f.position DESC, f.seq LIMIT $5`,
};

export const FINDINGS_OF_EVENTS: Statement = {
  name: 'catalog_findings_of_events',
  sql: `
    SELECT ${FINDING_COLUMNS} FROM @.finding f WHERE f.position = ANY ($1::bigint[]) ORDER BY f.position, f.seq`,
};
