import type { ReadTime } from './read-time.js';
import type { DatasetVersionRow, MetricKind, MetricRow, MetricSeriesRow } from '../catalog.js';
import type { NodeId } from '../identifiers.js';
import type { Page, PageRequest } from '../page.js';
import type { Micros } from '../time.js';

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
