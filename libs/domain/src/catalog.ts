import type { FactKind } from './facts.js';
import type { EdgeEvidence } from './graph.js';
import type { NodeId, NodeKey } from './identifiers.js';
import type { Micros } from './time.js';

/**
 * Rows of the catalog as the projector writes them and the readers see them; one interface a table of the projection
 * (prisma/projection.prisma, snake_case). Keys are 128-bit hashes of NodeIds, times are microseconds.
 */
export interface AssetRow {
  readonly key: NodeKey;
  readonly id: NodeId;
  readonly kind: 'DATASET' | 'JOB';
  readonly namespace: string;
  readonly name: string;
  /** The last part of the name, as people say it. */
  readonly displayName: string;
  /** datasetType facet (TABLE, STREAM, MODEL, …), or jobType as `PROCESSING_TYPE/INTEGRATION/JOB_TYPE`. */
  readonly assetType: string | null;
  readonly placeholder: boolean;
  /** Effective times of the first and of the latest statement about it. */
  readonly createdAt: Micros;
  readonly updatedAt: Micros;
  /** Effective time of the DROP that holds now; null while it exists. */
  readonly deletedAt: Micros | null;
  /** Position of the event that last changed it. */
  readonly version: number;
  /** Position of the latest edit of it; 0 for none. */
  readonly editPosition: number;
  /** How many jobs read it now (datasets): what ranking goes by. */
  readonly consumers: number;
  /** Parent job (jobs): the parent facet's, latest by effective time. */
  readonly parentKey: NodeKey | null;
  /** Documentation that holds now, for search. */
  readonly description: string | null;
  readonly tags: readonly string[];
  readonly ownerIds: readonly NodeId[];
}

export type StoredRunState = 'RUNNING' | 'COMPLETED' | 'FAILED' | 'ABORTED' | 'OTHER';

export interface RunRow {
  readonly key: NodeKey;
  readonly id: NodeId;
  /** Lower-case UUID; `originalRunId` is what the producer sent. */
  readonly runId: string;
  readonly originalRunId: string;
  readonly jobKey: NodeKey;
  readonly jobId: NodeId;
  readonly state: StoredRunState;
  /** Earliest effective time of any of its events. */
  readonly firstAt: Micros;
  readonly lastEventAt: Micros;
  readonly startedAt: Micros | null;
  readonly endedAt: Micros | null;
  readonly nominalStartAt: Micros | null;
  readonly nominalEndAt: Micros | null;
  readonly parentKey: NodeKey | null;
  readonly parentId: NodeId | null;
  readonly rootId: NodeId | null;
  /** Named as a parent only: its own events have not come. */
  readonly placeholder: boolean;
  /** Whether silence never ends it (jobType STREAMING or SERVICE). */
  readonly perpetual: boolean;
  readonly version: number;
}

