import type { FactRow } from '../catalog.js';
import { fieldPath, hash128, kindOf } from '../identifiers.js';
import { ensureField } from './apply-fields.js';
import type { Batch, CurrentEntry } from './batch.js';
import { keyOf } from './batch.js';
import type { NodeDocument } from './documents.js';
import type { Span } from './edge-intervals.js';
import { mergeSpans } from './pair-intervals.js';
import { diffRows } from './row-diff.js';
import type { FactStatement } from './statements.js';
import type { Segment, TimelineValue } from './timeline.js';
import { withoutWithdrawn } from './withdrawals.js';

/**
 * Closes and opens the rows of facts that one producer's facet states, as its timeline now has them and edits leave them
 * standing (rule 30). `keepsOrigin`: what changed them is an edit, and they still come from the event that stated them.
 */
export function writeFacts(
  batch: Batch,
  current: CurrentEntry,
  owner: NodeDocument,
  key: string,
  segments: readonly Segment[],
  keepsOrigin = false,
): void {
  const producer = key.slice(key.indexOf('|') + 1);
  const desired = new Map<string, { fact: FactStatement; spans: Span[] }>();
  for (const segment of segments) {
    for (const fact of (batch.bodies.get(segment.hash) as TimelineValue).facts) {
      const id = `${key}|${hash128(`${fact.node}|${fact.kind}|${fact.value}|${fact.detail ?? ''}`)}`;
      const entry = desired.get(id) ?? { fact, spans: [] };
      entry.spans.push({ from: segment.from, to: segment.to });
      desired.set(id, entry);
    }
  }
  for (const [id, held] of Object.entries(owner.facts)) {
    if (!id.startsWith(`${key}|`) || desired.has(id)) continue;
    for (const [rowId] of held.open) batch.out.closedFacts.push({ rowId, recordedTo: current.recordedAt });
    Reflect.deleteProperty(owner.facts, id);
    current.touched.add(keyOf(owner.id));
  }
  for (const [id, { fact, spans }] of desired) {
    const diff = diffRows(
      owner.facts[id]?.open,
      withoutWithdrawn(owner, fact, mergeSpans(spans)),
      `FACT|${owner.id}|${id}|${String(current.position)}`,
    );
    if (diff.closed.length === 0 && diff.opened.length === 0) continue;
    for (const [rowId] of diff.closed) batch.out.closedFacts.push({ rowId, recordedTo: current.recordedAt });
    const common = {
      nodeKey: keyOf(fact.node),
      nodeId: fact.node,
      kind: fact.kind,
      value: fact.value,
      detail: fact.detail,
      source: 'FACET' as const,
      producer: producer === '' ? null : producer,
      position: keepsOrigin ? (owner.facts[id]?.row.position ?? current.position) : current.position,
      recordedFrom: current.recordedAt,
      recordedTo: null,
    };
    const rows = diff.opened.map(([rowId, validFrom, validTo]): FactRow => ({ rowId, validFrom, validTo, ...common }));
    batch.out.openedFacts.push(...rows);
    const row = owner.facts[id]?.row ?? rows[0];
    if (row !== undefined) owner.facts[id] = { row, open: diff.open };
    current.touched.add(keyOf(owner.id));
    if (kindOf(fact.node) === 'FIELD') {
      ensureField(batch, current, owner, fieldPath(fact.node));
      current.touched.add(keyOf(fact.node));
    }
  }
}
