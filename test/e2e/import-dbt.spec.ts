import { readFileSync } from 'node:fs';
import { translateDbt, ImportDbt, type DbtArtifacts } from '@headwater/application/ingest/dbt/import-dbt';
import { NamespaceRule } from '@headwater/domain/access/namespace-rule';
import { SystemClock } from '@headwater/platform/system-clock';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ProductProcess } from '../support/product.js';
import { startServer, type TestServer } from '../support/server.js';
import { CatalogApp } from './catalog-app.js';

const FOLDER = new URL('../conformance/fixtures/dbt-artifacts/', import.meta.url);
const fileOf = (name: string): string => new URL(name, FOLDER).pathname;
const MANIFEST = readFileSync(fileOf('manifest.json'), 'utf8');
const CATALOG = readFileSync(fileOf('catalog.json'), 'utf8');
const WAREHOUSE = 'postgres://shop:5432';
const OPTIONS = { namespace: WAREHOUSE, jobNamespace: 'dbt' };
const dataset = (name: string): string => `dataset:${encodeURIComponent(WAREHOUSE)}:${name}`;
const job = (name: string): string => `job:dbt:${name}`;

let catalog: CatalogApp;

beforeAll(async () => {
  catalog = await CatalogApp.start();
  await imported();
});
afterAll(() => catalog.close());

async function imported(artifacts: Partial<DbtArtifacts> = {}) {
  const clock = new SystemClock();
  const limits = { maxEventBytes: 32 * 1024 * 1024 };
  const use = new ImportDbt(catalog.log, clock, limits);
  const done = await use.execute({ manifest: MANIFEST, catalog: CATALOG, ...artifacts }, OPTIONS, NamespaceRule.ALL);
  await catalog.catchUp();
  return done;
}

interface Node {
  readonly description: string | null;
  readonly tags: readonly { readonly tag: { readonly name: string }; readonly because: string }[];
  readonly owners: readonly { readonly agent: { readonly id: string }; readonly producer: string | null }[];
}

async function nodeOf(id: string): Promise<Node> {
  return (
    await catalog.data<{ node: Node }>(
      `query ($id: ID!) { node(id: $id) { ... on Asset { description tags { tag { name } because } owners { agent { id } producer } } } }`,
      { id },
    )
  ).node;
}

async function fieldsOf(id: string): Promise<readonly object[]> {
  const { node } = await catalog.data<{ node: { fields: { edges: { node: object }[] } } }>(
    `query ($id: ID!) { node(id: $id) { ... on Dataset { fields(first: 100) { edges { node { name type description tags { tag { name } } } } } } } }`,
    { id },
  );
  return node.fields.edges.map((edge) => edge.node);
}

/** `from > to assertion` of all that is upstream. */
async function upstreamOf(root: string): Promise<readonly string[]> {
  const { lineage } = await catalog.data<{
    lineage: { edges: { from: string; to: string; assertions: { edges: { node: { evidence: string } }[] } }[] };
  }>(
    `query ($root: ID!) { lineage(root: $root, direction: UPSTREAM, granularity: JOB, depth: 10) { edges { from to assertions(first: 5) { edges { node { evidence } } } } } }`,
    { root },
  );
  const short = (id: string): string => decodeURIComponent(id.split(':').slice(2).join(':'));
  return lineage.edges
    .map(
      ({ from, to, assertions }) =>
        `${short(from)} > ${short(to)} ${assertions.edges.map(({ node }) => node.evidence).join()}`,
    )
    .sort();
}

test('models, seeds, snapshots and exposures are jobs with declared edges, along their tables', async () => {
  const events = await imported();
  expect(events).toMatchObject({ jobs: 7, datasets: 8, events: 9 });
  expect(events.leftOut.map(({ kind, names }) => [kind, names.length])).toEqual([
    ['analysis', 1],
    ['metric', 1],
    ['model', 1],
    ['test', 1],
  ]);
  expect(await upstreamOf(dataset('shop.main.dim_customers'))).toEqual([
    'model.jaffle_shop.customers > shop.main.dim_customers DECLARED',
    'model.jaffle_shop.orders > shop.main.orders DECLARED',
    'model.jaffle_shop.stg_customers > shop.main.stg_customers DECLARED',
    'model.jaffle_shop.stg_orders > shop.main.stg_orders DECLARED',
    // By the one that sorts first of the two names that dbt has for it.
    'raw.ecom.customers > model.jaffle_shop.stg_customers DECLARED',
    'raw.ecom.orders > model.jaffle_shop.stg_orders DECLARED',

    'seed.jaffle_shop.raw_payments > shop.main.raw_payments DECLARED',
    'shop.main.orders > model.jaffle_shop.customers DECLARED',
    // What is ephemeral is no table: the orders read what it reads.
    'shop.main.raw_payments > model.jaffle_shop.orders DECLARED',
    'shop.main.stg_customers > model.jaffle_shop.customers DECLARED',
    'shop.main.stg_orders > model.jaffle_shop.orders DECLARED',
  ]);
  expect(await upstreamOf(job('exposure.jaffle_shop.weekly_revenue'))).toContain(
    'shop.main.orders > exposure.jaffle_shop.weekly_revenue DECLARED',
  );
});

