import type {
  EdgeEvidence,
  EdgeKind,
  EdgeRow,
  ExpandedEdge,
  ExpandOptions,
  Expansion,
  FrontierEntry,
  RestrictionRow,
  Transformation,
} from '@headwater/domain/graph';
import type { NodeId } from '@headwater/domain/identifiers';
import { compare, keyOf, readOpenTime } from './graph-parameters.js';

/** A row of an edge as the statements return it: two ids, null where they are the given ones, then ROW. */
export type RowCells = readonly [
  near: NodeId | null,
  far: NodeId | null,
  rowId: string,
  evidence: EdgeEvidence,
  producer: string | null,
  job: NodeId | null,
  confidence: number,
  transformations: string | null,
  validFrom: number,
  validTo: number,
  recordedFrom: number,
  recordedTo: number,
];

/** What an EXPAND or COUNT statement returns: entries from the size of the frontier on are the nodes of `ahead`. */
export interface ExpansionRecord {
  readonly ahead: readonly NodeId[];
  readonly edges: readonly EdgeCells[];
  /** Of the neighbours that are jobs, and of the jobs that were reached by a dataset. */
  readonly restrictions: readonly RestrictionCells[];
}

/** The name is null where it is the job's own. */
type RestrictionCells = readonly [jobKey: string, mode: RestrictionRow['mode'], name: NodeId | null];

type EdgeCells = readonly [
  entry: number,
  kind: EdgeKind,
  neighbor: NodeId,
  neighborKey: string,
  rows: readonly RowCells[],
  isPaired: boolean,
];

const NONE: readonly Transformation[] = [];
const STRENGTH: Readonly<Record<EdgeEvidence, number>> = { OBSERVED: 0, DECLARED: 1, INFERRED: 2 };

/** The rows of one edge, strongest first; `from` and `to` stand where a row names no others. */
export function readEdgeRows(
  cells: readonly RowCells[],
  kind: EdgeKind,
  from: NodeId,
  to: NodeId,
  nearIsFrom: boolean,
): readonly EdgeRow[] {
  const rows = cells.map((row): EdgeRow => {
    const [rawFrom, rawTo] = nearIsFrom ? [row[0], row[1]] : [row[1], row[0]];
    return {
      rowId: row[2],
      kind,
      from: rawFrom ?? from,
      to: rawTo ?? to,
      evidence: row[3],
      producer: row[4],
      job: row[5],
      confidence: row[6],
      transformations: row[7] === null ? NONE : (JSON.parse(row[7]) as readonly Transformation[]),
      validFrom: row[8],
      validTo: readOpenTime(row[9]),
      recordedFrom: row[10],
      recordedTo: readOpenTime(row[11]),
    };
  });
  return rows.sort((a, b) => STRENGTH[a.evidence] - STRENGTH[b.evidence] || compare(a.rowId, b.rowId));
}

/** The statement was asked for one edge more than the limit, so that a cut shows. */
export function readExpansion(
  { ahead, edges: cells, restrictions }: ExpansionRecord,
  frontier: readonly FrontierEntry[],
  { direction, limit, withoutRows = false }: Pick<ExpandOptions, 'direction' | 'limit' | 'withoutRows'>,
): Expansion {
  const isDownstream = direction === 'DOWNSTREAM';
  const restricted = new Set(restrictions.flatMap(([key, mode]) => (mode === 'PAIRS' ? [key] : [])));
  const inferred = (job: NodeId, jobKey: string): Pick<ExpandedEdge, 'inferred'> => {
    const names = restrictions.flatMap(([key, mode, name]) =>
      key === jobKey && mode === 'INFERRED' ? [name ?? job] : [],
    );
    return names.length === 0 || withoutRows ? {} : { inferred: names.sort(compare) };
  };
  const conducts = (entry: FrontierEntry | undefined, [, kind, neighbor, key, , isPaired]: EdgeCells) => {
    if (neighbor.startsWith('job:')) {
      return restricted.has(key) ? { restricted: true } : { restricted: false, ...inferred(neighbor, key) };
    }
    if (restrictions.length === 0 || isPaired || entry?.arrivedBy === undefined) return {};
    return kind === (isDownstream ? 'WRITE' : 'READ') ? inferred(entry.node, keyOf(entry.node)) : {};
  };
  const edgeAt = (near: NodeId, entry: number, edge: EdgeCells, of?: FrontierEntry): ExpandedEdge => {
    const [, kind, neighbor, , rows] = edge;
    const [from, to] = isDownstream ? [near, neighbor] : [neighbor, near];
    return { kind, from, to, entry, rows: readEdgeRows(rows, kind, from, to, isDownstream), ...conducts(of, edge) };
  };
  const edges: ExpandedEdge[] = [];
  const further = ahead.map((): ExpandedEdge[] => []);
  for (const edge of cells.slice(0, limit)) {
    const [entry, , neighbor] = edge;
    const behind = entry - frontier.length;
    const node = behind < 0 ? frontier[entry]?.node : ahead[behind];
    (further[behind] ?? edges).push(edgeAt(node ?? neighbor, behind < 0 ? entry : 0, edge, frontier[entry]));
  }
  const cut = cells[limit]?.[0];
  // Of the entry at which the answer was cut, and of those after it, not all edges are known.
  const whole = cut === undefined ? ahead.length : Math.max(0, cut - frontier.length);
  const known = ahead.slice(0, whole).map((node, at) => [node, further[at] ?? []] as const);
  const truncated = cut !== undefined && cut < frontier.length;
  return known.length === 0 ? { edges, truncated } : { edges, truncated, ahead: new Map(known) };
}
