import { HeadwaterError } from '@headwater/domain/errors';
import { domainId, fieldId, type NodeId } from '@headwater/domain/identifiers';
import type { Owner } from '@headwater/domain/lineage-roots';
import type { ImpactPorts } from '@headwater/domain/traversal/impact-of';
import {
  dataset,
  edgeRow,
  hour,
  job,
  load,
  node,
  open,
  pairRow,
  restrictionRow,
} from '@headwater/store-contract/lineage-graph/rows';
import { MemoryLineageGraph } from '@headwater/store-contract/memory-lineage-graph';
import { describe, expect, test } from 'vitest';
import { AssessImpact } from './assess-impact.js';
import { DiffLineage } from './diff-lineage.js';
import { FindPaths } from './find-paths.js';
import { TraceLineage } from './trace-lineage.js';

const RUN = '0190b0c5-0000-7000-8000-000000000001';
const TWICE = '0190b0c5-0000-7000-8000-000000000002';
const TEAM = 'agent:team:claims' as NodeId;
const ANN = 'agent:person:ann' as NodeId;
const FRAUD = domainId('fraud');
const BOARD = domainId('board');
const FIELD = fieldId(dataset('report'), ['total']);

/** a -> J -> b -> K -> c -> report, b -> L -> c as a detour of the same length, a -> slow -> x -> Z -> c a longer one. */
async function ports(): Promise<ImpactPorts> {
  const graph = new MemoryLineageGraph();
  const rows = [
    edgeRow('READ', dataset('a'), job('J')),
    edgeRow('WRITE', job('J'), dataset('b')),
    edgeRow('READ', dataset('b'), job('K'), { validTo: hour(50) }),
    edgeRow('WRITE', job('K'), dataset('c')),
    edgeRow('READ', dataset('b'), job('L'), { validFrom: hour(10) }),
    edgeRow('WRITE', job('L'), dataset('c'), { validFrom: hour(10) }),
    edgeRow('READ', dataset('old'), job('L'), { validTo: hour(12) }),
    edgeRow('DERIVED', dataset('c'), dataset('report')),
    edgeRow('DERIVED', fieldId(dataset('c'), ['sum']), FIELD),
  ];
  const ids = new Set(rows.flatMap(({ from, to }) => [from, to]));
  await load(graph, [...[...ids].map((id) => node(id, id)), ...rows.map((row) => open(row))]);
  const owners = new Map<NodeId, readonly Owner[]>([
    [
      dataset('b'),
      [
        { agent: TEAM, role: 'owner' },
        { agent: TEAM, role: 'contact' },
      ],
    ],
    [
      dataset('c'),
      [
        { agent: TEAM, role: 'owner' },
        { agent: ANN, role: 'steward' },
      ],
    ],
    [dataset('report'), [{ agent: ANN, role: 'owner' }]],
  ]);
  const domains = new Map<NodeId, NodeId>([
    [dataset('b'), FRAUD],
    [dataset('c'), FRAUD],
    [dataset('report'), BOARD],
  ]);
  const none = (): Promise<readonly NodeId[]> => Promise.resolve([]);
  const runs: Readonly<Record<string, readonly NodeId[]>> = {
    [RUN]: [`run:claims:J:${RUN}` as NodeId],
    [TWICE]: [`run:claims:J:${TWICE}` as NodeId, `run:claims:K:${TWICE}` as NodeId],
  };
  return {
    graph,
    clock: { now: () => hour(100) },
    roots: {
      fieldsOf: none,
      versionsOf: none,
      runsOf: none,
      runsByBareId: (uuid) => Promise.resolve(runs[uuid] ?? []),
    },
    owners: {
      ownersOf: (asked) => Promise.resolve(new Map([...owners].filter(([id]) => asked.includes(id)))),
      domainsOf: (asked) => Promise.resolve(new Map([...domains].filter(([id]) => asked.includes(id)))),
    },
  };
}

async function faultsOf(asked: Promise<unknown>): Promise<readonly string[]> {
  const error: unknown = await asked.then(
    () => undefined,
    (refusal: unknown) => refusal,
  );
  if (!(error instanceof HeadwaterError)) throw new Error('not refused');
  return [error.category, ...error.faults.map(({ pointer }) => pointer)];
}

