import type { AliasRow, EdgeEvidence, EdgeKind, EdgeRow, ExpandedEdge, Transformation } from '@headwater/domain/graph';
import type { NodeId } from '@headwater/domain/identifiers';

type Int8 = string | number;

/** The columns of a row of an edge, in the statement's order. */
export type EdgeCells = readonly [
  rowId: string,
  from: NodeId,
  to: NodeId,
  evidence: EdgeEvidence,
  producer: string | null,
  job: NodeId | null,
  confidence: number,
  transformations: string,
  validFrom: Int8,
  validTo: Int8 | null,
  recordedFrom: Int8,
  recordedTo: Int8 | null,
];

export type AliasCells = readonly [
  rowId: string,
  member: NodeId,
  canonical: NodeId,
  recordedFrom: Int8,
  recordedTo: Int8 | null,
];

const NONE: readonly Transformation[] = [];
const STRENGTH: Readonly<Record<EdgeEvidence, number>> = { OBSERVED: 0, DECLARED: 1, INFERRED: 2 };

export function readEdgeRow(kind: EdgeKind, cells: EdgeCells): EdgeRow {
  return {
    rowId: readRowId(cells[0]),
    kind,
    from: cells[1],
    to: cells[2],
    evidence: cells[3],
    producer: cells[4],
    job: cells[5],
    confidence: cells[6],
    transformations: cells[7] === '[]' ? NONE : readTransformations(cells[7]),
    validFrom: Number(cells[8]),
    validTo: readOpenTime(cells[9]),
    recordedFrom: Number(cells[10]),
    recordedTo: readOpenTime(cells[11]),
  };
}

export function readAliasRow([rowId, member, canonical, recordedFrom, recordedTo]: AliasCells): AliasRow {
  return {
    rowId: readRowId(rowId),
    member,
    canonical,
    recordedFrom: Number(recordedFrom),
    recordedTo: readOpenTime(recordedTo),
  };
}

/** What the edges of a level say of the jobs at their ends. */
export type Conducts = Pick<ExpandedEdge, 'restricted' | 'inferred'>;

/**
 * Names under which a job conducts by rows of its own, '' for those of pairs; null where there are none. Where edges come
 * without rows, whether the neighbour is restricted to pairs; null where it is no job.
 */
export type ConductingNames = readonly (NodeId | '')[] | boolean | null;

export function readConducts(neighbor: NodeId, names: ConductingNames): Conducts {
  if (typeof names === 'boolean') return { restricted: names };
  const inferred = (names ?? []).filter((name): name is NodeId => name !== '').sort();
  const restricted = inferred.length < (names?.length ?? 0);
  const isJob = neighbor.startsWith('job:');
  const said = inferred.length === 0 || (isJob && restricted) ? {} : { inferred };
  return isJob ? { restricted, ...said } : said;
}

/** Collects rows that come edge by edge, strongest row first. */
export class EdgeCollector {
  readonly edges: ExpandedEdge[] = [];
  #rows: EdgeRow[] = [];

  add(row: EdgeRow | null, kind: EdgeKind, from: NodeId, to: NodeId, entry: number, conducts: Conducts = {}): void {
    const last = this.edges.at(-1);
    if (last?.entry !== entry || last.kind !== kind || last.from !== from || last.to !== to) {
      this.#rows = [];
      this.edges.push({ kind, from, to, entry, rows: this.#rows, ...conducts });
    } else if (last.inferred !== undefined && conducts.inferred === undefined) {
      // One of the rows is led over by a pair.
      const { inferred: _, ...paired } = last;
      this.edges[this.edges.length - 1] = paired;
    }
    if (row === null) return;
    this.#rows.push(row);
    if (this.#rows.length > 1) this.#rows.sort(compareStrength);
  }
}

function compareStrength(a: EdgeRow, b: EdgeRow): number {
  return STRENGTH[a.evidence] - STRENGTH[b.evidence] || (a.rowId < b.rowId ? -1 : a.rowId > b.rowId ? 1 : 0);
}

// PostgreSQL writes a uuid with four dashes.
function readRowId(uuid: string): string {
  return uuid.slice(0, 8) + uuid.slice(9, 13) + uuid.slice(14, 18) + uuid.slice(19, 23) + uuid.slice(24);
}

function readOpenTime(value: Int8 | null): number | null {
  return value === null ? null : Number(value);
}

// jsonb has an order of keys of its own.
function readTransformations(json: string): readonly Transformation[] {
  return (JSON.parse(json) as readonly Transformation[]).map(({ type, subtype, description, masking }) => ({
    type,
    subtype,
    description,
    masking,
  }));
}
