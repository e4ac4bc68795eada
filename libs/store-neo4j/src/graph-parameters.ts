import type { AliasRow, Bitemporal, EdgeRow, GraphNode, PairRow, RestrictionRow } from '@headwater/domain/graph';
import { datasetOf, hash128, kindOf, nodeKey, type NodeId } from '@headwater/domain/identifiers';
import type { Micros } from '@headwater/domain/time';
import neo4j, { type Integer } from 'neo4j-driver';

// An open end in the store: later than every time there is, and exact as a number on both sides.
const OPEN = Number.MAX_SAFE_INTEGER;

/** The halves of a node's key: a field's begins with its dataset's, so that both find each other within a statement. */
export interface KeyParts {
  readonly owner: string;
  /** Empty for what is no field. */
  readonly path: string;
}

export function keyParts(id: NodeId): KeyParts {
  return kindOf(id) === 'FIELD'
    ? { owner: nodeKey(datasetOf(id)), path: hash128(id.split(':')[3] ?? '') }
    : { owner: nodeKey(id), path: '' };
}

export function keyOf(id: NodeId): string {
  const { owner, path } = keyParts(id);
  return owner + path;
}

/** Cypher's integer: a plain number would be stored as a float. */
export function int(value: number): Integer {
  return neo4j.int(value);
}

/** A moment that is asked about: what is open holds at the latest there is, too. */
export function moment(value: number): Integer {
  return int(Math.min(value, OPEN - 1));
}

export function readOpenTime(value: number): Micros | null {
  return value === OPEN ? null : value;
}

type Map = Readonly<Record<string, unknown>>;

export function endParameters(id: NodeId): Map {
  return { key: keyOf(id), id };
}

export function nodeParameters({ id, displayName, placeholder }: GraphNode): Map {
  return { key: keyOf(id), id, name: displayName, placeholder };
}

export function edgeParameters(row: EdgeRow): RelationshipParameters {
  const { rowId, from, to, evidence, producer, job, confidence, transformations } = row;
  return {
    from: keyOf(from),
    to: keyOf(to),
    rowId,
    evidence,
    producer,
    job,
    confidence,
    transformations: transformations.length === 0 ? null : JSON.stringify(transformations),
    ...times(row),
  };
}

export function aliasParameters(row: AliasRow): RelationshipParameters {
  const { rowId, member, canonical, recordedFrom, recordedTo } = row;
  return {
    from: nodeKey(member),
    to: nodeKey(canonical),
    rowId,
    recordedFrom: int(recordedFrom),
    recordedTo: int(recordedTo ?? OPEN),
  };
}

export function pairParameters(row: PairRow): Map {
  const { rowId, job, input, output } = row;
  return { rowId, job: nodeKey(job), input: nodeKey(input), output: nodeKey(output), ...times(row) };
}

export function restrictionParameters(row: RestrictionRow): Map {
  return { rowId: row.rowId, job: nodeKey(row.job), mode: row.mode, ...times(row) };
}

export interface RelationshipParameters extends Map {
  readonly from: string;
  readonly to: string;
}

/** Rows that touch the same nodes next to each other: the store then finds their pages and locks in one go. */
export function sorted<R extends { readonly from: string; readonly to: string }>(rows: readonly R[]): readonly R[] {
  return [...rows].sort((a, b) => compare(a.from, b.from) || compare(a.to, b.to));
}

export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function times({ validFrom, validTo, recordedFrom, recordedTo }: Bitemporal): Map {
  return {
    validFrom: int(validFrom),
    validTo: int(validTo ?? OPEN),
    recordedFrom: int(recordedFrom),
    recordedTo: int(recordedTo ?? OPEN),
  };
}
