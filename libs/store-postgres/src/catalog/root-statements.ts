import { FIELD_COLUMNS, SCHEMA_VERSION_COLUMNS } from './columns.js';
import type { Statement } from './projection-database.js';

/** $1 member keys, [$2, $3) valid time, $4 record time. */
export const SCHEMAS_DURING: Statement = {
  name: 'roots_schemas',
  sql: `
    SELECT ${SCHEMA_VERSION_COLUMNS} FROM @.schema_version s
    WHERE s.dataset_key = ANY ($1::uuid[])
      AND s.valid_from < $3 AND (s.valid_to IS NULL OR s.valid_to > $2)
      AND s.recorded_from <= $4 AND (s.recorded_to IS NULL OR s.recorded_to > $4)`,
};

/** Fields that only column lineage or a fact names have no times of their own. */
export const UNLISTED_FIELDS: Statement = {
  name: 'roots_unlisted_fields',
  sql: `
    SELECT ${FIELD_COLUMNS} FROM @.field f
    WHERE f.dataset_key = ANY ($1::uuid[]) AND f.deleted_at IS NULL AND f.ordinal IS NULL`,
};

// A version that no run is linked to was named by a reader or a DatasetEvent: it has no record time to compare.
/** $1 member keys, $2 end of valid time, $3 record time, $4 limit. */
export const VERSIONS_DURING: Statement = {
  name: 'roots_versions',
  sql: `
    SELECT v.id FROM @.dataset_version v
    WHERE v.dataset_key = ANY ($1::uuid[]) AND v.created_at < $2
      AND (NOT EXISTS (SELECT FROM @.version_link k WHERE k.version_key = v.key)
        OR EXISTS (SELECT FROM @.version_link k WHERE k.version_key = v.key
                   AND k.recorded_from <= $3 AND (k.recorded_to IS NULL OR k.recorded_to > $3)))
    ORDER BY v.created_at DESC, v.key DESC LIMIT $4`,
};

/**
 * $1 member keys, [$2, $3) valid time, $4 record time, $5 whether it is a moment, $6 limit. At a moment the latest run
 * that had begun, with those that stand beside it under one parent run; in a period every run that began in it.
 */
export const RUNS_DURING: Statement = {
  name: 'roots_runs',
  sql: `
    WITH begun AS (
      SELECT r.key, r.id, r.first_at, r.parent_key FROM @.run r
      WHERE r.job_key = ANY ($1::uuid[]) AND NOT r.placeholder AND r.first_at < $3 AND ($5 OR r.first_at >= $2)
        AND EXISTS (
          SELECT FROM @.event_reference x JOIN event_log e ON e.position = x.position
          WHERE x.subject_key = r.key AND e.recorded_at <= timestamptz 'epoch' + $4::bigint * interval '1 microsecond'
        )
      ORDER BY r.first_at DESC, r.key DESC LIMIT $6
    ),
    latest AS (SELECT key, parent_key FROM begun ORDER BY first_at DESC, key DESC LIMIT 1)
    SELECT b.id FROM begun b CROSS JOIN latest l
    WHERE NOT $5 OR b.key = l.key OR b.parent_key = l.parent_key
    ORDER BY b.first_at DESC, b.key DESC`,
};

export const RUNS_OF_UUID: Statement = {
  name: 'roots_runs_of_uuid',
  sql: 'SELECT r.id FROM @.run r WHERE r.run_id = $1::uuid ORDER BY r.id COLLATE "C"',
};
