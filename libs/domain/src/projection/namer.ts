import type { NodeId } from '../identifiers.js';

/** How names in a facet become nodes: after name rules, registering the asset as referenced. */
export interface Namer {
  dataset(namespace: string, name: string): NodeId;
  job(namespace: string, name: string): NodeId;
  /** Nesting segments of a field: a literal dotted name beats a nested path (rule 28). */
  path(dataset: NodeId, field: string): readonly string[];
  /** Top-level fields that the event's own schema facet gives the dataset. */
  fieldsOf(dataset: NodeId): readonly string[];
}
