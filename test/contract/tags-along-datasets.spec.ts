import type { FactRow } from '@headwater/domain/catalog';
import { USUAL_CARRIAGE } from '@headwater/domain/classification/carriage';
import { tagsCarriedTo, tagsCarriedToDatasets } from '@headwater/domain/classification/tag-lineage';
import { reachOfTag, type ReachPorts } from '@headwater/domain/classification/tag-reach';
import { TagCarriage, type TagRule } from '@headwater/domain/classification/tag-rules';
import type { EdgeKind, Transformation } from '@headwater/domain/graph';
import type { NodeId } from '@headwater/domain/identifiers';
import type { LineageGraph } from '@headwater/domain/ports';
import {
  dataset,
  edgeRow,
  hour,
  job,
  load,
  open,
  pairRow,
  restrictionRow,
} from '@headwater/store-contract/lineage-graph/rows';
import { MemoryLineageGraph } from '@headwater/store-contract/memory-lineage-graph';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createGraphSchema } from '../support/graph-schema.js';
import { graphStores } from '../support/graph-stores.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

const NOW = { at: hour(10), knownAt: hour(1_000), edgesKnownAt: hour(1_000) };
const ALL = { most: 5_000, after: null };
const RULE: TagRule = { ...USUAL_CARRIAGE, tag: 'status', alongDatasets: true };

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
} as const;
type Way = keyof typeof WAYS;
const CARRIES: ReadonlySet<Way> = new Set(['plain', 'direct', 'masked and not']);

interface Over {
  readonly isOver: boolean;
}
interface Edge extends Over {
  readonly kind: EdgeKind;
  readonly from: string;
  readonly to: string;
  readonly way: Way;
}
/** Nodes are named by a letter and a number: `d` datasets, `j` jobs. */
interface Model {
  readonly edges: readonly Edge[];
  readonly pairs: readonly ({ readonly job: string; readonly input: string; readonly output: string } & Over)[];
  readonly paired: readonly string[];
  readonly tagged: readonly string[];
  readonly barred: readonly string[];
}

const DATASETS = ['d0', 'd1', 'd2', 'd3', 'd4', 'd5'];
const aDataset = fc.constantFrom(...DATASETS);
const aJob = fc.constantFrom('j0', 'j1', 'j2');
const isOver = fc.integer({ max: 5, min: 0 }).map((one) => one === 0);
const plain = fc.constant<Way>('plain');
const edgeOf = (kind: EdgeKind, from: fc.Arbitrary<string>, to: fc.Arbitrary<string>, way: fc.Arbitrary<Way> = plain) =>
  fc.record({ kind: fc.constant(kind), from, to, way, isOver });
const model: fc.Arbitrary<Model> = fc.record({
  edges: fc.uniqueArray(
    fc.oneof(
      { weight: 5, arbitrary: edgeOf('READ', aDataset, aJob) },
      { weight: 5, arbitrary: edgeOf('WRITE', aJob, aDataset) },
      {
        weight: 3,
        arbitrary: edgeOf('DERIVED', aDataset, aDataset, fc.constantFrom(...(Object.keys(WAYS) as Way[]))),
      },
      { weight: 1, arbitrary: edgeOf('DERIVED', aJob, aJob) },
      { weight: 1, arbitrary: edgeOf('CONTROL', aJob, aJob) },
    ),
    { minLength: 4, maxLength: 22, size: 'max', selector: (edge) => JSON.stringify(edge) },
  ),
  pairs: fc.uniqueArray(fc.record({ job: aJob, input: aDataset, output: aDataset, isOver }), {
    maxLength: 8,
    size: 'max',
    selector: (pair) => JSON.stringify(pair),
  }),
  paired: fc.uniqueArray(aJob, { maxLength: 2 }),
  tagged: fc.uniqueArray(aDataset, { minLength: 1, maxLength: 2 }),
  barred: fc.uniqueArray(aDataset, { maxLength: 2 }),
});

let runs = 0;

/** The model in a graph of its own: a store may hold many. */
class Loaded {
  readonly #run = (runs += 1);

  constructor(
    readonly given: Model,
    readonly graph: LineageGraph,
    private readonly rules: readonly TagRule[] = [RULE],
  ) {}

  id(name: string): NodeId {
    const full = `${name}_of_${String(this.#run)}`;
    return name.startsWith('d') ? dataset(full) : job(full);
  }