test('descriptions, tags and owners are facts that dbt states', async () => {
  const orders = await nodeOf(dataset('shop.main.orders'));
  expect(orders.description).toBe('Orders with what was paid for them.');
  expect(orders.tags.map(({ tag }) => tag.name).sort()).toEqual(['finance', 'tier=gold']);
  expect(orders.owners).toEqual([
    { agent: { id: 'agent:team:finance' }, producer: 'https://github.com/dbt-labs/dbt-core' },
  ]);
  const owners = async (id: string): Promise<string[]> => (await nodeOf(id)).owners.map(({ agent }) => agent.id).sort();
  expect(await owners(dataset('shop.main.dim_customers'))).toEqual(['agent:user:ana%40jaffle.example']);
  expect(await owners(job('model.jaffle_shop.customers'))).toEqual(['agent:user:ana%40jaffle.example']);
  expect(await owners(dataset('raw.ecom.raw_customers'))).toEqual([
    'agent:team:shop',
    'agent:user:ben%40jaffle.example',
  ]);
  expect(await owners(job('exposure.jaffle_shop.weekly_revenue'))).toEqual(['agent:user:cleo%40jaffle.example']);
  expect((await nodeOf(job('exposure.jaffle_shop.weekly_revenue'))).description).toBe(
    'Weekly revenue\n\nRevenue of the week.\n\nhttps://bi.jaffle.example/weekly',
  );
  expect((await nodeOf(dataset('raw.ecom.orders'))).description).toBe("What the shop's own database holds.");
});

test('columns are those of the warehouse, in its order and spelling, with what dbt documents of them', async () => {
  expect(await fieldsOf(dataset('shop.main.stg_customers'))).toEqual([
    { name: 'customer_id', type: 'integer', description: 'Number of the customer.', tags: [] },
    { name: 'first_name', type: 'text', description: null, tags: [{ tag: { name: 'pii' } }] },
    { name: 'last_name', type: 'text', description: null, tags: [{ tag: { name: 'pii' } }] },
  ]);
  expect(await fieldsOf(dataset('shop.main.orders'))).toEqual([
    { name: 'ORDER_ID', type: 'integer', description: 'Number of the order.', tags: [] },
    { name: 'CUSTOMER_ID', type: 'integer', description: null, tags: [] },
    { name: 'AMOUNT', type: 'double precision', description: 'Sum of its payments.', tags: [] },
  ]);
});

test('the same artifacts again are duplicates and change nothing', async () => {
  const { position } = await catalog.log.head();
  const again = await imported();
  expect(again.duplicates).toBe(again.events);
  expect((await catalog.log.head()).position).toBe(position);
});

test('no event of them has a finding', async () => {
  expect(await catalog.data(`{ findings(first: 10) { edges { node { code message } } } }`)).toEqual({
    findings: { edges: [] },
  });
});

test('runs of dbt-ol meet the same jobs and tables, also where it names a source otherwise than its table is named', async () => {
  const sent = JSON.parse(
    readFileSync(new URL('../conformance/fixtures/dbt/events.json', import.meta.url), 'utf8'),
  ) as readonly { job: { facets: { dbt_node: object } } }[];
  const run = structuredClone(sent[0]) as unknown as {
    job: { namespace: string; name: string; facets: Record<string, object> };
    eventTime: string;
    inputs: object[];
    outputs: object[];
  };
  run.eventTime = '2026-03-01T07:00:00Z';
  run.job.name = 'shop.main.jaffle_shop.customers';
  run.job.facets = {
    jobType: run.job.facets['jobType'] ?? {},
    dbt_node: { ...run.job.facets['dbt_node'], unique_id: 'model.jaffle_shop.customers', alias: 'dim_customers' },
  };
  run.inputs = [{ namespace: WAREHOUSE, name: 'raw.ecom.customers' }];
  run.outputs = [{ namespace: WAREHOUSE, name: 'shop.main.dim_customers' }];
  await catalog.take([run]);
  const { byIdentifier, byName, runs, table } = await catalog.data<{
    byIdentifier: { id: string };
    table: { id: string } | null;
    byName: { id: string };
    runs: { edges: object[] };
  }>(
    `query ($identifier: ID!, $name: ID!, $job: ID!, $table: ID!) { table: node(id: $table) { id } byIdentifier: node(id: $identifier) { id } byName: node(id: $name) { id } runs(filter: { job: $job }) { edges { node { id } } } }`,
    {
      identifier: dataset('raw.ecom.raw_customers'),
      name: dataset('raw.ecom.customers'),
      table: dataset('shop.main.dim_customers'),
      job: job('model.jaffle_shop.customers'),
    },
  );
  expect(byName.id).toBe(byIdentifier.id);
  expect(table).toEqual({ id: dataset('shop.main.dim_customers') });
  expect(runs.edges).toHaveLength(1);
});

