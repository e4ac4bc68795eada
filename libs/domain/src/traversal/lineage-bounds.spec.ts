import type { ExpandOptions, Expansion, FrontierEntry, GraphChange } from '@headwater/domain/graph';
import type { NodeId } from '@headwater/domain/identifiers';
import type { LineageRoots } from '@headwater/domain/lineage-roots';
import type { LineageGraph } from '@headwater/domain/ports';
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
import { DEFAULT_BUDGET, type LineageAnswer, type LineageRequest, type TraversalPorts } from './lineage-answer.js';
import { walkLineage } from './walk-lineage.js';

/** Counts round trips, and lets the clock run while the store works. */
class WatchedGraph extends MemoryLineageGraph {
  calls: { readonly side: string; readonly size: number; readonly counting: boolean }[] = [];
  nodeCalls = 0;
  now = hour(100);
  tripMs = 0;
  failAt = Infinity;
  readsAhead = false;

  override expand(frontier: readonly FrontierEntry[], { ahead = 0, ...options }: ExpandOptions): Promise<Expansion> {
    this.calls.push({ side: options.direction, size: frontier.length, counting: options.withoutRows ?? false });
    this.now += this.tripMs * 1000;
    if (this.calls.length >= this.failAt) return Promise.reject(new Error('away'));
    return super.expand(frontier, this.readsAhead ? { ...options, ahead } : options);
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

/** So many jobs after dataset a, each reading what the one before wrote: n1, n2 and so on. */
function chainOf(count: number): readonly (readonly GraphChange[])[] {
  return Array.from({ length: count }, (_, at) => flow(`${at === 0 ? 'a' : `n${at}`} > J${at} > n${at + 1}`));
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

describe('33. an answer tells what it leaves out', () => {
  test('33. depth: the flags name the nodes that lead on, and a greater depth goes on from the cursor', async () => {
    const graph = await graphOf(flow('a > J > b'), flow('b > K > c'), flow('other > L > b'));
    const answer = await walk(graph, { depth: 2, direction: 'DOWNSTREAM' });
    expect(answer).toMatchObject({ truncatedBecause: 'DEPTH', depthReached: 2 });
    expect(answer.nodes.map((each) => [short(each.id), each.hasMoreUpstream, each.hasMoreDownstream])).toEqual([
      ['a', false, false],
      ['J', false, false],
      ['b', true, true],
    ]);
    const rest = await walk(graph, { depth: 5, direction: 'DOWNSTREAM', after: answer.endCursor ?? '' });
    expect([names(rest), arrows(rest), rest.truncated]).toEqual([['K3', 'c4'], ['R b>K', 'W K>c'], false]);
    expect(names(await walk(graph, { depth: 0 }))).toEqual(['a0']);
    expect((await walk(graph, { depth: 0 })).root).toMatchObject({ hasMoreUpstream: false, hasMoreDownstream: true });
  });

  test('33. neighbors are counted where that is asked for, shown or not, and told as unknown where they are known in part', async () => {
    const graph = await graphOf(flow('a,x > J > b'), flow('b > K > c'), flow('b > L > d'), flow('other > M > b'));
    const beside = (answer: LineageAnswer): unknown =>
      answer.nodes.map((each) => [short(each.id), each.neighborsUpstream, each.neighborsDownstream]);
    const asked = { depth: 2, direction: 'DOWNSTREAM' } as const;
    expect(beside(await walk(graph, { ...asked, neighbors: true }))).toEqual([
      ['a', 0, 1],
      ['J', 2, 1],
      ['b', 2, 2],
    ]);
    expect(beside(await walk(graph, asked))).toEqual([
      ['a', null, null],
      ['J', null, null],
      ['b', null, null],
    ]);
    const datasets = await walk(graph, { ...asked, granularity: 'DATASET', neighbors: true });
    expect(beside(datasets)).toEqual([
      ['a', 0, 1],
      ['b', 3, 2],
      ['c', 1, 0],
      ['d', 1, 0],
    ]);
    const hub = await graphOf(...Array.from({ length: 300 }, (_, at) => flow(`a > R${at} > `)));
    const part = await walk(hub, { maxNodes: 20, neighbors: true }, { tripEdges: 50, countNodes: 10 });
    expect(part.root.neighborsDownstream).toBeNull();
  });

  test('33. counts are of what can be reached at any depth, and a lower bound beyond the budget', async () => {
    const graph = await graphOf(...chainOf(50));
    const exact = await walk(graph, { depth: 2 });
    expect([exact.downstream, exact.upstream]).toEqual([
      { count: 100, isExact: true },
      { count: 0, isExact: true },
    ]);
    const bounded = await walk(graph, { depth: 2 }, { countNodes: 20 });
    expect(bounded.downstream.isExact).toBe(false);
    expect(bounded.downstream.count).toBeGreaterThanOrEqual(19);
    const onlyUp = await walk(graph, { depth: 2, direction: 'UPSTREAM' });
    expect([onlyUp.downstream, names(onlyUp)]).toEqual([{ count: 100, isExact: true }, ['a0']]);
    const uncounted = await walk(graph, { depth: 2, counts: [] });
    expect([uncounted.downstream.isExact, names(uncounted)]).toEqual([false, names(exact)]);
  });

  test('33. what is beyond the page is looked at while the counting goes on', async () => {
    const graph = await graphOf(...chainOf(20));
    await walk(graph, { depth: 2, direction: 'DOWNSTREAM' });
    const look = graph.calls.findIndex(({ side, size }) => side === 'UPSTREAM' && size > 1);
    expect(look).toBeGreaterThan(0);
    expect(look).toBeLessThan(graph.calls.findLastIndex(({ side }) => side === 'DOWNSTREAM'));
  });

  test.each(['JOB', 'DATASET'] as const)('34. a chain takes a trip for many levels at %s', async (granularity) => {
    const graph = await graphOf(...chainOf(50));
    const asked = { root: dataset('n25'), granularity, depth: 20 };
    const plain = await walk(graph, asked);
    const trips = graph.calls.length;
    graph.calls = [];
    graph.readsAhead = true;
    expect(await walk(graph, asked)).toEqual(plain);
    expect([trips, graph.calls.length]).toEqual([granularity === 'JOB' ? 104 : 106, granularity === 'JOB' ? 6 : 8]);
  });

  test('34. what a store reads ahead in a hub, a ladder or a restricted job changes no answer', async () => {
    const pairs = [
      open(restrictionRow(job('J0'))),
      open(pairRow(job('J0'), dataset('a'), dataset('x0'))),
      open(pairRow(job('J0'), dataset('b'), dataset('y0'))),
    ];
    const rungs = Array.from({ length: 12 }, (_, at) => flow(`x${at}, y${at} > K${at} > x${at + 1}, y${at + 1}`));
    const readers = Array.from({ length: 50 }, (_, at) => flow(`x3 > R${at} > r${at}`));
    const graph = await graphOf(flow('a, b > J0 > x0, y0'), ...rungs, ...readers, pairs);
    for (const granularity of ['JOB', 'DATASET'] as const) {
      for (const root of ['a', 'x0', 'y12', 'r7'].map(dataset)) {
        for (const maxNodes of [5, 1000]) {
          const asked = { root, granularity, depth: 9, maxNodes };
          graph.readsAhead = false;
          const plain = await walk(graph, asked);
          graph.readsAhead = true;
          expect(await walk(graph, asked)).toEqual(plain);
        }
      }
    }
  });

  test('33. running out of time gives the part that was found, and the cursor the rest', async () => {
    const graph = await graphOf(...chainOf(8));
    const whole = await walk(graph, { depth: 50, direction: 'DOWNSTREAM' });
    graph.tripMs = 300;
    const part = await walk(graph, { depth: 50, direction: 'DOWNSTREAM' });
    expect(part).toMatchObject({ truncatedBecause: 'TIME', downstream: { isExact: false } });
    expect(part.nodes.length).toBeGreaterThan(2);
    expect(part.nodes.at(-1)?.hasMoreDownstream).toBe(true);
    graph.tripMs = 0;
    const rest = await walk(graph, { depth: 50, direction: 'DOWNSTREAM', after: part.endCursor ?? '' });
    expect([...names(part), ...names(rest)]).toEqual(names(whole));
    expect([...arrows(part), ...arrows(rest)].sort()).toEqual(arrows(whole));
  });

  test('33. an outage midway is an error, never a small answer', async () => {
    const graph = await graphOf(flow('a > J > b'), flow('b > K > c'));
    graph.failAt = 3;
    await expect(walk(graph, {})).rejects.toThrow('away');
  });

  test('33. a malformed cursor and one of another request are refused with what to do', async () => {
    const graph = await graphOf(flow('a > J > b'), flow('b > K > c'));
    const { endCursor } = await walk(graph, { maxNodes: 2 });
    const refusals = [
      { after: 'nonsense!' },
      { after: 'bm9uZQ' },
      { after: endCursor ?? '', root: dataset('b') },
      { after: endCursor ?? '', asOf: hour(1) },
    ];
    for (const change of refusals) {
      await expect(walk(graph, change)).rejects.toMatchObject({
        category: 'INVALID_INPUT',
        faults: [{ pointer: '/after' }],
      });
    }
  });

  test('33. the next page stands on the state of the first, whatever was recorded since', async () => {
    const graph = await graphOf(flow('a > J > b, c'));
    const first = await walk(graph, { maxNodes: 2 });
    await load(graph, [
      node(dataset('aa'), 'aa'),
      open(edgeRow('WRITE', job('J'), dataset('aa'), { recordedFrom: hour(2) })),
    ]);
    const rest = await walk(graph, { maxNodes: 5, after: first.endCursor ?? '' });
    expect([...names(first), ...names(rest)]).toEqual(['a0', 'J1', 'b2', 'c2']);
    expect(rest.moment).toEqual(first.moment);
    expect(rest.root.id).toBe(dataset('a'));
  });
});

describe('34. bounded by nodes, never by paths', () => {
  test('34. a diamond ladder of 2,000 levels costs one round trip a level', async () => {
    const rungs = Array.from({ length: 2000 }, (_, at) => [
      open(edgeRow('DERIVED', dataset(`n${at}`), dataset(`l${at}`))),
      open(edgeRow('DERIVED', dataset(`n${at}`), dataset(`r${at}`))),
      open(edgeRow('DERIVED', dataset(`l${at}`), dataset(`n${at + 1}`))),
      open(edgeRow('DERIVED', dataset(`r${at}`), dataset(`n${at + 1}`))),
    ]);
    const graph = await graphOf(...rungs);
    const answer = await walk(graph, { root: dataset('n0'), depth: 100 });
    expect(answer.nodes).toHaveLength(151);
    expect(answer.downstream).toEqual({ count: 6000, isExact: true });
    // 4,000 levels and the empty last one downstream, one upstream, and one look at the other side of what is shown.
    expect(graph.calls.length).toBeLessThanOrEqual(4004);
    expect(graph.calls.reduce((sum, call) => sum + call.size, 0)).toBeLessThanOrEqual(6001 + 1 + 151);
  });

  test('34. a hub of 10,000 readers is one round trip for its readers, and pages give each of them once', async () => {
    const readers = Array.from({ length: 10_000 }, (_, at) => flow(`a > R${String(at).padStart(5, '0')} > `));
    const graph = await graphOf(...readers);
    const answer = await walk(graph, { depth: 100 });
    expect([answer.nodes.length, answer.edges.length, answer.truncatedBecause]).toEqual([1000, 999, 'NODES']);
    expect(answer.downstream).toEqual({ count: 10_000, isExact: true });
    expect(answer.root.hasMoreDownstream).toBe(true);
    // The readers, their own level, the other side of the root, and the look upstream from what is shown.
    expect(graph.calls.length).toBeLessThanOrEqual(4);
    const next = await walk(graph, { depth: 100, after: answer.endCursor ?? '' });
    expect([names(next)[0], next.nodes.length, next.edges.length]).toEqual(['R009991', 1000, 1000]);
  });

  test('34. a hub with more readers than a round trip brings is told in part, and counted as at least so many', async () => {
    const graph = await graphOf(...Array.from({ length: 300 }, (_, at) => flow(`a > R${at} > `)));
    const answer = await walk(graph, { maxNodes: 20 }, { tripEdges: 50, countNodes: 10 });
    expect([answer.nodes.length, answer.truncatedBecause, answer.downstream]).toEqual([
      20,
      'NODES',
      { count: 50, isExact: false },
    ]);
  });

  test('34. a job with 500 inputs and 500 outputs gives its quarter of a million dataset pairs in pages', async () => {
    const list = (letter: string): string => Array.from({ length: 500 }, (_, at) => `${letter}${at}`).join(',');
    const graph = await graphOf(flow(`${list('i')} > J > ${list('o')}`), flow(`a > K > ${list('i')}`));
    const first = await walk(graph, { granularity: 'DATASET', direction: 'DOWNSTREAM' }, { walkEdges: 1_000_000 });
    expect(first.truncatedBecause).toBe('NODES');
    expect(first.edges.length).toBeLessThanOrEqual(25_000);
    expect(first.downstream.count).toBe(1000);
  });

  test('33. levels that are only counted are asked for without rows', async () => {
    const graph = await graphOf(flow('a > J > b'), flow('b > K > c'));
    await walk(graph, { depth: 1, direction: 'DOWNSTREAM', openEnds: false });
    const down = graph.calls.filter(({ side }) => side === 'DOWNSTREAM').map(({ counting }) => counting);
    expect(down).toEqual([false, true, true, true, true]);
  });
});
