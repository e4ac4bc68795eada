import type { EdgeEvidence, EdgeKind, GraphChange } from '@headwater/domain/graph';
import { kindOf, type NodeId } from '@headwater/domain/identifiers';
import { dataset, edgeRow, hour, job, load, node, open } from '@headwater/store-contract/lineage-graph/rows';
import { MemoryLineageGraph } from '@headwater/store-contract/memory-lineage-graph';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { collapseLineage, type CollapsedAnswer } from './collapse-lineage.js';
import { edgeKey } from './hops.js';
import type { LineageAnswer, LineageRequest, TraversalPorts } from './lineage-answer.js';
import { walkLineage } from './walk-lineage.js';

const DATASETS = Array.from({ length: 8 }, (_, at) => dataset(`d${at}`));
const JOBS = Array.from({ length: 5 }, (_, at) => job(`j${at}`));
const LOGICAL = ['logical:a', 'logical:b'] as NodeId[];
const STRENGTH: readonly EdgeEvidence[] = ['OBSERVED', 'DECLARED', 'INFERRED'];

interface Stated {
  readonly kind: EdgeKind;
  readonly from: NodeId;
  readonly to: NodeId;
  readonly evidence: EdgeEvidence;
}

const anyDataset = fc.constantFrom(...DATASETS);
const anyJob = fc.constantFrom(...JOBS);
const evidence = fc.constantFrom(...STRENGTH);
const edge: fc.Arbitrary<Stated> = fc.oneof(
  fc.record({ kind: fc.constant<EdgeKind>('READ'), from: anyDataset, to: anyJob, evidence }),
  fc.record({ kind: fc.constant<EdgeKind>('WRITE'), from: anyJob, to: anyDataset, evidence }),
);
const grouping = fc.array(fc.option(fc.constantFrom(...LOGICAL), { freq: 2 }), {
  minLength: DATASETS.length,
  maxLength: DATASETS.length,
});
const question = fc.record({
  direction: fc.constantFrom('UPSTREAM', 'DOWNSTREAM', 'BOTH'),
  depth: fc.integer({ min: 0, max: 6 }),
  granularity: fc.constantFrom('JOB', 'DATASET'),
}) satisfies fc.Arbitrary<Partial<LineageRequest>>;

async function portsOf(edges: readonly Stated[]): Promise<TraversalPorts> {
  const graph = new MemoryLineageGraph();
  const nodes: GraphChange[] = [...DATASETS, ...JOBS].map((id) => node(id, id));
  const rows = edges.map(({ kind, from, to, evidence: by }) => open(edgeRow(kind, from, to, { evidence: by })));
  await load(graph, [...nodes, ...rows]);
  const none = (): Promise<readonly NodeId[]> => Promise.resolve([]);
  const roots = { fieldsOf: none, versionsOf: none, runsOf: none, runsByBareId: none };
  return { graph, roots, clock: { now: () => hour(20) } };
}

/** The same collapse as plainly as can be: from the whole of the physical answer, node by node and edge by edge. */
function expectedOf(answer: LineageAnswer, of: (id: NodeId) => NodeId) {
  const within = new Map<string, number>();
  const isInner = (id: NodeId): NodeId | null => {
    const shown = answer.nodes.find((one) => one.id === id);
    if (shown?.kind !== 'JOB' || id === answer.root.id || shown.hasMoreUpstream || shown.hasMoreDownstream) return null;
    const reads = answer.edges.filter((one) => one.to === id).map((one) => of(one.from));
    const writes = answer.edges.filter((one) => one.from === id).map((one) => of(one.to));
    const [only, ...others] = new Set([...reads, ...writes]);
    const isOne = reads.length > 0 && writes.length > 0 && others.length === 0 && only?.startsWith('logical:');
    return isOne === true ? (only ?? null) : null;
  };
  const place = (id: NodeId): NodeId => isInner(id) ?? of(id);
  const merged = new Map<string, { count: number; evidence: EdgeEvidence }>();
  for (const { kind, from, to, evidence: by } of answer.edges) {
    const [a, b] = [place(from), place(to)];
    if (a === b && a.startsWith('logical:')) within.set(a, (within.get(a) ?? 0) + 1);
    else {
      const key = edgeKey({ kind, from: a, to: b });
      const known = merged.get(key);
      const best = STRENGTH[Math.min(STRENGTH.indexOf(by), STRENGTH.indexOf(known?.evidence ?? by))] ?? by;
      merged.set(key, { count: (known?.count ?? 0) + 1, evidence: best });
    }
  }
  const members = new Map<NodeId, { ids: NodeId[]; depth: number }>();
  for (const { id, depth } of answer.nodes) {
    if (isInner(id) !== null) continue;
    const known = members.get(of(id));
    members.set(of(id), { ids: [...(known?.ids ?? []), id].sort(), depth: Math.min(depth, known?.depth ?? depth) });
  }
  return { within, merged, members };
}

