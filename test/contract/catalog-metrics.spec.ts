import { LATEST } from '@headwater/domain/reading/read-time';
import type { CatalogReader } from '@headwater/domain/catalog-reader';
import type { MetricFilter, MetricPeriod, MetricView } from '@headwater/domain/reading/metric-reader';
import { facetVersionId, fieldId, runVersionId, type NodeId } from '@headwater/domain/identifiers';
import { postgresCatalogReader } from '@headwater/store-postgres/catalog/postgres-catalog-reader';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ALL, itemsOf, readAll } from '../support/claims-catalog.js';
import { createTestCatalog, type TestCatalog } from '../support/catalog.js';
import {
  dataset,
  datasetEvent,
  facet,
  jobTypeFacet,
  minute,
  PRODUCER,
  run,
  runOf,
  schemaFacet,
  symlinksFacet,
  versionFacet,
  type Facets,
} from '../support/lineage-events.js';

const EVERY: MetricFilter = { names: null, kinds: null, facets: null, withFields: true };
const ALWAYS: MetricPeriod = { from: -LATEST, to: LATEST, knownAt: LATEST };
const OTHER = 'https://example.com/other/1.0.0';

const t = dataset('t');
const quality = (rowCount: number, columns: Facets = {}): Facets =>
  facet({
    rowCount,
    columnMetrics: Object.fromEntries(Object.entries(columns).map(([c, n]) => [c, { nullCount: n }])),
  });
const assertion = (success: boolean, more: Facets = {}): Facets => ({
  assertion: 'not_null',
  column: 'a',
  success,
  ...more,
});
const nested = schemaFacet([{ name: 's', type: 'STRUCT', fields: [{ name: 'x', type: 'INT' }] }, 'a']);
const wrote = (rowCount: number): Facets => ({ outputStatistics: facet({ rowCount, size: 10 * rowCount }) });

let catalog: TestCatalog;
let reader: CatalogReader;

beforeAll(async () => {
  catalog = await createTestCatalog();
  reader = postgresCatalogReader(catalog.reading);
  await catalog.send(
    [
      run({ job: 'w', run: 1, at: 0, outputs: [{ name: 't', facets: { schema: nested }, side: wrote(5) }] }),
      run({
        ...{ job: 'r', run: 2, at: 10 },
        inputs: [
          {
            name: 't',
            facets: { schema: nested },
            side: {
              inputStatistics: facet({ rowCount: 4 }),
              dataQualityMetrics: quality(5, { a: 1, 's.x': 2 }),
              dataQualityAssertions: facet({
                assertions: [
                  ...[assertion(true), assertion(false), assertion(true, { name: 'strict' })],
                  { assertion: 'row_count', success: true },
                ],
              }),
            },
          },
        ],
      }),
      run({ job: 'w', run: 3, at: 20, outputs: [{ name: 't', facets: { schema: nested }, side: wrote(7) }] }),
      run({ job: 'r', run: 4, at: 30, inputs: [{ name: 't', side: { dataQualityMetrics: quality(7, { a: 0 }) } }] }),
    ].map(({ event }) => event),
  );
});
afterAll(() => catalog.close());

const line = ({ fieldId: on, facet: by, name, label, value }: MetricView): string =>
  [on?.split(':')[3] ?? '', by, name, label, value].filter((part) => part !== '').join(' ');

async function metricsOf(node: NodeId, filter: Partial<MetricFilter> = {}, period: Partial<MetricPeriod> = {}) {
  const found = await reader.metrics([node], { ...EVERY, ...filter }, { ...ALWAYS, ...period }, ALL);
  return itemsOf(found.get(node));
}

async function latestOf(node: NodeId, filter: Partial<MetricFilter> = {}, time = { at: LATEST, knownAt: LATEST }) {
  return itemsOf((await reader.latestMetrics([node], { ...EVERY, ...filter }, time, ALL)).get(node)).map(line);
}

async function versionOf(version: NodeId): Promise<string[]> {
  const found = await reader.metricsOfVersions([version], EVERY, ALWAYS, ALL);
  return itemsOf(found.get(version)).map(line).sort();
}

