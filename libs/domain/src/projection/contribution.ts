import type { NodeId } from '../identifiers.js';
import type { LineageSlot } from './statements.js';

/** The content of a lineage slot without its place and producer: equal bodies share one hash. */
export type SlotBody = Pick<LineageSlot, 'statements' | 'jobStatements' | 'control'>;

/**
 * What one producer says of a job's lineage in one run, window or JobEvent. Runs repeat each other, so contributions are
 * kept by content hash, and a run by the hashes of its contributions.
 */
export interface Contribution {
  /** Sorted. */
  readonly reads: readonly NodeId[];
  /** Sorted. */
  readonly writes: readonly NodeId[];
  /** [slot, hash of its SlotBody], sorted by slot. */
  readonly slots: readonly (readonly [slot: string, body: string])[];
  /** Parent jobs that the run's parent facet names. */
  readonly parents: readonly NodeId[];
}

/** Where bodies and contributions are found by their hash. Both are always stored before they are referred to. */
export interface Bodies {
  slot(hash: string): SlotBody;
  contribution(hash: string): Contribution;
}
