import type { Finding, FacetStatement, RunEventType } from '../events.js';
import type { FactKind } from '../facts.js';
import type { Transformation } from '../graph.js';
import type { NodeId } from '../identifiers.js';
import type { MetricKind, MetricRow, SchemaField } from '../catalog.js';
import type { Micros } from '../time.js';

/**
 * Where an event stands in time. Across runs statements are ordered by (at, rank, digest), within one run by
 * (claimedAt, rank, digest); never by position, so that the order of arrival does not matter (rule 10).
 */
export interface Stamp {
  /** Effective time: the earlier of eventTime and receivedAt + 5 min. */
  readonly at: Micros;
  /** The producer's own eventTime. */
  readonly claimedAt: Micros;
  /** START 0 < RUNNING 1 < OTHER or none 2 < COMPLETE 3 < ABORT 4 < FAIL 5. */
  readonly rank: number;
  /** The first 64 bits of the event's digest, hex. */
  readonly digest: string;
}

/** Where a source field goes into a target field: `field -> field`. */
export interface FieldSource {
  readonly dataset: NodeId;
  readonly path: readonly string[];
  readonly transformations: readonly Transformation[];
}

/** What is said to happen to all that a dataset or job hands to a target. Never without transformations. */
export interface WholeSource {
  readonly source: NodeId;
  readonly transformations: readonly Transformation[];
}

/**
 * What one facet (`columnLineage` or `lineage`) says about one target dataset, independent of who says it and when, so
 * that equal statements share one hash.
 */
export interface LineageStatement {
  readonly target: NodeId;
  /** From a `lineage` facet: the target has these dataset sources and no others (rule 17). */
  readonly explicit: boolean;
  /** Datasets that feed the target as a whole; with columnLineage the datasets that its fields name. */
  readonly datasets: readonly NodeId[];
  /** Jobs that feed the target (explicit only). */
  readonly jobs: readonly NodeId[];
  readonly fields: readonly { readonly path: readonly string[]; readonly sources: readonly FieldSource[] }[];
  /** Indirect inputs that apply to every field of the target (rule 20). */
  readonly wide: readonly FieldSource[];
  /** Of sources named of the target as a whole, where each mention of them has transformations; absent: of none. */
  readonly whole?: readonly WholeSource[];
}

/** `lineage` job entries: what feeds a job. */
export interface JobLineageStatement {
  readonly target: NodeId;
  readonly datasets: readonly NodeId[];
  readonly jobs: readonly NodeId[];
  readonly whole?: LineageStatement['whole'];
}

/** The lineage that one facet at one place states; a later facet of the same place and producer replaces it. */
export interface LineageSlot {
  /** `columnLineage@<dataset>`, `lineage@<dataset>`, `lineage@job`, `jobDependencies`. */
  readonly slot: string;
  readonly producerKey: string;
  readonly statements: readonly LineageStatement[];
  readonly jobStatements: readonly JobLineageStatement[];
  /** Control dependencies, upstream -> downstream job (rule 23). */
  readonly control: readonly { readonly from: NodeId; readonly to: NodeId }[];
}

export interface FactStatement {
  readonly node: NodeId;
  readonly kind: FactKind;
  readonly value: string;
  readonly detail: string | null;
}

/**
 * The value that one facet gives to a timeline of a node: its facts or its schema hold from this statement's effective
 * time until the same producer states another value (rules 28 and 30).
 */
export interface TimelineStatement {
  readonly node: NodeId;
  /** Facet name: `schema`, `ownership`, `tags`, `documentation`, … */
  readonly slot: string;
  readonly producerKey: string;
  /** For `schema`: whether an output or DatasetEvent states it (a reader's is not authoritative). */
  readonly authoritative: boolean;
  readonly facts: readonly FactStatement[];
  readonly fields: readonly SchemaField[] | null;
}

export type LifecycleChange = 'ALTER' | 'CREATE' | 'DROP' | 'OVERWRITE' | 'RENAME' | 'TRUNCATE';

export interface MetricStatement {
  readonly dataset: NodeId;
  readonly side: MetricRow['side'];
  /** What the event names as the version measured; null where it names none, or several. */
  readonly version: NodeId | null;
  readonly producerKey: string;
  readonly facet: string;
  /** The path as it stands in the field's NodeId; '' for the dataset as a whole. */
  readonly field: string;
  readonly kind: MetricKind;
  readonly name: string;
  /** '' where nothing tells it from others of its name. */
  readonly label: string;
  readonly value: number;
  readonly unit: string | null;
}

/** A facet as shown on a node. */
export interface NodeFacet {
  readonly node: NodeId;
  readonly facet: FacetStatement;
}

/** A dataset or job that the event names, after name rules; `raw` where a rule changed it. */
export interface AssetStatement {
  readonly id: NodeId;
  readonly kind: 'DATASET' | 'JOB';
  readonly namespace: string;
  readonly name: string;
  readonly displayName: string;
  /** Named by reference only (a parent, a dependency, a lineage source): no event of its own speaks of it here. */
  readonly referenced: boolean;
  readonly assetType: string | null;
}

export interface ParentStatement {
  /** Of the facet that states it. */
  readonly producerKey: string;
  readonly job: NodeId;
  readonly run: NodeId;
  readonly root: { readonly job: NodeId; readonly run: NodeId } | null;
}

export interface RunStatement {
  readonly id: NodeId;
  readonly runId: string;
  readonly originalRunId: string;
  readonly type: RunEventType | null;
  readonly parent: ParentStatement | null;
  readonly nominalStartAt: Micros | null;
  readonly nominalEndAt: Micros | null;
}

/** jobType's processing type and emission pattern as far as they shape cycles (rule 16). */
export interface JobNature {
  /** STREAMING or SERVICE: silence never ends a run. */
  readonly perpetual: boolean;
  /** Microseconds of a window where emission is periodic; null otherwise. */
  readonly windowMicros: Micros | null;
  /** Each event (or window) is a full snapshot. */
  readonly completeSnapshot: boolean;
  /** An emissionPattern was given at all. */
  readonly windowed: boolean;
}

/** All that one event says, in terms of nodes; what {@link projectEvent} yields. Arrays are in the event's order. */
export interface EventStatements {
  readonly kind: 'RUN' | 'JOB' | 'DATASET';
  readonly stamp: Stamp;
  readonly producer: string | null;
  readonly producerKey: string;
  readonly run: RunStatement | null;
  readonly job: NodeId | null;
  readonly nature: JobNature | null;
  readonly assets: readonly AssetStatement[];
  readonly reads: readonly NodeId[];
  readonly writes: readonly NodeId[];
  readonly lineage: readonly LineageSlot[];
  readonly timelines: readonly TimelineStatement[];
  readonly facets: readonly NodeFacet[];
  /** Facets that `_deleted: true` removes. */
  readonly removed: readonly { readonly node: NodeId; readonly name: string; readonly producerKey: string }[];
  readonly symlinks: readonly { readonly a: NodeId; readonly b: NodeId }[];
  /** Names as sent that a name rule maps, and dbt job names with one unique_id. */
  readonly aliases: readonly { readonly member: NodeId; readonly canonical: NodeId }[];
  readonly lifecycle: readonly {
    readonly dataset: NodeId;
    readonly change: LifecycleChange;
    readonly previous: NodeId | null;
  }[];
  readonly versions: readonly {
    readonly dataset: NodeId;
    readonly side: 'READ' | 'WRITE' | 'SELF';
    readonly value: string;
  }[];
  readonly metrics: readonly MetricStatement[];
  readonly findings: readonly Finding[];
}