test('29. a measurement tells its value, unit, time, side, run, producer and record time', async () => {
  const [bytes] = await metricsOf(t, { names: ['bytes'] }, { to: minute(1) });
  const [stored] = await catalog.log.read([1]);
  expect(bytes).toMatchObject({
    ...{
      kind: 'MEASURE',
      name: 'bytes',
      label: '',
      facet: 'outputStatistics',
      fieldId: null,
      value: 50,
      unit: 'bytes',
    },
    ...{ side: 'WRITE', producer: PRODUCER, runId: runOf('w', 1), at: minute(0), recordedAt: stored?.recordedAt },
  });
});

test('29. the series of a dataset come newest first, with those of its fields or without, and page by page', async () => {
  const whole = await metricsOf(t);
  expect(whole.map(({ at }) => at)).toEqual(whole.map(({ at }) => at).sort((a, b) => b - a));
  expect(
    whole
      .filter(({ at }) => at === minute(10))
      .map(line)
      .sort(),
  ).toEqual([
    'a dataQualityAssertions not_null 0',
    'a dataQualityAssertions not_null strict 1',
    'a dataQualityMetrics nullCount 1',
    'dataQualityAssertions row_count 1',
    'dataQualityMetrics rowCount 5',
    'inputStatistics rowCount 4',
    's/x dataQualityMetrics nullCount 2',
  ]);
  expect((await metricsOf(t, { withFields: false })).every((metric) => metric.fieldId === null)).toBe(true);
  for (const filter of [EVERY, { ...EVERY, kinds: ['MEASURE'] as const }]) {
    const paged = await readAll(2, async (page) => (await reader.metrics([t], filter, ALWAYS, page)).get(t));
    expect(paged).toEqual(await metricsOf(t, filter));
  }
});

test('29. names, kinds, facets and a period narrow what is shown', async () => {
  expect((await metricsOf(t, { names: ['rowCount'], facets: ['dataQualityMetrics'] })).map(line)).toEqual([
    'dataQualityMetrics rowCount 7',
    'dataQualityMetrics rowCount 5',
  ]);
  expect((await metricsOf(t, { kinds: ['ASSERTION'] })).map(line).sort()).toEqual([
    'a dataQualityAssertions not_null 0',
    'a dataQualityAssertions not_null strict 1',
    'dataQualityAssertions row_count 1',
  ]);
  expect(await metricsOf(t, { names: ['a\u0000'] })).toEqual([]);
  const between = await metricsOf(t, { names: ['rowCount'] }, { from: minute(0), to: minute(20) });
  expect(between.map(({ at }) => at)).toEqual([minute(10), minute(10), minute(0)]);
});

test('29. a field shows its own series, nested ones too', async () => {
  expect((await metricsOf(fieldId(t, ['a']), { kinds: ['MEASURE'] })).map(line)).toEqual([
    'a dataQualityMetrics nullCount 0',
    'a dataQualityMetrics nullCount 1',
  ]);
  expect((await metricsOf(fieldId(t, ['s', 'x']), { withFields: false })).map(line)).toEqual([
    's/x dataQualityMetrics nullCount 2',
  ]);
  expect(await latestOf(fieldId(t, ['a']))).toEqual([
    'a dataQualityAssertions not_null 0',
    'a dataQualityAssertions not_null strict 1',
    'a dataQualityMetrics nullCount 0',
  ]);
  expect(await metricsOf(fieldId(t, ['none']))).toEqual([]);
});

test('29. the latest of each series is as of a moment, the dataset itself first', async () => {
  const latest = [
    ...['outputStatistics bytes 70', 'dataQualityMetrics rowCount 7', 'inputStatistics rowCount 4'],
    ...['outputStatistics rowCount 7', 'dataQualityAssertions row_count 1', 'a dataQualityAssertions not_null 0'],
    ...['a dataQualityAssertions not_null strict 1', 'a dataQualityMetrics nullCount 0'],
    's/x dataQualityMetrics nullCount 2',
  ];
  expect(await latestOf(t)).toEqual(latest);
  expect(await latestOf(t, {}, { at: minute(5), knownAt: LATEST })).toEqual([
    'outputStatistics bytes 50',
    'outputStatistics rowCount 5',
  ]);
  const time = { at: LATEST, knownAt: LATEST };
  const paged = await readAll(2, async (page) => (await reader.latestMetrics([t], EVERY, time, page)).get(t));
  expect(paged.map(line)).toEqual(latest);
});

