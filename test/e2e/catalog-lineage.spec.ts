import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CatalogApp } from './catalog-app.js';
import { claimsFlow, datasetNode, facet, fieldNode, jobNode, runEvent, runId, runNode } from './catalog-events.js';

interface Answer {
  readonly nodes: readonly {
    readonly id: string;
    readonly depth: number;
    readonly direction: string;
    readonly hasMoreDownstream: boolean;
    readonly neighborsDownstream: number | null;
  }[];
  readonly edges: readonly Readonly<Record<string, unknown>>[];
  readonly truncated: boolean;
  readonly truncatedBecause: string | null;
  readonly endCursor: string | null;
  readonly depthReached: number;
  readonly upstream: { readonly count: number; readonly isExact: boolean };
  readonly downstream: { readonly count: number; readonly isExact: boolean };
  readonly position: string;
}

const LINEAGE = `query($root: ID!, $direction: LineageDirection, $depth: Int, $granularity: LineageGranularity, $asOf: DateTime,
    $between: Period, $knownAt: DateTime, $maxNodes: Int, $after: String, $control: Boolean) {
  lineage(root: $root, direction: $direction, depth: $depth, granularity: $granularity, asOf: $asOf, between: $between,
    knownAt: $knownAt, maxNodes: $maxNodes, after: $after, control: $control) {
    root { id kind displayName } truncated truncatedBecause endCursor depthReached position
    upstream { count isExact } downstream { count isExact }
    nodes { id kind displayName depth direction placeholder hasMoreUpstream hasMoreDownstream neighborsUpstream neighborsDownstream node { __typename id } }
    edges { id from to kind evidence validFrom validTo firstSeenAt lastSeenAt via
      transformations { type subtype description masking }
      assertions { edges { node { evidence producer confidence missedRuns lastSeenAt intervals { from to }
        lastRun { id } events(first: 1) { edges { node { position } } } } } } } } }`;

