import type { MetricKind } from '../catalog.js';
import type { FacetStatement } from '../events.js';
import { encodeSegment } from '../identifiers.js';
import type { Body } from './body-reader.js';
import { asRecord, nameAt, own, recordAt, recordsAt, stringAt } from './body-reader.js';
import type { Namer } from './namer.js';
import type { MetricStatement } from './statements.js';

/** What a facet speaks of: a dataset on one side of its event. */
export type Measured = Pick<MetricStatement, 'dataset' | 'side' | 'version'>;

/** `column` as the producer writes it; null for the dataset as a whole. */
interface Measure {
  readonly column: string | null;
  readonly kind: MetricKind;
  readonly name: string;
  readonly label: string;
  readonly value: number;
  readonly unit: string | null;
}

/** Facets that measure a dataset (rule 29), wherever they stand. */
const METRIC_FACETS: Readonly<Record<string, (body: Body) => readonly Measure[]>> = {
  inputStatistics: (body) => numbers(body, null, ''),
  outputStatistics: (body) => numbers(body, null, ''),
  dataQualityMetrics: qualityMetrics,
  dataQualityAssertions: assertions,
  greatExpectations_assertions: assertions,
  icebergScanReport: (body) => numbers(recordAt(body, 'scanMetrics') ?? {}, null, 'iceberg.scan.'),
  icebergCommitReport: (body) => numbers(recordAt(body, 'commitMetrics') ?? {}, null, 'iceberg.commit.'),
};

/** What one facet measures; nothing for a facet that is none of these. */
export function readMetrics(
  measured: Measured,
  facet: FacetStatement,
  namer: Pick<Namer, 'path'>,
): readonly MetricStatement[] {
  const read = Object.hasOwn(METRIC_FACETS, facet.name) ? METRIC_FACETS[facet.name] : undefined;
  return (read?.(facet.body) ?? []).map(({ column, ...measure }) => {
    const path = column === null ? [] : namer.path(measured.dataset, column);
    return statement(measured, facet, path.map(encodeSegment).join('/'), measure);
  });
}

/** OpenLineage TestRunFacet 1-0-0: outcomes of a run's tests, told of a dataset that it reads. */
export function readTests(measured: Measured, facet: FacetStatement): readonly MetricStatement[] {
  return recordsAt(facet.body, 'tests').flatMap((test) => {
    const name = nameAt(test, 'name');
    const status = nameAt(test, 'status');
    if (name === null || (status !== 'pass' && status !== 'fail')) return [];
    const value = status === 'pass' ? 1 : 0;
    return [statement(measured, facet, '', { kind: 'TEST', name, label: '', value, unit: null })];
  });
}

// Always in this order of members: the identity of what is measured is made of their values.
function statement(
  { dataset, side, version }: Measured,
  { producerKey, name: facet }: FacetStatement,
  field: string,
  { kind, name, label, value, unit }: Omit<Measure, 'column'>,
): MetricStatement {
  return { dataset, side, version, producerKey, facet, field, kind, name, label, value, unit };
}

function qualityMetrics(body: Body): readonly Measure[] {
  const columns = Object.entries(recordAt(body, 'columnMetrics') ?? {});
  return [
    ...numbers(body, null, ''),
    ...columns.flatMap(([column, value]) => {
      const metrics = asRecord(value);
      if (metrics === undefined || column === '') return [];
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
    const column = nameAt(assertion, 'column');
    const label = stringAt(assertion, 'name') ?? '';
    return [{ column, kind: 'ASSERTION', name, label, value: success ? 1 : 0, unit: null }];
  });
}

/** Every finite number directly under `body`; OpenLineage's `size` is in bytes and named so. */
function numbers(body: Body, column: string | null, prefix: string): readonly Measure[] {
  return Object.entries(body).flatMap(([key, value]) => {
    // Iceberg wraps a counter as { unit, value } and a timer as { "time-unit", "total-duration" }.
    const wrapped = asRecord(value);
    const number = wrapped === undefined ? value : (own(wrapped, 'value') ?? own(wrapped, 'total-duration'));
    if (typeof number !== 'number' || !Number.isFinite(number)) return [];
    const name = prefix + (key === 'size' ? 'bytes' : key);
    const unit = wrapped === undefined ? null : (nameAt(wrapped, 'unit') ?? nameAt(wrapped, 'time-unit'));
    return [{ column, kind: 'MEASURE', name, label: '', value: number, unit: unit ?? bytesOrNone(key) }];
  });
}

function bytesOrNone(key: string): string | null {
  return key === 'size' || key === 'bytes' ? 'bytes' : null;
}