test('18. what was recorded later is not known before', async () => {
  const late = { ...wrote(1), dataQualityMetrics: quality(1) };
  await catalog.send([run({ job: 'k', run: 5, at: 0, outputs: [{ name: 'k', side: wrote(2) }] }).event]);
  await new Promise((resolve) => setTimeout(resolve, 2));
  const [position = 0] = await catalog.send([
    run({ job: 'k', run: 6, at: 1, outputs: [{ name: 'k', side: late }] }).event,
  ]);
  const [stored] = await catalog.log.read([position]);
  const before = (stored?.recordedAt ?? 0) - 1;
  const k = dataset('k');
  expect(await metricsOf(k)).toHaveLength(5);
  expect((await metricsOf(k, {}, { knownAt: before })).map(({ value }) => value).sort()).toEqual([2, 20]);
  expect(await latestOf(k, { names: ['rowCount'] }, { at: LATEST, knownAt: before })).toEqual([
    'outputStatistics rowCount 2',
  ]);
});

test('29. a version has what its writer and its readers measured', async () => {
  const [first, second] = [runVersionId(t, runOf('w', 1)), runVersionId(t, runOf('w', 3))];
  expect(await versionOf(second)).toEqual([
    'a dataQualityMetrics nullCount 0',
    'dataQualityMetrics rowCount 7',
    'outputStatistics bytes 70',
    'outputStatistics rowCount 7',
  ]);
  expect(await versionOf(first)).toHaveLength(9);
  const narrow = { ...EVERY, names: ['rowCount'], withFields: false };
  const paged = await readAll(1, async (page) =>
    (await reader.metricsOfVersions([first], narrow, ALWAYS, page)).get(first),
  );
  expect(paged.map(({ value, facet: by }) => `${by} ${value}`).sort()).toEqual([
    ...['dataQualityMetrics 5', 'inputStatistics 4', 'outputStatistics 5'],
  ]);
  const versions = await reader.versionsOfMetrics(
    await metricsOf(t, { facets: ['outputStatistics'], names: ['bytes'] }),
  );
  expect(versions.map((version) => version?.id)).toEqual([second, first]);
});

test('27. a version that an event names has what that event measures, with a run or without', async () => {
  const v = dataset('v');
  const named = (value: string, rows: number): Facets => ({
    version: versionFacet(value),
    dataQualityMetrics: quality(rows),
  });
  await catalog.send(
    [
      datasetEvent({ at: 0, dataset: { name: 'v', facets: named('1', 1) } }),
      run({
        job: 'v',
        run: 10,
        at: 1,
        inputs: [{ name: 'v', facets: named('1', 2) }],
        outputs: [{ name: 'v', facets: named('2', 3) }],
      }),
    ].map(({ event }) => event),
  );
  expect(await versionOf(facetVersionId(v, '1'))).toEqual([
    'dataQualityMetrics rowCount 1',
    'dataQualityMetrics rowCount 2',
  ]);
  expect(await versionOf(facetVersionId(v, '2'))).toEqual(['dataQualityMetrics rowCount 3']);
  const versions = await reader.versionsOfMetrics(await metricsOf(v));
  expect(versions.map((version) => version?.value).sort()).toEqual(['1', '1', '2']);
});

test('27. what a reader measured while a writer was at work is of no known version', async () => {
  const m = dataset('m');
  await catalog.send(
    [
      run({ job: 'mw', run: 11, at: 0, outputs: ['m'] }),
      run({ job: 'mw', run: 12, type: 'START', at: 10, outputs: ['m'] }),
      run({ job: 'mr', run: 13, type: 'START', at: 11, inputs: ['m'] }),
      run({ job: 'mr', run: 13, at: 12, inputs: [{ name: 'm', side: { inputStatistics: facet({ rowCount: 1 }) } }] }),
      run({ job: 'mw', run: 12, at: 20, outputs: ['m'] }),
    ].map(({ event }) => event),
  );
  const metrics = await metricsOf(m);
  expect(metrics.map(line)).toEqual(['inputStatistics rowCount 1']);
  expect(await reader.versionsOfMetrics(metrics)).toEqual([null]);
  for (const n of [11, 12]) expect(await versionOf(runVersionId(m, runOf('mw', n)))).toEqual([]);
});