  name(id: NodeId): string {
    return id.slice(id.lastIndexOf(':') + 1).replace(/_of_.*/, '');
  }

  async load(): Promise<this> {
    const until = ({ isOver: over }: Over) => (over ? { validTo: hour(5) } : {});
    await load(this.graph, [
      ...this.given.edges.map((edge, at) =>
        open(
          edgeRow(edge.kind, this.id(edge.from), this.id(edge.to), {
            ...{ transformations: WAYS[edge.way], validFrom: hour(at % 3), ...until(edge) },
          }),
        ),
      ),
      ...this.given.pairs.map((pair) =>
        open(pairRow(this.id(pair.job), this.id(pair.input), this.id(pair.output), until(pair))),
      ),
      ...this.given.paired.map((name) => open(restrictionRow(this.id(name)))),
    ]);
    return this;
  }

  get ports(): ReachPorts {
    const { tagged, barred } = this.given;
    const facts = [
      ...tagged.map((name) => fact(this.id(name), 'TAG')),
      ...barred.filter((name) => !tagged.includes(name)).map((name) => fact(this.id(name), 'NOT_TAG')),
    ];
    const rules = this.rules.map((rule) => ({ ...rule, since: hour(0), enteredBy: 'Ana', position: 1 }));
    return {
      graph: this.graph,
      catalog: {
        definitionsOf: () => Promise.resolve([{ body: { rules } }] as never),
        facts: (nodes) =>
          Promise.resolve(new Map(nodes.map((id) => [id, facts.filter(({ nodeId }) => nodeId === id)]))),
        fields: () => Promise.resolve(new Map()),
        tagged: () => Promise.resolve(facts),
      },
    };
  }
}

function fact(nodeId: NodeId, kind: 'TAG' | 'NOT_TAG'): FactRow {
  return {
    ...{ rowId: `${kind} ${nodeId}`, nodeKey: nodeId as never, nodeId, kind, value: 'status=old', detail: null },
    ...{ source: 'EDIT', producer: 'Ana', position: 1 },
    ...{ validFrom: hour(1), validTo: null, recordedFrom: hour(1), recordedTo: null },
  };
}

/** Every way from one dataset to the next, one by one: the jobs on it, none where it is stated as such. */
function hops(
  { edges, pairs, paired }: Model,
  from: string,
): readonly { readonly to: string; readonly jobs: readonly string[] }[] {
  const live = edges.filter((edge) => !edge.isOver && edge.kind !== 'CONTROL');
  const conducts = (through: string, input: string, output: string): boolean =>
    !paired.includes(through) ||
    pairs.some((pair) => !pair.isOver && pair.job === through && pair.input === input && pair.output === output);
  const found: { to: string; jobs: readonly string[] }[] = [];
  const through = (jobs: readonly string[]): void => {
    for (const { from: at, to } of live) {
      if (at !== jobs.at(-1)) continue;
      if (to.startsWith('j')) {
        // What other jobs hand to a job gets to all that it writes, also where the way came over it before.
        if (!jobs.slice(1).includes(to)) through([...jobs, to]);
      } else if (jobs.length > 1 || conducts(at, from, to)) found.push({ to, jobs });
    }
  };
  for (const { from: at, to, way } of live) {
    if (at !== from) continue;
    if (to.startsWith('j')) through([to]);
    else if (CARRIES.has(way)) found.push({ to, jobs: [] });
  }
  return found;
}

/** Every path that never comes twice to a dataset: how long the shortest is to each. */
function byEveryPath(given: Model): ReadonlyMap<string, number> {
  const shortest = new Map<string, number>();
  const visit = (path: readonly string[]): void => {
    const last = path.at(-1) ?? '';
    shortest.set(last, Math.min(shortest.get(last) ?? Infinity, path.length - 1));
    for (const { to } of hops(given, last)) if (!path.includes(to) && !isBarred(given, to)) visit([...path, to]);
  };
  for (const name of given.tagged) visit([name]);
  return shortest;
}

function isBarred({ barred, tagged }: Model, name: string): boolean {
  return barred.includes(name) && !tagged.includes(name);
}

