import type { SchemaField } from '../catalog.js';
import type { FacetStatement } from '../events.js';
import type { Body } from './body-reader.js';
import { nameAt, numberAt, recordsAt } from './body-reader.js';

// Deeper structures exist only in hostile events; the limit keeps the recursion off the stack's end.
const MAX_DEPTH = 64;
// The specification says integer, which stores hold in 32 bits.
const MAX_ORDINAL = 2 ** 31;

const READ = new WeakMap<FacetStatement, readonly SchemaField[]>();

/** {@link walkSchema}, once a facet: names and timelines of one event both ask for it. */
export function readSchema(facet: FacetStatement): readonly SchemaField[] {
  const known = READ.get(facet);
  if (known !== undefined) return known;
  const fields = walkSchema(facet);
  READ.set(facet, fields);
  return fields;
}

function ordinalOf(entry: Body): number | null {
  const sent = numberAt(entry, 'ordinal_position');
  return sent !== null && Number.isInteger(sent) && Math.abs(sent) < MAX_ORDINAL ? sent : null;
}

/** OpenLineage SchemaDatasetFacet 1-2-0: every field with its nested ones, outermost first, in order. Doubles keep the first. */
function walkSchema(facet: FacetStatement): readonly SchemaField[] {
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
  walk([], facet.body);
  return [...fields.values()];
}
