import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CatalogApp } from './catalog-app.js';
import { datasetNode, facet, fieldNode, NS, runEvent, runId, runNode } from './catalog-events.js';

interface Metrics {
  readonly edges: readonly { readonly node: Readonly<Record<string, unknown>> }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

const PRODUCER = 'https://example.com/etl';
const quality = (rowCount: number, nulls: number): object =>
  facet({
    rowCount,
    bytes: 100 * rowCount,
    columnMetrics: { amount: { nullCount: nulls, quantiles: { '0.5': 12.5 } } },
  });
const schema = facet({ fields: ['id', 'amount'].map((name) => ({ name, type: 'INT' })) });

/** Two loads of one table, each checked by a run of its own; the second load names the version that it makes. */
const EVENTS = [
  runEvent({
    ...{ job: 'load', runId: runId(1), at: '2026-04-01T01:00:00Z' },
    outputs: [
      { name: 'orders', facets: { schema }, outputFacets: { outputStatistics: facet({ rowCount: 5, size: 500 }) } },
    ],
  }),
  runEvent({
    ...{ job: 'check', runId: runId(2), at: '2026-04-01T02:00:00Z' },
    inputs: [
      {
        name: 'orders',
        inputFacets: {
          inputStatistics: facet({ rowCount: 4 }),
          dataQualityMetrics: quality(5, 1),
          dataQualityAssertions: facet({
            assertions: [
              { assertion: 'not_null', column: 'amount', success: false, name: 'orders_amount_not_null' },
              { assertion: 'row_count', success: true },
            ],
          }),
        },
      },
    ],
  }),
  runEvent({
    ...{ job: 'load', runId: runId(3), at: '2026-04-02T01:00:00Z' },
    outputs: [
      {
        name: 'orders',
        facets: { schema, version: facet({ datasetVersion: '42' }) },
        outputFacets: { outputStatistics: facet({ rowCount: 7, size: 700 }) },
      },
    ],
  }),
  runEvent({
    ...{ job: 'check', runId: runId(4), at: '2026-04-02T02:00:00Z' },
    inputs: [{ name: 'orders', inputFacets: { dataQualityMetrics: quality(7, 0) } }],
  }),
];

describe('measurements', () => {
  let catalog: CatalogApp;

  beforeAll(async () => {
    catalog = await CatalogApp.start();
    await catalog.take(EVENTS);
  });
  afterAll(() => catalog.close());

  const ask = async (asked: string, variables: object = {}): Promise<Metrics> => {
    const { dataset } = await catalog.data<{ dataset: { found: Metrics } }>(
      `query($namespace: String!${'after' in variables ? ', $after: String' : ''}) { dataset(namespace: $namespace, name: "orders") {
        found: ${asked} { edges { node { name facet column value at } } pageInfo { hasNextPage endCursor } } } }`,
      { namespace: NS, ...variables },
    );
    return dataset.found;
  };
  const linesOf = ({ edges }: Metrics): string[] =>
    edges.map(({ node }) => {
      const { column, name, value } = node as { column: string | null; name: string; value: number };
      return `${column === null ? '' : `${column} `}${name} ${value}`;
    });

  test('29. a catalog page begins with the latest value of each thing measured, the dataset itself first', async () => {
    expect(linesOf(await ask('latestMetrics'))).toEqual([
      ...['bytes 700', 'bytes 700', 'rowCount 7', 'rowCount 4', 'rowCount 7', 'row_count 1'],
      ...['amount not_null 0', 'amount nullCount 0', 'amount quantiles.0.5 12.5'],
    ]);
    const own = 'filter: { withFields: false, facets: ["dataQualityMetrics"] }';
    expect(linesOf(await ask(`latestMetrics(${own})`))).toEqual(['bytes 700', 'rowCount 7']);
    expect(linesOf(await ask(`latestMetrics(${own}, asOf: "2026-04-01T12:00:00Z")`))).toEqual([
      ...['bytes 500', 'rowCount 5'],
    ]);
    expect(linesOf(await ask(`latestMetrics(${own}, knownAt: "2026-04-01T12:00:00Z")`))).toEqual([]);
  });

  test('29. a time series comes newest first, by name and period, page by page', async () => {
    const rows = 'filter: { names: ["rowCount"], facets: ["outputStatistics", "dataQualityMetrics"] }';
    expect(linesOf(await ask(`metrics(${rows})`))).toEqual(['rowCount 7', 'rowCount 7', 'rowCount 5', 'rowCount 5']);
    const day = 'between: { from: "2026-04-01", to: "2026-04-02" }';
    const first = await ask(`metrics(${rows}, ${day}, first: 1)`);
    expect(first.edges.map(({ node }) => node)).toEqual([
      { name: 'rowCount', facet: 'dataQualityMetrics', column: null, value: 5, at: '2026-04-01T02:00:00.000Z' },
    ]);
    expect(first.pageInfo.hasNextPage).toBe(true);
    const after = { after: first.pageInfo.endCursor };
    const second = await ask(`metrics(${rows}, ${day}, first: 1, after: $after)`, after);
    expect(second.edges.map(({ node }) => node['facet'])).toEqual(['outputStatistics']);
    expect(second.pageInfo.hasNextPage).toBe(false);
    expect(linesOf(await ask('metrics(filter: { kinds: [ASSERTION], names: [] })')).sort()).toEqual([
      ...['amount not_null 0', 'row_count 1'],
    ]);
    expect(linesOf(await ask('metrics(knownAt: "2026-04-01T12:00:00Z")'))).toEqual([]);
  });

  test('29. an assertion tells whether it held, of which field and version, by which run and producer', async () => {
    const { node } = await catalog.data<{ node: unknown }>(
      `query($id: ID!) { node(id: $id) { ... on Field { metrics(filter: { kinds: [ASSERTION] }) { edges { node {
        kind name label facet column value success unit side at producer recordedAt
        field { id } run { id state } version { id run { runId } } } } } } } }`,
      { id: fieldNode('orders', 'amount') },
    );
    expect(node).toEqual({
      metrics: {
        edges: [
          {
            node: {
              ...{ kind: 'ASSERTION', name: 'not_null', label: 'orders_amount_not_null', column: 'amount' },
              ...{ facet: 'dataQualityAssertions', value: 0, success: false, unit: null, side: 'READ' },
              ...{ at: '2026-04-01T02:00:00.000Z', producer: PRODUCER, field: { id: fieldNode('orders', 'amount') } },
              recordedAt: expect.stringMatching(/^20/) as string,
              run: { id: runNode('check', 2), state: 'COMPLETED' },
              version: {
                id: `version:${encodeURIComponent(NS)}:orders:run:airflow:load:${runId(1)}`,
                run: { runId: runId(1) },
              },
            },
          },
        ],
      },
    });
  });

  test('29. a field shows its own series and their latest values', async () => {
    const { node } = await catalog.data<{ node: Record<string, Metrics> }>(
      `query($id: ID!) { node(id: $id) { ... on Field {
        metrics(filter: { names: ["nullCount"] }) { edges { node { column name value } } }
        latestMetrics(first: 2) { edges { node { column name value } } } } } }`,
      { id: fieldNode('orders', 'amount') },
    );
    expect(Object.values(node).map(linesOf)).toEqual([
      ['amount nullCount 0', 'amount nullCount 1'],
      ['amount not_null 0', 'amount nullCount 0'],
    ]);
  });

  test('29. a version that a facet names has what its writer wrote and its reader checked', async () => {
    const { node } = await catalog.data<{ node: { dataset: unknown; metrics: Metrics } }>(
      `query($id: ID!) { node(id: $id) { ... on DatasetVersion { dataset { id }
        metrics(filter: { withFields: false, names: ["rowCount", "bytes"] }) {
          edges { node { name value unit side run { runId } version { value } } } } } } }`,
      { id: `version:${encodeURIComponent(NS)}:orders:facet:42` },
    );
    const by = (n: number, side: string) => ({ side, run: { runId: runId(n) }, version: { value: '42' } });
    expect(node.dataset).toEqual({ id: datasetNode('orders') });
    expect(node.metrics.edges.map(({ node: metric }) => metric)).toEqual(
      expect.arrayContaining([
        { name: 'rowCount', value: 7, unit: null, ...by(4, 'READ') },
        { name: 'bytes', value: 700, unit: 'bytes', ...by(4, 'READ') },
        { name: 'rowCount', value: 7, unit: null, ...by(3, 'WRITE') },
        { name: 'bytes', value: 700, unit: 'bytes', ...by(3, 'WRITE') },
      ]),
    );
    expect(node.metrics.edges).toHaveLength(4);
  });

  test('29. a period that ends before it begins, and the cursor of another list, are refused', async () => {
    const refused = async (args: string): Promise<unknown> => {
      const { errors } = await catalog.ask(
        `query($namespace: String!) { dataset(namespace: $namespace, name: "orders") { ${args} { edges { cursor } } } }`,
        { namespace: NS },
      );
      return errors[0]?.extensions;
    };
    expect(await refused('metrics(between: { from: "2026-04-02", to: "2026-04-02" })')).toMatchObject({
      ...{ code: 'BAD_USER_INPUT', reason: 'PERIOD' },
    });
    const { pageInfo } = await ask('latestMetrics(first: 1)');
    expect(await refused(`metrics(after: "${String(pageInfo.endCursor)}")`)).toMatchObject({
      ...{ code: 'BAD_USER_INPUT', reason: 'CURSOR' },
    });
  });
});