interface Parts {
  metadata: Record<string, unknown>;
  nodes: Record<string, { description: string; tags: string[]; depends_on: { nodes?: string[] } }>;
}

test('a later manifest takes the place of the earlier one: edges, texts and tags that it lacks are gone', async () => {
  const later = JSON.parse(MANIFEST) as Parts;
  later.metadata['generated_at'] = '2026-03-05T06:00:00Z';
  Object.assign(later.nodes['model.jaffle_shop.stg_customers'] ?? {}, { description: '' });
  const orders = later.nodes['model.jaffle_shop.orders'];
  Object.assign(orders ?? {}, { tags: [], depends_on: { nodes: ['model.jaffle_shop.stg_orders'] } });
  await imported({ manifest: JSON.stringify(later) });
  expect(await nodeOf(dataset('shop.main.stg_customers'))).toMatchObject({ description: null });
  expect(await nodeOf(dataset('shop.main.orders'))).toMatchObject({ tags: [] });
  const up = await upstreamOf(dataset('shop.main.orders'));
  expect(up).toContain('shop.main.stg_orders > model.jaffle_shop.orders DECLARED');
  expect(up).not.toContain('shop.main.raw_payments > model.jaffle_shop.orders DECLARED');
});

describe('what cannot be read is refused before anything is stored', () => {
  const changed = (change: (parts: Parts) => void): string => {
    const parts = JSON.parse(MANIFEST) as Parts;
    change(parts);
    return JSON.stringify(parts);
  };
  const versioned = (version: string): string =>
    changed(({ metadata }) => (metadata['dbt_schema_version'] = `https://schemas.getdbt.com/dbt/${version}.json`));
  test.each<[what: string, artifacts: Partial<DbtArtifacts>, pointer: string, detail: string]>([
    ['no JSON', { manifest: '{' }, '/manifest', 'is no JSON'],
    ['another file', { manifest: '{}' }, '/manifest', 'must be the manifest.json of dbt'],
    ['a catalog for a manifest', { manifest: CATALOG }, '/manifest', 'must be the manifest.json of dbt'],
    [
      'a version too old',
      { manifest: versioned('manifest/v3') },
      '/manifest/metadata/dbt_schema_version',
      'is version 3',
    ],
    [
      'a version too new',
      { manifest: versioned('manifest/v13') },
      '/manifest/metadata/dbt_schema_version',
      'is version 13',
    ],
    ['a manifest for a catalog', { catalog: MANIFEST }, '/catalog', 'must be the catalog.json of dbt'],
    [
      'a node without a name',
      { manifest: changed(({ nodes }) => Reflect.deleteProperty(nodes['model.jaffle_shop.orders'] ?? {}, 'name')) },
      '/manifest/nodes/model.jaffle_shop.orders/name',
      '',
    ],
    [
      'a node that is not there',
      { manifest: changed(({ nodes }) => Reflect.deleteProperty(nodes, 'model.jaffle_shop.stg_orders')) },
      '/manifest/nodes/model.jaffle_shop.orders/depends_on',
      'names model.jaffle_shop.stg_orders',
    ],
  ])('%s', async (_, artifacts, pointer, detail) => {
    const { position } = await catalog.log.head();
    const error: unknown = await imported(artifacts).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ category: 'INVALID_INPUT', faults: [{ pointer }] });
    expect((error as { faults: { detail: string }[] }).faults[0]?.detail).toContain(detail);
    expect((await catalog.log.head()).position).toBe(position);
  });

  test('no namespace', () => {
    expect(() => translateDbt({ manifest: MANIFEST, catalog: null }, { ...OPTIONS, namespace: ' ' })).toThrow(
      'Say where the datasets of dbt are',
    );
  });

  test('a namespace that the caller may not write', async () => {
    const limits = { maxEventBytes: 1024 * 1024 };
    const use = new ImportDbt(catalog.log, new SystemClock(), limits);
    const writes = { allows: (namespace: string): boolean => namespace === 'dbt' };
    await expect(use.execute({ manifest: MANIFEST, catalog: null }, OPTIONS, writes)).rejects.toMatchObject({
      ...{ category: 'FORBIDDEN', reason: 'FOREIGN_NAMESPACE' },
    });
  });

  test('an event beyond the limit of events', async () => {
    const limits = { maxEventBytes: 2_000 };
    const use = new ImportDbt(catalog.log, new SystemClock(), limits);
    const asked = use.execute({ manifest: MANIFEST, catalog: CATALOG }, OPTIONS, NamespaceRule.ALL);
    await expect(asked).rejects.toMatchObject({ category: 'INVALID_INPUT' });
  });
});