describe('TraceLineage', () => {
  test('33. the defaults are both directions, five edges, jobs between datasets', async () => {
    const answer = await new TraceLineage(await ports()).execute({ root: dataset('b') });
    expect(answer?.nodes.map(({ id, depth }) => `${depth} ${id.slice(id.lastIndexOf(':') + 1)}`)).toEqual([
      '0 b',
      '1 J',
      '1 L',
      '2 a',
      '2 c',
      '3 report',
    ]);
    expect(answer?.truncated).toBe(false);
  });

  test('bad input is refused at once, with every fault and what to do about it', async () => {
    const trace = new TraceLineage(await ports());
    const root = dataset('a');
    const between = { from: hour(2), to: hour(2) };
    expect(await faultsOf(trace.execute({ root, depth: -1, maxNodes: 0, asOf: hour(1), between }))).toEqual([
      'INVALID_INPUT',
      '/depth',
      '/maxNodes',
      '/asOf',
      '/between/to',
    ]);
    expect(await faultsOf(trace.execute({ root, depth: 101, maxNodes: 5001 }))).toEqual([
      'INVALID_INPUT',
      '/depth',
      '/maxNodes',
    ]);
    expect(await faultsOf(trace.execute({ root, depth: 1.5 }))).toEqual(['INVALID_INPUT', '/depth']);
    expect(await faultsOf(trace.execute({ root: 'dataset:kafka://broker:9092:a' }))).toEqual([
      'INVALID_INPUT',
      '/root',
    ]);
    expect(await faultsOf(trace.execute({ root, after: 'gone' }))).toEqual(['INVALID_INPUT', '/after']);
  });

  test('an id may be escaped more than needed, and an unknown one is null', async () => {
    const trace = new TraceLineage(await ports());
    const spelled = await trace.execute({ root: 'dataset:kafka%3a%2f%2fbroker%3a9092:%61' });
    expect(spelled?.root.id).toBe(dataset('a'));
    expect(await trace.execute({ root: dataset('unknown') })).toBeNull();
  });

  test('15. a bare run id stands for its job, and is a conflict where two jobs use it', async () => {
    const trace = new TraceLineage(await ports());
    expect((await trace.execute({ root: RUN.toUpperCase() }))?.root.id).toBe(job('J'));
    expect(await trace.execute({ root: RUN.replaceAll('1', '9') })).toBeNull();
    await expect(trace.execute({ root: TWICE })).rejects.toMatchObject({
      category: 'CONFLICT',
      reason: 'AMBIGUOUS_RUN',
    });
  });
});

describe('DiffLineage', () => {
  test('18. the diff lists what came and what went between two moments', async () => {
    const diff = await new DiffLineage(await ports()).execute({
      root: dataset('c'),
      direction: 'UPSTREAM',
      from: hour(5),
      to: hour(60),
    });
    const short = (id: NodeId): string => id.slice(id.lastIndexOf(':') + 1);
    expect(diff?.addedNodes.map(({ id }) => short(id))).toEqual(['L']);
    expect(diff?.lapsedNodes.map(({ id }) => short(id))).toEqual([]);
    expect(diff?.addedEdges.map(({ from, to }) => `${short(from)}>${short(to)}`).sort()).toEqual(['L>c', 'b>L']);
    expect(diff?.lapsedEdges.map(({ from, to }) => `${short(from)}>${short(to)}`)).toEqual(['b>K']);
    expect(diff).toMatchObject({ truncated: false, depthCompared: 5 });
  });

  test('18. what a cut answer did not come to is never told as lapsed', async () => {
    const setup = await ports();
    const rows = Array.from({ length: 6000 }, (_, at) =>
      edgeRow('READ', dataset('report'), job(`R${at}`), { validFrom: hour(20) }),
    );
    await load(setup.graph, [
      ...rows.map((row) => open(row)),
      open(edgeRow('READ', dataset('a'), job('early'), { validTo: hour(20) })),
    ]);
    const request = { root: dataset('b'), direction: 'DOWNSTREAM', from: hour(15), to: hour(60) } as const;
    const diff = await new DiffLineage(setup).execute(request);
    expect(diff).toMatchObject({ truncated: true, truncatedBecause: 'NODES', depthCompared: 3 });
    expect(diff?.addedNodes).toEqual([]);
    expect(diff?.lapsedNodes.map(({ id }) => id)).toEqual([job('K')]);
  });

  test('a period that is not one is refused', async () => {
    const diff = new DiffLineage(await ports());
    expect(await faultsOf(diff.execute({ root: dataset('a'), from: hour(2), to: hour(1) }))).toEqual([
      'INVALID_INPUT',
      '/to',
    ]);
    expect(await diff.execute({ root: dataset('unknown'), from: hour(1), to: hour(2) })).toBeNull();
  });
});

