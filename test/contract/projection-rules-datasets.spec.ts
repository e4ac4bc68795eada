import { DEFAULT_NAME_RULES } from '@headwater/domain/projection/name-rules';
import type { NodeId } from '@headwater/domain/identifiers';
import { expect, test } from 'vitest';
import {
  columnLineageFacet,
  dataset,
  datasetEvent,
  facet,
  isoMinute,
  job,
  jobEvent,
  minute,
  ownershipFacet,
  run,
  schemaFacet,
  symlinksFacet,
  type Facets,
  type Mention,
  type Sent,
} from '../support/lineage-events.js';
import { TEST_SETTINGS, type TestProjection } from '../support/projection.js';
import { projectionsOfFile } from '../support/rule-home.js';

const fresh = projectionsOfFile();
const OTHER = 'https://example.com/other';

const named = (name: string, facets: Facets): Mention => ({ name, facets });

async function canonicalOf(
  projection: TestProjection,
  ...ids: readonly NodeId[]
): Promise<readonly (NodeId | undefined)[]> {
  const found = await projection.graph.canonical(ids, await projection.knownNow());
  return ids.map((id) => found.get(id));
}

test('25. a component of symlinks is one node under its smallest member’s id', async () => {
  const projection = await fresh();
  await projection.send(
    run({ run: 1, at: 0, outputs: [named('m', { symlinks: symlinksFacet('z', 'b') })] }),
    run({ job: 'k', run: 2, at: 1, inputs: ['z'] }),
  );
  expect(await canonicalOf(projection, dataset('m'), dataset('z'), dataset('b'))).toEqual(Array(3).fill(dataset('b')));
  expect(await projection.lineageAt(5)).toEqual(['READ b -> k', 'WRITE j -> b']);
});

test('25. chains that are linked late merge retroactively, and what was known before stays', async () => {
  const projection = await fresh();
  const link = (at: number, a: string, b: string): Sent =>
    datasetEvent({ at, dataset: named(a, { symlinks: symlinksFacet(b) }) });
  await projection.send(run({ run: 1, at: 0, outputs: ['d'] }), link(1, 'c', 'd'), link(2, 'a', 'b'));
  const before = await projection.knownNow();
  await projection.send(link(3, 'b', 'c'));
  expect(await canonicalOf(projection, dataset('d'), dataset('c'), dataset('b'))).toEqual(Array(3).fill(dataset('a')));
  expect(await projection.lineageAt(0)).toEqual(['WRITE j -> a']);
  expect(await projection.lineageAt(0, before)).toEqual(['WRITE j -> c']);
});

test('25. symlinks are additive: an event without the facet, or with _deleted, removes none', async () => {
  const projection = await fresh();
  await projection.send(
    datasetEvent({ at: 0, dataset: named('a', { symlinks: symlinksFacet('b') }) }),
    datasetEvent({ at: 1, dataset: named('a', { symlinks: facet({ _deleted: true }) }) }),
    datasetEvent({ at: 2, dataset: named('a', { symlinks: symlinksFacet() }) }),
  );
  expect(await canonicalOf(projection, dataset('b'))).toEqual([dataset('a')]);
});

test('25. every member resolves to the node, whichever was asked for', async () => {
  const projection = await fresh();
  await projection.send(run({ run: 1, at: 0, outputs: [named('m', { symlinks: symlinksFacet('b') })] }));
  const nodes = await projection.graph.nodes([dataset('m'), dataset('b')], await projection.knownNow());
  expect(nodes.get(dataset('m'))).toMatchObject({ id: dataset('b') });
  expect(nodes.get(dataset('b'))).toMatchObject({ id: dataset('b') });
});

async function datasetIds(projection: TestProjection): Promise<readonly unknown[]> {
  const rows = await projection.rows("SELECT id FROM @.asset WHERE kind = 'DATASET' ORDER BY id");
  return rows.map((row) => row['id']);
}

test.each([
  [
    'host case',
    { namespace: 'postgres://DB.Example.COM:5432', name: 'x' },
    dataset('x', 'postgres://db.example.com:5432'),
  ],
  ['default port', { namespace: 'postgres://db', name: 'x' }, dataset('x', 'postgres://db:5432')],
  ['s3a is s3', { namespace: 's3a://Bucket', name: 'x' }, dataset('x', 's3://Bucket')],
  ['repeated database', { namespace: 'db', name: 'shop/shop/orders' }, dataset('shop/orders', 'db')],
] as const)(
  '26. names are normalized by default: %s, and the name as sent stays an alias',
  async (_, sent, canonical) => {
    const projection = await fresh();
    await projection.send(run({ run: 1, at: 0, outputs: [sent] }));
    expect(await datasetIds(projection)).toEqual([canonical]);
    expect(await canonicalOf(projection, dataset(sent.name, sent.namespace))).toEqual([canonical]);
  },
);