const occurred = { inner: 0, within: 0, merged: 0, apart: 0 };

test('logical datasets stand for their members as a plain reading of the physical answer gives', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(edge, { minLength: 10, maxLength: 30, size: 'max' }),
      grouping,
      anyDataset,
      question,
      async (edges, groups, start, asked) => {
        const ports = await portsOf(edges);
        const of = (id: NodeId): NodeId => groups[DATASETS.indexOf(id)] ?? id;
        const root = of(start);
        const starts = root === start ? [start] : DATASETS.filter((id) => of(id) === root);
        const request: LineageRequest = { ...asked, root, maxNodes: 1000, counts: [] };
        const known = {
          node: { id: root, kind: 'LOGICAL_DATASET', displayName: root, placeholder: false },
          starts,
        } as const;
        const whole = await walkLineage(ports, request, undefined, root === start ? undefined : known);
        if (whole === null) throw new Error('unknown root');
        const answer = collapseLineage(whole, request.direction, (id) =>
          of(id) === id ? undefined : { id: of(id), displayName: of(id) },
        );
        const expected = expectedOf(whole, of);
        expect(new Map(answer.nodes.map((one) => [one.id, one.depth]))).toEqual(
          new Map([...expected.members].map(([id, { depth }]) => [id, depth])),
        );
        for (const one of answer.nodes) {
          const isLogical = one.id.startsWith('logical:');
          expect(one.members).toEqual(isLogical ? expected.members.get(one.id)?.ids : []);
          expect([one.kind, one.collapsed]).toEqual([
            isLogical ? 'LOGICAL_DATASET' : kindOf(one.id),
            expected.within.get(one.id) ?? 0,
          ]);
        }
        expect(
          new Map(answer.edges.map((one) => [edgeKey(one), { count: one.merged, evidence: one.evidence }])),
        ).toEqual(expected.merged);
        expect(answer.edges).toHaveLength(expected.merged.size);
        expectWhole(answer, whole);
        expect(answer.root.id).toBe(root);
        occurred.within += expected.within.size;
        occurred.inner +=
          whole.nodes.filter(({ kind }) => kind === 'JOB').length -
          answer.nodes.filter(({ kind }) => kind === 'JOB').length;
        occurred.merged += answer.edges.filter(({ merged }) => merged > 1).length;
        occurred.apart += answer.nodes.filter(({ kind }) => kind === 'DATASET').length;
      },
    ),
    { numRuns: 300 },
  );
  expect(Math.min(...Object.values(occurred))).toBeGreaterThan(0);
});

/** Every edge of the physical answer is one of those merged, or one of those left out; both ends of an edge are nodes. */
function expectWhole(answer: CollapsedAnswer, whole: LineageAnswer): void {
  const merged = answer.edges.reduce((sum, one) => sum + one.merged, 0);
  const collapsed = answer.nodes.reduce((sum, one) => sum + one.collapsed, 0);
  expect(merged + collapsed).toBe(whole.edges.length);
  const ids = new Set(answer.nodes.map(({ id }) => id));
  expect(answer.edges.every(({ from, to }) => ids.has(from) && ids.has(to))).toBe(true);
}
