import type { GraphStatement } from './graph-read-statements.js';

export interface GraphWriteStatements {
  /** Reads the checkpoint and locks it until the transaction ends, so that two writers take turns. */
  readonly lockCheckpoint: GraphStatement;
  readonly moveCheckpoint: GraphStatement;
  readonly putNodes: GraphStatement;
  readonly openEdges: GraphStatement;
  readonly openPairs: GraphStatement;
  readonly openRestrictions: GraphStatement;
  readonly openAliases: GraphStatement;
  readonly closeEdges: GraphStatement;
  readonly closePairs: GraphStatement;
  readonly closeRestrictions: GraphStatement;
  readonly closeAliases: GraphStatement;
}

/** Statements over the tables of `schema`, which the caller has validated: it is the only text put into them. */
export function graphWriteStatements(schema: string): GraphWriteStatements {
  const statement = (name: string, text: string): GraphStatement => ({
    name: `${schema}_${name}`,
    text: text.replaceAll('@graph_', `${schema}.graph_`),
  });
  const close = (table: string): GraphStatement =>
    statement(
      `close_${table}`,
      `UPDATE @${table} t SET recorded_to = c.recorded_to
       FROM unnest($1::uuid[], $2::bigint[]) AS c(row_id, recorded_to) WHERE t.row_id = c.row_id`,
    );
  return {
    lockCheckpoint: statement(
      'lock_checkpoint',
      `INSERT INTO @graph_checkpoint AS c (singleton, position, recorded_at) VALUES (true, 0, 0)
       ON CONFLICT (singleton) DO UPDATE SET position = c.position RETURNING position`,
    ),
    moveCheckpoint: statement('move_checkpoint', 'UPDATE @graph_checkpoint SET position = $1, recorded_at = $2'),
    putNodes: statement(
      'put_nodes',
      `INSERT INTO @graph_node AS n (key, id, kind, display_name, placeholder)
       SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::boolean[])
       ON CONFLICT (key) DO UPDATE
       SET display_name = excluded.display_name, placeholder = excluded.placeholder
       WHERE (n.display_name, n.placeholder) IS DISTINCT FROM (excluded.display_name, excluded.placeholder)`,
    ),
    openEdges: statement(
      'open_edges',
      `INSERT INTO @graph_edge (row_id, kind, from_key, to_key, from_owner_key, to_owner_key, from_id, to_id, evidence,
         producer, job_id, confidence, transformations, valid_from, valid_to, recorded_from, recorded_to)
       SELECT * FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::text[],
         $8::text[], $9::text[], $10::text[], $11::text[], $12::float8[], $13::jsonb[], $14::bigint[], $15::bigint[],
         $16::bigint[], $17::bigint[])
       ON CONFLICT (row_id) DO NOTHING`,
    ),
    openPairs: statement(
      'open_pairs',
      `INSERT INTO @graph_pair
         (row_id, job_key, input_key, output_key, valid_from, valid_to, recorded_from, recorded_to)
       SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::bigint[], $6::bigint[], $7::bigint[],
         $8::bigint[])
       ON CONFLICT (row_id) DO NOTHING`,
    ),
    openRestrictions: statement(
      'open_restrictions',
      `INSERT INTO @graph_restriction (row_id, job_key, mode, valid_from, valid_to, recorded_from, recorded_to)
       SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[])
       ON CONFLICT (row_id) DO NOTHING`,
    ),
    openAliases: statement(
      'open_aliases',
      `INSERT INTO @graph_alias (row_id, member_key, canonical_key, member_id, canonical_id, recorded_from, recorded_to)
       SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::bigint[], $7::bigint[])
       ON CONFLICT (row_id) DO NOTHING`,
    ),
    closeEdges: close('graph_edge'),
    closePairs: close('graph_pair'),
    closeRestrictions: close('graph_restriction'),
    closeAliases: close('graph_alias'),
  };
}
