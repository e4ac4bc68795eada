import { fieldId, jobId, type NodeId } from '@headwater/domain/identifiers';
import { dataset, edgeRow, hour, load, open } from '@headwater/store-contract/lineage-graph/rows';
import { MemoryLineageGraph } from '@headwater/store-contract/memory-lineage-graph';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FactRow } from '../catalog.js';
import type { Transformation } from '../graph.js';
import type { Veil } from '../traversal/hide-lineage.js';
import { stopOn, USUAL_CARRIAGE, type Carriage } from './carriage.js';
import { TagCarriage } from './tag-rules.js';
import { tagsCarriedTo } from './tag-lineage.js';
import { reachOfField, reachOfTag, type ReachPorts } from './tag-reach.js';

const FIELDS = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => fieldId(dataset(name), ['x']));
const NOW = { at: hour(10), knownAt: hour(10), edgesKnownAt: hour(10) };
const ALL = { most: 5_000, after: null };

const as = (given: Partial<Transformation>): Transformation => ({
  ...{ type: 'DIRECT', subtype: null, description: null, masking: false },
  ...given,
});
const WAYS = {
  plain: [],
  direct: [as({})],
  masked: [as({ masking: true })],
  'masked and not': [as({ masking: true }), as({})],
  filter: [as({ type: 'INDIRECT', subtype: 'FILTER' })],
  'masked, and a filter': [as({ masking: true }), as({ type: 'INDIRECT', subtype: 'FILTER' })],
} as const;
type Way = keyof typeof WAYS;
const CARRIES: ReadonlySet<Way> = new Set(['plain', 'direct', 'masked and not']);

interface Edge {
  readonly from: NodeId;
  readonly to: NodeId;
  readonly way: Way;
  readonly isOver: boolean;
}

interface Model {
  readonly edges: readonly Edge[];
  readonly tagged: readonly NodeId[];
  readonly barred: readonly NodeId[];
}

const anyField = fc.constantFrom(...FIELDS);
const model: fc.Arbitrary<Model> = fc.record({
  edges: fc.uniqueArray(
    fc.record({
      from: anyField,
      to: anyField,
      way: fc.constantFrom<Way>(
        'plain',
        'direct',
        'direct',
        'masked',
        'masked and not',
        'filter',
        'masked, and a filter',
      ),
      isOver: fc.boolean(),
    }),
    { maxLength: 14, selector: ({ from, to, isOver }) => `${from} ${to} ${String(isOver)}` },
  ),
  tagged: fc.uniqueArray(anyField, { maxLength: 2 }),
  barred: fc.uniqueArray(anyField, { maxLength: 1 }),
});

function fact(nodeId: NodeId, kind: 'TAG' | 'NOT_TAG', value = 'pii=email'): FactRow {
  return {
    ...{ rowId: `${kind} ${nodeId}`, nodeKey: nodeId as never, nodeId, kind, value, detail: null, source: 'EDIT' },
    ...{ producer: 'Ana', position: 1, validFrom: hour(1), validTo: null, recordedFrom: hour(1), recordedTo: null },
  };
}

async function portsOf({ edges, tagged, barred }: Model): Promise<ReachPorts> {
  const graph = new MemoryLineageGraph();
  await load(
    graph,
    edges.map(({ from, to, way, isOver }) =>
      open(edgeRow('DERIVED', from, to, { transformations: WAYS[way], ...(isOver && { validTo: hour(5) }) })),
    ),
  );
  const facts = [
    ...tagged.map((node) => fact(node, 'TAG')),
    ...barred.filter((node) => !tagged.includes(node)).map((node) => fact(node, 'NOT_TAG')),
  ];
  return {
    graph,
    catalog: {
      definitionsOf: () => Promise.resolve([]),
      facts: (nodes) =>
        Promise.resolve(new Map(nodes.map((node) => [node, facts.filter(({ nodeId }) => nodeId === node)]))),
      fields: () => Promise.resolve(new Map()),
      tagged: (tag) => Promise.resolve(facts.filter(({ value }) => value === tag || value.startsWith(`${tag}=`))),
    },
  };
}

/** Every way that never comes twice to a node, one by one: how long the shortest is to each node. */
function byEveryPath({ edges, tagged, barred }: Model): ReadonlyMap<NodeId, number> {
  const shortest = new Map<NodeId, number>();
  const isBarred = (node: NodeId): boolean => barred.includes(node) && !tagged.includes(node);
  const visit = (path: readonly NodeId[]): void => {
    const last = path.at(-1);
    if (last === undefined) return;
    shortest.set(last, Math.min(shortest.get(last) ?? Infinity, path.length - 1));
    for (const { from, to, way, isOver } of edges)
      if (from === last && !isOver && CARRIES.has(way) && !path.includes(to) && !isBarred(to)) visit([...path, to]);
  };
  for (const node of tagged) visit([node]);
  return shortest;
}