test('26. dbt jobs of one unique_id are one job', async () => {
  const projection = await fresh();
  const runFacets = { dbt_node: facet({ unique_id: 'model.shop.orders' }) };
  await projection.send(
    run({ job: 'local.orders', run: 1, at: 0, runFacets, outputs: ['x'] }),
    run({ job: 'cloud.orders', run: 2, at: 1, runFacets, outputs: ['x'] }),
  );
  expect(await projection.lineageAt(5)).toEqual(['WRITE model.shop.orders -> x']);
  expect(await canonicalOf(projection, job('cloud.orders'))).toEqual([job('model.shop.orders')]);
});

test('26. rules shipped off by default apply where a setting turns them on', async () => {
  const dated = { namespace: 'file', name: '/tmp/out/1729097570970/dt=2026-11-23' };
  const off = await fresh();
  await off.send(run({ run: 1, at: 0, outputs: [dated] }));
  expect(await datasetIds(off)).toEqual([dataset(dated.name, 'file')]);
  const on = await fresh({
    ...TEST_SETTINGS,
    nameRules: { ...DEFAULT_NAME_RULES, datedPaths: true, dbtStatements: true },
  });
  await on.send(run({ job: 'm.sql.7', run: 1, at: 0, outputs: [dated, 'main_dbt_test__audit.not_null_x'] }));
  expect(await datasetIds(on)).toEqual([dataset('main_dbt_test__audit'), dataset('/tmp/out/*/dt=*', 'file')]);
  expect(await on.rows("SELECT name FROM @.asset WHERE kind = 'JOB'")).toEqual([{ name: 'm.sql' }]);
});

async function schemas(projection: TestProjection): Promise<readonly unknown[]> {
  const rows = await projection.rows<{
    producer: string;
    fields: { path: string[] }[];
    valid_from: number;
    valid_to: number | null;
    authoritative: boolean;
  }>('SELECT * FROM @.schema_version WHERE recorded_to IS NULL ORDER BY producer COLLATE "C", valid_from');
  return rows.map((row) => [
    row.producer.slice('https://example.com/'.length),
    row.fields.map(({ path }) => path.join('/')).join(' '),
    row.valid_from,
    row.valid_to,
  ]);
}

const withSchema = (name: string, fields: readonly (string | Facets)[], producer?: string): Mention =>
  named(name, { schema: schemaFacet(fields, producer) });

test('28. schema versions are per producer, by effective time', async () => {
  const events = [
    run({ run: 1, at: 0, outputs: [withSchema('x', ['f'])] }),
    run({ run: 2, at: 10, outputs: [withSchema('x', ['f', 'g'])] }),
    datasetEvent({ at: 5, dataset: withSchema('x', ['f', 'h'], OTHER) }),
  ];
  for (const order of [events, [...events].reverse()]) {
    const projection = await fresh();
    await projection.send(...order);
    expect(await schemas(projection)).toEqual([
      ['other', 'f h', minute(5), null],
      ['producer', 'f', minute(0), minute(10)],
      ['producer', 'f g', minute(10), null],
    ]);
  }
});

test('28. a run that repeats a schema makes no version', async () => {
  const projection = await fresh();
  for (let n = 0; n < 5; n += 1) await projection.send(run({ run: n + 1, at: n, outputs: [withSchema('x', ['f'])] }));
  expect(await schemas(projection)).toEqual([['producer', 'f', minute(0), null]]);
  expect(await projection.rows('SELECT row_id FROM @.schema_version')).toHaveLength(1);
});

test('28. an input’s schema counts only where no output or DatasetEvent states one', async () => {
  const projection = await fresh();
  await projection.send(run({ job: 'r', run: 1, at: 0, inputs: [withSchema('x', ['f'])] }));
  expect(await schemas(projection)).toEqual([['producer', 'f', minute(0), null]]);
  await projection.send(run({ job: 'w', run: 2, at: 10, outputs: [withSchema('x', ['f', 'g'])] }));
  expect(await schemas(projection)).toEqual([['producer', 'f g', minute(10), null]]);
  await projection.send(run({ job: 'r', run: 3, at: 20, inputs: [withSchema('x', ['g'])] }));
  expect(await schemas(projection)).toEqual([['producer', 'f g', minute(10), null]]);
});

