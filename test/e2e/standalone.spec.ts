import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { loadExample } from '@headwater/standalone/load-example';
import { OPENAPI } from '@headwater/standalone/operations/openapi';
import { welcome } from '@headwater/standalone/welcome';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, caughtUp, dataOf, readiness } from '../support/graphql.js';
import { loadEvent } from '../support/http-load.js';
import { startServer, type TestServer } from '../support/server.js';

const run = promisify(execFile);
const JSON_BODY = { 'content-type': 'application/json' };

let server: TestServer;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${server.url}${path}`, { headers });

const send = (event: object): Promise<Response> =>
  fetch(`${server.url}/api/v1/lineage`, { method: 'POST', headers: JSON_BODY, body: JSON.stringify(event) });

/** Routes and described operations, as `GET /metrics`, that have no partner on the other side. */
function unmatched(routes: readonly string[], paths: object): readonly string[] {
  const described = Object.entries(paths).flatMap(([path, operations]) =>
    Object.keys(operations as object).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const served = new Set(
    routes.map((route) =>
      route
        .replace('*', '{file}')
        .replaceAll(/:(\w+)/g, '{$1}')
        .replace(/(?<=\w)\/$/, ''),
    ),
  );
  return [
    ...[...served].filter((route) => !described.includes(route)).map((route) => `${route} is not described`),
    ...described.filter((route) => !served.has(route)).map((route) => `${route} is not served`),
  ];
}

/** Why an edit would have changed nothing. */
const REFUSALS = [
  ...[
    'EDIT_OF_KNOWN',
    'EDIT_OF_UNKNOWN',
    'EDIT_OF_USED',
    'EDIT_OF_OTHER_KIND',
    'EDIT_OF_CURRENT',
    'EDIT_NAMES_UNKNOWN',
  ],
  ...['EDIT_NAMES_ITSELF', 'EDIT_SUCCEEDS_ITSELF', 'EDIT_MAKES_CYCLE', 'EDIT_TOO_DEEP', 'EDIT_CONFLICT'],
  ...['EDIT_UNFITS_PROPERTY', 'EDIT_OF_MEMBER_ELSEWHERE', 'EDIT_OF_DELETED', 'EDIT_OF_NOT_DELETED'],
];

test('every route is in /openapi.json and nothing else is', async () => {
  const response = await get('/openapi.json');
  expect(response.headers.get('content-type')).toContain('application/json');
  const document = (await response.json()) as typeof OPENAPI;
  expect(document.openapi).toBe('3.1.0');
  expect(unmatched(server.routes, document.paths)).toEqual([]);
});

test('a planted route that nobody described, and a description without a route, are told', () => {
  const paths = { ...OPENAPI.paths, '/gone': { get: {} } };
  expect(unmatched([...server.routes, 'GET /planted'], paths)).toEqual([
    'GET /planted is not described',
    'GET /gone is not served',
  ]);
});

test('the printed curl and the printed query work as they stand', async () => {
  const facts = { url: server.url, engine: 'POSTGRES', place: 'DATABASE_URL' } as const;
  const printed = welcome({ ...facts, door: null, hasExample: false });
  const commands = printed.split('\n').filter((text) => text.trimStart().startsWith('curl '));
  expect(commands).toHaveLength(2);
  const accepted = await run('sh', ['-c', commands[0] ?? '']);
  expect(JSON.parse(accepted.stdout)).toMatchObject({ duplicate: false });
  await caughtUp(server.url);
  const answered = await run('sh', ['-c', commands[1] ?? '']);
  const { data } = JSON.parse(answered.stdout) as {
    data: { lineage: { nodes: { id: string; depth: number }[]; edges: object[] } };
  };
  const shop = 'dataset:postgres%3A%2F%2Fshop%3A5432:public';
  expect(data.lineage.nodes.map(({ id, depth }) => `${String(depth)} ${id}`)).toEqual([
    `0 ${shop}.revenue`,
    '1 job:shop:daily_revenue',
    `2 ${shop}.orders`,
  ]);
  expect(data.lineage.edges).toHaveLength(2);
});

const DAILY_CLAIMS = 'dataset:postgres%3A%2F%2Fwarehouse.insurance.example%3A5432:insurance.reporting.daily_claims';

test('6. the example loaded twice is there once', async () => {
  const count = async (): Promise<number> => {
    const { rows } = await server.pool.query<{ position: number }>('SELECT count(*)::int AS position FROM event_log');
    return rows[0]?.position ?? 0;
  };
  const said: string[] = [];
  await loadExample(server.url, (message) => said.push(message));
  const once = await count();
  await loadExample(server.url, (message) => said.push(message));
  expect(await count()).toBe(once);
  expect(said).toHaveLength(2);
  await caughtUp(server.url);
  const { search } = await dataOf<{ search: { totalCount: number } }>(
    server.url,
    '{ search(query: "claims") { totalCount } }',
  );
  expect(search.totalCount).toBeGreaterThan(5);
  const edited = await dataOf<{ findings: unknown }>(
    server.url,
    `query ($refusals: [String!]) { domains { name } ownershipRules { rules { owners { role } } } findings(first: 100, filter: { codes: $refusals }) { edges { node { code } } }
      node(id: "${DAILY_CLAIMS}") { ... on Dataset { domain { name } dataProducts { name } effectiveOwners { owners { agent { id } role } } } } }`,
    { refusals: REFUSALS },
  );
  // Every edit of it fits what is there: none is a finding.
  expect(edited.findings).toEqual({ edges: [] });
  expect(edited).toMatchObject({
    domains: ['Bank', 'Claim handling', 'Insurance', 'Payouts', 'Policies and customers', 'Reporting'].map((name) => ({
      name,
    })),
    node: {
      domain: { name: 'Reporting' },
      dataProducts: [{ name: 'Claims reporting' }],
      effectiveOwners: {
        owners: [
          { agent: { id: 'agent:user:noor' }, role: 'STEWARD' },
          { agent: { id: 'agent:team:reporting' }, role: 'MAINTAINER' },
          // Of its data product.
          { agent: { id: 'agent:team:reporting' }, role: 'OWNER' },
        ],
      },
    },
  });
});

test('31. a query with headwater-position sees the event that the answer was for', async () => {
  for (let number = 1; number <= 20; number++) {
    const event = loadEvent('ryw', number);
    const accepted = await send(event);
    const position = accepted.headers.get('headwater-position') ?? '';
    expect(((await accepted.json()) as { position: string }).position).toBe(position);
    const { run: found, lineage } = await dataOf<{ run: { state: string }; lineage: { nodes: { id: string }[] } }>(
      server.url,
      `query ($run: ID!, $job: ID!) { run(id: $run) { state } lineage(root: $job, depth: 1) { nodes { id } } }`,
      { run: event.run.runId, job: `job:ryw:${event.job.name}` },
      { 'headwater-position': position },
    );
    expect(found.state).toBe('COMPLETED');
    expect(lineage.nodes).toHaveLength(3);
  }
});

test('31. a position of another log, or of an event to come, is refused and says why', async () => {
  const text = '{ search(query: "x") { totalCount } }';
  const foreign = await ask(server.url, text, {}, { 'headwater-position': '000000000000.1' });
  expect(foreign.errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
  const { status } = await dataOf<{ status: { logId: string } }>(server.url, '{ status { logId } }');
  const future = await ask(server.url, text, {}, { 'headwater-position': `${status.logId}.999999` });
  expect(future.errors[0]?.extensions).toMatchObject({ code: 'SERVICE_UNAVAILABLE', reason: 'PROJECTION_BEHIND' });
});

test('health tells each dependency with its lag, metrics the same for Prometheus', async () => {
  expect(await (await get('/health/live')).json()).toEqual({ status: 'live' });
  await caughtUp(server.url);
  expect(await readiness(server.url)).toMatchObject({
    status: 'ready',
    log: { status: 'up' },
    catalog: { status: 'up', lag: { events: 0, seconds: 0 } },
    graph: { status: 'up', engine: 'POSTGRES', lag: { events: 0 } },
  });
  const response = await get('/metrics');
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=/);
  const metrics = await response.text();
  expect(metrics).toContain('headwater_projection_lag_events{projection="catalog"} 0');
  expect(metrics).toContain('headwater_dependency_up{dependency="graph"} 1');
  expect(metrics).toMatch(
    /headwater_http_request_seconds_count\{route="\/api\/v1\/lineage",method="POST",status="201"\} \d+/,
  );
  expect(metrics).not.toContain('public.t1');
});

test('a browser gets the editor at /graphql, with files that exist and come from here', async () => {
  const page = await (await get('/graphql', { accept: 'text/html' })).text();
  const files = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? '');
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) {
    expect(file).not.toMatch(/^(?:https?:)?\/\//);
    const address = new URL(file, `${server.url}/graphql`);
    expect((await fetch(address)).status, file).toBe(200);
  }
});

test('what is not there is a problem with 404', async () => {
  const response = await get('/api/v2/nothing');
  expect([response.status, response.headers.get('content-type')]).toEqual([
    404,
    'application/problem+json; charset=utf-8',
  ]);
});

test('a foreign Host, a foreign Origin, a body that is not JSON and a mutation by GET are refused', async () => {
  const { port } = new URL(server.url);
  const evil = await run('curl', ['-sS', '-H', 'Host: evil.example', `http://127.0.0.1:${port}/health/live`]);
  expect(JSON.parse(evil.stdout)).toMatchObject({ status: 403, code: 'FORBIDDEN' });
  const evilPort = await run('curl', [
    '-sS',
    '-H',
    `Host: evil.example:${port}`,
    `${server.url}/graphql?query={__typename}`,
  ]);
  expect(evilPort.stdout).toContain('FORBIDDEN');
  for (const origin of ['https://evil.example', 'null', 'http://127.0.0.1:1']) {
    expect((await get('/health/live', { origin })).status, origin).toBe(403);
    const posted = await fetch(`${server.url}/api/v1/lineage`, {
      method: 'POST',
      headers: { ...JSON_BODY, origin },
      body: JSON.stringify(loadEvent('foreign', 1)),
    });
    expect(posted.status, origin).toBe(403);
  }
  expect((await get('/health/live', { origin: server.url })).status).toBe(200);
  for (const path of ['/graphql', '/api/v1/lineage', '/api/v1/lineage/batch']) {
    const form = await fetch(`${server.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: JSON.stringify({ query: '{ __typename }' }),
    });
    expect(form.status, path).toBe(415);
  }
  const mutation = await get(`/graphql?query=${encodeURIComponent('mutation { anything }')}`);
  expect(mutation.status).toBeGreaterThanOrEqual(400);
});
