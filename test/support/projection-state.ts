import type { AliasRow, EdgeRow, GraphNode, PairRow, RestrictionRow } from '@headwater/domain/graph';
import { unpackChanges, type PackedChanges } from '@headwater/store-postgres/projection/packed-changes';
import { expect } from 'vitest';
import type { TestProjection } from './projection.js';

/** What a projection holds, part by part, as sorted lines. */
export type ProjectionState = Readonly<Record<string, readonly string[]>>;

/** Every table that the projection fills and the columns that do not tell of record time: positions, row ids, recordedFrom. JSON
 * keeps the order in which events came: jsonb has one of its own. */
const TABLES: Readonly<Record<string, string>> = {
  asset: `SELECT id, kind, namespace, name, display_name, asset_type, placeholder, created_at, updated_at, deleted_at,
    consumers, parent_key, description, tags, owner_ids FROM @.asset`,
  run: `SELECT id, original_run_id, job_id, state, first_at, last_event_at, started_at, ended_at, nominal_start_at,
    nominal_end_at, parent_id, root_id, placeholder, perpetual, history FROM @.run`,
  facet: `SELECT node_key, name, producer_key, producer, schema_url, known, valid, body::jsonb FROM @.facet`,
  fact: `SELECT node_id, kind, value, detail, source, producer, valid_from, valid_to FROM @.fact WHERE recorded_to IS NULL`,
  schema_version: `SELECT dataset_key, producer, fields::jsonb, authoritative, valid_from, valid_to FROM @.schema_version
    WHERE recorded_to IS NULL`,
  field: `SELECT id, path, name, type, description, ordinal, deleted_at FROM @.field`,
  dataset_version: `SELECT id, dataset_id, value, run_id, created_at, generated_at FROM @.dataset_version`,
  writer: `SELECT dataset_id, version_id, run_id, parent_run_id, first_at, last_at, generated_at FROM @.writer`,
  version_link: `SELECT run_id, version_id, role, evidence, gap, at FROM @.version_link WHERE recorded_to IS NULL`,
  alias: `SELECT member_id, canonical_id, cause FROM @.alias WHERE recorded_to IS NULL`,
  alias_statement: `SELECT a_id, b_id, cause FROM @.alias_statement`,
  agent_statement: `SELECT agent_id, basis, value, source FROM @.agent_statement WHERE recorded_to IS NULL`,
  agent_alias: `SELECT member_id, canonical_id FROM @.agent_alias`,
  metric: `SELECT s.dataset_key, field, facet, kind, name, label, at, value, unit, side, producer, run_key, version_key
    FROM @.metric m JOIN @.metric_series s ON s.key = m.series_key`,
  mention: `SELECT subject_key, node_id, side, run_id, first_at, last_at, versions, timelines::jsonb FROM @.mention`,
  sighting: `SELECT run_key, producer, "window", job_key, contribution, at FROM @.sighting`,
  contribution_edge: `SELECT edge_key, contribution, job_key FROM @.contribution_edge
    WHERE (contribution, job_key) IN (SELECT contribution, job_key FROM @.sighting)`,
  neighbor: `SELECT dataset_key, job_id FROM @.neighbor`,
};

/** All that follows from the events, whatever the order they came in. */
export async function stateOf(projection: TestProjection): Promise<ProjectionState> {
  const entries = await Promise.all(
    Object.entries(TABLES).map(async ([name, sql]) => {
      const rows = await projection.rows(sql);
      return [name, rows.map((row) => JSON.stringify(row)).sort()] as const;
    }),
  );
  return { ...Object.fromEntries(entries), ...(await openGraphRows(projection)) };
}

/** A word once learned stays; batches that come at once never show what stood in between, so that words of that are not learned. */
const STILL: Readonly<Record<string, string>> = {
  search_word: 'WHERE EXISTS (SELECT FROM @.search_document d WHERE d.words @@ quote_literal(t.word)::tsquery)',
};

