import type { FieldRow, SchemaField } from '../catalog.js';
import { fieldId, type NodeId } from '../identifiers.js';
import type { Micros } from '../time.js';
import type { Batch, CurrentEntry } from './batch.js';
import { keyOf } from './batch.js';
import { contentHash } from './canonical-json.js';
import type { NodeDocument } from './documents.js';

interface FieldState {
  readonly field: SchemaField;
  /** Null while a schema that holds now lists it. */
  readonly deletedAt: Micros | null;
}

/** Rows of a dataset's fields as its open schemas have them: the latest schema that lists a field describes it. */
export async function rebuildFields(batch: Batch, current: CurrentEntry, owner: NodeDocument): Promise<void> {
  const spans = Object.values(owner.schemas).flatMap(({ row, open }) =>
    open.map(([, from, to]) => ({ hash: row.schemaHash, from, to })),
  );
  spans.sort((a, b) => a.from - b.from || (a.hash < b.hash ? -1 : 1));
  await batch.bodies.load(
    spans.map((span) => span.hash),
    batch.source,
  );
  const states = new Map<string, FieldState>();
  for (const { hash, to } of spans) {
    const { fields } = batch.bodies.get(hash) as { readonly fields: readonly SchemaField[] | null };
    for (const field of fields ?? []) {
      const key = JSON.stringify(field.path);
      const held = states.get(key);
      // Fields without a type do not multiply: they confirm what is known (rule 28).
      const described = field.type === null && held !== undefined ? { ...held.field, ordinal: field.ordinal } : field;
      const deletedAt = to === null || held?.deletedAt === null ? null : Math.max(to, held?.deletedAt ?? to);
      states.set(key, { field: described, deletedAt });
    }
  }
  for (const { field, deletedAt } of states.values()) writeField(batch, current, owner, field, deletedAt);
  for (const key of Object.keys(owner.fields)) {
    if (!states.has(key)) writeField(batch, current, owner, bareField(JSON.parse(key) as string[]), null);
  }
}

/** Fields that only lineage or a tag names are kept, without type or place (rule 20). */
export function ensureField(batch: Batch, current: CurrentEntry, owner: NodeDocument, path: readonly string[]): void {
  if (Object.hasOwn(owner.fields, JSON.stringify(path))) return;
  writeField(batch, current, owner, bareField(path), null);
}

function bareField(path: readonly string[]): SchemaField & { readonly isBare: true } {
  return { path, type: null, description: null, ordinal: 0, isBare: true };
}

function writeField(
  batch: Batch,
  current: CurrentEntry,
  owner: NodeDocument,
  field: SchemaField & { readonly isBare?: true },
  deletedAt: Micros | null,
): void {
  const id: NodeId = fieldId(owner.id, field.path);
  const ordinal = field.isBare === true ? null : field.ordinal;
  const hash = contentHash([field.type, field.description, ordinal, deletedAt]).slice(0, 8);
  const key = JSON.stringify(field.path);
  const held = owner.fields[key];
  if (held === hash) return;
  owner.fields[key] = hash;
  batch.dirtyNodes.add(owner.id);
  batch.dirtyDetails.add(owner.id);
  const row: FieldRow = {
    key: keyOf(id),
    id,
    datasetKey: keyOf(owner.id),
    datasetId: owner.id,
    path: field.path,
    name: field.path.join('.'),
    type: field.type,
    description: field.description,
    ordinal,
    deletedAt,
  };
  batch.out.fields.set(id, row);
  if (held === undefined) {
    current.graph.push({ op: 'node', node: { id, kind: 'FIELD', displayName: row.name, placeholder: false } });
  }
  current.touched.add(keyOf(owner.id));
}
