import type { ProjectionChanges } from '@headwater/domain/projection/changes';
import type pg from 'pg';
import type { Statement } from '../catalog/projection-database.js';
import { writeRows, type TableWrite } from '../projection/row-writer.js';

const TABLE: TableWrite = {
  table: 'agent_alias',
  columns: { member_key: 'uuid', member_id: 'text', canonical_id: 'text' },
};

/** Keeps the other ids of agents as search goes by them, behind the aliases of the same transaction. */
export async function writeAgentAliases(
  client: pg.PoolClient,
  schema: string,
  { openedAliases, closedAliases }: ProjectionChanges,
): Promise<void> {
  const closed = new Set(closedAliases.map(({ rowId }) => rowId));
  const held = openedAliases.filter(({ cause, rowId }) => cause === 'AGENT' && !closed.has(rowId));
  await client.query(
    `DELETE FROM ${schema}.agent_alias s USING ${schema}.alias l
     WHERE l.row_id = ANY ($1::uuid[]) AND l.cause = 'AGENT' AND s.member_key = l.member_key`,
    [[...closed]],
  );
  await writeRows(client, schema, TABLE, held);
}

/** All ids of the agents that these ids are of, as they are now. */
export const AGENT_NAMES: Statement = {
  name: 'search_agent_names',
  sql: `
    WITH asked AS (
      SELECT coalesce((SELECT s.canonical_id FROM @.agent_alias s WHERE s.member_id = a.id), a.id) AS id
      FROM unnest($1::text[]) AS a(id)
    )
    SELECT id FROM asked
    UNION SELECT s.member_id FROM @.agent_alias s JOIN asked ON asked.id = s.canonical_id
    UNION SELECT unnest($1::text[])`,
};
