import type { NamespaceRule } from '../access/namespace-rule.js';
import type { FindingRow } from '../catalog.js';
import type { CatalogEventKind } from '../events.js';
import type { NodeId } from '../identifiers.js';
import type { Page, PageRequest } from '../page.js';
import type { Micros } from '../time.js';

/** What a list shows of an event; the bytes come from `EventLog.read`. */
export interface EventView {
  readonly position: number;
  readonly kind: CatalogEventKind;
  readonly receivedAt: Micros;
  readonly recordedAt: Micros;
  /** Null until the event is projected, and for edits. */
  readonly effectiveAt: Micros | null;
}

export interface EventFilter {
  /** Events that speak of this run, job or dataset. */
  readonly node?: NodeId;
  readonly kinds?: readonly CatalogEventKind[];
  /** Positions, both ends included. */
  readonly fromPosition?: number;
  readonly toPosition?: number;
  /** Record time, [from, to). */
  readonly recordedFrom?: Micros;
  readonly recordedTo?: Micros;
  /** Leaves out events that are surely about another namespace: what else they name is not looked at. */
  readonly within?: NamespaceRule;
}

export interface FindingFilter {
  readonly codes?: readonly string[];
  readonly node?: NodeId;
  /** About any of these, by any of their names; canonical ids. */
  readonly nodes?: readonly NodeId[];
  /** As in {@link EventFilter}. */
  readonly within?: NamespaceRule;
}

export interface EventReader {
  /** Newest first. */
  events(filter: EventFilter, page: PageRequest): Promise<Page<EventView>>;
  eventsAt(positions: readonly number[]): Promise<ReadonlyMap<number, EventView>>;
  /** Newest event first, within one event in order. */
  findings(filter: FindingFilter, page: PageRequest): Promise<Page<FindingRow>>;
  /** Every finding of each event, in order. */
  findingsOfEvents(positions: readonly number[]): Promise<ReadonlyMap<number, readonly FindingRow[]>>;
  /** By kind, the most frequent first. */
  findingCounts(): Promise<readonly FindingCount[]>;
}

/** How many findings there are of one kind. */
export interface FindingCount {
  readonly code: string;
  readonly count: number;
  /** False: at least so many; counting was cut off. */
  readonly isExact: boolean;
}

/** What was heard from one producer. */
export interface ProducerView {
  /** Tells it from others; where equal moments are in order. */
  readonly key: string;
  /** As its events name it; null for events that name none. */
  readonly producer: string | null;
  /** Receipt of the first and of the latest of these events. */
  readonly firstSeenAt: Micros;
  readonly lastSeenAt: Micros;
  readonly events: number;
  /** What in these events could not be taken at its word. */
  readonly findings: number;
  /** False: of very many events only the latest were looked at. */
  readonly isExact: boolean;
}

export interface ProducerReader {
  /** Everyone who ever sent an event, whoever was heard last first. */
  producers(page: PageRequest): Promise<Page<ProducerView>>;
}
