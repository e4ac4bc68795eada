import { describe, expect, test } from 'vitest';
import {
  eventOf,
  INPUT,
  instance,
  metricsOf,
  OUTPUT,
  own,
  projectText,
  shownOn,
  statementsOf,
} from './facet-events.js';

describe('facets that measure', () => {
  test('outputStatistics become measurements of the output', () => {
    const statements = statementsOf(
      'outputFacets',
      'outputStatistics',
      instance('OutputStatisticsOutputDatasetFacet/1'),
    );
    expect(metricsOf(statements)).toEqual([
      `${OUTPUT}  bytes 2097152`,
      `${OUTPUT}  fileCount 5`,
      `${OUTPUT}  rowCount 2000`,
    ]);
  });

  test('inputStatistics become measurements of the input', () => {
    const statements = statementsOf('inputFacets', 'inputStatistics', own({ rowCount: 7, size: 70, fileCount: 1 }));
    expect(metricsOf(statements)).toEqual([`${INPUT}  bytes 70`, `${INPUT}  fileCount 1`, `${INPUT}  rowCount 7`]);
  });

  test('dataQualityMetrics of a dataset become measurements of it and its fields', () => {
    const statements = statementsOf('output', 'dataQualityMetrics', instance('DataQualityMetricsDatasetFacet/1'));
    expect(metricsOf(statements)).toEqual(
      [
        `${OUTPUT}  fileCount 5`,
        `${OUTPUT}  rowCount 10`,
        `${OUTPUT} amount count 10`,
        `${OUTPUT} amount max 1500`,
        `${OUTPUT} amount min 100`,
        `${OUTPUT} amount sum 6600`,
        `${OUTPUT} counterparty_id nullCount 0`,
        `${OUTPUT} user_id distinctCount 3`,
        `${OUTPUT} user_id nullCount 0`,
      ].sort(),
    );
  });

  test('dataQualityMetrics of an input become measurements of it and its fields, quantiles included', () => {
    const columnMetrics = { amount: { nullCount: 2, quantiles: { '0.5': 12.5 } } };
    const statements = statementsOf(
      'inputFacets',
      'dataQualityMetrics',
      own({ rowCount: 9, bytes: 90, columnMetrics }),
    );
    expect(metricsOf(statements)).toEqual([
      `${INPUT}  bytes 90`,
      `${INPUT}  rowCount 9`,
      `${INPUT} amount nullCount 2`,
      `${INPUT} amount quantiles.0.5 12.5`,
    ]);
  });

  test('dataQualityAssertions become outcomes of the field or the dataset, wherever they stand', () => {
    const assertions = [
      { assertion: 'not_null', column: 'id', success: true },
      { assertion: 'row_count', success: false },
    ];
    const lines = [`${INPUT}  assertion:row_count 0`, `${INPUT} id assertion:not_null 1`];
    for (const place of ['input', 'inputFacets'] as const) {
      expect(metricsOf(statementsOf(place, 'dataQualityAssertions', own({ assertions })))).toEqual(lines);
    }
    const published = statementsOf(
      'inputFacets',
      'dataQualityAssertions',
      instance('DataQualityAssertionsDatasetFacet/1'),
    );
    expect(published.metrics).toHaveLength(10);
    const more = { severity: 'warn', expected: '0', actual: '3', content: 'id IS NOT NULL', contentType: 'sql' };
    const detailed = own({ assertions: [{ assertion: 'not_null', column: 'id', success: false, ...more }] });
    const statements = statementsOf('input', 'dataQualityAssertions', detailed);
    expect(shownOn(statements, INPUT, 'dataQualityAssertions', detailed)).toBe(true);
    expect(metricsOf(statements)).toEqual([`${INPUT} id assertion:not_null 0`]);
  });

  test('test becomes outcomes on what the run reads', () => {
    const tests = [
      { name: 'no_orphans', status: 'pass' },
      { name: 'positive', status: 'fail' },
      { name: 'later', status: 'skip' },
    ];
    expect(metricsOf(statementsOf('run', 'test', own({ tests })))).toEqual([
      `${INPUT}  test:no_orphans 1`,
      `${INPUT}  test:positive 0`,
    ]);
  });

  test('greatExpectations_assertions become outcomes of expectations', () => {
    const assertions = [
      { expectationType: 'expect_column_values_to_not_be_null', success: true, column: 'id' },
      { expectationType: 'expect_table_row_count_to_be_between', success: false },
    ];
    expect(metricsOf(statementsOf('inputFacets', 'greatExpectations_assertions', own({ assertions })))).toEqual([
      `${INPUT}  assertion:expect_table_row_count_to_be_between 0`,
      `${INPUT} id assertion:expect_column_values_to_not_be_null 1`,
    ]);
  });

  test('icebergScanReport becomes the version used and measurements of the input', () => {
    const facet = own({
      snapshotId: 42,
      schemaId: 0,
      projectedFieldNames: ['id'],
      scanMetrics: { resultDataFiles: 3 },
    });
    const statements = statementsOf('inputFacets', 'icebergScanReport', facet);
    expect(statements.versions).toEqual([{ dataset: INPUT, side: 'READ', value: '42' }]);
    expect(metricsOf(statements)).toEqual([`${INPUT}  iceberg.scan.resultDataFiles 3`]);
  });

  test('snapshot ids of Iceberg are exact beyond 2^53', () => {
    const other = { note: '\\": 9007199254740993,', nested: { snapshotId: 1 } };
    const scan = own({ snapshotId: 2 ** 53, schemaId: 0, projectedFieldNames: ['id'], ...other });
    const sent = (member: string): string =>
      JSON.stringify(eventOf('inputFacets', 'icebergScanReport', scan)).replace(
        '"snapshotId":9007199254740992',
        member,
      );
    const versions = (text: string): readonly string[] => projectText(text).versions.map(({ value }) => value);
    expect(versions(sent('"snapshotId":8234567890123456789'))).toEqual(['8234567890123456789']);
    expect(versions(sent('"snapshotId" :\n 9007199254740993 '))).toEqual(['9007199254740993']);
    // Of a repeated key the last value holds, as everywhere.
    expect(versions(sent('"snapshotId":1,"snapshotId":9007199254740993'))).toEqual(['9007199254740993']);
    // Where digits cannot be read, none is better than those of another snapshot.
    expect(versions(sent('"snapshotId":9007199254740993,"ratio":NaN'))).toEqual([]);
  });

  test('counters and timers of Iceberg keep their units', () => {
    const scan = { snapshotId: 42, schemaId: 0, projectedFieldNames: ['id'] };
    const scanMetrics = {
      cacheHits: { unit: 'count', value: 10 },
      cacheDuration: { count: 1, 'time-unit': 'nanoseconds', 'total-duration': 7 },
    };
    const { metrics } = statementsOf('inputFacets', 'icebergScanReport', own({ ...scan, scanMetrics }));
    expect(metrics.map(({ name, value, unit }) => [name, value, unit])).toEqual([
      ['iceberg.scan.cacheHits', 10, 'count'],
      ['iceberg.scan.cacheDuration', 7, 'nanoseconds'],
    ]);
  });

  test('icebergCommitReport becomes the version generated and measurements of the output', () => {
    const facet = own({ snapshotId: 43, sequenceNumber: 2, operation: 'append', commitMetrics: { addedRecords: 10 } });
    const statements = statementsOf('outputFacets', 'icebergCommitReport', facet);
    expect(statements.versions).toEqual([{ dataset: OUTPUT, side: 'WRITE', value: '43' }]);
    expect(metricsOf(statements)).toEqual([`${OUTPUT}  iceberg.commit.addedRecords 10`]);
  });
});

describe('facets that report trouble', () => {
  test('extractionError becomes a finding for each failed task', () => {
    const { findings } = statementsOf('run', 'extractionError', instance('ExtractionErrorRunFacet/1'));
    expect(findings).toEqual([
      {
        code: 'EXTRACTION_ERROR',
        pointer: '/run/facets/extractionError/errors/0',
        message: expect.stringContaining('found: POLICY') as string,
      },
    ]);
  });
});
