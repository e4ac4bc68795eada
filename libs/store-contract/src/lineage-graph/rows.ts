import type {
  AliasRow,
  Bitemporal,
  EdgeKind,
  EdgeRow,
  ExpandOptions,
  Expansion,
  GraphChange,
  PairRow,
  RestrictionRow,
} from '@headwater/domain/graph';
import { datasetId, hash128, jobId, kindOf, type NodeId } from '@headwater/domain/identifiers';
import type { LineageGraph } from '@headwater/domain/ports';
import { MICROS_PER_HOUR, type Micros } from '@headwater/domain/time';

/** Whole hours after 2026-01-01T00:00Z: times of the size that real events have. */
export function hour(hours: number): Micros {
  return Date.UTC(2026, 0, 1) * 1000 + hours * MICROS_PER_HOUR;
}

export function dataset(name: string): NodeId {
  return datasetId('kafka://broker:9092', name);
}

export function job(name: string): NodeId {
  return jobId('claims', name);
}

const OPEN: Bitemporal = { validFrom: hour(0), validTo: null, recordedFrom: hour(0), recordedTo: null };

/** An observed row that holds from hour 0 on, in both times, unless told otherwise. */
export function edgeRow(kind: EdgeKind, from: NodeId, to: NodeId, change: Partial<EdgeRow> = {}): EdgeRow {
  const row = {
    ...OPEN,
    kind,
    from,
    to,
    evidence: 'OBSERVED' as const,
    producer: 'https://example.com/producer',
    job: [from, to].find((end) => kindOf(end) === 'JOB') ?? null,
    confidence: 1,
    transformations: [],
    ...change,
  };
  return { rowId: hash128(JSON.stringify(row)), ...row };
}

export function pairRow(of: NodeId, input: NodeId, output: NodeId, change: Partial<PairRow> = {}): PairRow {
  const row = { ...OPEN, job: of, input, output, ...change };
  return { rowId: hash128(JSON.stringify(row)), ...row };
}

export function restrictionRow(of: NodeId, change: Partial<RestrictionRow> = {}): RestrictionRow {
  const row = { ...OPEN, job: of, mode: 'PAIRS' as const, ...change };
  return { rowId: hash128(JSON.stringify(row)), ...row };
}

export function aliasRow(member: NodeId, canonical: NodeId, change: Partial<AliasRow> = {}): AliasRow {
  const row = { member, canonical, recordedFrom: hour(0), recordedTo: null, ...change };
  return { rowId: hash128(JSON.stringify(row)), ...row };
}

/** The change that opens a row, told by its shape. */
export function open(row: EdgeRow | PairRow | RestrictionRow | AliasRow): GraphChange {
  if ('member' in row) return { op: 'openAlias', row };
  if ('kind' in row) return { op: 'openEdge', row };
  return 'input' in row ? { op: 'openPair', row } : { op: 'openRestriction', row };
}

export function close(row: EdgeRow | PairRow | RestrictionRow | AliasRow, recordedTo: Micros): GraphChange {
  if ('member' in row) return { op: 'closeAlias', row, recordedTo };
  if ('kind' in row) return { op: 'closeEdge', row, recordedTo };
  return 'input' in row ? { op: 'closePair', row, recordedTo } : { op: 'closeRestriction', row, recordedTo };
}

export function node(id: NodeId, displayName: string, placeholder = false): GraphChange {
  return { op: 'node', node: { id, kind: kindOf(id) ?? 'DATASET', displayName, placeholder } };
}

/** Applies the changes as the next batch. */
export async function load(graph: LineageGraph, changes: readonly GraphChange[]): Promise<void> {
  const { position } = await graph.checkpoint();
  await graph.apply([{ position: position + 1, recordedAt: hour(position + 1), changes }]);
}

export const ALL_KINDS: readonly EdgeKind[] = ['READ', 'WRITE', 'DERIVED', 'CONTROL', 'PARENT'];

/** Downstream along every kind of edge at hour 1 as known at hour 1,000, unless told otherwise. */
export function ask(change: Partial<ExpandOptions> = {}): ExpandOptions {
  return {
    direction: 'DOWNSTREAM',
    valid: { at: hour(1) },
    knownAt: hour(1000),
    kinds: ALL_KINDS,
    limit: 10_000,
    ...change,
  };
}

/** One line an edge: `READ from -> to`. */
export function lines(edges: Expansion['edges']): readonly string[] {
  return edges.map(({ kind, from, to }) => `${kind} ${from} -> ${to}`);
}

/** The neighbours of one node, in the order answered. */
export async function neighbors(
  graph: LineageGraph,
  of: NodeId,
  change: Partial<ExpandOptions> & { readonly arrivedBy?: NodeId } = {},
): Promise<readonly NodeId[]> {
  const { arrivedBy, ...options } = change;
  const asked = ask(options);
  const entry = arrivedBy === undefined ? { node: of } : { node: of, arrivedBy };
  const { edges } = await graph.expand([entry], asked);
  return edges.map(({ from, to }) => (asked.direction === 'DOWNSTREAM' ? to : from));
}