test('a tag is wherever some way carries it, by the shortest, from either end', async () => {
  await fc.assert(
    fc.asyncProperty(model, async (given) => {
      const ports = await portsOf(given);
      const expected = byEveryPath(given);
      const reach = await reachOfTag(ports, 'pii=email', NOW, ALL, null);
      expect(new Map(reach.places.map(({ node, distance }) => [node, distance]))).toEqual(expected);
      for (const { via, distance, node } of reach.places) {
        expect([via.length - 1, via.at(-1)]).toEqual([distance, node]);
        expect(given.tagged).toContain(via[0]);
        for (const [at, from] of via.slice(0, -1).entries())
          expect(
            given.edges.some(
              (edge) => edge.from === from && edge.to === via[at + 1] && CARRIES.has(edge.way) && !edge.isOver,
            ),
          ).toBe(true);
      }
      const carried = await tagsCarriedTo(ports, FIELDS, NOW);
      const came = [...carried].flatMap(([node, tags]) => tags.map(({ via }) => [node, via] as const));
      const far = reach.places.filter(({ distance }) => distance > 0);
      expect(new Map(came)).toEqual(new Map(far.map(({ node, via }) => [node, via])));
    }),
    { numRuns: 300 },
  );
});

test('every place where a tag ends is told, with why, and pages hold everything once', async () => {
  await fc.assert(
    fc.asyncProperty(model, fc.integer({ min: 1, max: 3 }), async (given, most) => {
      const ports = await portsOf(given);
      const whole = await reachOfTag(ports, 'pii', NOW, ALL, null);
      const has = new Set(whole.places.map(({ node }) => node));
      const isBarred = (node: NodeId): boolean => given.barred.includes(node) && !given.tagged.includes(node);
      const ends = given.edges.filter(
        ({ from, to, way, isOver }) => from !== to && has.has(from) && !isOver && (!CARRIES.has(way) || isBarred(to)),
      );
      const told = whole.stops.map(({ from, to, because }) => `${from} ${to} ${because}`).sort();
      const because = (way: Way): string => (CARRIES.has(way) ? 'NOT_HERE' : way === 'filter' ? 'INDIRECT' : 'MASKING');
      expect(told).toEqual(ends.map(({ from, to, way }) => `${from} ${to} ${because(way)}`).sort());
      const read = [];
      for (let after = null as { distance: number; node: NodeId; tag: string | null } | null; ;) {
        const page = await reachOfTag(ports, 'pii', NOW, { most, after }, null);
        expect(page.total).toBe(whole.total);
        read.push(...page.places);
        after = page.places.at(-1) ?? null;
        if (!page.hasMore) break;
      }
      expect(read).toEqual(whole.places);
    }),
    { numRuns: 100 },
  );
});

const [A, B, C, D] = FIELDS as [NodeId, NodeId, NodeId, NodeId];
const edge = (from: NodeId, to: NodeId, way: Way = 'direct'): Edge => ({ from, to, way, isOver: false });

test('of two equally short ways the one of the smaller ids is told, from either end', async () => {
  const ports = await portsOf({
    edges: [edge(A, C), edge(A, B), edge(C, D), edge(B, D)],
    tagged: [A],
    barred: [],
  });
  expect((await tagsCarriedTo(ports, [D], NOW)).get(D)?.map(({ via }) => via)).toEqual([[A, B, D]]);
  expect((await reachOfTag(ports, 'pii', NOW, ALL, null)).places.at(-1)?.via).toEqual([A, B, D]);
});

test('a cycle does not keep a tag that nothing outside of it has', async () => {
  const edges = [edge(A, B), edge(B, C), edge(C, B)];
  expect((await reachOfTag(await portsOf({ edges, tagged: [A], barred: [] }), 'pii', NOW, ALL, null)).total).toBe(3);
  const gone = await portsOf({ edges: edges.slice(1), tagged: [A], barred: [] });
  expect(await tagsCarriedTo(gone, [B, C], NOW)).toEqual(new Map());
});

test('the values of a field get where a tag on it would', async () => {
  const ports = await portsOf({ edges: [edge(A, B), edge(B, C, 'masked')], tagged: [], barred: [] });
  const { places, stops } = await reachOfField(ports, A, NOW, ALL, null);
  expect(places.map(({ node, origin, span }) => [node, origin, span])).toEqual([
    [A, null, null],
    [B, null, null],
  ]);
  expect(stops.map(({ from, to, because }) => [from, to, because])).toEqual([[B, C, 'MASKING']]);
});

