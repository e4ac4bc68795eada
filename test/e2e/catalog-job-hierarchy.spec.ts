import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { CatalogApp } from './catalog-app.js';
import { datasetNode, facet, jobNode, JOBS, runEvent, runId } from './catalog-events.js';

interface ParentJob {
  readonly id: string;
  readonly displayName: string;
  readonly parent: ParentJob | null;
}

interface Graph {
  readonly nodes: readonly { readonly id: string; readonly kind: string; readonly node: Partial<ParentJob> | null }[];
  readonly edges: readonly { readonly from: string; readonly to: string; readonly via: readonly string[] }[];
}

const QUERY = `query($root: ID!, $depth: Int, $granularity: LineageGranularity) {
  lineage(root: $root, direction: DOWNSTREAM, depth: $depth, granularity: $granularity) {
    nodes { id kind node { ... on Job { parent { id displayName parent { id displayName parent { id } } } } } }
    edges { from to via } } }`;

const TASKS = 30;
const parentOf = (job: string, run: number): object => ({
  parent: facet({ run: { runId: runId(run) }, job: { namespace: JOBS, name: job } }),
});

/** d0 -> task 0 -> d1 -> … of one DAG, each by a Spark action that the task started; then a job that stands by itself. */
const EVENTS = [
  ...Array.from({ length: TASKS }, (_, n) => [
    runEvent({
      ...{ job: `dag.task${n}`, runId: runId(100 + n), at: '2026-03-01T01:00:00Z' },
      runFacets: parentOf('dag', 90),
    }),
    runEvent({
      ...{ job: `dag.task${n}.save`, runId: runId(200 + n), at: '2026-03-01T01:00:00Z' },
      ...{ inputs: [`d${n}`], outputs: [`d${n + 1}`], runFacets: parentOf(`dag.task${n}`, 100 + n) },
    }),
  ]).flat(),
  runEvent({
    ...{ job: 'alone', runId: runId(300), at: '2026-03-01T02:00:00Z' },
    ...{ inputs: [`d${TASKS}`], outputs: ['end'] },
  }),
];

let catalog: CatalogApp;

beforeAll(async () => {
  catalog = await CatalogApp.start();
  await catalog.take(EVENTS);
});
afterAll(() => catalog.close());

async function trace(root: string, depth: number, granularity = 'JOB'): Promise<Graph> {
  return (await catalog.data<{ lineage: Graph }>(QUERY, { root, depth, granularity })).lineage;
}

/** Each job as its outermost parent: what a view draws when all is collapsed. */
function collapsed({ nodes, edges }: Graph): readonly string[] {
  const shown = new Map(
    nodes.map(({ id, node }) => {
      let outer = id;
      for (let job = node?.parent ?? null; job !== null; job = job.parent ?? null) outer = job.id;
      return [id, outer] as const;
    }),
  );
  const drawn = edges.map(({ from, to }) => `${shown.get(from) ?? from} -> ${shown.get(to) ?? to}`);
  return [...new Set(drawn)].sort();
}

test('14. one query lets a view collapse jobs into their parents', async () => {
  const graph = await trace(datasetNode('d0'), 2 * TASKS + 2);
  const jobs = graph.nodes.filter(({ kind }) => kind === 'JOB');
  expect(jobs).toHaveLength(TASKS + 1);
  const dag = jobNode('dag');
  expect(jobs[0]?.node).toEqual({
    parent: { id: jobNode('dag.task0'), displayName: 'task0', parent: { id: dag, displayName: 'dag', parent: null } },
  });
  const datasets = Array.from({ length: TASKS + 1 }, (_, n) => datasetNode(`d${n}`));
  expect(collapsed(graph)).toEqual(
    [
      ...datasets.slice(0, -1).map((dataset) => `${dataset} -> ${dag}`),
      ...datasets.slice(1).map((dataset) => `${dag} -> ${dataset}`),
      `${datasetNode(`d${TASKS}`)} -> ${jobNode('alone')}`,
      `${jobNode('alone')} -> ${datasetNode('end')}`,
    ].sort(),
  );
});

test('14. the jobs that edges between datasets run through tell their parents by their ids', async () => {
  const { edges } = await trace(datasetNode('d0'), TASKS, 'DATASET');
  const ids = [...new Set(edges.flatMap(({ via }) => via))];
  expect(ids).toHaveLength(TASKS);
  const { nodes } = await catalog.data<{ nodes: readonly Partial<ParentJob>[] }>(
    'query($ids: [ID!]!) { nodes(ids: $ids) { ... on Job { parent { parent { id } } } } }',
    { ids },
  );
  expect(nodes).toEqual(ids.map(() => ({ parent: { parent: { id: jobNode('dag') } } })));
});

test('14. the parents of all jobs of a graph cost as many statements as those of two', async () => {
  const cost = async (depth: number, jobs: number): Promise<number> => {
    const statements = vi.spyOn(catalog.apiPool, 'query');
    const graph = await trace(datasetNode('d0'), depth);
    const count = statements.mock.calls.length;
    vi.restoreAllMocks();
    expect(graph.nodes.filter(({ kind }) => kind === 'JOB')).toHaveLength(jobs);
    return count;
  };
  const few = await cost(4, 2);
  expect(few).toBeGreaterThan(2);
  expect(await cost(2 * TASKS, TASKS)).toBe(few);
});