/** Where it must be told to end, as `from to because`. */
function endsOf(given: Model, has: ReadonlySet<string>): readonly string[] {
  const ends = new Set<string>();
  for (const from of has) {
    for (const { to } of hops(given, from)) if (isBarred(given, to)) ends.add(`${from} ${to} NOT_HERE`);
    for (const to of DATASETS) {
      const ways = given.edges.filter(
        (edge) => edge.kind === 'DERIVED' && !edge.isOver && edge.from === from && edge.to === to && from !== to,
      );
      if (ways.length === 0 || ways.some(({ way }) => CARRIES.has(way))) continue;
      ends.add(`${from} ${to} ${ways.some(({ way }) => way === 'masked') ? 'MASKING' : 'INDIRECT'}`);
    }
  }
  return [...ends].sort();
}

/** While each edge of the way holds: some statement of it that carries. */
function spanOf({ edges }: Model, via: readonly string[]): { readonly since: number; readonly until: number | null } {
  let since = hour(1);
  for (const [at, to] of via.slice(1).entries()) {
    const rows = edges
      .map((edge, index) => ({ ...edge, begin: hour(index % 3) }))
      .filter(
        (edge) =>
          edge.from === via[at] && edge.to === to && !edge.isOver && edge.kind !== 'CONTROL' && CARRIES.has(edge.way),
      );
    since = Math.max(since, Math.min(...rows.map(({ begin }) => begin)));
  }
  return { since, until: null };
}

const occurred = { along: 0, paired: 0, chained: 0, ended: 0, masked: 0, far: 0 };

async function check(given: Model, graph: LineageGraph): Promise<void> {
  const loaded = await new Loaded(given, graph).load();
  const { ports } = loaded;
  const expected = byEveryPath(given);
  const reach = await reachOfTag(ports, 'status', NOW, ALL, null);
  const distances = reach.places.map(({ node, distance }) => [loaded.name(node), distance] as const);
  expect(new Map(distances)).toEqual(expected);
  expect(reach.total).toBe(expected.size);
  for (const { node, via: ids, distance, span } of reach.places) {
    const via = ids.map((id) => loaded.name(id));
    expect([via.filter((name) => name.startsWith('d')).length - 1, via.at(-1)]).toEqual([distance, loaded.name(node)]);
    expect(given.tagged).toContain(via[0]);
    const datasets = [...via.entries()].filter(([, name]) => name.startsWith('d'));
    for (const [index, [at, from]] of datasets.entries()) {
      const [behind, to] = datasets[index + 1] ?? [];
      if (behind === undefined) continue;
      const ways = hops(given, from).filter((hop) => hop.to === to);
      expect(ways.map(({ jobs }) => jobs)).toContainEqual(via.slice(at + 1, behind));
      expect(behind - at - 1).toBe(Math.min(...ways.map(({ jobs }) => jobs.length)));
      if (behind - at > 2) occurred.chained += 1;
    }
    expect(span).toEqual(spanOf(given, via));
    if (distance > 1) occurred.far += 1;
  }
  const ends = endsOf(given, new Set(expected.keys()));
  const told = reach.stops.map(({ from, to, because }) => `${loaded.name(from)} ${loaded.name(to)} ${because}`);
  expect([...told].sort()).toEqual(ends);
  const carriages = new TagCarriage([RULE]).ofDatasets;
  if (carriages === null) throw new Error('the rule sends nothing along');
  const ids = DATASETS.map((name) => loaded.id(name));
  const came = await tagsCarriedToDatasets(ports, ids, carriages, NOW);
  const far = reach.places.filter(({ distance }) => distance > 0);
  expect(new Map([...came].flatMap(([id, tags]) => tags.map(({ via, span }) => [id, { via, span }] as const)))).toEqual(
    new Map(far.map(({ node, via, span }) => [node, { via, span }])),
  );
  occurred.along += far.length;
  occurred.ended += ends.filter((end) => end.endsWith('NOT_HERE')).length;
  occurred.masked += ends.filter((end) => end.endsWith('MASKING')).length;
  if (far.some(({ via }) => via.some((id) => given.paired.includes(loaded.name(id))))) occurred.paired += 1;
}

test('a tag of a dataset is wherever some way of data carries it, by the shortest, from either end', async () => {
  await fc.assert(
    fc.asyncProperty(model, (given) => check(given, new MemoryLineageGraph())),
    { numRuns: 400 },
  );
  expect(Math.min(...Object.values(occurred)), JSON.stringify(occurred)).toBeGreaterThan(0);
});