/** The facet that holds now on an asset or run, per name and producer. `position` and `pointer` find it as received. */
export interface FacetRow {
  readonly nodeKey: NodeKey;
  readonly name: string;
  readonly producerKey: string;
  readonly producer: string | null;
  readonly schemaUrl: string | null;
  readonly known: boolean;
  readonly valid: boolean;
  readonly at: Micros;
  readonly position: number;
  readonly pointer: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A fact on both time axes: an owner, a tag, a description, a domain, of an asset or of a field. */
export interface FactRow {
  readonly rowId: string;
  readonly nodeKey: NodeKey;
  readonly nodeId: NodeId;
  readonly kind: FactKind;
  /** OWNER, NOT_OWNER, CONFIRMED, DECLINED: agent NodeId; TAG, NOT_TAG, NOT_SUGGESTED: `key` or `key=value`; DESCRIPTION: the text; DOMAIN, TERM, PRODUCT, PROPERTY: its NodeId; ACCEPTED_FINDING: as `acceptedValue` writes it. */
  readonly value: string;
  /** OWNER: the role; NOT_OWNER: the role, null for every role; CONFIRMED: the role; DECLINED: the role, and why on a line of its own; TAG: the tag's source; NOT_TAG, NOT_SUGGESTED, ACCEPTED_FINDING: why; DESCRIPTION: its contentType; DOMAIN, TERM, PRODUCT: null; PROPERTY: its values, as `keptValues` reads them. */
  readonly detail: string | null;
  readonly source: 'FACET' | 'EDIT' | 'RULE';
  readonly producer: string | null;
  /** The event that states it, for `because`. */
  readonly position: number;
  readonly validFrom: Micros;
  readonly validTo: Micros | null;
  readonly recordedFrom: Micros;
  readonly recordedTo: Micros | null;
}

/** One field as a schema facet lists it; `path` is outermost first. */
export interface SchemaField {
  readonly path: readonly string[];
  readonly type: string | null;
  readonly description: string | null;
  readonly ordinal: number;
}

/** One interval of one schema of a dataset as one producer states it. */
export interface SchemaVersionRow {
  readonly rowId: string;
  readonly datasetKey: NodeKey;
  readonly producer: string | null;
  /** Hash of the fields: equal schemas share it. */
  readonly schemaHash: string;
  readonly fields: readonly SchemaField[];
  /** Stated by an output or DatasetEvent; false where only readers report it. */
  readonly authoritative: boolean;
  readonly validFrom: Micros;
  readonly validTo: Micros | null;
  readonly recordedFrom: Micros;
  readonly recordedTo: Micros | null;
}

/** A field that any schema, column lineage or fact names. Never removed; `deletedAt` once the current schema lacks it. */
export interface FieldRow {
  readonly key: NodeKey;
  readonly id: NodeId;
  readonly datasetKey: NodeKey;
  readonly datasetId: NodeId;
  readonly path: readonly string[];
  readonly name: string;
  readonly type: string | null;
  readonly description: string | null;
  readonly ordinal: number | null;
  readonly deletedAt: Micros | null;
}

export interface DatasetVersionRow {
  readonly key: NodeKey;
  readonly id: NodeId;
  readonly datasetKey: NodeKey;
  readonly datasetId: NodeId;
  /** The `version` facet's value, else null. */
  readonly value: string | null;
  /** The run that wrote it; null for a facet version that only readers name. */
  readonly runId: NodeId | null;
  /** First effective time it was named. */
  readonly createdAt: Micros;
  /** Latest generating time (an attempt's COMPLETE); null while PARTIAL. */
  readonly generatedAt: Micros | null;
}

/** A run's link to a version. USED links without a version facet are INFERRED; gaps are named. */
export interface VersionLinkRow {
  readonly rowId: string;
  readonly runKey: NodeKey;
  readonly runId: NodeId;
  /** Null where a gap has no candidate: which version the run read, if any, is not known. */
  readonly versionKey: NodeKey | null;
  readonly versionId: NodeId | null;
  readonly datasetKey: NodeKey;
  readonly role: 'USED' | 'GENERATED';
  readonly evidence: EdgeEvidence;
  readonly gap: 'AMBIGUOUS' | null;
  readonly at: Micros;
  readonly recordedFrom: Micros;
  readonly recordedTo: Micros | null;
}

/** Another id of a node. `cause` tells what says so. */
export interface AliasCatalogRow {
  readonly rowId: string;
  readonly memberKey: NodeKey;
  readonly memberId: NodeId;
  readonly canonicalKey: NodeKey;
  readonly canonicalId: NodeId;
  readonly cause: 'SYMLINK' | 'RULE' | 'EDIT' | 'AGENT';
  readonly recordedFrom: Micros;
  readonly recordedTo: Micros | null;
}

/** A number, or the outcome (1 = success, 0 = failure) of an assertion about a dataset or of a run's own test. */
export type MetricKind = 'MEASURE' | 'ASSERTION' | 'TEST';

/** What is measured again and again: one name in one facet, of a dataset or of one of its fields. */
export interface MetricSeriesRow {
  readonly key: string;
  readonly datasetKey: NodeKey;
  /** The path as it stands in the field's NodeId; '' for the dataset as a whole. */
  readonly field: string;
  /** The facet that tells it: a reader's `rowCount` (inputStatistics) is not the one of the dataset. */
  readonly facet: string;
  readonly kind: MetricKind;
  /** For example `rowCount`, `bytes`, `nullCount`, `quantiles.0.5`; of an assertion its class, such as `not_null`. */
  readonly name: string;
  /** The name that identifies one assertion among those of its class; '' where the producer gives none. */
  readonly label: string;
}

/** One measured value of a series. Never changed once written: what says something else is a row of its own. */
export interface MetricRow {
  readonly rowId: string;
  readonly seriesKey: string;
  readonly datasetKey: NodeKey;
  readonly at: Micros;
  readonly recordedAt: Micros;
  readonly value: number;
  readonly unit: string | null;
  /** On which side of its event the dataset stands: what a reader measured it read, a writer it wrote. */
  readonly side: 'READ' | 'WRITE' | 'SELF';
  /** Without the version of the software. */
  readonly producer: string | null;
  readonly runKey: NodeKey | null;
  /** The version that the event itself names; null where it follows from the run. */
  readonly versionKey: NodeKey | null;
  readonly position: number;
}

/** Which event speaks of which subject (its run, its job, or its dataset) and under which effective time. */
export interface EventReferenceRow {
  readonly position: number;
  readonly subjectKey: NodeKey;
  readonly effectiveAt: Micros;
}

/** A dataset that a run (or a JobEvent, by the event's own key) names on a side. */
export interface MentionRow {
  readonly subjectKey: NodeKey;
  readonly datasetKey: NodeKey;
  readonly side: 'READ' | 'WRITE' | 'SELF';
}

export interface FindingRow {
  readonly position: number;
  /** Number of the finding within its event. */
  readonly seq: number;
  readonly code: string;
  readonly pointer: string;
  readonly message: string;
  readonly nodeKey: NodeKey | null;
  readonly recordedAt: Micros;
}

/** Which contributions of a job name an edge, so that last sightings and proofs are found beside the runs. */
export interface SightingRow {
  readonly jobKey: NodeKey;
  readonly producer: string;
  readonly contribution: string;
  readonly runKey: NodeKey;
  /** '' but for runs with an emission pattern. */
  readonly window: string;
  readonly at: Micros;
}
