import type { GraphDelta } from '@headwater/domain/graph-delta';
import { kindOf, type NodeId, type NodeKind } from '@headwater/domain/identifiers';
import {
  aliasParameters,
  compare,
  edgeParameters,
  endParameters,
  int,
  keyOf,
  nodeParameters,
  pairParameters,
  restrictionParameters,
  sorted,
} from './graph-parameters.js';
import { EDGE_KINDS, inGeneration, type Generation } from './graph-labels.js';
import type { Run } from './neo4j-connection.js';
import { WRITE_CYPHER } from './write-cypher.js';

const ROWS_A_STATEMENT = 2000;

type Rows = readonly Readonly<Record<string, unknown>>[];

interface Step {
  readonly cypher: string;
  readonly rows: Rows;
}

/** Writes a delta within a transaction; run again on another one it writes the same. */
export async function writeDelta(run: Run, generation: Generation, delta: GraphDelta): Promise<void> {
  for (const { cypher, rows } of steps(delta)) {
    const statement = inGeneration(cypher, generation);
    for (let start = 0; start < rows.length; start += ROWS_A_STATEMENT) {
      await run(statement, { lists: { rows: rows.slice(start, start + ROWS_A_STATEMENT) } });
    }
  }
}

function* steps({ nodes, edges, pairs, restrictions, aliases }: GraphDelta): Iterable<Step> {
  const named = new Set(nodes.map(({ id }) => id));
  const ends = new Set<NodeId>();
  for (const { from, to } of edges.opened) ends.add(from).add(to);
  for (const { input, output } of pairs.opened) ends.add(input).add(output);
  for (const { member, canonical } of aliases.opened) ends.add(member).add(canonical);
  const unnamed = [...ends].filter((id) => !named.has(id)).map((id) => ({ id }));

  for (const [kind, group] of byNodeKind(nodes)) {
    yield { cypher: WRITE_CYPHER.PUT_NODES[kind], rows: byKey(group.map(nodeParameters)) };
  }
  for (const [kind, group] of byNodeKind(unnamed)) {
    yield { cypher: WRITE_CYPHER.MERGE_ENDS[kind], rows: byKey(group.map(({ id }) => endParameters(id))) };
  }
  for (const kind of EDGE_KINDS) {
    const opened = edges.opened.filter((row) => row.kind === kind);
    yield { cypher: WRITE_CYPHER.OPEN_EDGES[kind], rows: sorted(opened.map(edgeParameters)) };
    const closed = edges.closed.filter(({ row }) => row.kind === kind);
    yield {
      cypher: WRITE_CYPHER.CLOSE_EDGES[kind],
      rows: sorted(closed.map(({ row, recordedTo }) => closing(row.rowId, row.from, row.to, recordedTo))),
    };
  }
  yield { cypher: WRITE_CYPHER.OPEN_PAIRS, rows: pairs.opened.map(pairParameters) };
  yield { cypher: WRITE_CYPHER.CLOSE_PAIRS, rows: pairs.closed.map(closingById) };
  yield { cypher: WRITE_CYPHER.OPEN_RESTRICTIONS, rows: restrictions.opened.map(restrictionParameters) };
  yield { cypher: WRITE_CYPHER.CLOSE_RESTRICTIONS, rows: restrictions.closed.map(closingById) };
  yield { cypher: WRITE_CYPHER.OPEN_ALIASES, rows: sorted(aliases.opened.map(aliasParameters)) };
  yield {
    cypher: WRITE_CYPHER.CLOSE_ALIASES,
    rows: sorted(
      aliases.closed.map(({ row, recordedTo }) => closing(row.rowId, row.member, row.canonical, recordedTo)),
    ),
  };
}

function byNodeKind<N extends { readonly id: NodeId }>(nodes: readonly N[]): ReadonlyMap<NodeKind, readonly N[]> {
  const groups = new Map<NodeKind, N[]>();
  for (const node of nodes) {
    // An id of no known kind still needs a node; the label is for people only.
    const kind = kindOf(node.id) ?? 'DATASET';
    const group = groups.get(kind);
    if (group === undefined) groups.set(kind, [node]);
    else group.push(node);
  }
  return groups;
}

function byKey(rows: Rows): Rows {
  return [...rows].sort((a, b) => compare(String(a['key']), String(b['key'])));
}

function closing(
  rowId: string,
  from: NodeId,
  to: NodeId,
  recordedTo: number,
): Readonly<Record<string, unknown>> & { readonly from: string; readonly to: string } {
  return { rowId, from: keyOf(from), to: keyOf(to), recordedTo: int(recordedTo) };
}

function closingById({
  row,
  recordedTo,
}: {
  readonly row: { readonly rowId: string };
  readonly recordedTo: number;
}): Readonly<Record<string, unknown>> {
  return { rowId: row.rowId, recordedTo: int(recordedTo) };
}
