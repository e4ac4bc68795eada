import { datasetId, jobId } from '@headwater/domain/identifiers';

const PRODUCER = 'https://shop.example/pipelines/v3';
const DB = 'postgres://shop.example:5432';
const SPEC = 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs';

/** A dataset of which everything is said that an asset's page shows. */
export const ORDERS = datasetId(DB, 'shop.public.orders');
/** A model of which every version was measured. */
export const FORECAST = datasetId('models', 'demand/forecast');
export const LOAD_ORDERS = jobId('shop', 'load-orders');
/** What the loads are part of, one night each. */
export const NIGHTLY = jobId('shop', 'nightly');
/** A moment when the first schema held and every check did. */
export const EARLIER = '2026-03-02T12:00:00.000Z';

const facet = (schema: string, body: object): object => ({
  _producer: PRODUCER,
  _schemaURL: `https://openlineage.io/spec/facets/${schema}.json`,
  ...body,
});

const WIDE_TABLE = [
  '| status | meaning | set by | when | next | refund | shipped | counted in revenue | notes |',
  '| --- | --- | --- | --- | --- | --- | --- | --- | --- |',
  '| placed | The customer has ordered | checkout | at once | paid, canceled | none | no | no | may stay for a day |',
  '| paid | The bank has confirmed | payments | within minutes | shipped | in full | no | yes | final for accounting |',
].join('\n');

const DOCUMENTATION = `# Orders

One row for each order, **as the shop took it**. See [the handbook](https://handbook.example/orders) or
[a trick](javascript:document.title="taken"). <img src="https://elsewhere.example/pixel.png" onerror="document.title='taken'">

${WIDE_TABLE}

- [x] canceled orders stay
- [ ] times of the warehouse, not of the customer`;

const field = (name: string, type: string, description = ''): object => ({ name, type, description });
const FIRST_FIELDS = [field('id', 'INTEGER', 'Number'), field('total', 'NUMERIC', 'In euro'), field('note', 'VARCHAR')];
const LATER_FIELDS = [
  field('id', 'BIGINT', 'Number'),
  field('total', 'NUMERIC', 'In cent'),
  field('status', 'VARCHAR', 'Where it stands'),
];

interface Load {
  readonly day: number;
  readonly rows: number;
  readonly isUnique: boolean;
  readonly type: 'COMPLETE' | 'FAIL';
}

const LOADS: readonly Load[] = [
  { day: 1, rows: 900, isUnique: true, type: 'COMPLETE' },
  { day: 2, rows: 950, isUnique: true, type: 'COMPLETE' },
  { day: 3, rows: 930, isUnique: true, type: 'COMPLETE' },
  { day: 4, rows: 1_200, isUnique: true, type: 'COMPLETE' },
  { day: 5, rows: 410, isUnique: false, type: 'COMPLETE' },
  { day: 6, rows: 0, isUnique: false, type: 'FAIL' },
];

const runId = (kind: number, day: number): string =>
  `0195a000-0000-7000-8000-${String(kind * 1_000 + day).padStart(12, '0')}`;
/** The last load, which failed. */
export const FAILED_LOAD = `run:shop:load-orders:${runId(2, 6)}`;
const at = (day: number, time: string): string => `2026-03-0${String(day)}T${time}:00Z`;
const runEvent = (eventType: string, eventTime: string, rest: object): object => ({
  ...{ eventType, eventTime, producer: PRODUCER, schemaURL: `${SPEC}/RunEvent` },
  ...rest,
});

function factsOf(day: number): object {
  return {
    documentation: facet('1-1-0/DocumentationDatasetFacet', {
      description: DOCUMENTATION,
      contentType: 'text/markdown',
    }),
    ownership: facet('1-0-1/OwnershipDatasetFacet', {
      owners: [
        { name: 'team:shop', type: 'MAINTAINER' },
        { name: 'user:ada', type: 'STEWARD' },
      ],
    }),
    tags: facet('1-0-0/TagsDatasetFacet', {
      tags: [
        { key: 'classification', value: 'personal', source: 'GOVERNANCE', field: 'id' },
        { key: 'tier', value: 'gold', source: 'GOVERNANCE' },
      ],
    }),
    symlinks: facet('1-0-1/SymlinksDatasetFacet', {
      identifiers: [{ namespace: 'hive://metastore.shop.example:9083', name: 'shop.orders', type: 'TABLE' }],
    }),
    datasetType: facet('1-0-1/DatasetTypeDatasetFacet', { datasetType: 'TABLE' }),
    schema: facet('1-2-0/SchemaDatasetFacet', { fields: day < 4 ? FIRST_FIELDS : LATER_FIELDS }),
    // No such facet is published, and the next one is not as its schema wants it: both are kept, the latter with a finding.
    shop_retention: { _producer: PRODUCER, _schemaURL: 'https://shop.example/retention.json', days: 30 },
    lifecycleStateChange: facet('1-0-1/LifecycleStateChangeDatasetFacet', { lifecycleStateChange: 17 }),
  };
}

