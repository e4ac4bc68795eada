import type { NamespaceRule } from './access/namespace-rule.js';
import type {
  AliasCatalogRow,
  AssetRow,
  DatasetVersionRow,
  FacetRow,
  FactRow,
  FindingRow,
  MetricKind,
  MetricRow,
  MetricSeriesRow,
  RunRow,
  SchemaVersionRow,
  VersionLinkRow,
} from './catalog.js';
import type { CatalogEventKind } from './events.js';
import type { FactKind } from './facts.js';
import type { DefinitionKind, DefinitionRow } from './governance/definition.js';
import type { EdgeRow } from './graph.js';
import type { NodeId, NodeKey } from './identifiers.js';
import type { Page, PageRequest } from './page.js';
import type { RunClock, RunState, UsualRun } from './run-state.js';
import type { Micros } from './time.js';

/*
 * The read side of the catalog, one port a capability. Every method is batched: its cost in statements does not depend
 * on how many ids it is given. Results are keyed by the id asked for; what is absent is not in the map. Ids may be
 * members of an alias component: they stand for the whole component as known at `knownAt`.
 */

/** Record time of "everything known": use it as `knownAt` where the caller gave none. */
export const LATEST: Micros = Number.MAX_SAFE_INTEGER;

/** A point on both time axes. */
export interface ReadTime {
  /** Valid time. */
  readonly at: Micros;
  /** Record time; {@link LATEST} for all that is known. */
  readonly knownAt: Micros;
}

export interface AssetReader {
  /**
   * Datasets and jobs. `id`, `key`, `namespace` and `name` of the answer are the canonical ones as known at `knownAt`;
   * the rest is of the whole component as it is now (earliest creation, latest update).
   */
  assets(ids: readonly NodeId[], knownAt: Micros): Promise<ReadonlyMap<NodeId, AssetRow>>;
  /** Alias rows that hold at `knownAt` in the component of each id, by member. */
  aliases(ids: readonly NodeId[], knownAt: Micros): Promise<ReadonlyMap<NodeId, readonly AliasCatalogRow[]>>;
  /** Jobs whose parent is that job, by id. */
  childJobs(jobs: readonly NodeId[], page: PageRequest): Promise<ReadonlyMap<NodeId, Page<AssetRow>>>;
  /** Ids behind keys of assets, runs, fields and versions. */
  idsOfKeys(keys: readonly NodeKey[]): Promise<ReadonlyMap<NodeKey, NodeId>>;
  /** Namespaces (of `within` only) by name, with how many datasets and jobs (deleted ones left out) each has. */
  namespaces(page: PageRequest, within?: NamespaceRule): Promise<Page<NamespaceView>>;
}

export interface NamespaceView {
  readonly name: string;
  readonly datasets: number;
  readonly jobs: number;
}

/** A version with how the run came to it: evidence and gap are the link's. */
export interface RunVersion {
  readonly version: DatasetVersionRow;
  readonly link: Pick<VersionLinkRow, 'role' | 'evidence' | 'gap' | 'at'>;
}

/** A run that used or generated a version. */
export interface VersionRun {
  readonly run: RunRow;
  readonly link: Pick<VersionLinkRow, 'role' | 'evidence' | 'gap' | 'at'>;
}

/** A dataset of which is not known what a run read of it. */
export interface DatasetGap {
  readonly datasetId: NodeId;
  readonly gap: NonNullable<VersionLinkRow['gap']>;
}

/** Every given member must hold; an empty list excludes nothing. The clock tells states and lateness. */
export interface RunFilter extends RunClock {
  readonly states?: readonly RunState[];
  /** Namespaces of the job, exactly as they are written. */
  readonly namespaces?: readonly string[];
  /** Runs of this job, under any of its names. */
  readonly job?: NodeId;
  readonly isLate?: boolean;
  /** Effective time of the latest event, [since, until). */
  readonly since?: Micros;
  readonly until?: Micros;
  /** Leaves out runs of jobs in other namespaces. */
  readonly within?: NamespaceRule;
}

