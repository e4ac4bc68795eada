import { METRIC_COLUMNS, VERSION_COLUMNS } from './columns.js';
import type { Statement } from './projection-database.js';

// One row by key for each measurement of the page: a join would let the planner read the whole table of series.
const WITH_SERIES = `CROSS JOIN LATERAL (SELECT * FROM @.metric_series x WHERE x.key = m.series_key LIMIT 1) s`;

// $3 and $4: the place behind which to go on; $5 to $7 the period; $8 the limit.
const IN_PERIOD = `(m.at, m.row_id) < ($3::bigint, $4::uuid) AND m.at >= $5 AND m.at < $6 AND m.recorded_at <= $7`;

const FILTER = (names: string, kinds: string, facets: string): string =>
  `(${names}::text[] IS NULL OR s.name = ANY (${names})) AND (${kinds}::text[] IS NULL OR s.kind = ANY (${kinds}))
    AND (${facets}::text[] IS NULL OR s.facet = ANY (${facets}))`;

/** Everything about datasets and their fields. */
export const METRICS_OF_DATASETS: Statement = {
  name: 'catalog_metrics_of_datasets',
  sql: `
    SELECT u.n, ${METRIC_COLUMNS} FROM unnest($1::int[], $2::uuid[]) AS u(n, key)
    CROSS JOIN LATERAL (
      SELECT m.* FROM @.metric m WHERE m.dataset_key = u.key AND ${IN_PERIOD}
      ORDER BY m.at DESC, m.row_id DESC LIMIT $8
    ) m
    ${WITH_SERIES}`,
};

/** What some series of a dataset hold, one index range a series. $9: the field, null for any. */
export const METRICS_OF_SERIES: Statement = {
  name: 'catalog_metrics_of_series',
  sql: `
    SELECT u.n, ${METRIC_COLUMNS} FROM unnest($1::int[], $2::uuid[], $9::text[]) AS u(n, key, field)
    CROSS JOIN LATERAL (
      SELECT near.* FROM @.metric_series s
      CROSS JOIN LATERAL (
        SELECT m.* FROM @.metric m WHERE m.series_key = s.key AND ${IN_PERIOD}
        ORDER BY m.at DESC, m.row_id DESC LIMIT $8
      ) near
      WHERE s.dataset_key = u.key AND (u.field IS NULL OR s.field = u.field) AND ${FILTER('$10', '$11', '$12')}
      ORDER BY near.at DESC, near.row_id DESC LIMIT $8
    ) m
    ${WITH_SERIES}`,
};

// A version made by a window of a run has what was measured in that window.
const LINKED = `k.gap IS NULL AND m.side = CASE k.role WHEN 'USED' THEN 'READ' ELSE 'WRITE' END
  AND (w.version_key IS NULL OR m.at BETWEEN w.first_at AND w.last_at)`;
const WRITER_OF_LINK = `LEFT JOIN @.writer w ON w.dataset_key = k.dataset_key AND w.version_key = k.version_key
  AND w.run_key = k.run_key AND k.role = 'GENERATED'`;

/** $9: '' for the dataset as a whole alone, else null. */
export const METRICS_OF_VERSIONS: Statement = {
  name: 'catalog_metrics_of_versions',
  sql: `
    WITH asked AS (SELECT * FROM unnest($1::int[], $2::uuid[]) AS u(n, key)),
    found AS (
      SELECT u.n, m.* FROM asked u JOIN @.metric m ON m.version_key = u.key
      UNION
      SELECT u.n, m.* FROM asked u
      JOIN @.version_link k ON k.version_key = u.key
        AND k.recorded_from <= $7 AND (k.recorded_to IS NULL OR k.recorded_to > $7)
      ${WRITER_OF_LINK}
      JOIN @.metric m ON m.run_key = k.run_key AND m.dataset_key = k.dataset_key AND m.version_key IS NULL
      WHERE ${LINKED}
    ),
    numbered AS (
      SELECT m.*, row_number() OVER (PARTITION BY m.n ORDER BY m.at DESC, m.row_id DESC) AS place
      FROM found m ${WITH_SERIES}
      WHERE ${IN_PERIOD} AND ($9::text IS NULL OR s.field = $9) AND ${FILTER('$10', '$11', '$12')}
    )
    SELECT m.n, ${METRIC_COLUMNS} FROM numbered m ${WITH_SERIES} WHERE m.place <= $8`,
};

const SERIES_ORDER = (alias: string): string =>
  ['field', 'name', 'facet', 'label', 'kind'].map((column) => `${alias}.${column} COLLATE "C"`).join(', ');

/**
 * The latest value of each series by ($6, $7); members of one component have equal series, of which the latest shows.
 * $5: the series behind which to go on.
 */
export const LATEST_METRICS: Statement = {
  name: 'catalog_latest_metrics',
  sql: `
    WITH latest AS (
      SELECT DISTINCT ON (u.n, ${SERIES_ORDER('s')}) u.n, near.*
      FROM unnest($1::int[], $2::uuid[], $3::text[]) AS u(n, key, field)
      JOIN @.metric_series s ON s.dataset_key = u.key AND (u.field IS NULL OR s.field = u.field)
      CROSS JOIN LATERAL (
        SELECT m.* FROM @.metric m WHERE m.series_key = s.key AND m.at <= $6 AND m.recorded_at <= $7
        ORDER BY m.at DESC, m.row_id DESC LIMIT 1
      ) near
      WHERE ${FILTER('$8', '$9', '$10')} AND ($5::uuid IS NULL
        OR (${SERIES_ORDER('s')}) > (SELECT ${SERIES_ORDER('p')} FROM @.metric_series p WHERE p.key = $5))
      ORDER BY u.n, ${SERIES_ORDER('s')}, near.at DESC, near.row_id DESC
    ),
    numbered AS (
      SELECT m.*, row_number() OVER (PARTITION BY m.n ORDER BY ${SERIES_ORDER('s')}) AS place
      FROM latest m ${WITH_SERIES}
    )
    SELECT m.n, ${METRIC_COLUMNS} FROM numbered m ${WITH_SERIES} WHERE m.place <= $4 ORDER BY m.n, m.place`,
};

/** The versions that each measurement may be of, two at most: one is known, more are candidates. */
export const VERSIONS_OF_METRICS: Statement = {
  name: 'catalog_versions_of_metrics',
  sql: `
    SELECT m.n, ${VERSION_COLUMNS}
    FROM unnest($1::int[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::bigint[])
      AS m(n, version_key, run_key, dataset_key, side, at)
    CROSS JOIN LATERAL (
      SELECT m.version_key AS key WHERE m.version_key IS NOT NULL
      UNION
      SELECT k.version_key FROM @.version_link k ${WRITER_OF_LINK}
      WHERE m.version_key IS NULL AND k.run_key = m.run_key AND k.dataset_key = m.dataset_key
        AND k.recorded_to IS NULL AND ${LINKED}
      LIMIT 2
    ) named
    CROSS JOIN LATERAL (SELECT * FROM @.dataset_version x WHERE x.key = named.key LIMIT 1) v`,
};