test('28. a field that leaves the schema stays known, with when', async () => {
  const projection = await fresh();
  await projection.send(
    run({ run: 1, at: 0, outputs: [withSchema('x', ['f', 'g'])] }),
    run({ run: 2, at: 10, outputs: [withSchema('x', ['f'])] }),
  );
  expect(await projection.rows('SELECT name, deleted_at FROM @.field ORDER BY name')).toEqual([
    { name: 'f', deleted_at: null },
    { name: 'g', deleted_at: minute(10) },
  ]);
});

test('28. fields without a type do not multiply', async () => {
  const projection = await fresh();
  await projection.send(
    run({ run: 1, at: 0, outputs: [withSchema('x', ['f'])] }),
    datasetEvent({ at: 10, dataset: withSchema('x', [{ name: 'f' }], OTHER) }),
  );
  expect(await projection.rows('SELECT name, type FROM @.field')).toEqual([{ name: 'f', type: 'TEXT' }]);
});

test('28. nested fields are addressable, and a literal dotted name beats a nested path', async () => {
  const projection = await fresh();
  const nested = { name: 'a', type: 'STRUCT', fields: [{ name: 'b', type: 'INT' }] };
  const source = (fields: readonly (string | Facets)[], at: number, n: number): Sent =>
    run({
      run: n,
      at,
      inputs: [withSchema('s', fields)],
      outputs: [named('x', { columnLineage: columnLineageFacet({ f: [['s', 'a.b']] }) })],
    });
  await projection.send(source([nested], 0, 1));
  expect(await projection.fieldsAt(1)).toEqual(['s.a/b -> x.f']);
  const dotted = await projection.emptied();
  await dotted.send(source([nested, 'a.b'], 0, 1));
  expect(await dotted.fieldsAt(1)).toEqual(['s.a.b -> x.f']);
});

test('29. statistics, quality metrics and assertions become time series on dataset and field', async () => {
  const projection = await fresh();
  const quality = (rows: number) =>
    facet({ rowCount: rows, columnMetrics: { f: { nullCount: 1, quantiles: { '0.5': 4 } } } });
  await projection.send(
    run({
      run: 1,
      at: 0,
      inputs: [
        {
          name: 'a',
          side: {
            dataQualityMetrics: quality(3),
            dataQualityAssertions: facet({ assertions: [{ assertion: 'not_null', success: false, column: 'f' }] }),
          },
        },
      ],
      outputs: [{ name: 'x', side: { outputStatistics: facet({ rowCount: 9, size: 100 }) } }],
    }),
    run({ run: 2, at: 5, inputs: [{ name: 'a', facets: { dataQualityMetrics: quality(4) } }] }),
  );
  const rows = await projection.rows(
    `SELECT a.name AS dataset, s.field, s.name, m.value, m.at FROM @.metric m
     JOIN @.metric_series s ON s.key = m.series_key JOIN @.asset a ON a.key = s.dataset_key ORDER BY 1, 2, 3, 5`,
  );
  expect(rows.map(({ dataset: on, field, name, value, at }) => [on, field, name, value, at])).toEqual([
    ['a', '', 'rowCount', 3, minute(0)],
    ['a', '', 'rowCount', 4, minute(5)],
    ['a', 'f', 'not_null', 0, minute(0)],
    ['a', 'f', 'nullCount', 1, minute(0)],
    ['a', 'f', 'nullCount', 1, minute(5)],
    ['a', 'f', 'quantiles.0.5', 4, minute(0)],
    ['a', 'f', 'quantiles.0.5', 4, minute(5)],
    ['x', '', 'bytes', 100, minute(0)],
    ['x', '', 'rowCount', 9, minute(0)],
  ]);
});

async function facts(projection: TestProjection): Promise<readonly unknown[]> {
  const rows = await projection.rows(
    'SELECT kind, value, producer, source, valid_from, valid_to FROM @.fact WHERE recorded_to IS NULL ORDER BY value COLLATE "C", producer, valid_from',
  );
  return rows.map((row) => [
    row['value'],
    String(row['producer']).slice('https://example.com/'.length),
    row['valid_from'],
    row['valid_to'],
  ]);
}