function loadEvents({ day, rows, isUnique, type }: Load): readonly object[] {
  const parent = facet('1-1-0/ParentRunFacet', {
    run: { runId: runId(1, day) },
    job: { namespace: 'shop', name: 'nightly' },
  });
  const error = facet('1-0-1/ErrorMessageRunFacet', {
    message: 'duplicate key value violates unique constraint "orders_pkey"',
    programmingLanguage: 'python',
    stackTrace: 'Traceback (most recent call last):\n  File "load.py", line 12, in load',
  });
  const run = {
    run: { runId: runId(2, day), facets: { parent, ...(type === 'FAIL' && { errorMessage: error }) } },
    job: { namespace: 'shop', name: 'load-orders' },
    inputs: [{ namespace: 's3://shop-landing', name: 'orders.csv' }],
  };
  const output = { namespace: DB, name: 'shop.public.orders', facets: factsOf(day) };
  const measured = {
    outputStatistics: facet('1-0-2/OutputStatisticsOutputDatasetFacet', { rowCount: rows, size: rows * 120 }),
  };
  const assertions = facet('1-0-2/DataQualityAssertionsDatasetFacet', {
    assertions: [
      { assertion: 'unique', success: isUnique, column: 'id' },
      { assertion: 'not_null', success: true, column: 'total' },
    ],
  });
  const night = { run: { runId: runId(1, day) }, job: { namespace: 'shop', name: 'nightly' } };
  const check = {
    run: { runId: runId(3, day), facets: { parent } },
    job: { namespace: 'shop', name: 'check-orders' },
  };
  const orders = { namespace: DB, name: 'shop.public.orders' };
  return [
    runEvent('START', at(day, '06:00'), night),
    runEvent('START', at(day, '06:01'), { ...run, outputs: [output] }),
    runEvent(type, at(day, '06:07'), {
      ...run,
      outputs: [{ ...output, ...(type === 'COMPLETE' && { outputFacets: measured }) }],
    }),
    runEvent('START', at(day, '06:08'), { ...check, inputs: [orders] }),
    runEvent('COMPLETE', at(day, '06:09'), {
      ...check,
      inputs: [{ ...orders, inputFacets: { dataQualityAssertions: assertions } }],
    }),
    runEvent(type, at(day, '06:10'), night),
  ];
}

/** Two trainings, of which the second does not hold what is asked of it, and a forecast made with each. */
function modelEvents(day: number, number: number): readonly object[] {
  const model = {
    namespace: 'models',
    name: 'demand/forecast',
    facets: {
      datasetType: facet('1-0-1/DatasetTypeDatasetFacet', { datasetType: 'MODEL' }),
      version: facet('1-0-1/DatasetVersionDatasetFacet', { datasetVersion: `2.${String(number)}` }),
      dataQualityAssertions: facet('1-0-2/DataQualityAssertionsDatasetFacet', {
        assertions: [{ assertion: 'error_below_10_percent', success: number === 0 }],
      }),
    },
    outputFacets: {
      outputStatistics: facet('1-0-2/OutputStatisticsOutputDatasetFacet', { size: 4_200_000 + number, fileCount: 1 }),
    },
  };
  const training = {
    run: { runId: runId(4, day) },
    job: { namespace: 'shop', name: 'train-forecast' },
    inputs: [{ namespace: DB, name: 'shop.public.orders' }],
    outputs: [model],
  };
  const { namespace, name, facets } = model;
  const forecast = {
    run: { runId: runId(5, day) },
    job: { namespace: 'shop', name: 'forecast-demand' },
    inputs: [{ namespace, name, facets: { datasetType: facets.datasetType, version: facets.version } }],
    outputs: [{ namespace: DB, name: 'shop.public.demand' }],
  };
  return [
    runEvent('START', at(day, '08:00'), training),
    runEvent('COMPLETE', at(day, '08:30'), training),
    runEvent('START', at(day, '09:00'), forecast),
    runEvent('COMPLETE', at(day, '09:05'), forecast),
  ];
}

/** A shop's nights: orders are loaded and checked, a model is trained on them; the last load fails. */
export const ASSET_EVENTS: readonly object[] = [
  ...LOADS.flatMap(loadEvents),
  ...modelEvents(2, 0),
  ...modelEvents(4, 1),
];
