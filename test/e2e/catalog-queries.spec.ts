import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CatalogApp } from './catalog-app.js';
import { claimsFlow, datasetNode, fieldNode, jobNode, JOBS, NS, runEvent, runId, runNode } from './catalog-events.js';

describe('catalog queries', () => {
  let catalog: CatalogApp;
  let last = '';

  beforeAll(async () => {
    catalog = await CatalogApp.start();
    last = await catalog.take(claimsFlow());
  });
  afterAll(() => catalog.close());

  test('a dataset tells its schema, owners, tags, description, versions and neighbors', async () => {
    const { dataset } = await catalog.data<{ dataset: Record<string, unknown> }>(
      `query($namespace: String!, $name: String!) { dataset(namespace: $namespace, name: $name) {
        __typename id namespace name displayName datasetType description placeholder deletedAt createdAt updatedAt version
        owners { agent { id kind name } role source because since until }
        tags { tag { name key value } source since }
        fields { edges { node { id name segments type tags { tag { name } } dataset { id } } } pageInfo { hasNextPage } }
        schemaVersions { edges { node { authoritative producer validFrom validTo fields { name type ordinal } } } }
        versions { edges { node { id partial generatedAt run { runId } usedBy { edges { node { id } } } } evidence } }
        producers { edges { node { id } } } consumers { edges { node { id } } } aliases { id }
      } }`,
      { namespace: NS, name: 'claims' },
    );
    expect(dataset).toMatchObject({
      ...{ __typename: 'Dataset', id: datasetNode('claims'), namespace: NS, name: 'claims', displayName: 'claims' },
      ...{ description: 'Claims without personal data.', placeholder: false, deletedAt: null, aliases: [] },
      createdAt: '2026-03-01T01:10:00.123456Z',
      owners: [{ agent: { kind: 'team', name: 'claims' }, role: 'OWNER', source: 'FACET', until: null }],
      tags: [{ tag: { name: 'tier=gold', key: 'tier', value: 'gold' }, source: 'FACET' }],
      fields: {
        edges: [
          { node: { id: fieldNode('claims', 'id'), name: 'id', segments: ['id'], type: 'VARCHAR', tags: [] } },
          { node: { name: 'holder_hash', tags: [{ tag: { name: 'pii' } }], dataset: { id: datasetNode('claims') } } },
          { node: { name: 'amount', type: 'DECIMAL' } },
        ],
        pageInfo: { hasNextPage: false },
      },
      schemaVersions: {
        edges: [
          { node: { authoritative: true, validTo: null, fields: [{ ordinal: 1 }, { ordinal: 2 }, { ordinal: 3 }] } },
        ],
      },
      producers: { edges: [{ node: { id: jobNode('clean') } }] },
      consumers: { edges: [{ node: { id: jobNode('score') } }] },
    });
    expect(dataset['versions']).toMatchObject({
      edges: [
        { node: { partial: false, run: { runId: runId(2) } }, evidence: null },
        { node: { partial: false, run: { runId: runId(1) } } },
      ],
    });
  });

  test('facts are those of the moment asked about, and of what was known then', async () => {
    const query = `query($namespace: String!, $name: String!, $asOf: DateTime, $knownAt: DateTime) {
      dataset(namespace: $namespace, name: $name) {
        description(asOf: $asOf, knownAt: $knownAt) owners(asOf: $asOf, knownAt: $knownAt) { role }
        tags(asOf: $asOf, knownAt: $knownAt) { tag { name } } fields(asOf: $asOf, knownAt: $knownAt) { edges { node { name } } }
      } }`;
    const names = { namespace: NS, name: 'claims' };
    const nothing = { dataset: { description: null, owners: [], tags: [], fields: { edges: [] } } };
    expect(await catalog.data(query, { ...names, asOf: '2026-02-28' })).toEqual(nothing);
    expect(await catalog.data(query, { ...names, knownAt: '2026-03-05T00:00:00Z' })).toEqual(nothing);
    expect(await catalog.data(query, { ...names, asOf: '2026-03-02T00:00:00Z' })).toMatchObject({
      dataset: { description: 'Claims without personal data.', owners: [{ role: 'OWNER' }] },
    });
  });

  test('a fact leads to the event that states it, whose producer’s version is not part of its name', async () => {
    interface Fact {
      readonly producer: string;
      readonly position: string;
    }
    const { dataset } = await catalog.data<{ dataset: { owners: [Fact]; tags: [Fact] } }>(
      `query($namespace: String!, $name: String!) { dataset(namespace: $namespace, name: $name) {
        owners { producer position } tags { producer position }
      } }`,
      { namespace: NS, name: 'claims' },
    );
    for (const { producer, position } of [...dataset.owners, ...dataset.tags]) {
      const { events } = await catalog.data<{ events: unknown }>(
        `query($position: String!) {
          events(filter: { fromPosition: $position, toPosition: $position }) { edges { node { summary { producer } raw } } }
        }`,
        { position },
      );
      const raw: unknown = expect.stringContaining('"claims"');
      expect(events).toMatchObject({ edges: [{ node: { summary: { producer: `${producer}/1.2.3` }, raw } }] });
    }
  });

  test('a job tells its inputs, outputs and runs; a run what it used and made', async () => {
    const { job } = await catalog.data<{ job: unknown }>(
      `query($namespace: String!) { job(namespace: $namespace, name: "clean") {
        __typename id jobType parent { id } children { edges { node { id } } }
        inputs { edges { node { name } } } outputs { edges { node { name } } }
        latestRun { id runId state startedAt endedAt durationMs job { id } parent { id } children { edges { node { id } } }
          used { edges { evidence gap node { dataset { name } } } } generated { edges { node { dataset { name } } } }
          facets { name } }
        runs(first: 1) { edges { node { runId } } pageInfo { hasNextPage endCursor } }
      } }`,
      { namespace: JOBS },
    );
    expect(job).toMatchObject({
      ...{ __typename: 'Job', id: jobNode('clean'), jobType: 'BATCH/AIRFLOW/TASK', parent: null },
      inputs: { edges: [{ node: { name: 'raw.claims' } }] },
      outputs: { edges: [{ node: { name: 'claims' } }] },
      latestRun: {
        ...{ id: runNode('clean', 2), runId: runId(2), state: 'COMPLETED', startedAt: '2026-03-02T01:00:00.000Z' },
        ...{
          endedAt: '2026-03-02T01:10:00.123456Z',
          durationMs: 600_123.456,
          job: { id: jobNode('clean') },
          facets: [],
        },
        generated: { edges: [{ node: { dataset: { name: 'claims' } } }] },
      },
      runs: { edges: [{ node: { runId: runId(2) } }], pageInfo: { hasNextPage: true } },
    });
  });

  test('27. a run tells of which datasets is not known what it read, also where no version is a candidate', async () => {
    const position = await catalog.take([
      runEvent({ job: 'fill', runId: runId(31), at: '2026-03-05T01:00:00Z', type: 'START', outputs: ['raw.claims'] }),
      runEvent({ job: 'fill', runId: runId(31), at: '2026-03-05T03:00:00Z', type: 'FAIL' }),
      runEvent({
        job: 'sum',
        runId: runId(32),
        at: '2026-03-05T02:00:00Z',
        type: 'START',
        inputs: ['raw.claims', 'claims'],
      }),
      runEvent({ job: 'sum', runId: runId(32), at: '2026-03-05T02:10:00Z' }),
    ]);
    const { run } = await catalog.data<{ run: unknown }>(
      `query($id: ID!) { run(id: $id) {
        gaps { edges { node { gap dataset { id } } } pageInfo { hasNextPage } }
        used { edges { gap node { dataset { id } } } } } }`,
      { id: runNode('sum', 32) },
      { 'headwater-position': position },
    );
    expect(run).toEqual({
      gaps: {
        edges: [{ node: { gap: 'AMBIGUOUS', dataset: { id: datasetNode('raw.claims') } } }],
        pageInfo: { hasNextPage: false },
      },
      used: { edges: [{ gap: null, node: { dataset: { id: datasetNode('claims') } } }] },
    });
  });

  test('a facet is shown parsed and as it was received', async () => {
    const { node } = await catalog.data<{ node: { facets: { raw: string; body: object }[] } }>(
      `query($id: ID!) { node(id: $id) { ... on Dataset { facets(names: ["schema"]) {
        name producer schemaUrl known valid body raw findings { code } } } } }`,
      { id: datasetNode('claims') },
    );
    expect(node.facets).toMatchObject([{ name: 'schema', known: true, valid: true, findings: [] }]);
    expect(JSON.parse(node.facets[0]?.raw ?? '')).toEqual(node.facets[0]?.body);
  });

  test('15. a bare run id that two jobs use is a conflict with the candidates; a unique one is found', async () => {
    await catalog.take([
      runEvent({ job: 'twin.a', runId: runId(77), at: '2026-03-05T00:00:00Z' }),
      runEvent({ job: 'twin.b', runId: runId(77), at: '2026-03-05T00:00:00Z' }),
    ]);
    const query = 'query($id: ID!) { run(id: $id) { id } }';
    const { data, errors } = await catalog.ask(query, { id: runId(77) });
    expect(data).toEqual({ run: null });
    expect(errors[0]?.extensions).toMatchObject({
      ...{ code: 'CONFLICT', reason: 'AMBIGUOUS_RUN' },
      candidates: [runNode('twin.a', 77), runNode('twin.b', 77)],
    });
    expect(await catalog.data(query, { id: runId(11).toUpperCase() })).toEqual({ run: { id: runNode('score', 11) } });
    expect(await catalog.data(query, { id: runNode('twin.b', 77) })).toEqual({ run: { id: runNode('twin.b', 77) } });
    expect(await catalog.data(query, { id: 'no run' })).toEqual({ run: null });
  });

  test('nodes of every kind come by id, in the order asked for', async () => {
    const ids = [
      runNode('score', 12),
      'dataset:x:unknown',
      fieldNode('claims', 'amount'),
      'agent:team:claims',
      'nonsense',
    ];
    const { nodes } = await catalog.data<{ nodes: unknown[] }>(
      'query($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Run { state } ... on Field { type } ... on Agent { name } } }',
      { ids },
    );
    expect(nodes).toEqual([
      { __typename: 'Run', id: runNode('score', 12), state: 'FAILED' },
      null,
      { __typename: 'Field', id: fieldNode('claims', 'amount'), type: 'DECIMAL' },
      { __typename: 'Agent', id: 'agent:team:claims', name: 'claims' },
      null,
    ]);
  });

  test('32. unknown nodes are null, by whichever door', async () => {
    const data = await catalog.data(`{ node(id: "dataset:a:b") { id } dataset(namespace: "a", name: "b") { id }
      job(namespace: "a", name: "b") { id } lineage(root: "dataset:a:b") { depthReached } impact(root: "dataset:a:b") { count }
      paths(from: "dataset:a:b", to: "dataset:a:c") { from }
      lineageDiff(root: "dataset:a:b", from: "2026-01-01", to: "2026-02-01") { depthCompared } }`);
    expect(Object.values(data as object)).toEqual([null, null, null, null, null, null, null]);
  });

  test('pages of a connection follow each other by cursor without gap or repetition', async () => {
    const names: string[] = [];
    let after: string | null = null;
    for (let page = 0; page < 10; page += 1) {
      const {
        events,
      }: {
        events: { edges: { node: { position: string } }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
      } = await catalog.data(
        'query($after: String) { events(first: 3, after: $after) { edges { node { position } } pageInfo { hasNextPage endCursor } } }',
        { after },
      );
      names.push(...events.edges.map(({ node }) => node.position));
      after = events.pageInfo.endCursor;
      if (!events.pageInfo.hasNextPage) break;
    }
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain(last);
    expect(names.at(-1)).toBe(`${catalog.log.logId}.1`);
  });

  test('events are filtered by node, kind, position and record time, and show their bytes', async () => {
    const { events } = await catalog.data<{ events: { edges: { node: { raw: string; body: object } }[] } }>(
      `query($filter: EventFilter) { events(filter: $filter) { edges { node {
        position kind receivedAt recordedAt effectiveAt raw body findings { code } } } } }`,
      { filter: { node: runNode('score', 11), kinds: ['RUN'], toPosition: last, recordedFrom: '2020-01-01' } },
    );
    expect(events.edges).toHaveLength(1);
    expect(events.edges[0]?.node).toMatchObject({ kind: 'RUN', effectiveAt: '2026-03-02T02:00:00.000Z' });
    expect(JSON.parse(events.edges[0]?.node.raw ?? '')).toEqual(events.edges[0]?.node.body);
    const none = { filter: { recordedTo: '2020-01-01' } };
    expect(
      await catalog.data('query($filter: EventFilter) { events(filter: $filter) { edges { cursor } } }', none),
    ).toEqual({
      events: { edges: [] },
    });
  });

  test('findings lead to their event and their node', async () => {
    await catalog.take([{ ...runEvent({ job: 'odd', runId: runId(90), at: '2026-03-06T00:00:00' }) }]);
    const { findings } = await catalog.data<{ findings: { edges: { node: unknown }[] } }>(
      '{ findings(filter: { codes: ["TIME_WITHOUT_ZONE"] }) { edges { node { code pointer message event { raw } } } } }',
    );
    expect(findings.edges).toMatchObject([{ node: { code: 'TIME_WITHOUT_ZONE', pointer: '/eventTime' } }]);
  });

  test('namespaces are counted', async () => {
    const { namespaces } = await catalog.data<{ namespaces: { edges: { node: unknown }[] } }>(
      '{ namespaces { edges { node { name datasetCount jobCount } } } }',
    );
    expect(namespaces.edges.map(({ node }) => node)).toContainEqual({ name: NS, datasetCount: 4, jobCount: 0 });
  });

  test('status tells positions, lag and findings', async () => {
    const waiting = await catalog.append([runEvent({ job: 'late', runId: runId(91), at: '2026-03-07T00:00:00Z' })]);
    const query = `{ status { logId position generation graphEngine findings { code count }
      catalog { available position lagEvents lagSeconds } graph { available position lagEvents lagSeconds } } }`;
    const { status } = await catalog.data<{ status: { catalog: { lagSeconds: number } } }>(query);
    expect(status).toMatchObject({
      ...{ logId: catalog.log.logId, position: waiting, generation: 1, graphEngine: 'MEMORY' },
      catalog: { available: true, lagEvents: 1 },
      graph: { available: true, lagEvents: 1 },
      findings: expect.arrayContaining([{ code: 'TIME_WITHOUT_ZONE', count: 1 }]) as unknown,
    });
    expect(status.catalog.lagSeconds).toBeGreaterThan(0);
    await catalog.catchUp();
    expect(await catalog.data(query)).toMatchObject({
      status: {
        catalog: { position: waiting, lagEvents: 0, lagSeconds: 0 },
        graph: { position: waiting, lagEvents: 0 },
      },
    });
  });
});
