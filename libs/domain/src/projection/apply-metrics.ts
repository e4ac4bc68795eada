import { hash128 } from '../identifiers.js';
import type { Batch, CurrentEvent } from './batch.js';
import { keyOf } from './batch.js';
import type { MetricStatement } from './statements.js';

/**
 * Measured values, one row each (rule 29). A row's identity is all that it says, so that repetition changes nothing and
 * order does not matter; of several values that one event gives one measure the smallest stays: an assertion that fails
 * once has failed.
 */
export function applyMetrics(batch: Batch, current: CurrentEvent): void {
  const { statements } = current;
  const runKey = statements.run === null ? null : keyOf(statements.run.id);
  const { at } = statements.stamp;
  for (const [measure, metric] of smallest(statements.metrics)) {
    const seriesKey = seriesOf(batch, metric);
    const rowId = hash128(JSON.stringify([measure, runKey, at, metric.value]));
    if (batch.out.metrics.has(rowId)) continue;
    batch.out.metrics.set(rowId, {
      rowId,
      seriesKey,
      datasetKey: keyOf(metric.dataset),
      at,
      recordedAt: current.recordedAt,
      value: metric.value,
      unit: metric.unit,
      side: metric.side,
      producer: metric.producerKey === '' ? null : metric.producerKey,
      runKey,
      versionKey: metric.version === null ? null : keyOf(metric.version),
      position: current.position,
    });
  }
}

function smallest(metrics: readonly MetricStatement[]): ReadonlyMap<string, MetricStatement> {
  const kept = new Map<string, MetricStatement>();
  for (const metric of metrics) {
    const { value, ...measure } = metric;
    const key = JSON.stringify(Object.values(measure));
    const held = kept.get(key);
    if (held === undefined || value < held.value) kept.set(key, metric);
  }
  return kept;
}

function seriesOf(batch: Batch, metric: MetricStatement): string {
  const { dataset, field, facet, kind, name, label } = metric;
  const key = hash128(JSON.stringify([dataset, field, facet, kind, name, label]));
  if (!batch.out.metricSeries.has(key)) {
    batch.out.metricSeries.set(key, { key, datasetKey: keyOf(dataset), field, facet, kind, name, label });
  }
  return key;
}
