import type { AcceptedEvent, Appended, StoredEvent, StoredPart } from './events.js';
import type {
  AliasRow,
  ExpandOptions,
  Expansion,
  FrontierEntry,
  GraphBatch,
  GraphCheckpoint,
  GraphNode,
} from './graph.js';
import type { NodeId } from './identifiers.js';
import type { Micros } from './time.js';

/** Time, injected so that the domain has none of its own. */
export interface Clock {
  now(): Micros;
}

/** Randomness, injected for the same reason. */
export interface IdSource {
  /** A UUID of version 4, lower case. */
  uuid(): string;
  /** Strong random bytes. */
  bytes(count: number): Uint8Array;
}

/** The truth: every accepted event, verbatim, in commit order. */
export interface EventLog {
  /** Identifies this log in positions shown to clients (`<logId>.<n>`); made once, kept in dumps. */
  readonly logId: string;
  /**
   * Durable when it resolves, one entry an event in the order given. An event whose digest is stored keeps its first
   * position and is answered as duplicate, also within one call. Concurrent calls share one durable insert; a row that
   * the store refuses fails its own call only. Throws UNAVAILABLE when the store cannot take it.
   */
  append(events: readonly AcceptedEvent[]): Promise<readonly Appended[]>;
  /** Oldest first, positions `after` + 1 onward, at most `limit`. Never skips an event that an earlier, slower append may still commit. */
  readAfter(after: number, limit: number): Promise<readonly StoredEvent[]>;
  /** The events at these positions, in that order; unknown positions are left out. */
  read(positions: readonly number[]): Promise<readonly StoredEvent[]>;
  /** What was cut out of the events at these positions, in the order of the log. */
  parts(positions: readonly number[]): Promise<readonly StoredPart[]>;
  /** Why appends fail just now (`STORE_READ_ONLY`, `STORE_DISK_FULL`, …); null where nothing speaks against them. Throws nothing. */
  problem(): Promise<string | null>;
  /** The last committed position; 0 for an empty log. */
  head(): Promise<{ readonly position: number; readonly recordedAt: Micros }>;
}

/** The graph of one generation: topology, fields and runs on both time axes. One writer; any number of readers. */
export interface LineageGraph {
  /** Which product answers, as `status` shows it. */
  readonly engine: 'POSTGRES' | 'NEO4J' | 'MEMORY';
  /**
   * Applies batches with their checkpoint in one transaction. A batch at or below the checkpoint changes nothing, so
   * the same batch may be sent again. Throws UNAVAILABLE when the store is away; then nothing of it was applied.
   */
  apply(batches: readonly GraphBatch[]): Promise<void>;
  checkpoint(): Promise<GraphCheckpoint>;
  /** Nodes by id. A member of an alias component answers under the id asked for with its canonical node. Unknown ids are absent. */
  nodes(ids: readonly NodeId[], knownAt: Micros): Promise<ReadonlyMap<NodeId, GraphNode>>;
  /** Canonical id of each id as known at `knownAt`; an id without alias row is its own. Fields follow their dataset. */
  canonical(ids: readonly NodeId[], knownAt: Micros): Promise<ReadonlyMap<NodeId, NodeId>>;
  /** Alias rows of the components of these canonical ids as known at `knownAt`. */
  aliases(canonicalIds: readonly NodeId[], knownAt: Micros): Promise<readonly AliasRow[]>;
  /**
   * Every edge one hop from the frontier that is valid at (or during) `valid` as known at `knownAt`, each once for each
   * entry, in a stable order, at most `limit`. Entries are canonical ids; edges of every member of their component
   * count, and both ends come back canonical. Where an entry is a job with `arrivedBy` and a restriction holds, only
   * paired datasets follow.
   */
  expand(frontier: readonly FrontierEntry[], options: ExpandOptions): Promise<Expansion>;
  /** All edges that the graph holds at that moment, for tests and exports: canonical ends, sorted by (kind, from, to). */
  edges(options: Omit<ExpandOptions, 'direction' | 'limit'>): Promise<Expansion['edges']>;
  close(): Promise<void>;
}
