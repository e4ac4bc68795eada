import { datasetId, jobId, type NodeId } from '@headwater/domain/identifiers';
import type { GraphChange } from '@headwater/domain/graph';
import { aliasRow, edgeRow, open, pairRow, restrictionRow } from '@headwater/store-contract/lineage-graph/rows';
import { graphReadStatements, type GraphStatement } from '@headwater/store-postgres/graph/graph-read-statements';
import { graphWriteStatements } from '@headwater/store-postgres/graph/graph-write-statements';
import { PostgresLineageGraph } from '@headwater/store-postgres/graph/postgres-lineage-graph';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createGraphSchema } from '../support/graph-schema.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

// Plans are the generic ones that prepared statements come to, on tables of this many rows a kind with fresh statistics.
const ROWS = 10_000;
// An export of every edge reads every edge; the checkpoint is a table of one row.
const MAY_SCAN = new Set(['edges', 'checkpoint', 'lock_checkpoint', 'move_checkpoint']);

let database: TestDatabase;
let schema: string;

beforeAll(async () => {
  database = await createTestDatabase();
  schema = await createGraphSchema(database.pool);
  const graph = new PostgresLineageGraph({ pool: database.pool, schema });
  await graph.apply([{ position: 1, recordedAt: 1, changes: filling() }]);
  await database.pool.query(`ANALYZE ${schema}.graph_edge, ${schema}.graph_pair, ${schema}.graph_restriction`);
  await database.pool.query(`ANALYZE ${schema}.graph_alias, ${schema}.graph_node`);
});

afterAll(() => database.drop());

test('every statement finds its rows by index', async () => {
  const statements = [...statementsIn(graphReadStatements(schema)), ...statementsIn(graphWriteStatements(schema))];
  expect(statements.length).toBeGreaterThan(15);
  const scanning: string[] = [];
  for (const { name, text } of statements) {
    const operation = name.slice(schema.length + 1);
    if (!MAY_SCAN.has(operation) && (await scansTables(text))) scanning.push(operation);
  }
  expect(scanning).toEqual([]);
});

test('a statement that scans a table is noticed', async () => {
  expect(await scansTables(`SELECT count(*) FROM ${schema}.graph_edge WHERE evidence = $1`)).toBe(true);
  expect(await scansTables(`SELECT count(*) FROM ${schema}.graph_edge WHERE from_key = $1`)).toBe(false);
});

async function scansTables(text: string): Promise<boolean> {
  const client = await database.pool.connect();
  try {
    await client.query('SET plan_cache_mode = force_generic_plan');
    const plan = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN (GENERIC_PLAN, VERBOSE) ${text}`);
    return plan.rows.some((row) => row['QUERY PLAN'].includes(`Seq Scan on ${schema}.`));
  } finally {
    await release(client);
  }
}

async function release(client: pg.PoolClient): Promise<void> {
  await client.query('RESET plan_cache_mode');
  client.release();
}

function statementsIn(tree: object): GraphStatement[] {
  return Object.values(tree).flatMap((value: GraphStatement | object) =>
    'text' in value ? [value] : statementsIn(value),
  );
}

function filling(): GraphChange[] {
  return Array.from({ length: ROWS }, (_, index) => {
    const job = jobId('jobs', String(index));
    const [input, output] = [datasetId('in', String(index % 3000)), datasetId('out', String(index))] as [
      NodeId,
      NodeId,
    ];
    return [
      { op: 'node', node: { id: job, kind: 'JOB', displayName: String(index), placeholder: false } } as const,
      ...[edgeRow('READ', input, job), edgeRow('WRITE', job, output)].map(open),
      open(pairRow(job, input, output)),
      open(restrictionRow(job)),
      open(aliasRow(datasetId('also', String(index)), input)),
    ];
  }).flat();
}