describe('FindPaths', () => {
  const short = (ids: readonly NodeId[]): string => ids.map((id) => id.slice(id.lastIndexOf(':') + 1)).join(' ');

  test('35. paths come shortest first, then by their ids, and only along the flow', async () => {
    const find = new FindPaths(await ports());
    const answer = await find.execute({ from: dataset('a'), to: dataset('c'), asOf: hour(20) });
    expect(answer?.paths.map(({ nodes, length }) => `${length}: ${short(nodes)}`)).toEqual([
      '4: a J b K c',
      '4: a J b L c',
    ]);
    expect(answer?.paths[0]?.edges.map(({ kind, from, to }) => `${kind} ${short([from, to])}`)).toEqual([
      'READ a J',
      'WRITE J b',
      'READ b K',
      'WRITE K c',
    ]);
    expect(answer).toMatchObject({ truncated: false, truncatedBecause: null });
    const one = await find.execute({ from: dataset('a'), to: dataset('c'), asOf: hour(20), limit: 1 });
    expect([one?.paths.length, one?.truncated]).toEqual([1, true]);
    expect((await find.execute({ from: dataset('c'), to: dataset('a') }))?.paths).toEqual([]);
    expect(await find.execute({ from: dataset('a'), to: dataset('unknown') })).toBeNull();
  });

  test('35. at DATASET a path names the jobs it runs through on its edges', async () => {
    const find = new FindPaths(await ports());
    const answer = await find.execute({ from: dataset('a'), to: dataset('c'), asOf: hour(20), granularity: 'DATASET' });
    expect(answer?.paths.map(({ nodes, edges }) => [short(nodes), edges.map(({ via }) => short(via))])).toEqual([
      ['a b c', ['J', 'K L']],
    ]);
    const jobs = find.execute({ from: job('J'), to: dataset('c'), granularity: 'DATASET' });
    expect(await faultsOf(jobs)).toEqual(['INVALID_INPUT', '/from']);
  });

  test('17. a path that only a job’s unpaired sides would make is none', async () => {
    const setup = await ports();
    await load(setup.graph, [
      node(dataset('other'), 'other'),
      open(edgeRow('READ', dataset('other'), job('J'))),
      open(restrictionRow(job('J'))),
      open(pairRow(job('J'), dataset('a'), dataset('b'))),
    ]);
    const find = new FindPaths(setup);
    expect((await find.execute({ from: dataset('other'), to: dataset('b') }))?.paths).toEqual([]);
    expect((await find.execute({ from: dataset('a'), to: dataset('b') }))?.paths).toHaveLength(1);
  });

  test('34. a diamond ladder with 2^40 paths is searched with bounded work', async () => {
    const graph = new MemoryLineageGraph();
    const rungs = Array.from({ length: 40 }, (_, at) =>
      ['l', 'r'].flatMap((way) => [
        open(edgeRow('DERIVED', dataset(`n${at}`), dataset(`${way}${at}`))),
        open(edgeRow('DERIVED', dataset(`${way}${at}`), dataset(`n${at + 1}`))),
      ]),
    );
    await load(graph, [node(dataset('n0'), 'n0'), node(dataset('n40'), 'n40'), ...rungs.flat()]);
    let trips = 0;
    const expand = graph.expand.bind(graph);
    graph.expand = (...asked) => {
      trips += 1;
      return expand(...asked);
    };
    const answer = await new FindPaths({ ...(await ports()), graph }).execute({
      from: dataset('n0'),
      to: dataset('n40'),
      limit: 7,
    });
    expect([answer?.paths.length, answer?.paths[0]?.length, answer?.truncated]).toEqual([7, 80, true]);
    expect(trips).toBeLessThanOrEqual(2 * 81);
  });

  test('34. a hub at one end does not matter when the other end is quiet', async () => {
    const setup = await ports();
    const readers = Array.from({ length: 3000 }, (_, at) => [
      open(edgeRow('READ', dataset('a'), job(`R${at}`))),
      open(edgeRow('WRITE', job(`R${at}`), dataset(`o${at}`))),
    ]);
    await load(setup.graph, readers.flat());
    let visited = 0;
    const { graph } = setup;
    const expand = graph.expand.bind(graph);
    graph.expand = (frontier, options) => {
      visited += frontier.length;
      return expand(frontier, options);
    };
    const answer = await new FindPaths(setup).execute({ from: dataset('a'), to: dataset('report') });
    expect(answer?.paths.map(({ nodes }) => short(nodes))).toEqual(['a J b L c report']);
    expect(visited).toBeLessThan(20);
  });
});

