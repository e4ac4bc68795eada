import type { InputFault } from './errors.js';
import type { Micros } from './time.js';

/** OpenLineage's three event kinds, told apart by shape; EDIT is a governance edit or a setting. */
export type CatalogEventKind = 'RUN' | 'JOB' | 'DATASET' | 'EDIT';

/**
 * DECISION is a decision as it was posted, without its personal parts. ACCESS is a line of the audit of access: no
 * projection reads it. Lists of events leave out both: they have readers of their own.
 */
export type EventKind = CatalogEventKind | 'DECISION' | 'ACCESS';

/** Whether it is an OpenLineage event. */
export function isLineage(kind: EventKind): kind is LineageEvent['kind'] {
  return kind === 'RUN' || kind === 'JOB' || kind === 'DATASET';
}

/** A personal part that was cut out of the bytes of an event, with what stands there instead. */
export interface SealedPart {
  /** Where the placeholder begins in the bytes that the log keeps, and how many it has. */
  readonly offset: number;
  readonly length: number;
  /** The key that it is encrypted under: a UUID. */
  readonly keyId: string;
  readonly ciphertext: Uint8Array;
}

/** A sealed part as the log has it. */
export interface StoredPart extends Pick<SealedPart, 'keyId' | 'ciphertext'> {
  readonly position: number;
  /** What stands in its place in the event's bytes. */
  readonly placeholder: string;
}

/** What an ingest path hands to the log: the bytes exactly as received and what the log indexes of them. */
export interface AcceptedEvent {
  readonly kind: EventKind;
  /** One JSON document, verbatim: in a batch the element's slice of the body. Placeholders stand for `parts`. */
  readonly bytes: Uint8Array;
  /** First receipt by this server. */
  readonly receivedAt: Micros;
  /** What was cut out of the bytes. Of a duplicate they are not kept again. */
  readonly parts?: readonly SealedPart[];
}

/** What became of one event: the position it has in the log, which for a duplicate is that of its first append. */
export interface Appended {
  readonly position: number;
  readonly duplicate: boolean;
}

/** One row of the log. Positions are dense, begin at 1 and follow commit order. */
export interface StoredEvent {
  readonly position: number;
  readonly kind: EventKind;
  /** HMAC-SHA-256 of the bytes under the log's own key, hex. */
  readonly digest: string;
  readonly bytes: Uint8Array;
  readonly receivedAt: Micros;
  /** Set inside the append, never decreasing with position. The record time of everything derived from the event. */
  readonly recordedAt: Micros;
}

/** OpenLineage 2-0-2 RunEvent.eventType; null when the producer sent none. */
export type RunEventType = 'START' | 'RUNNING' | 'COMPLETE' | 'ABORT' | 'FAIL' | 'OTHER';

/** Something in a stored event that could not be taken at its word. Findings never stop an event. */
export interface Finding {
  /** Stable upper-case code, for example `FACET_INVALID` or `TIME_WITHOUT_ZONE`. */
  readonly code: string;
  /** RFC 6901 pointer into the event. */
  readonly pointer: string;
  readonly message: string;
}

/** One facet as a producer sent it. */
export interface FacetStatement {
  readonly name: string;
  /** The facet's `_producer`, else the event's; null when neither is a string. */
  readonly producer: string | null;
  /** `producer` without its version segment: facets replace each other per name and producerKey. '' when unknown. */
  readonly producerKey: string;
  readonly schemaUrl: string | null;
  /** Whether a published or supported schema exists for this facet name in this place. */
  readonly known: boolean;
  /** False for a known facet that does not fit its schema: kept raw, left out of the projection. */
  readonly valid: boolean;
  /** `_deleted: true` (job and dataset facets only). */
  readonly deleted: boolean;
  /** Where in the event it stands (RFC 6901), so that it can be shown as received. */
  readonly pointer: string;
  /** The parsed facet; control characters and lone surrogates inside are shown as U+FFFD. */
  readonly body: Readonly<Record<string, unknown>>;
}

export interface DatasetMention {
  readonly namespace: string;
  readonly name: string;
  /** `facets`. */
  readonly facets: readonly FacetStatement[];
  /** `inputFacets` or `outputFacets`. */
  readonly sideFacets: readonly FacetStatement[];
}

/** An OpenLineage event of any supported version in one shape. Absent arrays are empty; names are as sent. */
export interface LineageEvent {
  readonly kind: 'RUN' | 'JOB' | 'DATASET';
  /** The producer's own time; nanoseconds are cut to microseconds. */
  readonly eventTime: Micros;
  readonly eventType: RunEventType | null;
  readonly producer: string | null;
  readonly producerKey: string;
  readonly schemaUrl: string | null;
  readonly run: {
    /** Lower-case UUID: the sent id, or a name-based UUID of it. */
    readonly runId: string;
    readonly originalRunId: string;
    readonly facets: readonly FacetStatement[];
  } | null;
  readonly job: {
    readonly namespace: string;
    readonly name: string;
    readonly facets: readonly FacetStatement[];
  } | null;
  readonly inputs: readonly DatasetMention[];
  readonly outputs: readonly DatasetMention[];
  readonly dataset: DatasetMention | null;
}

/** What one line about an event says: names as the producer sent them, each null where there is no such text. */
export interface EventOutline {
  readonly producer: string | null;
  readonly eventType: RunEventType | null;
  readonly jobNamespace: string | null;
  readonly jobName: string | null;
  /** As the catalog knows it: a lower-case UUID, the sent one or one made of what was sent. */
  readonly runId: string | null;
  readonly datasetNamespace: string | null;
  readonly datasetName: string | null;
}

/** The outcome of reading one JSON document as an OpenLineage event: total, deterministic, never throws. */
export type ReadEvent =
  | { readonly ok: true; readonly event: LineageEvent; readonly findings: readonly Finding[] }
  | {
      readonly ok: false;
      /** `JSON` maps to 400, `SHAPE` to 422. */
      readonly reason: 'JSON' | 'SHAPE';
      readonly detail: string;
      readonly faults: readonly InputFault[];
      /** What could be read of it all the same. */
      readonly outline: EventOutline;
    };
