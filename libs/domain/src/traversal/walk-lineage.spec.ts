import type { ExpandOptions, Expansion, FrontierEntry, GraphChange } from '@headwater/domain/graph';
import { datasetOf, fieldId, runNodeId, runVersionId, type NodeId } from '@headwater/domain/identifiers';
import type { LineageRoots } from '@headwater/domain/lineage-roots';
import type { LineageGraph } from '@headwater/domain/ports';
import {
  aliasRow,
  close,
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
import { DEFAULT_BUDGET, type LineageAnswer, type LineageRequest, type TraversalPorts } from './lineage-answer.js';
import { walkLineage } from './walk-lineage.js';

/** Counts round trips, and lets the clock run while the store works. */
class WatchedGraph extends MemoryLineageGraph {
  calls: { readonly side: string; readonly size: number; readonly counting: boolean }[] = [];
  nodeCalls = 0;
  now = hour(100);
  tripMs = 0;
  failAt = Infinity;

  override expand(frontier: readonly FrontierEntry[], options: ExpandOptions): Promise<Expansion> {
    this.calls.push({ side: options.direction, size: frontier.length, counting: options.withoutRows ?? false });
    this.now += this.tripMs * 1000;
    if (this.calls.length >= this.failAt) return Promise.reject(new Error('away'));
    return super.expand(frontier, options);
  }

  override nodes(...asked: Parameters<LineageGraph['nodes']>): ReturnType<LineageGraph['nodes']> {
    this.nodeCalls += 1;
    return super.nodes(...asked);
  }
}

const NO_ROOTS: LineageRoots = {
  fieldsOf: () => Promise.resolve([]),
  versionsOf: () => Promise.resolve([]),
  runsOf: () => Promise.resolve([]),
  runsByBareId: () => Promise.resolve([]),
};

async function graphOf(...flows: readonly (readonly GraphChange[])[]): Promise<WatchedGraph> {
  const graph = new WatchedGraph();
  const changes = flows.flat();
  const ids = new Set<NodeId>();
  for (const change of changes) if (change.op === 'openEdge') ids.add(change.row.from).add(change.row.to);
  await load(graph, [...[...ids].map((id) => node(id, id.slice(id.lastIndexOf(':') + 1))), ...changes]);
  return graph;
}

/** `a,b > J > c`: J reads a and b and writes c. */
function flow(text: string): readonly GraphChange[] {
  const [inputs = '', name = '', outputs = ''] = text.split('>').map((part) => part.trim());
  const list = (part: string): readonly string[] => part.split(',').flatMap((item) => item.trim() || []);
  return [
    ...list(inputs).map((input) => open(edgeRow('READ', dataset(input), job(name)))),
    ...list(outputs).map((output) => open(edgeRow('WRITE', job(name), dataset(output)))),
  ];
}

function portsOf(graph: WatchedGraph, roots: Partial<LineageRoots> = {}): TraversalPorts {
  return { graph, roots: { ...NO_ROOTS, ...roots }, clock: { now: () => graph.now } };
}

async function walk(
  graph: WatchedGraph,
  change: Partial<LineageRequest>,
  budget: Partial<typeof DEFAULT_BUDGET> = {},
  roots: Partial<LineageRoots> = {},
): Promise<LineageAnswer> {
  const request: LineageRequest = {
    root: dataset('a'),
    direction: 'BOTH',
    depth: 5,
    granularity: 'JOB',
    maxNodes: 1000,
    ...change,
  };
  const answer = await walkLineage(portsOf(graph, roots), request, { ...DEFAULT_BUDGET, ...budget });
  if (answer === null) throw new Error('unknown root');
  return answer;
}

/** The last part of a NodeId. */
function short(id: NodeId): string {
  return id.slice(id.lastIndexOf(':') + 1);
}

function names(answer: LineageAnswer): readonly string[] {
  return answer.nodes.map(({ id, depth }) => `${short(id)}${depth}`);
}

function arrows(answer: LineageAnswer): readonly string[] {
  return answer.edges.map(({ kind, from, to }) => `${kind[0] ?? ''} ${short(from)}>${short(to)}`).sort();
}

describe('what a walk holds', () => {
  test('21. upstream holds causes only and downstream effects only, so siblings never leak', async () => {
    const graph = await graphOf(flow('s > J > a, sibling'), flow('a, other > K > t'), flow('s > L > cousin'));
    expect(names(await walk(graph, { direction: 'UPSTREAM' }))).toEqual(['a0', 'J1', 's2']);
    expect(names(await walk(graph, { direction: 'DOWNSTREAM' }))).toEqual(['a0', 'K1', 't2']);
    const both = await walk(graph, {});
    expect(names(both)).toEqual(['a0', 'J1', 'K1', 's2', 't2']);
    expect(arrows(both)).toEqual(['R a>K', 'R s>J', 'W J>a', 'W K>t']);
    expect(both.nodes.map(({ direction }) => direction)).toEqual([
      'BOTH',
      'UPSTREAM',
      'DOWNSTREAM',
      'UPSTREAM',
      'DOWNSTREAM',
    ]);
    expect(both).toMatchObject({ truncated: false, truncatedBecause: null, endCursor: null, depthReached: 2 });
    expect([both.upstream, both.downstream]).toEqual([
      { count: 2, isExact: true },
      { count: 2, isExact: true },
    ]);
  });

  test('17. a job that ran a to x and then b to y does not make a upstream of y', async () => {
    const pairs = [
      open(restrictionRow(job('J'))),
      open(pairRow(job('J'), dataset('a'), dataset('x'))),
      open(pairRow(job('J'), dataset('b'), dataset('y'))),
    ];
    const graph = await graphOf(flow('a, b > J > x, y'), pairs);
    expect(names(await walk(graph, { direction: 'DOWNSTREAM' }))).toEqual(['a0', 'J1', 'x2']);
    expect(names(await walk(graph, { root: dataset('y'), direction: 'UPSTREAM' }))).toEqual(['y0', 'J1', 'b2']);
    const coarse = await walk(graph, { granularity: 'DATASET' });
    expect([names(coarse), arrows(coarse)]).toEqual([['a0', 'x1'], ['D a>x']]);
    expect(names(await walk(graph, { root: job('J') }))).toEqual(['J0', 'a1', 'b1', 'x1', 'y1']);
    const aroundJob = await walk(graph, { root: job('J'), granularity: 'DATASET' });
    expect(names(aroundJob)).toEqual(['a1', 'b1', 'x1', 'y1']);
    expect(arrows(aroundJob)).toEqual(['D a>x', 'D b>y']);
  });

  test('17. datasets that reach one job at different depths each lead only to what is paired with them', async () => {
    const pairs = [
      open(restrictionRow(job('J'))),
      open(pairRow(job('J'), dataset('a'), dataset('x'))),
      open(pairRow(job('J'), dataset('b'), dataset('y'))),
    ];
    const graph = await graphOf(flow('a, b > J > x, y'), flow('x > K > b'), pairs);
    expect(names(await walk(graph, { direction: 'DOWNSTREAM', depth: 9 }))).toEqual([
      'a0',
      'J1',
      'x2',
      'K3',
      'b4',
      'y6',
    ]);
  });

  test('18. asOf shows what held at that moment, knownAt what was recorded by then', async () => {
    const lapsed = edgeRow('READ', dataset('a'), job('J'), { validTo: hour(10) });
    const late = edgeRow('READ', dataset('a'), job('K'), { validFrom: hour(2), recordedFrom: hour(3) });
    const graph = await graphOf([open(lapsed)]);
    await load(graph, [node(job('K'), 'K'), open(late), close(lapsed, hour(50))]);
    await graph.apply([{ position: 9, recordedAt: hour(60), changes: [] }]);
    expect(names(await walk(graph, { asOf: hour(5), knownAt: hour(2) }))).toEqual(['a0', 'J1']);
    expect(names(await walk(graph, { asOf: hour(5), knownAt: hour(4) }))).toEqual(['a0', 'J1', 'K1']);
    expect(names(await walk(graph, { asOf: hour(5) }))).toEqual(['a0', 'K1']);
    expect(names(await walk(graph, { knownAt: hour(4), between: { from: hour(0), to: hour(1) } }))).toEqual([
      'a0',
      'J1',
    ]);
    expect((await walk(graph, {})).moment.position).toBe(9);
  });

  test('18. knownAt is fixed before the first level, so that a batch applied meanwhile does not show', async () => {
    const graph = await graphOf(flow('a > J > b'));
    const plain = graph.expand.bind(graph);
    graph.expand = async (frontier, options) => {
      const expansion = await plain(frontier, options);
      const { position } = await graph.checkpoint();
      const row = edgeRow('WRITE', job('J'), dataset('late'), { recordedFrom: hour(position + 1) });
      await load(graph, [node(dataset('late'), 'late'), open(row)]);
      return expansion;
    };
    expect(names(await walk(graph, { direction: 'DOWNSTREAM' }))).toEqual(['a0', 'J1', 'b2']);
  });

  test('24. a dataset whose edges ended does not bridge any more, and still does asOf before', async () => {
    const graph = await graphOf(flow(' > J > t'), flow('a > J > '), [
      open(edgeRow('READ', dataset('t'), job('K'), { validTo: hour(10) })),
    ]);
    expect(names(await walk(graph, { direction: 'DOWNSTREAM' }))).toEqual(['a0', 'J1', 't2']);
    expect(names(await walk(graph, { direction: 'DOWNSTREAM', asOf: hour(9) }))).toEqual(['a0', 'J1', 't2', 'K3']);
  });

  test('32. an unknown root is null after a single look-up', async () => {
    const graph = await graphOf(flow('a > J > b'));
    const request = {
      root: dataset('nowhere'),
      direction: 'BOTH',
      depth: 5,
      granularity: 'JOB',
      maxNodes: 10,
    } as const;
    expect(await walkLineage(portsOf(graph), request)).toBeNull();
    expect([graph.nodeCalls, graph.calls.length]).toEqual([1, 0]);
  });

  test('25. a root given by another of its names is answered under the canonical id', async () => {
    const graph = await graphOf(flow('a > J > b'), flow('a2 > K > c'), [open(aliasRow(dataset('a2'), dataset('a')))]);
    const answer = await walk(graph, { root: dataset('a2') });
    expect(answer.root.id).toBe(dataset('a'));
    expect(names(answer)).toEqual(['a0', 'J1', 'K1', 'b2', 'c2']);
  });

  test('a job that reads and writes one dataset is a cycle that ends', async () => {
    const graph = await graphOf(flow('a > J > a, b'));
    const answer = await walk(graph, {});
    expect(answer.nodes.map(({ id, direction }) => `${short(id)} ${direction}`)).toEqual([
      'a BOTH',
      'J BOTH',
      'b DOWNSTREAM',
    ]);
    expect(arrows(answer)).toEqual(['R a>J', 'W J>a', 'W J>b']);
    expect(arrows(await walk(graph, { granularity: 'DATASET' }))).toEqual(['D a>a', 'D a>b']);
  });
});

describe('granularities', () => {
  test('33. at DATASET depth counts hops from dataset to dataset, through jobs and chains of jobs', async () => {
    const derived = [
      open(edgeRow('DERIVED', job('J'), job('K'))),
      open(edgeRow('DERIVED', dataset('b'), dataset('c'), { evidence: 'DECLARED' })),
    ];
    const graph = await graphOf(flow('a > J > b'), flow(' > K > k'), flow('c > L > d'), derived);
    const answer = await walk(graph, { granularity: 'DATASET', depth: 2 });
    expect(names(answer)).toEqual(['a0', 'b1', 'k1', 'c2']);
    expect(arrows(answer)).toEqual(['D a>b', 'D a>k', 'D b>c']);
    expect(answer).toMatchObject({
      truncated: true,
      truncatedBecause: 'DEPTH',
      downstream: { count: 4, isExact: true },
    });
    const via = new Map(answer.edges.map((edge) => [short(edge.to), [edge.via.map(short), edge.evidence]]));
    expect(via.get('k')).toEqual([['J', 'K'], 'OBSERVED']);
    expect(via.get('c')).toEqual([[], 'DECLARED']);
    expect(names(await walk(graph, { depth: 2, direction: 'DOWNSTREAM' }))).toEqual(['a0', 'J1', 'b2', 'K2']);
  });

  test('23. an edge through jobs is as strong as its weakest link and holds while all of them hold', async () => {
    const graph = await graphOf([
      open(edgeRow('READ', dataset('a'), job('J'), { validFrom: hour(3), evidence: 'INFERRED' })),
      open(edgeRow('WRITE', job('J'), dataset('b'), { validTo: hour(200) })),
      open(edgeRow('READ', dataset('a'), job('K'), { validFrom: hour(7), evidence: 'DECLARED' })),
      open(edgeRow('WRITE', job('K'), dataset('b'), { validTo: hour(300) })),
    ]);
    const [edge] = (await walk(graph, { granularity: 'DATASET' })).edges;
    expect(edge).toMatchObject({ evidence: 'DECLARED', validFrom: hour(3), validTo: hour(300) });
    expect([edge?.via.map(short), edge?.links.length]).toEqual([['J', 'K'], 4]);
    const upstream = await walk(graph, { root: dataset('b'), direction: 'UPSTREAM', granularity: 'DATASET' });
    expect(upstream.edges).toEqual([edge]);
  });

  test('23. control and parent edges are never data', async () => {
    const graph = await graphOf(flow('a > J > b'), [
      open(edgeRow('CONTROL', job('J'), job('K'))),
      open(edgeRow('PARENT', job('P'), job('J'))),
    ]);
    expect(names(await walk(graph, {}))).toEqual(['a0', 'J1', 'b2']);
  });

  test('at FIELD a dataset stands for its fields, a field without edges stands alone', async () => {
    const field = (of: string, name: string): NodeId => fieldId(dataset(of), [name]);
    const graph = await graphOf(flow('a > J > b'), [open(edgeRow('DERIVED', field('a', 'x'), field('b', 'y')))]);
    const fields = {
      fieldsOf: (id: NodeId) => Promise.resolve(id === dataset('a') ? [field('a', 'x'), field('a', 'z')] : []),
    };
    const answer = await walk(graph, { granularity: 'FIELD' }, {}, fields);
    expect(answer.root.id).toBe(dataset('a'));
    expect([names(answer), arrows(answer)]).toEqual([['x0', 'z0', 'y1'], ['D x>y']]);
    expect(names(await walk(graph, { root: field('b', 'y'), granularity: 'FIELD' }))).toEqual(['y0', 'x1']);
    expect(names(await walk(graph, { root: field('a', 'z'), granularity: 'FIELD' }, {}, fields))).toEqual(['z0']);
    expect(names(await walk(graph, { root: field('b', 'y'), granularity: 'DATASET' }))).toEqual(['b0', 'a1']);
    await expect(walk(graph, { root: job('J'), granularity: 'FIELD' })).rejects.toMatchObject({
      category: 'INVALID_INPUT',
    });
  });

  test('at RUN the walk is over runs and the versions they used and made', async () => {
    const run = runNodeId(job('J'), '0190b0c5-0000-7000-8000-000000000001');
    const [used, made] = [runVersionId(dataset('a'), run), runVersionId(dataset('b'), run)];
    const graph = await graphOf(flow('a > J > b'), [
      open(edgeRow('READ', used, run)),
      open(edgeRow('WRITE', run, made)),
    ]);
    const roots = {
      runsOf: () => Promise.resolve([run]),
      versionsOf: (id: NodeId) => Promise.resolve(id === datasetOf(made) ? [made] : []),
    };
    const ofRun = await walk(graph, { root: run, granularity: 'RUN' });
    expect(ofRun.nodes.map(({ id }) => id)).toEqual([run, used, made]);
    expect((await walk(graph, { root: job('J'), granularity: 'RUN' }, {}, roots)).nodes).toEqual(ofRun.nodes);
    const ofVersion = await walk(graph, { root: dataset('b'), granularity: 'RUN' }, {}, roots);
    expect(ofVersion.nodes.map(({ id }) => id)).toEqual([made, run, used]);
    expect((await walk(graph, { root: run })).root.id).toBe(job('J'));
  });
});
