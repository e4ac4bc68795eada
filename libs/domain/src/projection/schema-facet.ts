import type { SchemaField } from '../catalog.js';
import type { FacetStatement } from '../events.js';
import { perObject } from '../per-object.js';
import type { Body } from './body-reader.js';
import { nameAt, numberAt, recordsAt } from './body-reader.js';

// Deeper structures exist only in hostile events; the limit keeps the recursion off the stack's end.
const MAX_DEPTH = 64;
// The specification says integer, which stores hold in 32 bits.
const MAX_ORDINAL = 2 ** 31;

function ordinalOf(entry: Body): number | null {
  const sent = numberAt(entry, 'ordinal_position');
  return sent !== null && Number.isInteger(sent) && Math.abs(sent) < MAX_ORDINAL ? sent : null;
}

/**
 * OpenLineage SchemaDatasetFacet 1-2-0: every field with its nested ones, outermost first, in order. Doubles keep the
 * first. The same facet is the same list.
 */
export function readSchema(facet: FacetStatement): readonly SchemaField[] {
  return schemaFields(facet.body);
}

const schemaFields = perObject((facet: Body): readonly SchemaField[] => {
  const fields = new Map<string, SchemaField>();
  const walk = (parent: readonly string[], body: Body): void => {
    for (const entry of recordsAt(body, 'fields')) {
      const name = nameAt(entry, 'name');
      if (name === null) continue;
      const path = [...parent, name];
      const key = JSON.stringify(path);
      if (!fields.has(key)) {
        fields.set(key, {
          path,
          type: nameAt(entry, 'type'),
          description: nameAt(entry, 'description'),
          ordinal: ordinalOf(entry) ?? fields.size + 1,
        });
      }
      if (path.length < MAX_DEPTH) walk(path, entry);
    }
  };
  walk([], facet);
  return [...fields.values()];
});

/** Names of a schema's fields as lineage refers to them. */
export interface FieldNames {
  /** Top-level names, in the order of the schema. */
  readonly literal: ReadonlySet<string>;
  /** Dotted paths of nested fields -> their segments. */
  readonly nested: ReadonlyMap<string, readonly string[]>;
}

/** The same list has the same names. */
export const fieldNames = perObject((fields: readonly SchemaField[]): FieldNames => {
  const literal = new Set<string>();
  const nested = new Map<string, readonly string[]>();
  for (const { path } of fields) {
    if (path.length === 1) literal.add(path[0] ?? '');
    else nested.set(path.join('.'), path);
  }
  return { literal, nested };
});
