import { createClient, type Client } from 'graphql-ws';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import WebSocket from 'ws';
import { dataOf } from '../support/graphql.js';
import { lastTableOf, loadEvent } from '../support/http-load.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { ProductProcess } from '../support/product.js';

interface AssetPayload {
  readonly assetChanged: { readonly position: string; readonly assets: readonly { readonly id: string }[] };
}

const ASSETS = 'subscription ($after: String) { assetChanged(after: $after) { position assets { id } } }';

let database: TestDatabase;
let api: ProductProcess;
let worker: ProductProcess;
const clients: Client[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  const settings = { DATABASE_URL: database.url };
  // At the same time, as an orchestrator starts them: one of them makes the first generation.
  [api, worker] = await Promise.all([
    ProductProcess.serve(settings, ['--part', 'api']),
    ProductProcess.serve(settings, ['--part', 'worker']),
  ]);
});
afterEach(async () => {
  for (const client of clients.splice(0)) await client.dispose();
});
afterAll(async () => {
  await Promise.all([api.stop(), worker.stop()]);
  await database.drop();
});

async function send(number: number): Promise<string> {
  const response = await fetch(`${api.url}/api/v1/lineage`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(loadEvent('parts', number)),
  });
  expect(response.status).toBe(201);
  return response.headers.get('headwater-position') ?? '';
}

// The caller names what its query selects.
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
function watch<T>(query: string, variables: Readonly<Record<string, unknown>> = {}) {
  const client = createClient({
    url: `${api.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
  });
  clients.push(client);
  const payloads: T[] = [];
  const failures: unknown[] = [];
  const stop = client.subscribe<T>(
    { query, variables },
    {
      next: ({ data, errors }) => {
        if (data !== null && data !== undefined) payloads.push(data);
        if (errors !== undefined) failures.push(...errors);
      },
      error: (error) => failures.push(error),
      complete: () => undefined,
    },
  );
  return { payloads, failures, stop };
}

test('what one process accepts the other projects, and the first answers with it', async () => {
  const position = await send(1);
  const { run } = await dataOf<{ run: { state: string } }>(
    api.url,
    'query ($id: ID!) { run(id: $id) { state } }',
    { id: loadEvent('parts', 1).run.runId },
    { 'headwater-position': position },
  );
  expect(run.state).toBe('COMPLETED');
});

test('the worker serves its health and metrics and no API', async () => {
  expect(worker.output).toContain('The worker is running');
  expect((await fetch(`${worker.url}/health/ready`)).status).toBe(200);
  expect(await (await fetch(`${worker.url}/metrics`)).text()).toContain(
    'headwater_projection_lag_seconds{projection="graph"}',
  );
  expect((await fetch(`${worker.url}/graphql?query={__typename}`)).status).toBe(404);
});

test('subscriptions tell what the other process projected; a reconnect with the last position misses and repeats nothing', async () => {
  const first = watch<AssetPayload>(ASSETS);
  await new Promise((resolve) => setTimeout(resolve, 500));
  const sent: string[] = [];
  for (let number = 20; number < 40; number++) sent.push(await send(number));
  await api.until(() => first.payloads.length >= 5);
  first.stop();
  const seen = first.payloads.map(({ assetChanged }) => assetChanged.position);
  for (let number = 40; number < 60; number++) sent.push(await send(number));
  const second = watch<AssetPayload>(ASSETS, { after: seen.at(-1) });
  await new Promise((resolve) => setTimeout(resolve, 300));
  for (let number = 60; number < 80; number++) sent.push(await send(number));
  await api.until(() => second.payloads.at(-1)?.assetChanged.position === sent.at(-1));
  const all = [...seen, ...second.payloads.map(({ assetChanged }) => assetChanged.position)];
  expect(second.failures).toEqual([]);
  expect(all).toEqual(sent);
});

test('lineageChanged tells a new edge upstream across processes', async () => {
  const root = lastTableOf('parts');
  const watched = watch<{ lineageChanged: { position: string } }>(
    'subscription ($root: ID!) { lineageChanged(root: $root, direction: UPSTREAM) { position } }',
    { root },
  );
  await new Promise((resolve) => setTimeout(resolve, 500));
  const event = {
    ...loadEvent('parts', 99),
    inputs: [{ namespace: 'postgres://parts:5432', name: 'public.new_source' }],
  };
  const response = await fetch(`${api.url}/api/v1/lineage`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(event),
  });
  await api.until(() => watched.payloads.length > 0, 20_000);
  expect(watched.payloads[0]?.lineageChanged.position).toBe(response.headers.get('headwater-position'));
});

test('7. without the worker events are accepted and told as lag; a worker that comes back catches up', async () => {
  expect(await worker.stop()).toEqual({ code: 0, signal: null });
  const position = await send(100);
  const health = (await (await fetch(`${api.url}/health/ready`)).json()) as { catalog: { lag: { events: number } } };
  expect(health.catalog.lag.events).toBe(1);
  worker = await ProductProcess.serve({ DATABASE_URL: database.url }, ['--part', 'worker']);
  await worker.caughtUp();
  const { run } = await dataOf<{ run: { state: string } }>(
    api.url,
    'query ($id: ID!) { run(id: $id) { state } }',
    { id: loadEvent('parts', 100).run.runId },
    { 'headwater-position': position },
  );
  expect(run.state).toBe('COMPLETED');
});

test('of two workers one projects; when it is killed the other takes over', async () => {
  const standby = await ProductProcess.serve({ DATABASE_URL: database.url }, ['--part', 'worker']);
  try {
    await send(101);
    await worker.caughtUp();
    worker.signal('SIGKILL');
    await worker.exited;
    await send(102);
    await standby.caughtUp();
    expect(standby.logged.filter(({ level }) => level === 'error')).toEqual([]);
  } finally {
    await standby.stop();
  }
});
