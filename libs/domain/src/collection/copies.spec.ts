import { fieldId, type NodeId } from '@headwater/domain/identifiers';
import { dataset, edgeRow, hour, load, open } from '@headwater/store-contract/lineage-graph/rows';
import { MemoryLineageGraph } from '@headwater/store-contract/memory-lineage-graph';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EdgeBudget } from '../classification/tag-edges.js';
import type { Transformation } from '../graph.js';
import { copiesOf, type CopyWalk } from './copies.js';

const FIELDS = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => fieldId(dataset(name), ['x']));
const [A, B, C, D, E, F] = FIELDS as [NodeId, NodeId, NodeId, NodeId, NodeId, NodeId];
const NOW = { at: hour(10), knownAt: hour(10), edgesKnownAt: hour(10) };

const as = (subtype: string | null, given: Partial<Transformation> = {}): Transformation => ({
  ...{ type: 'DIRECT', subtype, description: null, masking: false },
  ...given,
});
const WAYS = {
  same: [as('IDENTITY')],
  'same, and a filter': [as('identity'), as('FILTER', { type: 'INDIRECT' })],
  'not said': [],
  changed: [as('TRANSFORMATION')],
  masked: [as('IDENTITY', { masking: true })],
  'same and changed': [as('IDENTITY'), as('AGGREGATION')],
  filter: [as('FILTER', { type: 'INDIRECT' })],
} as const;
type Way = keyof typeof WAYS;
type Edge = readonly [from: NodeId, to: NodeId, way: Way];

async function walkOver(edges: readonly Edge[]): Promise<CopyWalk> {
  const graph = new MemoryLineageGraph();
  await load(
    graph,
    edges.map(([from, to, way]) => open(edgeRow('DERIVED', from, to, { transformations: WAYS[way] }))),
  );
  return { ports: { graph }, time: NOW, budget: new EdgeBudget() };
}

/** What each field is a copy of, by the definition. */
function sourcesIn(edges: readonly Edge[]): ReadonlyMap<NodeId, NodeId> {
  const found = FIELDS.flatMap((to) => {
    const from = edges.filter((edge) => edge[1] === to && edge[0] !== to && edge[2] !== 'filter');
    const [only] = from;
    return only !== undefined && from.length === 1 && only[2].startsWith('same') && only[2] !== 'same and changed'
      ? [[to, only[0]] as const]
      : [];
  });
  return new Map(found);
}

const anyField = fc.constantFrom(...FIELDS);
const anyEdge = fc.tuple(
  anyField,
  anyField,
  fc.constantFrom<Way>(
    'same',
    'same',
    'same',
    'same, and a filter',
    'not said',
    'changed',
    'masked',
    'same and changed',
    'filter',
  ),
);

test('fields are copies of each other where copying connects them, whichever one is asked about', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(anyEdge, { maxLength: 10, selector: ([from, to]) => `${from} ${to}` }),
      fc.uniqueArray(anyField, { minLength: 1, maxLength: 2 }),
      async (edges, asked) => {
        const copies = await copiesOf(await walkOver(edges), asked, 1_000);
        const sources = sourcesIn(edges);
        const linked = (a: NodeId, b: NodeId): boolean => sources.get(a) === b || sources.get(b) === a;
        for (const field of asked) {
          const same = new Set([field]);
          for (const at of same) for (const other of FIELDS) if (linked(at, other)) same.add(other);
          expect(copies.sameAs(field)).toEqual([...same].sort());
          for (const place of same) {
            const { via, commonSource } = copies.between(field, place);
            expect(copies.chainOf(field)).toContain(commonSource);
            expect(copies.chainOf(place)).toContain(commonSource);
            expect(via).toContain(commonSource);
            expect([via[0], via.at(-1)]).toEqual([field, place]);
            expect(new Set(via).size).toBe(via.length);
            for (const [at, from] of via.slice(0, -1).entries()) expect(linked(from, via[at + 1] ?? from)).toBe(true);
            expect(copies.rootOf(place)).toBe(copies.rootOf(field));
          }
        }
        expect(copies.isWhole).toBe(true);
      },
    ),
    { numRuns: 300 },
  );
});

test('what comes from two fields is a copy of neither', async () => {
  const copies = await copiesOf(
    await walkOver([
      [A, B, 'same'],
      [C, B, 'same'],
      [A, D, 'same'],
      [C, D, 'filter'],
    ]),
    [A],
    1_000,
  );
  expect(copies.sameAs(A)).toEqual([A, D]);
});

test('copies beyond the limit are left out, the nearest kept, and it is said', async () => {
  const chain: readonly Edge[] = [A, B, C, D, E].map((from, at) => [from, [B, C, D, E, F][at] ?? F, 'same']);
  const copies = await copiesOf(await walkOver(chain), [C], 4);
  expect([copies.sameAs(C), copies.isWhole]).toEqual([[A, B, C, D], false]);
  expect([copies.chainOf(D).length, copies.between(D, A).via]).toEqual([4, [D, C, B, A]]);
});
