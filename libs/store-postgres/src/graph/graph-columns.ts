import type { AliasRow, EdgeRow, GraphNode, PairRow, RestrictionRow } from '@headwater/domain/graph';
import { datasetOf, kindOf, nodeKey, type NodeId, type NodeKey } from '@headwater/domain/identifiers';
import { arrayLiteral } from './array-literal.js';

/** One array literal a column, in the order of the statement's parameters. */
export type Columns = readonly string[];

/** The key by which alias rows of a node are looked up: a field follows its dataset. */
export function ownerKey(id: NodeId): NodeKey {
  return nodeKey(kindOf(id) === 'FIELD' ? datasetOf(id) : id);
}

function fieldOwnerKey(id: NodeId): NodeKey | null {
  return kindOf(id) === 'FIELD' ? nodeKey(datasetOf(id)) : null;
}

type Cell = string | number | boolean | null;

function columns<R>(rows: readonly R[], cells: readonly ((row: R) => Cell)[]): Columns {
  return cells.map((cell) => arrayLiteral(rows.map(cell)));
}

export function nodeColumns(nodes: readonly GraphNode[]): Columns {
  return columns(nodes, [
    ({ id }) => nodeKey(id),
    ({ id }) => id,
    ({ kind }) => kind,
    ({ displayName }) => displayName,
    ({ placeholder }) => placeholder,
  ]);
}

export function edgeColumns(rows: readonly EdgeRow[]): Columns {
  return columns(rows, [
    ({ rowId }) => rowId,
    ({ kind }) => kind,
    ({ from }) => nodeKey(from),
    ({ to }) => nodeKey(to),
    ({ from }) => fieldOwnerKey(from),
    ({ to }) => fieldOwnerKey(to),
    ({ from }) => from,
    ({ to }) => to,
    ({ evidence }) => evidence,
    ({ producer }) => producer,
    ({ job }) => job,
    ({ confidence }) => confidence,
    ({ transformations }) => (transformations.length === 0 ? '[]' : JSON.stringify(transformations)),
    ({ validFrom }) => validFrom,
    ({ validTo }) => validTo,
    ({ recordedFrom }) => recordedFrom,
    ({ recordedTo }) => recordedTo,
  ]);
}

export function pairColumns(rows: readonly PairRow[]): Columns {
  return columns(rows, [
    ({ rowId }) => rowId,
    ({ job }) => nodeKey(job),
    ({ input }) => nodeKey(input),
    ({ output }) => nodeKey(output),
    ({ validFrom }) => validFrom,
    ({ validTo }) => validTo,
    ({ recordedFrom }) => recordedFrom,
    ({ recordedTo }) => recordedTo,
  ]);
}

export function restrictionColumns(rows: readonly RestrictionRow[]): Columns {
  return columns(rows, [
    ({ rowId }) => rowId,
    ({ job }) => nodeKey(job),
    ({ mode }) => mode,
    ({ validFrom }) => validFrom,
    ({ validTo }) => validTo,
    ({ recordedFrom }) => recordedFrom,
    ({ recordedTo }) => recordedTo,
  ]);
}

export function aliasColumns(rows: readonly AliasRow[]): Columns {
  return columns(rows, [
    ({ rowId }) => rowId,
    ({ member }) => nodeKey(member),
    ({ canonical }) => nodeKey(canonical),
    ({ member }) => member,
    ({ canonical }) => canonical,
    ({ recordedFrom }) => recordedFrom,
    ({ recordedTo }) => recordedTo,
  ]);
}

export function closingColumns(
  closed: readonly { readonly row: { readonly rowId: string }; readonly recordedTo: number }[],
): Columns {
  return columns(closed, [({ row }) => row.rowId, ({ recordedTo }) => recordedTo]);
}
