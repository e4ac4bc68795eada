import type { EdgeEvidence, EdgeKind, EdgeRow, GraphChange } from './graph.js';
import type { NodeId } from './identifiers.js';
import type { Micros } from './time.js';

/**
 * What became of an edge. OPENED: it was said anew that it holds or held; CONFIRMED: it held before and holds on, said
 * in other words (since when, by what evidence); CLOSED: it holds no longer, or never did.
 */
export type EdgeChangeKind = 'OPENED' | 'CONFIRMED' | 'CLOSED';

/** What one event did to one edge, under the canonical ids of its ends. */
export interface EdgeChange {
  readonly kind: EdgeKind;
  readonly from: NodeId;
  readonly to: NodeId;
  readonly change: EdgeChangeKind;
  /** Of what the event wrote the strongest; null where it only took away. */
  readonly evidence: EdgeEvidence | null;
  readonly validFrom: Micros | null;
  /** Null while it holds, and where nothing was written. */
  readonly validTo: Micros | null;
  /** The jobs whose runs or statements it rests on, as far as rows were written. */
  readonly jobs: readonly NodeId[];
}

/** What one event changed: nodes by id, edges by kind and ends. */
export interface EventChanges {
  readonly nodes: readonly NodeId[];
  /** Nodes that the reader may not know of. */
  readonly hiddenNodes: number;
  readonly edges: readonly EdgeChange[];
}

const STRENGTH: readonly EdgeEvidence[] = ['OBSERVED', 'DECLARED', 'INFERRED'];
const ORDER: readonly EdgeChangeKind[] = ['OPENED', 'CONFIRMED', 'CLOSED'];

interface Rows {
  readonly kind: EdgeKind;
  readonly from: NodeId;
  readonly to: NodeId;
  readonly opened: EdgeRow[];
  closed: number;
}

/** The rows of an event's graph changes as changes of edges: one for each edge, new ones first. */
export function edgeChanges(
  changes: readonly GraphChange[],
  canonicalOf: (id: NodeId) => NodeId,
): readonly EdgeChange[] {
  const edges = new Map<string, Rows>();
  for (const change of changes) {
    if (change.op !== 'openEdge' && change.op !== 'closeEdge') continue;
    const { kind } = change.row;
    const [from, to] = [canonicalOf(change.row.from), canonicalOf(change.row.to)];
    const key = `${kind} ${from} ${to}`;
    const rows = edges.get(key) ?? { kind, from, to, opened: [], closed: 0 };
    edges.set(key, rows);
    if (change.op === 'openEdge') rows.opened.push(change.row);
    else rows.closed += 1;
  }
  return [...edges.values()].map((rows) => edgeChange(rows, canonicalOf)).sort(inOrder);
}

function edgeChange({ kind, from, to, opened, closed }: Rows, canonicalOf: (id: NodeId) => NodeId): EdgeChange {
  const holds = opened.some(({ validTo }) => validTo === null);
  const ends = opened.flatMap(({ validTo }) => validTo ?? []);
  return {
    ...{ kind, from, to },
    change: closed === 0 ? 'OPENED' : holds ? 'CONFIRMED' : 'CLOSED',
    evidence: STRENGTH.find((one) => opened.some(({ evidence }) => evidence === one)) ?? null,
    validFrom: opened.length === 0 ? null : Math.min(...opened.map(({ validFrom }) => validFrom)),
    validTo: holds || ends.length === 0 ? null : Math.max(...ends),
    jobs: [...new Set(opened.flatMap(({ job }) => (job === null ? [] : [canonicalOf(job)])))].sort(),
  };
}

function inOrder(a: EdgeChange, b: EdgeChange): number {
  const apart = ORDER.indexOf(a.change) - ORDER.indexOf(b.change);
  return apart !== 0 ? apart : keyOf(a) < keyOf(b) ? -1 : 1;
}

function keyOf({ kind, from, to }: EdgeChange): string {
  return `${kind} ${from} ${to}`;
}
