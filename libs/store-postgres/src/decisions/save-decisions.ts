import {
  decisionRow,
  distinctStatements,
  inputRows,
  type RecordedStatement,
} from '@headwater/domain/decisions/decision-row';
import { standingStatement } from '@headwater/domain/decisions/decision-statement';
import { nodeKey, type NodeId, type NodeKey } from '@headwater/domain/identifiers';
import type pg from 'pg';
import { catalogTypes } from '../pool.js';
import { replacing, writeRows, type TableWrite } from '../projection/row-writer.js';

const STATEMENT: TableWrite = {
  table: 'decision_statement',
  columns: {
    decision_key: 'uuid',
    digest: 'text',
    decision_id: 'text',
    decided_at: 'bigint',
    received_at: 'bigint',
    recorded_at: 'bigint',
    position: 'bigint',
    content: 'json',
  },
  conflict: `ON CONFLICT (decision_key, digest) DO UPDATE SET received_at = least(decision_statement.received_at, excluded.received_at),
    recorded_at = least(decision_statement.recorded_at, excluded.recorded_at), position = least(decision_statement.position, excluded.position)`,
};

const DECISION_COLUMNS = {
  key: 'uuid',
  id: 'text',
  digest: 'text',
  decided_at: 'bigint',
  producer_key: 'uuid',
  type_key: 'uuid',
  outcome_key: 'uuid',
  job_key: 'uuid',
  namespace: 'text',
  subject_key: 'uuid',
} as const;

const DECISION: TableWrite = {
  table: 'decision',
  columns: DECISION_COLUMNS,
  conflict: replacing(['key'], Object.keys(DECISION_COLUMNS)),
};

const INPUT: TableWrite = {
  table: 'decision_input',
  columns: {
    decision_key: 'uuid',
    n: 'int',
    dataset_key: 'uuid',
    dataset_id: 'text',
    version_key: 'uuid',
    decided_at: 'bigint',
  },
};

interface StatementRow {
  readonly decisionKey: NodeKey;
  readonly id: NodeId;
  readonly digest: string;
  readonly decidedAt: number;
  readonly receivedAt: number;
  /** Only where it was read for it. */
  readonly content: RecordedStatement['content'];
}

/** Writes what a batch says about decisions; the caller owns the transaction. The order of batches does not matter. */
export async function saveDecisions(
  client: pg.PoolClient,
  schema: string,
  statements: readonly RecordedStatement[],
): Promise<void> {
  if (statements.length === 0) return;
  const distinct = distinctStatements(statements);
  const rows = distinct.map(({ id, ...row }) => ({ ...row, decisionKey: nodeKey(id), decisionId: id }));
  await writeRows(client, schema, STATEMENT, rows);
  const keys = [...new Set(rows.map(({ decisionKey }) => decisionKey))];
  const standing = await standingOf(client, schema, keys);
  await writeRows(client, schema, DECISION, standing.map(decisionRow));
  await client.query(`DELETE FROM ${schema}.decision_input WHERE decision_key = ANY ($1::uuid[])`, [keys]);
  await writeRows(client, schema, INPUT, standing.flatMap(inputRows));
}

async function standingOf(
  client: pg.PoolClient,
  schema: string,
  keys: readonly NodeKey[],
): Promise<readonly StatementRow[]> {
  const { rows } = await client.query<StatementRow>({
    text: `SELECT encode(uuid_send(decision_key), 'hex') AS "decisionKey", decision_id AS id, digest,
        decided_at AS "decidedAt", received_at AS "receivedAt", content
      FROM ${schema}.decision_statement WHERE decision_key = ANY ($1::uuid[])`,
    values: [keys],
    types: catalogTypes,
  });
  const byDecision = new Map<NodeKey, StatementRow[]>();
  for (const row of rows) {
    const held = byDecision.get(row.decisionKey);
    if (held === undefined) byDecision.set(row.decisionKey, [row]);
    else held.push(row);
  }
  return [...byDecision.values()].flatMap((said) => standingStatement(said) ?? []);
}
