import { close, dataset, edgeRow, hour, job, load, node, open } from '@headwater/store-contract/lineage-graph/rows';
import { MemoryLineageGraph } from '@headwater/store-contract/memory-lineage-graph';
import { expect, test } from 'vitest';
import type { LineageAnswer, LineageRequest, TraversalPorts } from './lineage-answer.js';
import { walkLineage } from './walk-lineage.js';

const [raw, clean, mart] = [dataset('raw'), dataset('clean'), dataset('mart')];
const [stage, report, elsewhere] = [job('stage'), job('report'), job('elsewhere')];
const over = edgeRow('CONTROL', report, stage, { validTo: hour(2) });
const lasting = edgeRow('CONTROL', stage, report);

/** raw > stage > clean > report > mart; stage triggers report, for a while also the other way, and a job apart from all of it. */
async function ports(): Promise<TraversalPorts> {
  const graph = new MemoryLineageGraph();
  const rows = [
    edgeRow('READ', raw, stage),
    edgeRow('WRITE', stage, clean),
    edgeRow('READ', clean, report),
    edgeRow('WRITE', report, mart),
    lasting,
    over,
    edgeRow('CONTROL', stage, elsewhere),
  ];
  const ids = new Set(rows.flatMap(({ from, to }) => [from, to]));
  await load(graph, [...[...ids].map((id) => node(id, id)), ...rows.map((row) => open(row))]);
  const none = () => Promise.resolve([]);
  const roots = { fieldsOf: none, versionsOf: none, runsOf: none, runsByBareId: none };
  return { graph, roots, clock: { now: () => hour(100) } };
}

const ask = async (change: Partial<LineageRequest>): Promise<LineageAnswer> => {
  const request = {
    root: clean,
    direction: 'BOTH',
    depth: 9,
    granularity: 'JOB',
    maxNodes: 100,
    control: true,
  } as const;
  const answer = await walkLineage(await ports(), { ...request, ...change });
  if (answer === null) throw new Error('no answer');
  return answer;
};
const control = ({ edges }: LineageAnswer) =>
  edges.filter(({ kind }) => kind === 'CONTROL').map(({ from, to, evidence }) => [from, to, evidence]);

test('23. shown jobs that trigger each other have a CONTROL edge where it is asked for, and nothing is reached by it', async () => {
  const answer = await ask({});
  expect(control(answer)).toEqual([[stage, report, 'OBSERVED']]);
  expect(answer.nodes.map(({ id }) => id).sort()).toEqual([clean, mart, raw, report, stage].sort());
  expect(control(await ask({ control: false }))).toEqual([]);
  expect(control(await ask({ direction: 'UPSTREAM' }))).toEqual([]);
  expect(control(await ask({ granularity: 'DATASET' }))).toEqual([]);
});

test('18. a CONTROL edge holds at the moment that is asked about', async () => {
  expect(control(await ask({ asOf: hour(1) }))).toEqual([
    [report, stage, 'OBSERVED'],
    [stage, report, 'OBSERVED'],
  ]);
});

test('33. over pages a CONTROL edge comes once, with the later of its ends', async () => {
  const pages: LineageAnswer[] = [];
  let after: string | undefined;
  do {
    const page = await ask({ maxNodes: 1, after });
    pages.push(page);
    after = page.endCursor ?? undefined;
  } while (after !== undefined);
  expect(pages.flatMap(control)).toEqual([[stage, report, 'OBSERVED']]);
  const [at] = pages.flatMap((page, index) => (control(page).length > 0 ? [index] : []));
  expect(pages[at ?? 0]?.nodes.some(({ id }) => id === stage || id === report)).toBe(true);
});

test('18. one that was closed in record time is known to have held before', async () => {
  const answered = await ports();
  const graph = answered.graph as MemoryLineageGraph;
  await graph.apply([{ position: 2, recordedAt: hour(50), changes: [close(lasting, hour(50))] }]);
  const request = {
    root: clean,
    direction: 'BOTH',
    depth: 9,
    granularity: 'JOB',
    maxNodes: 100,
    control: true,
  } as const;
  const [now, before] = await Promise.all([
    walkLineage(answered, request),
    walkLineage(answered, { ...request, knownAt: hour(40) }),
  ]);
  if (now === null || before === null) throw new Error('no answer');
  expect(control(now)).toEqual([]);
  expect(control(before)).toEqual([[stage, report, 'OBSERVED']]);
});
