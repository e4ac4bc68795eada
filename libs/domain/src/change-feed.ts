import type { GraphChange, GraphCheckpoint } from './graph.js';
import type { NodeKey } from './identifiers.js';
import type { Micros } from './time.js';

/** What the event at one position changed: the graph changes, and every node whose graph or catalog entry moved. */
export interface ChangeEntry {
  readonly position: number;
  readonly recordedAt: Micros;
  readonly changes: readonly GraphChange[];
  /** Keys of the nodes touched, in no particular order. */
  readonly touched: readonly NodeKey[];
}

/** What the feed has of one position. PENDING: not projected yet; REMOVED: what it changed is no longer kept. */
export type ChangesAt =
  { readonly state: 'PENDING' | 'REMOVED' } | ({ readonly state: 'KEPT' } & Pick<ChangeEntry, 'changes' | 'touched'>);

/**
 * The changes of the projection in the order of the log: what graph stores, subscriptions and webhooks follow. An event
 * that changed nothing has no entry, so positions have gaps.
 */
export interface ChangeFeed {
  /** Entries with a position above `after`, oldest first, at most `limit`. Throws UNAVAILABLE when the store is away. */
  read(after: number, limit: number): Promise<readonly ChangeEntry[]>;
  /** What is known of each of these positions, in one statement; of one that changed nothing the lists are empty. */
  at(positions: readonly number[]): Promise<ReadonlyMap<number, ChangesAt>>;
  /** The smallest `after` from which nothing is missing: entries at and below it may have been removed. 0 = all are there. */
  oldest(): Promise<number>;
  /** How far the catalog is projected, and with it the feed: where a reader without `after` begins. */
  head(): Promise<GraphCheckpoint>;
  /**
   * Calls `wake` after entries may have been added, also by other processes and after a lost connection came back; it
   * may call it without need. Returns what ends it.
   */
  subscribe(wake: () => void): () => void;
}