describe('lineage', () => {
  let catalog: CatalogApp;
  let position = '';

  beforeAll(async () => {
    catalog = await CatalogApp.start();
    position = await catalog.take(claimsFlow());
  });
  afterAll(() => catalog.close());

  const trace = async (variables: object): Promise<Answer> =>
    (await catalog.data<{ lineage: Answer }>(LINEAGE, variables)).lineage;
  const ids = (answer: Answer): readonly string[] => answer.nodes.map(({ id }) => id);
  const chain = ['raw.claims', 'claims', 'scores', 'report'].map(datasetNode);

  test('21. direction is honored: causes upstream, effects downstream', async () => {
    const up = await trace({ root: datasetNode('claims'), direction: 'UPSTREAM' });
    expect(ids(up)).toEqual([datasetNode('claims'), jobNode('clean'), datasetNode('raw.claims')]);
    const down = await trace({ root: datasetNode('claims'), direction: 'DOWNSTREAM', depth: 10 });
    expect(ids(down)).toEqual(
      ['claims', 'score', 'scores', 'report', 'report'].map((name, at) =>
        at % 2 === 0 ? datasetNode(name) : jobNode(name),
      ),
    );
    const both = await trace({ root: datasetNode('claims'), depth: 10 });
    expect(both).toMatchObject({
      upstream: { count: 2, isExact: true },
      downstream: { count: 4, isExact: true },
      truncated: false,
      position,
    });
  });

  test('edges tell evidence, times and who says so, with the events that prove it', async () => {
    const { edges } = await trace({ root: datasetNode('claims'), direction: 'UPSTREAM' });
    const write = edges.find(({ kind }) => kind === 'WRITE');
    expect(write).toMatchObject({
      ...{
        from: jobNode('clean'),
        to: datasetNode('claims'),
        evidence: 'OBSERVED',
        validTo: null,
        via: [],
        transformations: [],
      },
      ...{ validFrom: '2026-03-01T01:00:00.000Z', firstSeenAt: '2026-03-01T01:00:00.000Z' },
      assertions: {
        edges: [
          {
            node: {
              ...{
                evidence: 'OBSERVED',
                producer: 'https://example.com/etl',
                missedRuns: 0,
                lastRun: { id: runNode('clean', 2) },
              },
              intervals: [{ from: '2026-03-01T01:00:00.000Z', to: null }],
              events: { edges: [{ node: { position: `${catalog.log.logId}.4` } }] },
            },
          },
        ],
      },
    });
  });

  test('33. depth counts datasets at DATASET and single edges at JOB, and a cut says so and how to go on', async () => {
    const datasets = await trace({ root: chain[0], direction: 'DOWNSTREAM', granularity: 'DATASET', depth: 2 });
    expect(ids(datasets)).toEqual(chain.slice(0, 3));
    expect(datasets).toMatchObject({
      truncated: true,
      truncatedBecause: 'DEPTH',
      depthReached: 2,
      downstream: { count: 3, isExact: true },
    });
    expect(datasets.edges[0]).toMatchObject({ from: chain[0], to: chain[1], via: [jobNode('clean')] });
    const jobs = await trace({ root: chain[0], direction: 'DOWNSTREAM', depth: 2 });
    expect(ids(jobs)).toEqual([chain[0], jobNode('clean'), chain[1]]);
    expect(jobs.nodes.at(-1)).toMatchObject({ hasMoreDownstream: true, neighborsUpstream: 1 });
    expect(jobs.nodes.at(-1)?.neighborsDownstream).toBeGreaterThan(0);
  });

  test('33. maxNodes pages by cursor to the same whole', async () => {
    const whole = await trace({ root: chain[0], depth: 20 });
    const nodes: string[] = [];
    const edges: unknown[] = [];
    for (let after: string | null = null, page = 0; page < 10; page += 1) {
      const answer: Answer = await trace({ root: chain[0], depth: 20, maxNodes: 2, after });
      nodes.push(...ids(answer));
      edges.push(...answer.edges.map(({ id }) => id));
      if (answer.endCursor === null) break;
      expect(answer.truncatedBecause).toBe('NODES');
      after = answer.endCursor;
    }
    expect(nodes).toEqual(ids(whole));
    expect(new Set(edges)).toEqual(new Set(whole.edges.map(({ id }) => id)));
  });

  test('20. field lineage carries its transformations', async () => {
    const { edges, nodes } = await trace({
      root: fieldNode('claims', 'holder_hash'),
      granularity: 'FIELD',
      direction: 'UPSTREAM',
    });
    expect(nodes).toMatchObject([{ node: { __typename: 'Field' } }, { id: fieldNode('raw.claims', 'holder') }]);
    expect(edges).toMatchObject([
      {
        kind: 'DERIVED',
        transformations: [{ type: 'DIRECT', subtype: 'TRANSFORMATION', description: 'sha256', masking: true }],
      },
    ]);
  });

  test('run lineage is exactly what runs used and made', async () => {
    const { nodes } = await trace({ root: runNode('score', 11), granularity: 'RUN', depth: 10 });
    const kinds = nodes.map((node) => (node as unknown as { kind: string }).kind);
    expect(new Set(kinds)).toEqual(new Set(['RUN', 'VERSION']));
    expect(nodes.map(({ id }) => id)).toContain(runNode('clean', 2));
  });

  test('18. asOf, between and knownAt each choose their own past', async () => {
    const down = { root: chain[1], direction: 'DOWNSTREAM', depth: 10 };
    expect(ids(await trace({ ...down, asOf: '2026-03-02T01:30:00Z' }))).toEqual([chain[1]]);
    expect(ids(await trace({ ...down, asOf: '2026-03-03T00:00:00Z' }))).toContain(chain[2]);
    expect(ids(await trace({ ...down, between: { from: '2026-03-01', to: '2026-03-02T02:00:01Z' } }))).toContain(
      chain[2],
    );
    expect(ids(await trace({ ...down, knownAt: '2026-03-05T00:00:00Z' })).length).toBeLessThanOrEqual(1);
  });

  test('18. lineageDiff tells what came and what went', async () => {
    const query = `query($root: ID!, $from: DateTime!, $to: DateTime!) { lineageDiff(root: $root, direction: DOWNSTREAM, depth: 10, granularity: DATASET, from: $from, to: $to) {
      root { id } added { nodes { id displayName depth node { id } } edges { from to } } lapsed { nodes { id } edges { from } } depthCompared truncated truncatedBecause position } }`;
    const there = { root: chain[1], from: '2026-03-02T01:30:00Z', to: '2026-03-05' };
    const { lineageDiff } = await catalog.data<{ lineageDiff: unknown }>(query, there);
    expect(lineageDiff).toMatchObject({
      added: {
        nodes: [{ id: chain[2], node: { id: chain[2] } }, { id: chain[3] }],
        edges: [{ from: chain[1], to: chain[2] }, {}],
      },
      ...{ lapsed: { nodes: [], edges: [] }, truncated: false, position },
    });
    const back = await catalog.ask(query, { ...there, from: there.to, to: there.from });
    expect(back.errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', faults: [{ pointer: '/to' }] });
  });

  test('35. paths gives the shortest way and impact groups what is downstream by owner', async () => {
    const { paths } = await catalog.data<{ paths: unknown }>(
      `query($from: ID!, $to: ID!) { paths(from: $from, to: $to, limit: 3) { from to truncated position
        paths { length nodes { id kind displayName node { id } } edges { from to kind } } } }`,
      { from: chain[0], to: chain[2] },
    );
    expect(paths).toMatchObject({
      ...{ from: chain[0], to: chain[2], truncated: false },
      paths: [
        {
          length: 4,
          nodes: [chain[0], jobNode('clean'), chain[1], jobNode('score'), chain[2]].map((id) => ({ id, node: { id } })),
        },
      ],
    });
    const { impact } = await catalog.data<{ impact: { groups: unknown[] } }>(
      `query($root: ID!) { impact(root: $root) { root { id } count total { count isExact } truncated truncatedBecause position
        groups { owner { id name kind } count nearest nodes { distance roles node { id } } } } }`,
      { root: chain[0] },
    );
    expect(impact).toMatchObject({
      root: { id: chain[0] },
      count: 6,
      total: { count: 6, isExact: true },
      truncated: false,
    });
    expect(impact.groups).toMatchObject([
      { owner: null, count: 5 },
      {
        owner: { kind: 'team', name: 'claims' },
        count: 1,
        nodes: [{ distance: 2, roles: ['OWNER'], node: { id: chain[1] } }],
      },
    ]);
    const { up } = await catalog.data<{ up: unknown }>(
      `query($root: ID!) { up: impact(root: $root, side: UPSTREAM) { count groups { owner { name } nodes { distance node { id } } } } }`,
      { root: chain[2] },
    );
    expect(up).toEqual({
      count: 4,
      groups: [
        {
          owner: null,
          nodes: [
            { distance: 1, node: { id: jobNode('score') } },
            { distance: 3, node: { id: jobNode('clean') } },
            { distance: 4, node: { id: chain[0] } },
          ],
        },
        { owner: { name: 'claims' }, nodes: [{ distance: 2, node: { id: chain[1] } }] },
      ],
    });
  });

  test('25. merged names are one node under any of them, with the others as aliases', async () => {
    const other = { namespace: 's3://lake', name: 'claims' };
    await catalog.take([
      runEvent({
        ...{ job: 'export', runId: runId(50), at: '2026-03-06T00:00:00Z', inputs: ['scores'] },
        outputs: [
          {
            name: 'exported',
            facets: { symlinks: { _producer: 'x', _schemaURL: 'y', identifiers: [{ ...other, type: 'TABLE' }] } },
          },
        ],
      }),
    ]);
    const { a, b } = await catalog.data<{ a: { id: string; aliases: unknown[] }; b: { id: string } }>(
      `query($one: ID!, $two: ID!) { a: node(id: $one) { id ... on Dataset { aliases { id namespace name cause } } } b: node(id: $two) { id } }`,
      { one: datasetNode('exported'), two: `dataset:${encodeURIComponent(other.namespace)}:${other.name}` },
    );
    expect(a.id).toBe(b.id);
    expect(a.aliases).toMatchObject([{ cause: 'SYMLINK' }]);
    expect(
      ids(
        await trace({ root: `dataset:${encodeURIComponent(other.namespace)}:claims`, direction: 'UPSTREAM', depth: 2 }),
      ),
    ).toContain(jobNode('export'));
  });

  test('17. what a job that never named both sides conducts is INFERRED, until it names them', async () => {
    const sync = (n: number, hour: number, sides: object): object =>
      runEvent({ job: 'sync', runId: runId(n), at: `2026-03-07T0${String(hour)}:00:00Z`, ...sides });
    await catalog.take([sync(60, 1, { inputs: ['codes.raw'] }), sync(61, 2, { outputs: ['codes'] })]);
    const [from, to] = [datasetNode('codes.raw'), datasetNode('codes')];
    const evidence = async (root: string, more: object = {}): Promise<readonly unknown[]> => {
      const { edges } = await trace({ root, granularity: 'DATASET', ...more });
      return edges.map((edge) => [edge['from'], edge['to'], edge['evidence']]);
    };
    for (const root of [from, to, jobNode('sync')]) expect(await evidence(root)).toEqual([[from, to, 'INFERRED']]);
    const { edges } = await trace({ root: from });
    expect(edges.map((edge) => [edge['kind'], edge['evidence']])).toEqual([
      ['READ', 'OBSERVED'],
      ['WRITE', 'OBSERVED'],
    ]);
    await catalog.take([sync(62, 3, { inputs: ['codes.raw'], outputs: ['codes'] })]);
    for (const root of [from, to, jobNode('sync')]) {
      expect(await evidence(root)).toEqual([[from, to, 'OBSERVED']]);
      expect(await evidence(root, { asOf: '2026-03-07T02:30:00Z' })).toEqual([[from, to, 'INFERRED']]);
    }
  });

  test('23. jobs that trigger each other say so beside the flow of data, with the events that prove it', async () => {
    const upstream = [{ job: { namespace: 'airflow', name: 'plan' } }];
    const runFacets = { jobDependencies: facet({ upstream }) };
    await catalog.take([
      runEvent({ job: 'plan', runId: runId(70), at: '2026-03-08T01:00:00Z', outputs: ['plans'] }),
      runEvent({ job: 'act', runId: runId(71), at: '2026-03-08T02:00:00Z', inputs: ['plans'], runFacets }),
    ]);
    const kinds = ({ edges }: Answer): unknown[] => edges.map((edge) => edge['kind']);
    const root = datasetNode('plans');
    expect(kinds(await trace({ root }))).toEqual(['WRITE', 'READ']);
    const { edges } = await trace({ root, control: true });
    expect(edges.map((edge) => edge['kind'])).toEqual(['WRITE', 'READ', 'CONTROL']);
    expect(edges[2]).toMatchObject({
      from: jobNode('plan'),
      to: jobNode('act'),
      evidence: 'OBSERVED',
      assertions: { edges: [{ node: { events: { edges: [{ node: {} }] }, lastRun: { id: runNode('act', 71) } } }] },
    });
    expect(
      await catalog.data(`{ plan: job(namespace: "airflow", name: "plan") { triggers { edges { node { id } } } }
        act: job(namespace: "airflow", name: "act") { triggeredBy { edges { node { name } } } triggers { edges { node { id } } } } }`),
    ).toEqual({
      plan: { triggers: { edges: [{ node: { id: jobNode('act') } }] } },
      act: { triggeredBy: { edges: [{ node: { name: 'plan' } }] }, triggers: { edges: [] } },
    });
  });
});