export interface RunReader {
  runs(ids: readonly NodeId[]): Promise<ReadonlyMap<NodeId, RunRow>>;
  /** Every run with that UUID (any case), by id: jobs may share one. */
  runsByUuid(uuids: readonly string[]): Promise<ReadonlyMap<string, readonly RunRow[]>>;
  /** Runs of each job, newest first event first. */
  runsOfJobs(jobs: readonly NodeId[], page: PageRequest): Promise<ReadonlyMap<NodeId, Page<RunRow>>>;
  /** The run with the newest first event of each job; placeholders only where there is nothing else. */
  latestRuns(jobs: readonly NodeId[]): Promise<ReadonlyMap<NodeId, RunRow>>;
  /** Runs whose parent is that run, newest first. */
  childRuns(runs: readonly NodeId[], page: PageRequest): Promise<ReadonlyMap<NodeId, Page<RunRow>>>;
  /** Runs of any job, newest latest event first. */
  findRuns(filter: RunFilter, page: PageRequest): Promise<Page<RunRow>>;
  /** What is usual for each job, by the runs under exactly this id; absent where too few have completed. */
  usualRuns(jobs: readonly NodeId[]): Promise<ReadonlyMap<NodeId, UsualRun>>;
}

export interface VersionReader {
  versions(ids: readonly NodeId[]): Promise<ReadonlyMap<NodeId, DatasetVersionRow>>;
  /** Versions of each dataset, newest first. */
  versionsOfDatasets(
    datasets: readonly NodeId[],
    page: PageRequest,
  ): Promise<ReadonlyMap<NodeId, Page<DatasetVersionRow>>>;
  /** What each run used or generated as known at `knownAt`, by version id. */
  versionsOfRuns(
    runs: readonly NodeId[],
    role: VersionLinkRow['role'],
    page: PageRequest,
    knownAt: Micros,
  ): Promise<ReadonlyMap<NodeId, Page<RunVersion>>>;
  /** What is not known, as of `knownAt`, of the datasets that each run read, by dataset id. */
  gapsOfRuns(
    runs: readonly NodeId[],
    page: PageRequest,
    knownAt: Micros,
  ): Promise<ReadonlyMap<NodeId, Page<DatasetGap>>>;
  /** Which runs used or generated each version as known at `knownAt`, newest first. */
  runsOfVersions(
    versions: readonly NodeId[],
    role: VersionLinkRow['role'],
    page: PageRequest,
    knownAt: Micros,
  ): Promise<ReadonlyMap<NodeId, Page<VersionRun>>>;
}

/** A field as a schema shows it at one moment, under its canonical dataset. */
export interface FieldView {
  readonly id: NodeId;
  readonly datasetId: NodeId;
  readonly path: readonly string[];
  /** The last segment of `path`. */
  readonly name: string;
  readonly type: string | null;
  readonly description: string | null;
  /** Null where no schema lists it: column lineage or a fact names it. */
  readonly ordinal: number | null;
  readonly deletedAt: Micros | null;
}

export interface SchemaReader {
  /** Fields by id as they are now, deleted ones included. */
  fields(ids: readonly NodeId[]): Promise<ReadonlyMap<NodeId, FieldView>>;
  /**
   * Fields of each dataset in schema order: those of the authoritative schemas valid then (the latest one first), of
   * readers' schemas only where there is none. With `at` null they are the fields that exist now, and behind the
   * schema's follow those that only column lineage or a fact names.
   */
  fieldsOfDatasets(
    datasets: readonly NodeId[],
    time: { readonly at: Micros | null; readonly knownAt: Micros },
    page: PageRequest,
  ): Promise<ReadonlyMap<NodeId, Page<FieldView>>>;
  /** Schema intervals of each dataset as known at `knownAt`, newest validity first. */
  schemaVersions(
    datasets: readonly NodeId[],
    page: PageRequest,
    knownAt: Micros,
  ): Promise<ReadonlyMap<NodeId, Page<SchemaVersionRow>>>;
}

export interface FacetReader {
  /** Facets that hold now on assets and runs, of these names or (null) all, by name and producer. */
  facets(nodes: readonly NodeId[], names: readonly string[] | null): Promise<ReadonlyMap<NodeId, readonly FacetRow[]>>;
}