test('30. owners of two producers stand beside each other; a newer facet replaces only those of its own', async () => {
  const events = [
    run({ run: 1, at: 0, outputs: [named('x', { ownership: ownershipFacet(['team:a', 'bob']) })] }),
    datasetEvent({ at: 5, dataset: named('x', { ownership: ownershipFacet(['eve'], OTHER) }) }),
    run({ run: 2, at: 10, outputs: [named('x', { ownership: ownershipFacet(['team:a']) })] }),
  ];
  for (const order of [events, [...events].reverse()]) {
    const projection = await fresh();
    await projection.send(...order);
    expect(await facts(projection)).toEqual([
      ['agent:owner:bob', 'producer', minute(0), minute(10)],
      ['agent:owner:eve', 'other', minute(5), null],
      ['agent:team:a', 'producer', minute(0), null],
    ]);
    const [row] = await projection.rows<{ owner_ids: string[] }>("SELECT owner_ids FROM @.asset WHERE name = 'x'");
    expect(row?.owner_ids).toEqual(['agent:owner:eve', 'agent:team:a']);
  }
});

test('30. tags of datasets and fields and documentation become facts with their producer as source', async () => {
  const projection = await fresh();
  const tags = facet({
    tags: [
      { key: 'pii', value: 'true', source: 'TEST' },
      { key: 'level', value: 'gold', field: 'f', source: 'TEST' },
    ],
  });
  await projection.send(
    jobEvent({
      at: 0,
      jobFacets: { documentation: facet({ description: 'makes x' }) },
      outputs: [named('x', { tags })],
    }),
  );
  const rows = await projection.rows(
    'SELECT node_id, kind, value, detail, source, producer FROM @.fact ORDER BY value',
  );
  expect(rows.map((row) => [row['node_id'], row['kind'], row['value'], row['detail'], row['source']])).toEqual([
    ['field:db:x:f', 'TAG', 'level=gold', 'TEST', 'FACET'],
    [job('j'), 'DESCRIPTION', 'makes x', null, 'FACET'],
    [dataset('x'), 'TAG', 'pii', 'TEST', 'FACET'],
  ]);
  expect(rows.every((row) => row['producer'] === 'https://example.com/producer')).toBe(true);
});

test('30. a deleted facet ends its producer’s facts', async () => {
  const projection = await fresh();
  await projection.send(
    run({ run: 1, at: 0, outputs: [named('x', { ownership: ownershipFacet(['bob']) })] }),
    run({ run: 2, at: 10, outputs: [named('x', { ownership: facet({ _deleted: true }) })] }),
  );
  expect(await facts(projection)).toEqual([['agent:owner:bob', 'producer', minute(0), minute(10)]]);
});

test('30. the catalog counts who reads a dataset now, and when it was last spoken of', async () => {
  const projection = await fresh();
  await projection.send(
    run({ job: 'r1', run: 1, at: 0, inputs: ['x'] }),
    run({ job: 'r2', run: 2, at: 5, inputs: ['x'] }),
    run({ job: 'r2', run: 3, at: 3, inputs: ['x'] }),
  );
  const [row] = await projection.rows("SELECT consumers, created_at, updated_at FROM @.asset WHERE name = 'x'");
  expect(row).toEqual({ consumers: 2, created_at: minute(0), updated_at: minute(5) });
  await projection.send(
    datasetEvent({ at: 10, dataset: named('x', { lifecycleStateChange: facet({ lifecycleStateChange: 'DROP' }) }) }),
  );
  const [dropped] = await projection.rows("SELECT consumers FROM @.asset WHERE name = 'x'");
  expect(dropped).toEqual({ consumers: 0 });
});

test('9. names of three parts that are 4,096 characters each are stored as sent', async () => {
  const projection = await fresh();
  const long = (seed: number): string =>
    Array.from({ length: 4096 }, (_, n) => String.fromCodePoint(0x1f300 + ((n * n * 31 + n * seed) % 700))).join('');
  const [namespace, name, field] = [long(7), long(11), long(13)];
  const event = {
    eventTime: isoMinute(0),
    eventType: 'COMPLETE',
    producer: 'https://example.com/producer',
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
    run: { runId: '0190aaaa-0000-7000-8000-000000000001' },
    job: { namespace: 'jobs', name: 'j' },
    outputs: [{ namespace, name, facets: { schema: schemaFacet([field]) } }],
  };
  await projection.send({ event, receivedAt: minute(0) });
  expect(await projection.findings()).toEqual([]);
  expect(await projection.rows("SELECT namespace, name FROM @.asset WHERE kind = 'DATASET'")).toEqual([
    { namespace, name },
  ]);
  expect(await projection.rows('SELECT name FROM @.field')).toEqual([{ name: field }]);
});
