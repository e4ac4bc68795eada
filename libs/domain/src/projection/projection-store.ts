import type { GraphCheckpoint } from '../graph.js';
import type { ProjectionChanges } from './changes.js';
import type { ProjectionSource } from './projection-source.js';

/** One generation of the catalog side of the projection. One writer. */
export interface ProjectionStore {
  readonly source: ProjectionSource;
  /** Position 0 before the first batch. */
  checkpoint(): Promise<GraphCheckpoint>;
  /** Writes a batch with its checkpoint and its part of the change feed, all or nothing; UNAVAILABLE where it cannot. */
  save(changes: ProjectionChanges): Promise<void>;
}
