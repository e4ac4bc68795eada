import type { DatasetVersionRow, MetricSeriesRow } from '@headwater/domain/catalog';
import type {
  MetricFilter,
  MetricOrigin,
  MetricPeriod,
  MetricReader,
  MetricView,
} from '@headwater/domain/reading/metric-reader';
import type { ReadTime } from '@headwater/domain/reading/read-time';
import { datasetOf, kindOf, nodeKey, type NodeId } from '@headwater/domain/identifiers';
import { checkFirst, decodeCursor, encodeCursor, type Page, type PageRequest } from '@headwater/domain/page';
import type { Micros } from '@headwater/domain/time';
import { componentsOf, type Component } from './components.js';
import {
  LATEST_METRICS,
  METRICS_OF_DATASETS,
  METRICS_OF_SERIES,
  METRICS_OF_VERSIONS,
  VERSIONS_OF_METRICS,
} from './metric-statements.js';
import { groupByIndex, hexKey, pageOf, storable, timeCursor, timePages } from './pages.js';
import type { ProjectionDatabase } from './projection-database.js';

type Row = Omit<MetricView, 'fieldId'> &
  Pick<MetricSeriesRow, 'field'> & { readonly n: number; readonly seriesKey: string };

/** Measurements of the current generation, of whole alias components. */
export class PostgresMetricReader implements MetricReader {
  readonly #database: ProjectionDatabase;

  constructor(database: ProjectionDatabase) {
    this.#database = database;
  }

  async metrics(
    nodes: readonly NodeId[],
    filter: MetricFilter,
    period: MetricPeriod,
    page: PageRequest,
  ): Promise<ReadonlyMap<NodeId, Page<MetricView>>> {
    const values = periodValues(period, page);
    if (nodes.length === 0) return new Map();
    const { indexes, keys, fields } = await this.#asked(nodes, filter, period.knownAt);
    const isWhole = [filter.names, filter.kinds, filter.facets, ...fields].every((part) => part === null);
    const rows = isWhole
      ? await this.#database.rows<Row>(METRICS_OF_DATASETS, [indexes, keys, ...values])
      : await this.#database.rows<Row>(METRICS_OF_SERIES, [indexes, keys, ...values, fields, ...filterValues(filter)]);
    return metricPages(nodes, rows, page);
  }

  async metricsOfVersions(
    versions: readonly NodeId[],
    filter: MetricFilter,
    period: MetricPeriod,
    page: PageRequest,
  ): Promise<ReadonlyMap<NodeId, Page<MetricView>>> {
    const values = periodValues(period, page);
    if (versions.length === 0) return new Map();
    const field = filter.withFields ? null : '';
    const rows = await this.#database.rows<Row>(METRICS_OF_VERSIONS, [
      versions.map((_, index) => index),
      versions.map(nodeKey),
      ...values,
      field,
      ...filterValues(filter),
    ]);
    return metricPages(versions, rows, page);
  }

  async latestMetrics(
    nodes: readonly NodeId[],
    filter: MetricFilter,
    time: ReadTime,
    page: PageRequest,
  ): Promise<ReadonlyMap<NodeId, Page<MetricView>>> {
    checkFirst(page.first);
    const after = page.after === null ? null : hexKey(decodeCursor('latestMetrics', page.after, ['string'])[0]);
    if (nodes.length === 0) return new Map();
    const { indexes, keys, fields } = await this.#asked(nodes, filter, time.knownAt);
    const rows = await this.#database.rows<Row>(LATEST_METRICS, [
      ...[indexes, keys, fields, page.first + 1, after, time.at, time.knownAt],
      ...filterValues(filter),
    ]);
    const pages = new Map<NodeId, Page<MetricView>>();
    for (const [node, group] of groupByIndex(nodes, rows)) {
      const cursorOf = (row: Row): string => encodeCursor('latestMetrics', [row.seriesKey]);
      pages.set(
        node,
        pageOf(group, page.first, cursorOf, (row) => viewOf(node, row)),
      );
    }
    return pages;
  }

  async versionsOfMetrics(metrics: readonly MetricOrigin[]): Promise<readonly (DatasetVersionRow | null)[]> {
    if (metrics.length === 0) return [];
    const rows = await this.#database.rows<DatasetVersionRow & { n: number }>(VERSIONS_OF_METRICS, [
      metrics.map((_, index) => index),
      metrics.map(({ versionKey }) => versionKey),
      metrics.map(({ runKey }) => runKey),
      metrics.map(({ datasetKey }) => datasetKey),
      metrics.map(({ side }) => side),
      metrics.map(({ at }) => at),
    ]);
    const found = new Map<number, DatasetVersionRow | null>();
    for (const { n, ...version } of rows) found.set(n, found.has(n) ? null : version);
    return metrics.map((_, index) => found.get(index) ?? null);
  }

  /** For each member of each component its dataset and the field that is asked for; null for any. */
  async #asked(
    nodes: readonly NodeId[],
    filter: MetricFilter,
    knownAt: Micros,
  ): Promise<{
    readonly indexes: readonly number[];
    readonly keys: readonly string[];
    readonly fields: readonly (string | null)[];
  }> {
    const members = (await componentsOf(this.#database, nodes, knownAt)).flatMap((component: Component, index) =>
      component.members.map((member) => ({ member, index })),
    );
    return {
      indexes: members.map(({ index }) => index),
      keys: members.map(({ member }) => nodeKey(ownerOf(member))),
      fields: members.map(({ member }) => {
        if (kindOf(member) === 'FIELD') return member.split(':')[3] ?? '';
        return filter.withFields ? null : '';
      }),
    };
  }
}

function periodValues({ from, to, knownAt }: MetricPeriod, page: PageRequest): readonly unknown[] {
  const after = timeCursor('metrics', page);
  return [after.at, after.key, from, to, knownAt, page.first + 1];
}

function filterValues({ names, kinds, facets }: MetricFilter): readonly unknown[] {
  return [names && storable(names), kinds, facets && storable(facets)];
}

function metricPages(nodes: readonly NodeId[], rows: readonly Row[], page: PageRequest): Map<NodeId, Page<MetricView>> {
  const placeOf = (row: Row) => ({ at: row.at, key: row.rowId });
  const numbered = timePages('metrics', nodes, rows, page.first, placeOf, (row) => row);
  return new Map(
    [...numbered].map(([node, { items, hasNextPage }]) => [
      node,
      { items: items.map(({ cursor, item }) => ({ cursor, item: viewOf(node, item) })), hasNextPage },
    ]),
  );
}

function viewOf(node: NodeId, { n: _n, seriesKey: _seriesKey, field, ...view }: Row): MetricView {
  const path = `field:${ownerOf(node).slice('dataset:'.length)}:${field}` as NodeId;
  return { ...view, fieldId: field === '' ? null : path };
}

function ownerOf(node: NodeId): NodeId {
  return kindOf(node) === 'DATASET' ? node : datasetOf(node);
}
