import type { FieldRow, SchemaVersionRow } from '@headwater/domain/catalog';
import type { FieldView } from '@headwater/domain/reading/schema-reader';
import { fieldId, type NodeId } from '@headwater/domain/identifiers';
import { decodeCursor, encodeCursor, type Page, type PageRequest } from '@headwater/domain/page';
import { pageOf } from './pages.js';

/** Where a field stands: schemas one behind the other, fields of a schema by ordinal, unlisted ones last. */
interface FieldPlace {
  readonly group: number;
  readonly ordinal: number;
  readonly id: string;
}

interface PlacedField {
  readonly place: FieldPlace;
  readonly field: FieldView;
}

/** Where a page of fields goes on; null at the beginning. */
export function fieldPlace(page: PageRequest): FieldPlace | null {
  if (page.after === null) return null;
  const [group, ordinal, id] = decodeCursor('fields', page.after, ['number', 'number', 'string']);
  return { group: Number(group), ordinal: Number(ordinal), id: String(id) };
}

/**
 * The fields that schemas holding at one moment list, each path once, in order. Readers report projections, so their
 * schemas count only where nobody else states one (rule 28). `unlisted` are fields without a place in any schema.
 */
export function fieldsThatHold(
  dataset: NodeId,
  schemas: readonly SchemaVersionRow[],
  unlisted: readonly FieldRow[],
): readonly PlacedField[] {
  const authoritative = schemas.filter((schema) => schema.authoritative);
  const counted = authoritative.length > 0 ? authoritative : schemas;
  const latestFirst = [...counted].sort((a, b) => b.validFrom - a.validFrom || (a.rowId < b.rowId ? -1 : 1));
  const placed = new Map<NodeId, PlacedField>();
  for (const [group, schema] of latestFirst.entries()) {
    for (const listed of schema.fields) {
      const id = fieldId(dataset, listed.path);
      if (placed.has(id)) continue;
      const { path, type, description, ordinal } = listed;
      const field = { id, datasetId: dataset, path, name: path.at(-1) ?? '', type, description, ordinal };
      placed.set(id, { place: { group, ordinal, id }, field: { ...field, deletedAt: null } });
    }
  }
  for (const row of unlisted) {
    const id = fieldId(dataset, row.path);
    if (placed.has(id)) continue;
    const { path, name, type, description } = row;
    const field = { id, datasetId: dataset, path, name, type, description, ordinal: null, deletedAt: null };
    placed.set(id, { place: { group: latestFirst.length, ordinal: 0, id }, field });
  }
  return [...placed.values()].sort((a, b) => comparePlaces(a.place, b.place));
}

/** The page behind `after`. A field that moved meanwhile is found by its id. */
export function fieldPage(fields: readonly PlacedField[], after: FieldPlace | null, first: number): Page<FieldView> {
  const from = after === null ? 0 : startBehind(fields, after);
  return pageOf(
    fields.slice(from, from + first + 1),
    first,
    ({ place }) => encodeCursor('fields', [place.group, place.ordinal, place.id]),
    ({ field }) => field,
  );
}

function startBehind(fields: readonly PlacedField[], after: FieldPlace): number {
  const same = fields.findIndex(({ place }) => place.id === after.id);
  if (same >= 0) return same + 1;
  const next = fields.findIndex(({ place }) => comparePlaces(place, after) > 0);
  return next < 0 ? fields.length : next;
}

function comparePlaces(a: FieldPlace, b: FieldPlace): number {
  return a.group - b.group || a.ordinal - b.ordinal || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
