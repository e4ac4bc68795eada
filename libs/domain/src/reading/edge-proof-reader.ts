import type { ReadTime } from './read-time.js';
import type { EdgeRow } from '../graph.js';
import type { NodeId } from '../identifiers.js';
import type { Page, PageRequest } from '../page.js';
import type { EventView } from './event-reader.js';
import type { Micros } from '../time.js';

/** An edge with the graph's assertion rows of it, as `LineageGraph.expand` gives them: rows keep the ends as stated. */
export interface EdgeWithRows {
  readonly rows: readonly EdgeRow[];
  /** What counts: sightings at or before `at`, by events that were known at `knownAt`. */
  readonly time: ReadTime;
}

/** Sightings of one assertion (evidence, producer, job) of an edge. */
export interface AssertionSightings {
  /** Rows of the edge that this assertion consists of. */
  readonly rows: readonly EdgeRow[];
  /** That of the edge. */
  readonly time: ReadTime;
  /**
   * Effective time of the latest sighting, of a run that was under way then its first event; the latest validFrom where
   * no sighting is kept (rules, JobEvents).
   */
  readonly lastSeenAt: Micros;
  readonly lastRunId: NodeId | null;
  /** Completed cycles of the job behind the last sighting that spoke of that side and not of this edge. */
  readonly missedRuns: number;
}

/** Which assertion of which edge at what time: the rows of an {@link AssertionSightings}. */
export type AssertionRef = Pick<AssertionSightings, 'rows' | 'time'>;

export interface EdgeProofReader {
  /** For each edge, in the order given: its assertions, strongest first. */
  sightings(edges: readonly EdgeWithRows[]): Promise<readonly (readonly AssertionSightings[])[]>;
  /** For each assertion, in the order given: the events that prove it, newest first. */
  proofs(assertions: readonly AssertionRef[], page: PageRequest): Promise<readonly Page<EventView>[]>;
}
