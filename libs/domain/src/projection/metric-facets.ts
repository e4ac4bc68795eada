import type { FacetStatement } from '../events.js';
import type { NodeId } from '../identifiers.js';
import type { Body } from './body-reader.js';
import { asRecord, nameAt, own, recordAt, recordsAt } from './body-reader.js';
import type { MetricStatement } from './statements.js';

type Measure = Omit<MetricStatement, 'dataset'>;

/** Facets that measure a dataset (rule 29), wherever they stand. */
const METRIC_FACETS: Readonly<Record<string, (body: Body) => readonly Measure[]>> = {
  inputStatistics: (body) => numbers(body, '', ''),
  outputStatistics: (body) => numbers(body, '', ''),
  dataQualityMetrics: qualityMetrics,
  dataQualityAssertions: assertions,
  greatExpectations_assertions: assertions,
  icebergScanReport: (body) => numbers(recordAt(body, 'scanMetrics') ?? {}, '', 'iceberg.scan.'),
  icebergCommitReport: (body) => numbers(recordAt(body, 'commitMetrics') ?? {}, '', 'iceberg.commit.'),
};

export function isMetricFacet(name: string): boolean {
  return Object.hasOwn(METRIC_FACETS, name);
}

export function readMetrics(dataset: NodeId, facet: FacetStatement): readonly MetricStatement[] {
  return (METRIC_FACETS[facet.name]?.(facet.body) ?? []).map((measure) => ({ dataset, ...measure }));
}

/** OpenLineage TestRunFacet 1-0-0: outcomes of a run's tests, told of each dataset that it reads. */
export function readTests(datasets: readonly NodeId[], facet: FacetStatement): readonly MetricStatement[] {
  return recordsAt(facet.body, 'tests').flatMap((test) => {
    const name = nameAt(test, 'name');
    const status = nameAt(test, 'status');
    if (name === null || (status !== 'pass' && status !== 'fail')) return [];
    return datasets.map((dataset) => ({ dataset, field: '', name: `test:${name}`, value: status === 'pass' ? 1 : 0 }));
  });
}

function qualityMetrics(body: Body): readonly Measure[] {
  const columns = Object.entries(recordAt(body, 'columnMetrics') ?? {});
  return [
    ...numbers(body, '', ''),
    ...columns.flatMap(([column, value]) => {
      const metrics = asRecord(value);
      if (metrics === undefined) return [];
      return [...numbers(metrics, column, ''), ...numbers(recordAt(metrics, 'quantiles') ?? {}, column, 'quantiles.')];
    }),
  ];
}

/** 1 where the assertion held, 0 where it failed; `success` that is no boolean says nothing (Great Expectations sends text). */
function assertions(body: Body): readonly Measure[] {
  return recordsAt(body, 'assertions').flatMap((assertion) => {
    // Great Expectations calls it expectationType.
    const name = nameAt(assertion, 'assertion') ?? nameAt(assertion, 'expectationType');
    const success = own(assertion, 'success');
    if (name === null || typeof success !== 'boolean') return [];
    return [{ field: nameAt(assertion, 'column') ?? '', name: `assertion:${name}`, value: success ? 1 : 0 }];
  });
}

/** Every finite number directly under `body`; OpenLineage's `size` is in bytes and named so. */
function numbers(body: Body, field: string, prefix: string): readonly Measure[] {
  return Object.entries(body).flatMap(([key, value]) => {
    // Iceberg wraps a counter as { unit, value } and a timer as { "time-unit", "total-duration" }.
    const wrapped = asRecord(value);
    const number = wrapped === undefined ? value : (own(wrapped, 'value') ?? own(wrapped, 'total-duration'));
    if (typeof number !== 'number' || !Number.isFinite(number)) return [];
    return [{ field, name: prefix + (key === 'size' ? 'bytes' : key), value: number }];
  });
}