test('what may not be seen is opaque and last at its distance, and who put a tag there is not told', async () => {
  const ports = await portsOf({ edges: [edge(A, B), edge(A, C), edge(C, D, 'masked')], tagged: [A], barred: [] });
  const hidden: readonly NodeId[] = [A, B];
  const veil = {
    sees: (id: NodeId) => !hidden.includes(id),
    hiddenId: (id: NodeId) => `hidden:${String(hidden.indexOf(id))}` as NodeId,
  };
  const { places, stops } = await reachOfTag(ports, 'pii', NOW, ALL, veil);
  expect(places.map(({ node, via }) => [node, via])).toEqual([
    ['hidden:0', ['hidden:0']],
    [C, ['hidden:0', C]],
    ['hidden:1', ['hidden:0', 'hidden:1']],
  ]);
  expect(places.map(({ origin }) => [origin?.nodeId, origin?.producer])).toEqual(places.map(() => ['hidden:0', null]));
  expect(stops.map(({ from, to }) => [from, to])).toEqual([[C, D]]);
});

test('of an edge that may be seen what a hidden job says is left out', async () => {
  const ports = await portsOf({ edges: [], tagged: [A], barred: [] });
  const [known, hidden] = [jobId('open', 'load'), jobId('hush', 'load')];
  await load(
    ports.graph as MemoryLineageGraph,
    [known, hidden].map((job) =>
      open(edgeRow('DERIVED', A, B, { job, transformations: [as({ masking: true, description: `by ${job}` })] })),
    ),
  );
  const stops = async (veil: Veil | null) => (await reachOfTag(ports, 'pii', NOW, ALL, veil)).stops;
  const told = async (veil: Veil | null) =>
    (await stops(veil)).flatMap(({ transformations }) => transformations.map(({ description }) => description)).sort();
  expect(await told(null)).toEqual([`by ${hidden}`, `by ${known}`]);
  expect(await told({ sees: (id) => id !== hidden, hiddenId: (id) => id })).toEqual([`by ${known}`]);
});

test('a tag holds while a way carries it: statements that mask say nothing of when', async () => {
  const ports = await portsOf({ edges: [], tagged: [A], barred: [] });
  await load(ports.graph as MemoryLineageGraph, [
    open(edgeRow('DERIVED', A, B, { validFrom: hour(2), transformations: WAYS.masked })),
    open(edgeRow('DERIVED', A, B, { validFrom: hour(4), validTo: hour(20), transformations: WAYS.direct })),
  ]);
  const [carried] = (await tagsCarriedTo(ports, [B], NOW)).get(B) ?? [];
  expect(carried?.span).toEqual({ since: hour(4), until: hour(20) });
});

test('one way without masking is enough, and so is a statement that names none', () => {
  const rows = (...ways: readonly Way[]) => ways.map((way) => ({ transformations: WAYS[way] }));
  expect(stopOn(rows('masked', 'direct'), USUAL_CARRIAGE)).toBeNull();
  expect(stopOn(rows('masked', 'plain'), USUAL_CARRIAGE)).toBeNull();
  expect(stopOn(rows('masked', 'filter'), USUAL_CARRIAGE)).toBe('MASKING');
  const open = { ...USUAL_CARRIAGE, throughIndirect: true };
  expect(stopOn(rows('masked', 'filter'), open)).toBeNull();
  const hashed = [{ transformations: [as({ subtype: 'hash' })] }];
  expect(stopOn(hashed, { ...USUAL_CARRIAGE, stopSubtypes: ['HASH'] })).toBe('SUBTYPE');
});

test('the rule that names most of a tag says how it goes along', () => {
  const rule = (tag: string, given: Partial<Carriage> = {}) => ({ ...USUAL_CARRIAGE, tag, ...given });
  const carriage = new TagCarriage([
    rule('*', { stopSubtypes: ['AGGREGATION'] }),
    rule('pii', { throughIndirect: true }),
    rule('pii=none', { isCarried: false }),
  ]);
  expect(carriage.of('pii=email')).toMatchObject({ throughIndirect: true, stopSubtypes: [] });
  expect(carriage.of('pii')).toMatchObject({ throughIndirect: true });
  expect(carriage.of('pii=none').isCarried).toBe(false);
  expect(carriage.of('tier=gold').stopSubtypes).toEqual(['AGGREGATION']);
  expect(carriage.widest).toEqual({ isCarried: true, throughIndirect: true, stopSubtypes: [] });
  expect(new TagCarriage([]).of('pii')).toBe(USUAL_CARRIAGE);
});