describe.each(graphStores())('on $name', (store) => {
  let database: TestDatabase;
  let graph: LineageGraph;
  beforeAll(async () => {
    await store.before?.();
    database = await createTestDatabase();
    graph = store.filled(database.pool, await createGraphSchema(database.pool));
  });
  afterAll(async () => {
    await graph.close();
    await store.after?.();
    await database.drop();
  });

  test('a tag of a dataset is wherever some way of data carries it, by the shortest, from either end', async () => {
    await fc.assert(
      fc.asyncProperty(model, (given) => check(given, graph)),
      { numRuns: 25 },
    );
  }, 120_000);

  test('a page costs as many trips as the longest way has edges', async () => {
    const chain = DATASETS.slice(0, 4);
    const edges = chain.slice(1).flatMap((to, at): readonly Edge[] => [
      { kind: 'READ', from: chain[at] ?? '', to: `j${String(at)}`, way: 'plain', isOver: false },
      { kind: 'WRITE', from: `j${String(at)}`, to, way: 'plain', isOver: false },
    ]);
    const loaded = await new Loaded({ edges, pairs: [], paired: [], tagged: ['d0'], barred: [] }, graph).load();
    const carriages = new TagCarriage([RULE]).ofDatasets;
    const trips = vi.spyOn(graph, 'expand');
    const tripsFor = async (names: readonly string[]): Promise<number> => {
      trips.mockClear();
      if (carriages !== null)
        await tagsCarriedToDatasets(
          loaded.ports,
          names.map((name) => loaded.id(name)),
          carriages,
          NOW,
        );
      return trips.mock.calls.length;
    };
    // Six edges, and one trip that finds nothing more.
    expect([await tripsFor(['d3']), await tripsFor(['d3', 'd4', 'd5'])]).toEqual([7, 7]);
    expect(await tripsFor(DATASETS)).toBeLessThanOrEqual(7);
    trips.mockRestore();
  });
});

const READ = { kind: 'READ', way: 'plain', isOver: false } as const;
const WRITE = { ...READ, kind: 'WRITE' } as const;
const SIMPLE: Model = {
  edges: [
    { ...READ, from: 'd0', to: 'j0' },
    { ...WRITE, from: 'j0', to: 'd1' },
  ],
  ...{ pairs: [], paired: [], tagged: ['d0'], barred: [] },
};
const reachBy = async (rules: readonly TagRule[]) => {
  const loaded = await new Loaded(SIMPLE, new MemoryLineageGraph(), rules).load();
  const trips = vi.spyOn(loaded.graph, 'expand');
  const { places } = await reachOfTag(loaded.ports, 'status', NOW, ALL, null);
  return [places.map(({ node }) => loaded.name(node)), trips.mock.calls.length] as const;
};

test('a tag of a dataset goes along only where the rule that decides says so; without one no graph is asked', async () => {
  expect(await reachBy([RULE])).toEqual([['d0', 'd1'], 3]);
  expect(await reachBy([{ ...RULE, tag: '*' }])).toEqual([['d0', 'd1'], 3]);
  expect(await reachBy([])).toEqual([['d0'], 0]);
  expect(await reachBy([{ ...USUAL_CARRIAGE, tag: 'status' }])).toEqual([['d0'], 0]);
  expect(await reachBy([{ ...RULE, isCarried: false }])).toEqual([['d0'], 0]);
  expect(await reachBy([RULE, { ...USUAL_CARRIAGE, tag: 'status=old' }])).toEqual([['d0'], 0]);
});

test('a cycle of jobs and datasets does not keep a tag that nothing outside of it has', async () => {
  const edges: Model['edges'] = [
    ...SIMPLE.edges,
    { ...READ, from: 'd1', to: 'j1' },
    { ...WRITE, from: 'j1', to: 'd0' },
  ];
  const total = async (tagged: readonly string[]): Promise<number> => {
    const { ports } = await new Loaded({ ...SIMPLE, edges, tagged }, new MemoryLineageGraph()).load();
    return (await reachOfTag(ports, 'status', NOW, ALL, null)).total;
  };
  expect([await total(['d1']), await total([])]).toEqual([2, 0]);
});

test('tags never go from fields up to datasets, nor down to fields', async () => {
  const loaded = await new Loaded(SIMPLE, new MemoryLineageGraph()).load();
  const field = `field:${loaded.id('d1').slice('dataset:'.length)}:x` as NodeId;
  expect((await tagsCarriedTo(loaded.ports, [field], NOW)).size).toBe(0);
});
