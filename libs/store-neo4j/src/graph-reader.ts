import type { EdgeEvidence, EdgeKind, EdgeRow, Transformation } from '@headwater/domain/graph';
import type { NodeId } from '@headwater/domain/identifiers';
import { compare, readOpenTime } from './graph-parameters.js';

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
