import type { FacetStatement } from '../events.js';
import type { NodeId } from '../identifiers.js';
import { nameAt, own, recordAt, recordsAt, stringAt } from './body-reader.js';
import type { Namer } from './namer.js';
import type { EventStatements, LifecycleChange } from './statements.js';

const CHANGES: ReadonlySet<string> = new Set(['ALTER', 'CREATE', 'DROP', 'OVERWRITE', 'RENAME', 'TRUNCATE']);

/** OpenLineage SymlinksDatasetFacet 1-0-1: other names of the same data (rule 25). */
export function readSymlinks(dataset: NodeId, facet: FacetStatement, namer: Namer): EventStatements['symlinks'] {
  return recordsAt(facet.body, 'identifiers').flatMap((identifier) => {
    const namespace = stringAt(identifier, 'namespace');
    const name = nameAt(identifier, 'name');
    if (namespace === null || name === null) return [];
    const other = namer.dataset(namespace, name);
    return other === dataset ? [] : [{ a: dataset, b: other }];
  });
}

/** OpenLineage LifecycleStateChangeDatasetFacet 1-0-1 (rule 24). */
export function readLifecycle(
  dataset: NodeId,
  facet: FacetStatement,
  namer: Namer,
): EventStatements['lifecycle'][number] | null {
  const change = nameAt(facet.body, 'lifecycleStateChange');
  if (change === null || !CHANGES.has(change)) return null;
  const previous = recordAt(facet.body, 'previousIdentifier');
  const namespace = previous === undefined ? null : stringAt(previous, 'namespace');
  const name = previous === undefined ? null : nameAt(previous, 'name');
  return {
    dataset,
    change: change as LifecycleChange,
    previous: namespace === null || name === null ? null : namer.dataset(namespace, name),
  };
}

/** The value that the `version` facet, or an Iceberg report by its snapshot, gives to the dataset's state. */
export function readVersion(facet: FacetStatement): string | null {
  if (facet.name === 'version') return nameAt(facet.body, 'datasetVersion');
  const snapshot = own(facet.body, 'snapshotId');
  // Iceberg snapshot ids pass 2^53 and then come as their digits; a number that is not exact would name another one.
  if (typeof snapshot === 'number') return Number.isSafeInteger(snapshot) ? String(snapshot) : null;
  return typeof snapshot === 'string' && snapshot !== '' ? snapshot : null;
}
