import type { GraphCheckpoint } from './graph.js';

/** The projections that queries read: the catalog tables, and the graph behind lineage. */
export type ProjectionName = 'CATALOG' | 'GRAPH';

/** How far each projection is, and a way to wait for it to move without asking in a tight loop. */
export interface Checkpoints {
  /** How far a projection is. Throws UNAVAILABLE when its store is away. */
  checkpoint(projection: ProjectionName): Promise<GraphCheckpoint>;
  /** Resolves when a projection may have moved, at the latest after `timeoutMs`. Never rejects. */
  moved(timeoutMs: number): Promise<void>;
}