test('27. a version made by a window of a stream has what was measured in that window', async () => {
  const s = dataset('stream');
  const jobType = jobTypeFacet('STREAMING', {
    eventTrigger: 'PERIODIC',
    windowDuration: 600,
    eventContentMode: 'COMPLETE_SNAPSHOT',
  });
  const window = (at: number, rows: number): object =>
    run({
      job: 'st',
      run: 14,
      type: 'RUNNING',
      at,
      jobFacets: { jobType },
      outputs: [{ name: 'stream', side: wrote(rows) }],
    }).event;
  await catalog.send([window(0, 1), window(1, 2), window(30, 3)]);
  const versions = itemsOf((await reader.versionsOfDatasets([s], ALL)).get(s)).map(({ id }) => id);
  expect(versions).toHaveLength(2);
  const values = await Promise.all(versions.map((id) => versionOf(id)));
  expect(values.map((lines) => lines.filter((text) => text.includes('rowCount'))).sort()).toEqual([
    ['outputStatistics rowCount 1', 'outputStatistics rowCount 2'],
    ['outputStatistics rowCount 3'],
  ]);
  const metrics = await metricsOf(s, { names: ['rowCount'] });
  expect((await reader.versionsOfMetrics(metrics)).map((version) => version?.id)).toEqual([
    ...[versions[0], versions[1], versions[1]],
  ]);
});

test('25. merged datasets have the series of all their names, the latest of them as one', async () => {
  await catalog.send(
    [
      datasetEvent({ at: 0, dataset: { name: 'old', facets: { dataQualityMetrics: quality(1, { a: 4 }) } } }),
      datasetEvent({
        at: 1,
        dataset: { name: 'new', facets: { dataQualityMetrics: quality(2, { a: 5 }), symlinks: symlinksFacet('old') } },
      }),
    ].map(({ event }) => event),
  );
  for (const name of ['old', 'new']) {
    expect((await metricsOf(dataset(name), { withFields: false })).map(({ value }) => value)).toEqual([2, 1]);
    expect(await latestOf(dataset(name))).toEqual([
      'dataQualityMetrics rowCount 2',
      'a dataQualityMetrics nullCount 5',
    ]);
    expect((await metricsOf(fieldId(dataset(name), ['a']))).map(({ value }) => value)).toEqual([5, 4]);
  }
});

test('12. the same said again is one measurement; what another producer says is another', async () => {
  const twice = (type: 'RUNNING' | 'COMPLETE'): object =>
    run({
      job: 'd',
      run: 20,
      type,
      at: 0,
      outputs: [{ name: 'd', side: { outputStatistics: facet({ rowCount: 1 }) } }],
    }).event;
  const other = { outputStatistics: facet({ rowCount: 1 }, OTHER) };
  await catalog.send([
    twice('RUNNING'),
    twice('COMPLETE'),
    run({ job: 'd', run: 20, at: 0, outputs: [{ name: 'd', side: other }] }).event,
  ]);
  expect((await metricsOf(dataset('d'))).map(({ producer }) => producer).sort()).toEqual([
    'https://example.com/other',
    PRODUCER,
  ]);
});

test('9. names as long as events allow are measured like any other', async () => {
  const long = '\u{1F600}'.repeat(4096);
  const assertions = [{ assertion: long, column: long, success: true, name: long }];
  await catalog.send([
    datasetEvent({ at: 0, dataset: { name: 'long', facets: { dataQualityAssertions: facet({ assertions }) } } }).event,
  ]);
  const [metric] = await metricsOf(fieldId(dataset('long'), [long]), { names: [long] });
  expect(metric).toMatchObject({ name: long, label: long, value: 1 });
});

test('a hundred datasets cost as many statements as two', async () => {
  const cost = (count: number): Promise<number> => {
    const ids = Array.from({ length: count }, (_, n) => dataset(`t${n}`));
    return catalog.countStatements(async () => {
      await reader.metrics(ids, EVERY, ALWAYS, ALL);
      await reader.latestMetrics(ids, EVERY, { at: LATEST, knownAt: LATEST }, ALL);
    });
  };
  expect(await cost(100)).toBe(await cost(2));
});