describe('AssessImpact', () => {
  test('35. what is downstream is grouped by owner and by domain, nearest first, what has none before all', async () => {
    const impact = await new AssessImpact(await ports()).execute({ root: dataset('a') });
    const short = (id: NodeId): string => id.slice(id.lastIndexOf(':') + 1);
    expect(
      impact?.byOwner.map(({ of, nearest, assets }) => [
        of,
        nearest,
        assets.map(({ node: { id }, distance, roles }) => `${short(id)}${distance} ${roles.join('+')}`.trim()),
      ]),
    ).toEqual([
      [null, 1, ['J1', 'L3']],
      [ANN, 4, ['c4 steward', 'report5 owner']],
      [TEAM, 2, ['b2 contact+owner', 'c4 owner']],
    ]);
    expect(
      impact?.byDomain.map(({ of, nearest, assets }) => [
        of,
        nearest,
        assets.map(({ node: { id }, distance }) => `${short(id)}${distance}`),
      ]),
    ).toEqual([
      [null, 1, ['J1', 'L3']],
      [FRAUD, 2, ['b2', 'c4']],
      [BOARD, 5, ['report5']],
    ]);
    expect(impact).toMatchObject({ assetCount: 5, total: { count: 5, isExact: true }, truncated: false });
  });

  test('35. so is what is upstream, when that is asked for', async () => {
    const impact = await new AssessImpact(await ports()).execute({ root: dataset('c'), side: 'UPSTREAM' });
    const short = (id: NodeId): string => id.slice(id.lastIndexOf(':') + 1);
    const lines = impact?.byOwner.map(({ of, assets }) => [
      of,
      assets.map(({ node: { id }, distance }) => `${short(id)}${String(distance)}`),
    ]);
    expect(lines?.find(([of]) => of === TEAM)).toEqual([TEAM, ['b2']]);
    expect(lines?.find(([of]) => of === null)?.[1]).toEqual(['K1', 'L1', 'J3', 'a4']);
    expect(lines?.flatMap(([, assets]) => assets)).not.toContain('report1');
    expect(impact?.total).toEqual({ count: impact?.assetCount, isExact: true });
  });

  test('35. impact is bounded by nodes, and says how much there is in all', async () => {
    const assess = new AssessImpact(await ports());
    const impact = await assess.execute({ root: dataset('a'), maxNodes: 2 });
    expect(impact).toMatchObject({ assetCount: 2, total: { count: 5, isExact: true }, truncatedBecause: 'NODES' });
    expect(await assess.execute({ root: dataset('unknown') })).toBeNull();
    expect(await faultsOf(assess.execute({ root: dataset('a'), maxNodes: 5001 }))).toEqual([
      'INVALID_INPUT',
      '/maxNodes',
    ]);
  });

  test('35. a field as root follows fields, and the owners of their datasets answer', async () => {
    const impact = await new AssessImpact(await ports()).execute({ root: fieldId(dataset('c'), ['sum']) });
    expect(impact?.byOwner.map(({ of, assets }) => [of, assets.map(({ node: { id } }) => id)])).toEqual([
      [ANN, [FIELD]],
    ]);
  });
});