/** Every row of every table, record time and all, and every change of the graph: equal on replay. */
export async function everyRow(projection: TestProjection): Promise<ProjectionState> {
  const tables = await projection.rows<{ name: string }>(
    'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = $1',
    [projection.schema],
  );
  const entries = await Promise.all(
    tables.map(async ({ name }) => {
      const rows = await projection.rows<Row>(`SELECT * FROM @."${name}" t ${STILL[name] ?? ''}`);
      const lines = rows.flatMap((row) => (name === 'graph_change' ? changesOf(row) : [JSON.stringify(row)]));
      return [name, [...new Set(lines)].sort()] as const;
    }),
  );
  return Object.fromEntries(entries);
}

type Row = Readonly<Record<string, unknown>>;

/** Changes of one event are made in one transaction: their order says nothing. */
function changesOf({ position, changes, touched }: Row): readonly string[] {
  // A node may be told of again without any change.
  const [nodes, others] = [true, false].map((isNode) =>
    unpackChanges(changes as PackedChanges).filter((change) => (change.op === 'node') === isNode),
  );
  const lines = (values: unknown): readonly string[] =>
    (values as readonly unknown[]).map((value) => JSON.stringify(value));
  return [...lines(nodes), ...[...lines(others), ...lines(touched)].map((line) => `${String(position)} ${line}`)];
}

/** Rows of the graph that are open in record time, and its nodes, folded from the change feed. */
async function openGraphRows(projection: TestProjection): Promise<ProjectionState> {
  const changes = await projection.changes();
  const nodes = new Map<string, GraphNode>();
  const edges = new Map<string, EdgeRow>();
  const pairs = new Map<string, PairRow>();
  const restrictions = new Map<string, RestrictionRow>();
  const aliases = new Map<string, AliasRow>();
  const open = <R extends { readonly rowId: string }>(rows: Map<string, R>, row: R): void => {
    if (seen.has(row.rowId)) throw new Error(`row ${row.rowId} is opened twice`);
    seen.add(row.rowId);
    rows.set(row.rowId, row);
  };
  const close = (rows: Map<string, unknown>, rowId: string): void => {
    if (!rows.delete(rowId)) throw new Error(`row ${rowId} is closed without being open`);
  };
  const seen = new Set<string>();
  for (const change of changes) {
    if (change.op === 'node') nodes.set(change.node.id, change.node);
    else if (change.op === 'openEdge') open(edges, change.row);
    else if (change.op === 'openPair') open(pairs, change.row);
    else if (change.op === 'openRestriction') open(restrictions, change.row);
    else if (change.op === 'openAlias') open(aliases, change.row);
    else if (change.op === 'closeEdge') close(edges, change.row.rowId);
    else if (change.op === 'closePair') close(pairs, change.row.rowId);
    else if (change.op === 'closeRestriction') close(restrictions, change.row.rowId);
    else close(aliases, change.row.rowId);
  }
  const used = new Set([...edges.values()].flatMap(({ from, to }) => [from, to]));
  const lines = (rows: Iterable<object>): readonly string[] =>
    [...rows].map((row) => JSON.stringify({ ...row, rowId: '', recordedFrom: 0 })).sort();
  return {
    // A version that no run is linked to any more leaves its node behind.
    nodes: lines([...nodes.values()].filter((node) => node.kind !== 'VERSION' || used.has(node.id))),
    edges: lines(edges.values()),
    pairs: lines(pairs.values()),
    restrictions: lines(restrictions.values()),
    aliases: lines(aliases.values()),
  };
}

/** The log replayed event by event, and all at once: both must give the rows and the state of this projection. */
export async function expectSameReplays(projection: TestProjection): Promise<readonly TestProjection[]> {
  const [rows, state] = [await everyRow(projection), await stateOf(projection)];
  const replays: TestProjection[] = [];
  for (const [generation, size] of [
    [2, 1],
    [3, 100],
  ] as const) {
    const replay = await projection.replayInto(generation, undefined, size);
    expect(await everyRow(replay)).toEqual(rows);
    expect(await stateOf(replay)).toEqual(state);
    replays.push(replay);
  }
  return replays;
}
