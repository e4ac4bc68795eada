import type { GraphCheckpoint } from '../graph.js';
import type { ProjectionSettings } from './batch.js';
import type { ProjectionChanges } from './changes.js';
import type { ProjectionSource } from './projection-source.js';

/** One generation of the catalog side of the projection. One writer. */
export interface ProjectionStore {
  readonly source: ProjectionSource;
  /** Position 0 before the first batch. */
  checkpoint(): Promise<GraphCheckpoint>;
  /** The settings that this generation follows. */
  settings(): Promise<ProjectionSettings>;
  /** The settings that the log states up to the checkpoint: what the next generation follows. */
  statedSettings(): Promise<ProjectionSettings>;
  /** Makes a new generation follow these settings; before its first batch. */
  follow(settings: ProjectionSettings): Promise<void>;
  /** Writes a batch with its checkpoint and its part of the change feed, all or nothing; UNAVAILABLE where it cannot. */
  save(changes: ProjectionChanges): Promise<void>;
  /**
   * Looks at so many assets that a change of what is of no one asset, such as the ownership rules, may have changed for
   * search. Returns how many; 0 once there is none left.
   */
  refreshSearch(limit: number): Promise<number>;
}
