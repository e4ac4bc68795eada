import type pg from 'pg';

const TABLES = ['graph_node', 'graph_edge', 'graph_pair', 'graph_restriction', 'graph_alias', 'graph_checkpoint'];

let count = 0;

/** A new schema with empty copies of the graph tables, as a generation of the projection has them; returns its name. */
export async function createGraphSchema(pool: pg.Pool): Promise<string> {
  count += 1;
  const schema = `projection_t${String(count)}`;
  await pool.query(
    [
      `CREATE SCHEMA ${schema}`,
      ...TABLES.map((table) => `CREATE TABLE ${schema}.${table} (LIKE projection.${table} INCLUDING ALL)`),
    ].join(';'),
  );
  return schema;
}

/** Empties the tables again: cheaper by far than a new schema, for which every statement would be planned anew. */
export async function clearGraphSchema(pool: pg.Pool, schema: string): Promise<void> {
  await pool.query(TABLES.map((table) => `DELETE FROM ${schema}.${table}`).join(';'));
}
