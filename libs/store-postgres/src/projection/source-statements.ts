import { AGENT_STATEMENT_COLUMNS, DEFINITION_COLUMNS } from '../catalog/columns.js';
import type { Statement } from '../catalog/projection-database.js';

/**
 * Statements by which the projector finds what earlier batches left. All are index seeks over unnested keys, but for that
 * of definitions, of which there are few.
 */
export const AGGREGATES: Statement = {
  name: 'projection_aggregates',
  sql: 'SELECT body, detail FROM @.aggregate WHERE key = ANY($1::uuid[])',
};

export const RUN_RECORDS: Statement = {
  name: 'projection_runs',
  sql: 'SELECT record FROM @.run WHERE key = ANY($1::uuid[])',
};

export const RUNS_BY_UUID: Statement = {
  name: 'projection_runs_by_uuid',
  sql: `SELECT asked.run_id, r.id FROM unnest($1::uuid[]) AS asked(run_id) CROSS JOIN LATERAL (
    SELECT id FROM @.run WHERE run.run_id = asked.run_id AND NOT run.placeholder LIMIT 1
  ) r`,
};

const MENTION_COLUMNS = 'm.subject_key, m.dataset_key, m.side, m.node_id, m.run_id, m.versions, m.timelines';

export const MENTIONS: Statement = {
  name: 'projection_mentions',
  sql: `SELECT ${MENTION_COLUMNS} FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS asked(subject_key, dataset_key, side)
        JOIN @.mention m USING (subject_key, dataset_key, side)`,
};

export const MENTIONS_OF: Statement = {
  name: 'projection_mentions_of',
  sql: `SELECT ${MENTION_COLUMNS} FROM @.mention m WHERE m.dataset_key = $1 AND m.timelines::text <> '{}'`,
};

export const BODIES: Statement = {
  name: 'projection_bodies',
  sql: 'SELECT hash, body FROM @.statement_body WHERE hash = ANY($1::uuid[])',
};

export const HISTORY: Statement = {
  name: 'projection_history',
  sql: 'SELECT history FROM @.run WHERE job_key = $1 AND NOT placeholder',
};

export const NEIGHBORS: Statement = {
  name: 'projection_neighbors',
  sql: 'SELECT job_id FROM @.neighbor WHERE dataset_key = $1',
};

const WRITER_COLUMNS =
  'w.dataset_id, w.version_id, w.run_id, w.job_id, w.parent_run_id, w.first_at, w.last_at, w.generated_at';

function latestWriter(condition: string): string {
  return `SELECT l.run_id, l.last_generated FROM @.writer l
    WHERE l.dataset_key = asked.dataset_key AND l.last_generated <= asked.since ${condition}
    ORDER BY l.last_generated DESC, l.first_at DESC, l.run_id COLLATE "C" LIMIT 1`;
}

/**
 * Writers that may matter to readers from `since` on: those whose events reach into that time, the one with the latest
 * generating time before it and (since that may be the reader itself) the one before, the other versions of its run, and all runs under the parent runs of these (a cycle is
 * grouped from its first run on).
 */
export const WRITERS: Statement = {
  name: 'projection_writers',
  sql: `WITH asked AS (SELECT * FROM unnest($1::uuid[], $2::bigint[]) AS a(dataset_key, since)),
    base AS (
      SELECT w.* FROM asked JOIN @.writer w ON w.dataset_key = asked.dataset_key AND w.last_at >= asked.since
      UNION
      SELECT w.* FROM asked CROSS JOIN LATERAL (${latestWriter('')}) latest
      LEFT JOIN LATERAL (${latestWriter('AND l.run_id <> latest.run_id')}) before ON true
      JOIN @.writer w ON w.dataset_key = asked.dataset_key
        AND (w.last_generated, w.run_id) IN ((latest.last_generated, latest.run_id), (before.last_generated, before.run_id))
    )
    SELECT ${WRITER_COLUMNS} FROM base w
    UNION
    SELECT ${WRITER_COLUMNS} FROM (SELECT DISTINCT dataset_key, parent_run_id FROM base WHERE parent_run_id IS NOT NULL) b
    JOIN @.writer w ON w.dataset_key = b.dataset_key AND w.parent_run_id = b.parent_run_id`,
};

export const READERS: Statement = {
  name: 'projection_readers',
  sql: `SELECT ${MENTION_COLUMNS}, m.first_at, m.last_at
    FROM unnest($1::uuid[], $2::bigint[]) AS asked(dataset_key, since)
    JOIN @.mention m ON m.dataset_key = asked.dataset_key AND m.side = 'READ' AND m.last_at >= asked.since`,
};

export const SIBLINGS: Statement = {
  name: 'projection_siblings',
  sql: `SELECT r.job_id, r.parent_id, r.id, (h.entry->>'firstAt')::bigint AS first_at
    FROM unnest($1::uuid[], $2::uuid[]) AS asked(job_key, parent_key)
    JOIN @.run r ON r.parent_key = asked.parent_key AND r.job_key = asked.job_key AND NOT r.placeholder
    CROSS JOIN LATERAL jsonb_array_elements(r.history) AS h(entry)
    WHERE h.entry->>'window' = ''`,
};

export const ALIAS_COMPONENTS: Statement = {
  name: 'projection_alias_components',
  sql: `WITH RECURSIVE reached(key) AS (
      SELECT unnest($1::uuid[])
      UNION
      SELECT CASE WHEN s.a_key = reached.key THEN s.b_key ELSE s.a_key END
      FROM reached JOIN @.alias_statement s ON s.a_key = reached.key OR s.b_key = reached.key
    )
    SELECT DISTINCT s.a_id, s.b_id, s.cause FROM reached JOIN @.alias_statement s ON s.a_key = reached.key`,
};

export const OPEN_ALIASES: Statement = {
  name: 'projection_open_aliases',
  sql: `SELECT row_id, member_id, canonical_id, cause, recorded_from FROM @.alias
        WHERE member_key = ANY($1::uuid[]) AND recorded_to IS NULL`,
};

export const AGENT_STATEMENTS: Statement = {
  name: 'projection_agent_statements',
  sql: `WITH RECURSIVE reached(key) AS (
      SELECT unnest($1::uuid[])
      UNION
      SELECT CASE WHEN s.agent_key = reached.key THEN s.value_key ELSE s.agent_key END
      FROM reached JOIN @.agent_statement s
        ON (s.agent_key = reached.key OR s.value_key = reached.key) AND s.recorded_to IS NULL
    )
    SELECT DISTINCT ON (s.row_id) ${AGENT_STATEMENT_COLUMNS}
    FROM reached JOIN @.agent_statement s
      ON (s.agent_key = reached.key OR s.value_key = reached.key) AND s.recorded_to IS NULL`,
};

export const DEFINITIONS: Statement = {
  name: 'projection_definitions',
  sql: `SELECT ${DEFINITION_COLUMNS} FROM @.definition d WHERE d.recorded_to IS NULL AND d.valid_to IS NULL`,
};

export const NODES_WITH_FACT: Statement = {
  name: 'projection_nodes_with_fact',
  sql: `SELECT DISTINCT f.node_id FROM @.fact f
        WHERE f.kind = $1 AND f.value = $2 AND f.recorded_to IS NULL AND f.valid_to IS NULL`,
};

export const DETAILS_OF_FACT: Statement = {
  name: 'projection_details_of_fact',
  sql: `SELECT f.node_id AS node, f.detail FROM @.fact f
        WHERE f.kind = $1 AND f.value = $2 AND f.recorded_to IS NULL AND f.valid_to IS NULL`,
};
