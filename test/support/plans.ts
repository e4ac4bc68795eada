import type { Statement } from '@headwater/store-postgres/catalog/projection-database';
import type { TestDatabase } from './postgres.js';

/**
 * Tables of a generation that the statement reads from end to end, in the generic plan that prepared statements come to.
 * It says something of tables with many rows and fresh statistics only.
 */
export async function scansOf(
  { pool }: Pick<TestDatabase, 'pool'>,
  schema: string,
  { sql }: Pick<Statement, 'sql'>,
): Promise<readonly string[]> {
  const text = sql.replaceAll('@.', `${schema}.`);
  const { rows } = await pool.query<{ 'QUERY PLAN': string }>(`EXPLAIN (GENERIC_PLAN, VERBOSE) ${text}`);
  return rows.flatMap((row) => {
    const table = new RegExp(`Seq Scan on ${schema}\\.(\\w+)`).exec(row['QUERY PLAN'])?.[1];
    return table === undefined ? [] : [table];
  });
}
