import { createClient, type Client } from 'graphql-ws';
import WebSocket from 'ws';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { CatalogApp } from './catalog-app.js';
import { datasetNode, fieldNode, jobNode, NS, runEvent, runId } from './catalog-events.js';

interface Watched<T> {
  readonly payloads: T[];
  readonly errors: { message: string; extensions: Record<string, unknown> }[];
  /** Resolves when there are so many payloads, or fails with what came instead. */
  until(count: number): Promise<readonly T[]>;
  stop(): void;
}

describe('subscriptions', () => {
  let catalog: CatalogApp;
  const clients: Client[] = [];
  let next = 1_000;
  let now = Date.parse('2026-04-01T00:00:00Z');

  beforeAll(async () => {
    catalog = await CatalogApp.start();
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) await client.dispose();
  });
  afterAll(() => catalog.close());

  function watch<T>(query: string, variables: Record<string, unknown> = {}): Watched<T> {
    const client = createClient({
      url: `${catalog.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
    });
    clients.push(client);
    const payloads: T[] = [];
    const errors: Watched<T>['errors'] = [];
    const stop = client.subscribe<T>(
      { query, variables },
      {
        next: ({ data, errors: failed }) => {
          if (data !== null && data !== undefined) payloads.push(data);
          errors.push(...((failed ?? []) as unknown as Watched<T>['errors']));
        },
        error: (error) => errors.push(...(Array.isArray(error) ? (error as Watched<T>['errors']) : [])),
        complete: () => undefined,
      },
    );
    const until = async (count: number): Promise<readonly T[]> => {
      for (let waited = 0; waited < 200 && payloads.length < count; waited += 1) {
        if (errors.length > 0) throw new Error(JSON.stringify(errors));
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      if (payloads.length < count) throw new Error(`${payloads.length} payloads instead of ${count}`);
      return payloads;
    };
    return { payloads, errors, until, stop };
  }

  /** Time for a subscription to have begun: it has no acknowledgement of its own. */
  const begun = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 300));

  const run = (job: string, inputs: readonly string[], outputs: readonly string[]): object =>
    runEvent({ job, runId: runId((next += 1)), at: new Date((now += 60_000)).toISOString(), inputs, outputs });

  type AssetPayload = { assetChanged: { position: string; assets: { id: string; __typename: string }[] } };
  const ASSETS = `subscription($filter: SearchFilter, $after: String) { assetChanged(filter: $filter, after: $after) {
    position recordedAt assets { __typename id displayName ... on Dataset { producers { edges { node { name } } } } } } }`;

  test('assetChanged tells what an event changed, with its position, when another process projects it', async () => {
    const watched = watch<AssetPayload>(ASSETS);
    await begun();
    const position = await catalog.take([run('s1', ['s1.in'], ['s1.out'])]);
    const [payload] = await watched.until(1);
    expect(payload?.assetChanged.position).toBe(position);
    expect(payload?.assetChanged.assets.map(({ id }) => id).sort()).toEqual([
      datasetNode('s1.in'),
      datasetNode('s1.out'),
      jobNode('s1'),
    ]);
  });

  test('a reconnect with the last position misses nothing and repeats nothing', async () => {
    const before = watch<AssetPayload>(ASSETS);
    await begun();
    await catalog.take([run('r1', [], ['r1.out'])]);
    const [seen] = await before.until(1);
    before.stop();
    const positions = [
      await catalog.append([run('r2', [], ['r2.out'])]),
      await catalog.append([run('r3', [], ['r3.out'])]),
    ];
    await catalog.catchUp();
    const after = watch<AssetPayload>(ASSETS, { after: seen?.assetChanged.position });
    await after.until(2);
    positions.push(await catalog.take([run('r4', [], ['r4.out'])]));
    const payloads = await after.until(3);
    expect(payloads.map(({ assetChanged }) => assetChanged.position)).toEqual(positions);
  });

  test('the filter leaves out what it does not name', async () => {
    const watched = watch<AssetPayload>(ASSETS, { filter: { kinds: ['DATASET'], namespaces: [NS] } });
    await begun();
    await catalog.take([run('f1', ['f1.in'], [])]);
    const [payload] = await watched.until(1);
    expect(payload?.assetChanged.assets).toMatchObject([{ __typename: 'Dataset', id: datasetNode('f1.in') }]);
  });

  test('the filter goes by domains, their parts among them, and by who answers in the end', async () => {
    await catalog.take([run('o1', ['o1.in'], ['o1.out'])]);
    const edit = (mutation: string): Promise<unknown> =>
      catalog.whileProjecting(catalog.data(`mutation { ${mutation} { __typename } }`));
    await edit('createDomain(input: { name: "Claims" })');
    await edit('createDomain(input: { name: "Intake", parent: "domain:claims" })');
    await edit('setOwnershipRules(input: { file: "o1.in team:ruled\\n" })');
    const inDomain = watch<AssetPayload>(ASSETS, { filter: { domains: ['domain:claims'] } });
    const owned = watch<AssetPayload>(ASSETS, { filter: { owners: ['agent:team:ruled'] } });
    await begun();
    await edit(`assignDomain(input: { on: "${datasetNode('o1.out')}", domain: "domain:intake" })`);
    await catalog.take([run('o2', ['o1.in'], ['o2.out'])]);
    expect((await inDomain.until(1))[0]?.assetChanged.assets).toMatchObject([{ id: datasetNode('o1.out') }]);
    expect((await owned.until(1))[0]?.assetChanged.assets).toMatchObject([{ id: datasetNode('o1.in') }]);
  });

  test('the filter finds an owner by each id of the agent, also by one that was joined meanwhile', async () => {
    const edit = (mutation: string): Promise<unknown> =>
      catalog.whileProjecting(catalog.data(`mutation { ${mutation} { __typename } }`));
    await catalog.take([run('n1', ['n1.in'], [])]);
    await edit(`assignOwner(input: { on: "${datasetNode('n1.in')}", agent: "agent:user:noor%40x.org" })`);
    const owned = watch<AssetPayload>(ASSETS, { filter: { owners: ['agent:user:zoe'] } });
    await begun();
    await catalog.take([run('n2', ['n1.in'], [])]);
    await edit('createAgent(input: { agent: "agent:user:zoe", name: "Noor", email: "noor@x.org" })');
    const position = await catalog.take([run('n3', ['n1.in'], [])]);
    const [payload] = await owned.until(1);
    expect(payload?.assetChanged).toMatchObject({ position, assets: [{ id: datasetNode('n1.in') }] });
  });

  type LineagePayload = {
    lineageChanged: {
      position: string;
      added: { nodes: { id: string }[]; edges: { from: string; to: string }[] };
      lapsed: { nodes: unknown[]; edges: unknown[] };
      truncated: boolean;
    };
  };
  const LINEAGE = `subscription($root: ID!, $direction: LineageDirection, $depth: Int, $after: String) {
    lineageChanged(root: $root, direction: $direction, depth: $depth, after: $after) { position recordedAt truncated
      added { nodes { id node { id } } edges { from to kind } } lapsed { nodes { id } edges { from to } } } }`;

  test('lineageChanged tells the nodes and edges that a lineage gains, and nothing of others', async () => {
    await catalog.take([run('l1', ['l.raw'], ['l.clean'])]);
    const watched = watch<LineagePayload>(LINEAGE, { root: datasetNode('l.raw'), direction: 'DOWNSTREAM', depth: 6 });
    await begun();
    await catalog.take([run('elsewhere', ['x'], ['y'])]);
    await catalog.take([run('l2', ['l.clean'], ['l.report'])]);
    const [payload] = await watched.until(1);
    expect(payload?.lineageChanged.added.nodes.map(({ id }) => id)).toEqual([jobNode('l2'), datasetNode('l.report')]);
    expect(payload?.lineageChanged.added.edges).toMatchObject([
      { from: datasetNode('l.clean'), to: jobNode('l2') },
      { from: jobNode('l2'), to: datasetNode('l.report') },
    ]);
    expect(payload?.lineageChanged).toMatchObject({ lapsed: { nodes: [], edges: [] }, truncated: false });
    // Upstream of the report is not downstream of the root.
    await catalog.take([run('l3', ['l.other'], ['l.report'])]);
    await catalog.take([run('l4', ['l.report'], ['l.end'])]);
    const payloads = await watched.until(2);
    expect(payloads[1]?.lineageChanged.added.nodes.map(({ id }) => id)).toEqual([jobNode('l4'), datasetNode('l.end')]);
  });

  test('lineageChanged tells what lapses once a job has stopped reading it for long enough', async () => {
    await catalog.take([run('lapse', ['lapse.old', 'lapse.kept'], ['lapse.out'])]);
    const watched = watch<LineagePayload>(LINEAGE, { root: datasetNode('lapse.out'), direction: 'UPSTREAM' });
    await begun();
    for (let n = 0; n < 10; n += 1) await catalog.append([run('lapse', ['lapse.kept'], ['lapse.out'])]);
    await catalog.catchUp();
    const [payload] = await watched.until(1);
    expect(payload?.lineageChanged.lapsed).toMatchObject({
      nodes: [{ id: datasetNode('lapse.old') }],
      edges: [{ from: datasetNode('lapse.old') }],
    });
  });

  test('lineageChanged catches up from a position, also where the root was not there then', async () => {
    const start = await catalog.take([run('c0', [], ['c.unrelated'])]);
    const made = await catalog.append([run('c1', ['c.raw'], ['c.clean'])]);
    await catalog.append([run('c2', ['c.clean'], ['c.report'])]);
    await catalog.catchUp();
    const watched = watch<LineagePayload>(LINEAGE, { root: datasetNode('c.raw'), depth: 10, after: start });
    await watched.until(1);
    const last = await catalog.take([run('c3', ['c.report'], ['c.end'])]);
    const payloads = await watched.until(2);
    const ids = payloads.flatMap(({ lineageChanged }) => lineageChanged.added.nodes.map(({ id }) => id));
    expect(new Set(ids)).toEqual(
      new Set([...['c.raw', 'c.clean', 'c.report', 'c.end'].map(datasetNode), ...['c1', 'c2', 'c3'].map(jobNode)]),
    );
    expect(ids).toHaveLength(7);
    expect(payloads.at(-1)?.lineageChanged.position).toBe(last);

    const later = watch<LineagePayload>(LINEAGE, { root: datasetNode('c.raw'), depth: 10, after: made });
    const [payload] = await later.until(1);
    expect(payload?.lineageChanged.added.nodes.map(({ id }) => id)).not.toContain(datasetNode('c.raw'));
  });

  test('lineageChanged waits for a root that nothing has yet, and tells the root itself when it appears', async () => {
    const root = datasetNode('w.raw');
    const watched = watch<LineagePayload>(LINEAGE, { root, depth: 10 });
    const ofField = watch<LineagePayload>(LINEAGE, { root: fieldNode('w.raw', 'id'), depth: 10 });
    await begun();
    await catalog.take([run('w0', ['w.else'], ['w.other'])]);
    await begun();
    expect([watched.payloads, ofField.payloads]).toEqual([[], []]);
    const position = await catalog.take([run('w1', [], ['w.raw'])]);
    for (const each of [watched, ofField]) {
      const [payload] = await each.until(1);
      expect(payload?.lineageChanged).toMatchObject({
        position,
        added: { nodes: [{ id: root }, { id: jobNode('w1') }], edges: [{ from: jobNode('w1'), to: root }] },
        lapsed: { nodes: [], edges: [] },
      });
    }
    await catalog.take([run('w2', ['w.raw'], [])]);
    const payloads = await watched.until(2);
    expect(payloads[1]?.lineageChanged.added.nodes.map(({ id }) => id)).toEqual([jobNode('w2')]);
  });

  test('a graph behind the catalog delays a lineage change and loses none', async () => {
    await catalog.take([run('d1', ['d.raw'], ['d.clean'])]);
    const watched = watch<LineagePayload>(LINEAGE, { root: datasetNode('d.raw') });
    await begun();
    await catalog.append([run('d2', ['d.clean'], ['d.report'])]);
    await catalog.catchUp('CATALOG');
    await begun();
    expect(watched.payloads).toEqual([]);
    await catalog.catchUp();
    const [payload] = await watched.until(1);
    expect(payload?.lineageChanged.added.nodes).toHaveLength(2);
  });

  test('an `after` of another log, and wrong documents, are refused with a code', async () => {
    const refused = async (query: string, variables = {}): Promise<unknown> => {
      const watched = watch(query, variables);
      for (let n = 0; n < 80 && watched.errors.length === 0; n += 1)
        await new Promise((resolve) => setTimeout(resolve, 25));
      return watched.errors[0]?.extensions;
    };
    expect(await refused(ASSETS, { after: 'other.1' })).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'OTHER_LOG' });
    expect(await refused(LINEAGE, { root: 'nonsense' })).toMatchObject({
      code: 'BAD_USER_INPUT',
      faults: [{ pointer: '/root' }],
    });
    expect(await refused('subscription { assetChanged { nope } }')).toMatchObject({
      code: 'GRAPHQL_VALIDATION_FAILED',
    });
    const fields = 'fields(first: 100) { edges { node { tags { source } dataset { aliases { id } } } } }';
    const jobs = `consumers(first: 100) { edges { node { outputs(first: 100) { edges { node { ${fields} } } } } } }`;
    const costly = `subscription { assetChanged { assets { ... on Dataset { ${jobs} } } } }`;
    expect(await refused(costly)).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'QUERY_COST' });
  });

  test('an `after` from which changes are no longer kept is refused with the oldest that is', async () => {
    const kept = await catalog.take([run('p1', [], ['p1.out'])]);
    await catalog.feed.prune(Number(kept.split('.').at(-1)));
    const watched = watch<AssetPayload>(ASSETS, { after: `${catalog.log.logId}.1` });
    for (let n = 0; n < 80 && watched.errors.length === 0; n += 1)
      await new Promise((resolve) => setTimeout(resolve, 25));
    expect(watched.errors[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      reason: 'AFTER_TOO_OLD',
      oldest: kept,
    });
    const resumed = watch<AssetPayload>(ASSETS, { after: kept });
    await catalog.take([run('p2', [], ['p2.out'])]);
    await resumed.until(1);
  });

  test('a subscription goes on after its database connection for notifications was cut', async () => {
    const watched = watch<AssetPayload>(ASSETS);
    await begun();
    await catalog.apiPool.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'headwater-listen' AND datname = current_database()",
    );
    await catalog.take([run('cut', [], ['cut.out'])]);
    await watched.until(1);
  });
});
