import type { FactRow } from '../catalog.js';
import type { FactKind } from '../facts.js';
import type { AssetEdit, FactEdit } from '../governance/asset-edit.js';
import { hash128, type NodeId } from '../identifiers.js';
import type { Micros } from '../time.js';
import { keyOf, type Batch, type CurrentEntry } from './batch.js';
import type { NodeDocument } from './documents.js';

/** Facts that were entered stand among those of facets, under keys that no facet has. */
const ENTERED = 'edit||';

/** One change of an edit, and whose document it is made in. */
export interface Stating {
  readonly owner: NodeDocument;
  readonly change: FactEdit;
  readonly at: Micros;
  readonly edit: AssetEdit;
  readonly index: number;
}

export function enter(
  batch: Batch,
  current: CurrentEntry,
  { owner, change: { node, value }, at, edit, index }: Stating,
  kind: FactKind,
  detail: string | null,
): void {
  const row: FactRow = {
    rowId: hash128(`EDIT|${owner.id}|${String(current.position)}|${String(index)}`),
    nodeKey: keyOf(node),
    nodeId: node,
    ...{ kind, value, detail },
    source: 'EDIT',
    producer: edit.by.name,
    position: current.position,
    validFrom: at,
    validTo: null,
    recordedFrom: current.recordedAt,
    recordedTo: null,
  };
  batch.out.openedFacts.push(row);
  owner.facts[`${ENTERED}${row.rowId}`] = { row, open: [[row.rowId, at, null]] };
  if (node !== owner.id) current.touched.add(keyOf(node));
}

/** What edits say of the same kind about the same node, and still hold. */
export function enteredOf(owner: NodeDocument, node: NodeId, kind: FactKind) {
  return Object.entries(owner.facts).filter(
    ([id, { row }]) => id.startsWith(ENTERED) && row.nodeId === node && row.kind === kind,
  );
}

/** The row stays for what was, and as known before. */
export function end(batch: Batch, current: CurrentEntry, owner: NodeDocument, id: string, at: Micros): void {
  const held = owner.facts[id];
  if (held === undefined) return;
  for (const [rowId] of held.open) batch.out.closedFacts.push({ rowId, recordedTo: current.recordedAt });
  if (held.row.validFrom < at) {
    const rowId = hash128(`EDIT|${id}|${String(current.position)}`);
    batch.out.openedFacts.push({ ...held.row, rowId, validTo: at, recordedFrom: current.recordedAt });
  }
  Reflect.deleteProperty(owner.facts, id);
}