export interface FactReader {
  /**
   * Facts of these kinds about assets and fields that hold at `time`: edits before facets before rules, then latest
   * validity first. {@link FactRow.nodeId} is the node the fact was stated about, a member of the component asked for.
   */
  facts(
    nodes: readonly NodeId[],
    kinds: readonly FactKind[],
    time: ReadTime,
  ): Promise<ReadonlyMap<NodeId, readonly FactRow[]>>;
}

export interface DefinitionReader {
  /** Definitions of these ids that hold at `time`. */
  definitions(ids: readonly NodeId[], time: ReadTime): Promise<ReadonlyMap<NodeId, DefinitionRow>>;
  /** Every definition of a kind that holds at `time`, by id. */
  definitionsOf(kind: DefinitionKind, time: ReadTime): Promise<readonly DefinitionRow[]>;
}

/** Every given list names what counts; null excludes nothing. */
export interface MetricFilter {
  readonly names: readonly string[] | null;
  readonly kinds: readonly MetricKind[] | null;
  readonly facets: readonly string[] | null;
  /** Whether what is asked of a dataset or a version includes its fields. */
  readonly withFields: boolean;
}

/** Measured in [from, to) and recorded at `knownAt` or before. */
export interface MetricPeriod {
  readonly from: Micros;
  readonly to: Micros;
  readonly knownAt: Micros;
}

/** One measured value with the series it belongs to. */
export interface MetricView
  extends Omit<MetricRow, 'seriesKey' | 'position'>, Pick<MetricSeriesRow, 'facet' | 'kind' | 'name' | 'label'> {
  /** Under the dataset asked about; null for the dataset as a whole. No schema need list the field. */
  readonly fieldId: NodeId | null;
  readonly runId: NodeId | null;
}

/** What the version measured follows from. */
export type MetricOrigin = Pick<MetricRow, 'datasetKey' | 'at' | 'side' | 'runKey' | 'versionKey'>;

export interface MetricReader {
  /** Measurements of datasets and of fields, newest first. */
  metrics(
    nodes: readonly NodeId[],
    filter: MetricFilter,
    period: MetricPeriod,
    page: PageRequest,
  ): Promise<ReadonlyMap<NodeId, Page<MetricView>>>;
  /**
   * Measurements of versions, newest first: those whose event names the version, and those of runs that made it or are
   * known to have read it. What was measured by a reader with several candidates belongs to none.
   */
  metricsOfVersions(
    versions: readonly NodeId[],
    filter: MetricFilter,
    period: MetricPeriod,
    page: PageRequest,
  ): Promise<ReadonlyMap<NodeId, Page<MetricView>>>;
  /** The latest measurement of each series of datasets and of fields: the dataset's own first, then by field and name. */
  latestMetrics(
    nodes: readonly NodeId[],
    filter: MetricFilter,
    time: ReadTime,
    page: PageRequest,
  ): Promise<ReadonlyMap<NodeId, Page<MetricView>>>;
  /** For each measurement, in the order given, the version measured; null unless it is exactly one. */
  versionsOfMetrics(metrics: readonly MetricOrigin[]): Promise<readonly (DatasetVersionRow | null)[]>;
}

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

/** How far the catalog is. */
export interface CatalogStatus {
  readonly generation: number;
  readonly position: number;
  /** recordedAt of the event at `position`; 0 before the first. */
  readonly recordedAt: Micros;
  /** The oldest position that the change feed still holds; null while it is empty. */
  readonly oldestChange: number | null;
}

export interface CatalogStatusReader {
  status(): Promise<CatalogStatus>;
  /** recordedAt of the first event behind `position`; null where there is none. */
  recordedAtBehind(position: number): Promise<Micros | null>;
}

/** The whole read side, as composition roots hand it on. */
export interface CatalogReader
  extends
    AssetReader,
    RunReader,
    VersionReader,
    SchemaReader,
    FacetReader,
    FactReader,
    DefinitionReader,
    MetricReader,
    EdgeProofReader,
    EventReader,
    ProducerReader,
    CatalogStatusReader {}