test.each([4, 5, 6, 7, 8, 9, 10, 11, 12])('version %i of the manifest is read', (version) => {
  const older = MANIFEST.replace('manifest/v12.json', `manifest/v${String(version)}.json`);
  const manifest = version < 7 ? older.replaceAll('"compiled_code"', '"compiled_sql"') : older;
  const { events } = translateDbt({ manifest, catalog: null }, OPTIONS);
  expect(events).toHaveLength(9);
  expect(JSON.stringify(events)).toContain('sum(amount) as lifetime_value');
});

test('a documented column that the catalog has not is told as left out, by its name', () => {
  const tables = (JSON.parse(CATALOG) as { nodes: Record<string, { columns: object }> }).nodes;
  const manifest = JSON.parse(MANIFEST) as { nodes: Record<string, { name: string; columns: Record<string, object> }> };
  const [id, node] = Object.entries(manifest.nodes).find(([one]) => Object.hasOwn(tables, one)) ?? [];
  if (node !== undefined) node.columns['shoe_size'] = { name: 'shoe_size', description: 'Of the left foot.', tags: [] };
  const { leftOut } = translateDbt({ manifest: JSON.stringify(manifest), catalog: CATALOG }, OPTIONS);
  expect(id).toBeDefined();
  expect(leftOut[1]).toEqual({
    ...{ kind: 'column', names: [`${node?.name ?? ''}.shoe_size`] },
    because: 'documented, and catalog.json has its table without it',
  });
});

describe('headwater import dbt', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.close());

  async function headwater(...words: readonly string[]) {
    const command = ProductProcess.command({ DATABASE_URL: server.databaseUrl }, ['import', ...words]);
    const { code } = await command.exited;
    return { code, out: command.output, err: command.errors };
  }
  const all = [
    'dbt',
    '--manifest',
    fileOf('manifest.json'),
    '--catalog',
    fileOf('catalog.json'),
    '--namespace',
    WAREHOUSE,
  ];

  test('takes them in once', async () => {
    const first = await headwater(...all);
    expect([first.code, first.err]).toEqual([
      0,
      expect.stringContaining('9 events are new, 0 were in the log before.'),
    ]);
    expect(first.err).toMatch(
      /^Left out:\n {2}analysis 1, makes no table: \w+\n {2}metric 1, computed when it is asked for/m,
    );
    expect(first.err).toMatch(/^ {2}model 1, ephemeral, so that there is no table of it; .*: \w+$/m);
    expect(first.err).toMatch(/^ {2}test 1, checks tables and makes none: \w+$/m);
    const again = await headwater(...all);
    expect([again.code, again.err]).toEqual([
      0,
      expect.stringContaining('0 events are new, 9 were in the log before.'),
    ]);
    expect(again.out).toBe(first.out);
  });

  test('prints a batch that the ingest endpoint takes', async () => {
    const { code, out } = await headwater(...all, '--print', '--job-namespace', 'elsewhere');
    expect(code).toBe(0);
    const response = await fetch(`${server.url}/api/v1/lineage/batch`, {
      ...{ method: 'POST', headers: { 'content-type': 'application/json' }, body: out },
    });
    expect(await response.json()).toMatchObject({ status: 'success', summary: { received: 9, failed: 0 } });
  });

  test('says what is wrong with its words and files', async () => {
    expect(await headwater('dbt', '--namespace', 'x')).toMatchObject({
      // Last, behind how the commands are called.
      ...{
        code: 2,
        err: expect.stringMatching(/^Usage: [\s\S]*\n\n[^\n]*--manifest, the manifest\.json[^\n]*\n$/) as string,
      },
    });
    expect(await headwater('dbt', '--manifest', '/nowhere/manifest.json', '--namespace', 'x')).toMatchObject({
      ...{ code: 2, err: expect.stringContaining('--manifest cannot be read') as string },
    });
    const wrong = ['dbt', '--manifest', fileOf('catalog.json'), '--namespace', 'x'];
    expect(await headwater(...wrong, '--print')).toMatchObject({
      ...{ code: 1, err: expect.stringContaining('--manifest must be the manifest.json of dbt') as string },
    });
    expect((await headwater(...wrong)).code).toBe(1);
  });
});
