import type { EdgeKind, Expansion, GraphChange, ValidTime } from '@headwater/domain/graph';
import { kindOf, type NodeId } from '@headwater/domain/identifiers';
import {
  aliasRow,
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
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { findPaths } from './find-paths.js';
import { edgeKey } from './hops.js';
import type { LineageAnswer, LineageRequest, Side, TraversalPorts } from './lineage-answer.js';
import { walkLineage } from './walk-lineage.js';

const DATASETS = Array.from({ length: 7 }, (_, at) => dataset(`d${at}`));
const JOBS = Array.from({ length: 4 }, (_, at) => job(`j${at}`));

interface Span {
  readonly validFrom: number;
  readonly validTo: number | null;
  readonly recordedFrom: number;
  readonly recordedTo: number | null;
}
type Stated<T> = T & Span;
interface Model {
  readonly edges: readonly Stated<{ kind: EdgeKind; from: NodeId; to: NodeId }>[];
  readonly pairs: readonly Stated<{ job: NodeId; input: NodeId; output: NodeId }>[];
  readonly restrictions: readonly Stated<{ job: NodeId; mode: 'PAIRS' | 'INFERRED' }>[];
  readonly aliases: readonly { member: NodeId; canonical: NodeId; recordedFrom: number; recordedTo: null }[];
}

const hours = (until: number): fc.Arbitrary<number> => fc.integer({ min: 0, max: until }).map(hour);
const seldom = (hour: fc.Arbitrary<number>): fc.Arbitrary<number | null> =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: hour });
const span: fc.Arbitrary<Span> = fc.record({
  validFrom: hours(4),
  validTo: seldom(fc.integer({ min: 5, max: 12 }).map(hour)),
  recordedFrom: hours(3),
  recordedTo: seldom(fc.integer({ min: 4, max: 9 }).map(hour)),
});
const anyDataset = fc.constantFrom(...DATASETS);
const anyJob = fc.constantFrom(...JOBS);
const statedEdge = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant<EdgeKind>('READ'), from: anyDataset, to: anyJob }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant<EdgeKind>('WRITE'), from: anyJob, to: anyDataset }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant<EdgeKind>('DERIVED'), from: anyDataset, to: anyDataset }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant<EdgeKind>('DERIVED'), from: anyJob, to: anyJob }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant<EdgeKind>('CONTROL'), from: anyJob, to: anyJob }) },
);
const stated = <T extends object>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<Stated<T>> =>
  fc.tuple(arbitrary, span).map(([what, when]) => ({ ...what, ...when }));
const model: fc.Arbitrary<Model> = fc.record({
  edges: fc.array(stated(statedEdge), { minLength: 12, maxLength: 45, size: 'max' }),
  pairs: fc.array(stated(fc.record({ job: anyJob, input: anyDataset, output: anyDataset })), {
    maxLength: 12,
    size: 'max',
  }),
  restrictions: fc.array(
    stated(
      fc.record({ job: anyJob, mode: fc.constantFrom<Model['restrictions'][number]['mode']>('PAIRS', 'INFERRED') }),
    ),
    { maxLength: 5, size: 'max' },
  ),
  aliases: fc.subarray(
    [1, 2, 4].map((at) => ({
      member: dataset(`d${at + 2}`),
      canonical: dataset(`d${at === 4 ? 0 : at}`),
      recordedFrom: hour(at),
      recordedTo: null,
    })),
  ),
});
const question = fc.record({
  root: fc.oneof({ weight: 3, arbitrary: anyDataset }, { weight: 1, arbitrary: anyJob }),
  direction: fc.constantFrom('UPSTREAM', 'DOWNSTREAM', 'BOTH'),
  depth: fc.integer({ min: 0, max: 6 }),
  granularity: fc.constantFrom('JOB', 'DATASET'),
  asOf: fc.integer({ min: 2, max: 12 }).map(hour),
  knownAt: fc.integer({ min: 2, max: 9 }).map(hour),
  maxNodes: fc.constant(1000),
}) satisfies fc.Arbitrary<LineageRequest>;

/** The graph written down as plainly as can be: every question reads every row. */
class Oracle {
  constructor(
    readonly model: Model,
    readonly valid: ValidTime,
    readonly knownAt: number,
  ) {}

  canonical(id: NodeId): NodeId {
    return this.model.aliases.find((row) => row.member === id && row.recordedFrom <= this.knownAt)?.canonical ?? id;
  }

  holds(row: Span): boolean {
    const at = 'at' in this.valid ? this.valid.at : this.valid.from;
    const isValid = row.validFrom <= at && (row.validTo === null || at < row.validTo);
    return isValid && row.recordedFrom <= this.knownAt && (row.recordedTo === null || this.knownAt < row.recordedTo);
  }

  edges(): readonly { kind: EdgeKind; from: NodeId; to: NodeId }[] {
    return this.model.edges
      .filter((row) => row.kind !== 'CONTROL' && this.holds(row))
      .map((row) => ({ kind: row.kind, from: this.canonical(row.from), to: this.canonical(row.to), row }))
      .filter(({ from, to, row }) => from !== to || row.from === row.to);
  }

  conducts(through: NodeId, input: NodeId, output: NodeId): boolean {
    return !this.conductsBy('PAIRS', through) || this.isPaired(through, input, output);
  }

  conductsBy(mode: 'PAIRS' | 'INFERRED', through: NodeId): boolean {
    return this.model.restrictions.some((row) => row.mode === mode && row.job === through && this.holds(row));
  }

  isPaired(through: NodeId, input: NodeId, output: NodeId): boolean {
    return this.model.pairs.some(
      (row) =>
        row.job === through &&
        this.holds(row) &&
        this.canonical(row.input) === input &&
        this.canonical(row.output) === output,
    );
  }

  /** Whether every way from dataset to dataset over one job is inferred; null where there are none, or others too. */
  isInferred(from: NodeId, to: NodeId): boolean | null {
    const edges = this.edges();
    const out = edges.filter((edge) => edge.from === from);
    if (out.some((edge) => edge.kind === 'DERIVED' && edge.to === to)) return null;
    const through = out.flatMap((edge) => (kindOf(edge.to) === 'JOB' ? [edge.to] : []));
    if (through.some((at) => edges.some((edge) => edge.from === at && kindOf(edge.to) === 'JOB'))) return null;
    const ways = through.filter(
      (at) => edges.some((edge) => edge.from === at && edge.to === to) && this.conducts(at, from, to),
    );
    if (ways.length === 0) return null;
    return ways.every(
      (at) => this.conductsBy('INFERRED', at) && !(this.conductsBy('PAIRS', at) && this.isPaired(at, from, to)),
    );
  }

  /** States [node, dataset over which a job was reached] and the edges one step on. */
  steps(
    at: NodeId,
    by: NodeId | null,
    side: Side,
  ): { edge: { kind: EdgeKind; from: NodeId; to: NodeId }; to: NodeId; by: NodeId | null }[] {
    return this.edges().flatMap((edge) => {
      const [near, far] = side === 'DOWNSTREAM' ? [edge.from, edge.to] : [edge.to, edge.from];
      if (near !== at) return [];
      if (kindOf(at) === 'JOB' && kindOf(far) === 'DATASET' && by !== null) {
        if (!(side === 'DOWNSTREAM' ? this.conducts(at, by, far) : this.conducts(at, far, by))) return [];
      }
      return [{ edge, to: far, by: kindOf(far) === 'JOB' && kindOf(at) === 'DATASET' ? at : null }];
    });
  }

  /** Datasets one hop on at DATASET. */
  hop(from: NodeId, side: Side): ReadonlySet<NodeId> {
    const found = new Set<NodeId>();
    const seen = new Set<string>();
    const visit = (at: NodeId, by: NodeId | null): void => {
      if (seen.has(`${at} ${by ?? ''}`)) return;
      seen.add(`${at} ${by ?? ''}`);
      for (const step of this.steps(at, by, side)) {
        if (kindOf(step.to) === 'DATASET') found.add(step.to);
        else visit(step.to, step.by);
      }
    };
    visit(from, null);
    return found;
  }

  walk(
    root: NodeId,
    side: Side,
    granularity: string,
    depth: number,
  ): { depths: Map<NodeId, number>; edges: Set<string> } {
    const depths = new Map<NodeId, number>([[root, 0]]);
    const edges = new Set<string>();
    const seen = new Set<string>();
    let level: { at: NodeId; by: NodeId | null }[] = [{ at: root, by: null }];
    for (let at = 0; at < depth; at += 1) {
      const next: { at: NodeId; by: NodeId | null }[] = [];
      for (const state of level) {
        if (seen.has(`${state.at} ${state.by ?? ''}`)) continue;
        seen.add(`${state.at} ${state.by ?? ''}`);
        if (granularity === 'DATASET') {
          for (const to of this.hop(state.at, side)) {
            next.push({ at: to, by: null });
            const [from, target] = side === 'DOWNSTREAM' ? [state.at, to] : [to, state.at];
            if (kindOf(state.at) === 'DATASET') edges.add(edgeKey({ kind: 'DERIVED', from, to: target }));
          }
        } else {
          for (const step of this.steps(state.at, state.by, side)) {
            next.push({ at: step.to, by: step.by });
            edges.add(edgeKey(step.edge));
          }
        }
      }
      for (const state of next) if (!depths.has(state.at)) depths.set(state.at, at + 1);
      level = next;
    }
    if (granularity === 'DATASET' && kindOf(root) === 'JOB') depths.delete(root);
    return { depths, edges };
  }

  shortest(from: NodeId, to: NodeId): number | null {
    return this.walk(from, 'DOWNSTREAM', 'JOB', 30).depths.get(to) ?? null;
  }

  paths(from: NodeId, to: NodeId): readonly string[] {
    const found = new Set<string>();
    const visit = (path: readonly { at: NodeId; by: NodeId | null }[]): void => {
      const last = path.at(-1) ?? { at: from, by: null };
      if (last.at === to) {
        found.add(path.map(({ at }) => at).join(' '));
        return;
      }
      const before = path.slice(0, -1).filter(({ at }) => at === last.at);
      const shortcuts = new Set(
        before.flatMap(({ at, by }) => this.steps(at, by, 'DOWNSTREAM').map((step) => step.to)),
      );
      for (const step of this.steps(last.at, last.by, 'DOWNSTREAM')) {
        if (shortcuts.has(step.to) || path.some(({ at, by }) => at === step.to && by === step.by)) continue;
        visit([...path, { at: step.to, by: step.by }]);
      }
    };
    visit([{ at: from, by: null }]);
    return [...found];
  }
}

/** A store that leaves out what it may leave out: where pairs matter. */
class TerseGraph extends MemoryLineageGraph {
  override async expand(...asked: Parameters<MemoryLineageGraph['expand']>): Promise<Expansion> {
    const { edges, truncated } = await super.expand(...asked);
    return { edges: edges.map(({ restricted: _, ...edge }) => edge), truncated };
  }
}

async function portsOf(built: Model, graph = new MemoryLineageGraph()): Promise<TraversalPorts> {
  const rows = [
    ...built.edges.map((row) => edgeRow(row.kind, row.from, row.to, row)),
    ...built.pairs.map((row) => pairRow(row.job, row.input, row.output, row)),
    ...built.restrictions.map((row) => restrictionRow(row.job, row)),
    ...built.aliases.map((row) => aliasRow(row.member, row.canonical, row)),
  ];
  const changes: GraphChange[] = [...DATASETS, ...JOBS].map((id) => node(id, id));
  await load(graph, [...changes, ...rows.map((row) => open(row))]);
  await graph.apply([{ position: 2, recordedAt: hour(20), changes: [] }]);
  const none = (): Promise<readonly NodeId[]> => Promise.resolve([]);
  return {
    graph,
    roots: { fieldsOf: none, versionsOf: none, runsOf: none, runsByBareId: none },
    clock: { now: () => hour(20) },
  };
}

async function ask(ports: TraversalPorts, request: LineageRequest): Promise<LineageAnswer> {
  const answer = await walkLineage(ports, request);
  if (answer === null) throw new Error('unknown root');
  return answer;
}

const occurred = { cut: 0, paired: 0, inferred: 0, stated: 0, merged: 0, cycles: 0, pages: 0, paths: 0, detours: 0 };
afterAll(() => {
  console.log(`generated: ${JSON.stringify(occurred)}`);
});

test('21. 17. 18. every node, depth and edge is what a plain reading of the rows gives', async () => {
  await fc.assert(
    fc.asyncProperty(model, question, async (built, request) => {
      const ports = await portsOf(built);
      const oracle = new Oracle(built, { at: request.asOf }, request.knownAt);
      const root = oracle.canonical(request.root);
      const answer = await ask(ports, request);
      const depths = new Map<NodeId, number>();
      const expected = new Set<string>();
      for (const side of ['UPSTREAM', 'DOWNSTREAM'] as const) {
        const whole = oracle.walk(root, side, request.granularity, 60).depths;
        whole.delete(root);
        const count = side === 'UPSTREAM' ? answer.upstream : answer.downstream;
        // A job as root at DATASET counts what it reaches, itself apart.
        expect(count).toEqual({ count: whole.size, isExact: true });
        if (request.direction !== 'BOTH' && request.direction !== side) continue;
        const walked = oracle.walk(root, side, request.granularity, request.depth);
        for (const [id, depth] of walked.depths) depths.set(id, Math.min(depth, depths.get(id) ?? Infinity));
        for (const edge of walked.edges) expected.add(edge);
        if ([...whole.keys()].some((id) => oracle.walk(id, side, 'JOB', 60).depths.has(root))) occurred.cycles += 1;
      }
      expect(new Map(answer.nodes.map(({ id, depth }) => [id, depth]))).toEqual(depths);
      const keys = answer.edges.map(edgeKey);
      expect(new Set(keys).size).toBe(keys.length);
      if (!(request.granularity === 'DATASET' && kindOf(root) === 'JOB')) expect(new Set(keys)).toEqual(expected);
      else expect([...expected].every((key) => keys.includes(key))).toBe(true);
      if (answer.truncatedBecause === 'DEPTH') occurred.cut += 1;
      if (root !== request.root) occurred.merged += 1;
      if (built.restrictions.some((row) => oracle.conductsBy('PAIRS', row.job) && depths.has(row.job)))
        occurred.paired += 1;
      for (const { kind, from, to, evidence } of request.granularity === 'DATASET' ? answer.edges : []) {
        const isInferred = kind === 'DERIVED' ? oracle.isInferred(from, to) : null;
        if (isInferred === null) continue;
        occurred[isInferred ? 'inferred' : 'stated'] += 1;
        expect(evidence).toBe(isInferred ? 'INFERRED' : 'OBSERVED');
      }
      expect(await ask(ports, request)).toEqual(answer);
      expect(await ask(await portsOf(built, new TerseGraph()), request)).toEqual(answer);
    }),
    { numRuns: 250 },
  );
  expect(
    Math.min(occurred.cut, occurred.paired, occurred.merged, occurred.cycles, occurred.inferred, occurred.stated),
  ).toBeGreaterThan(0);
});

test('33. pages of any size join to exactly the answer without pages', async () => {
  await fc.assert(
    fc.asyncProperty(model, question, fc.integer({ min: 1, max: 4 }), async (built, request, maxNodes) => {
      const ports = await portsOf(built);
      const whole = await ask(ports, request);
      const pages: LineageAnswer[] = [];
      let after: string | undefined;
      do {
        const page = await ask(ports, { ...request, maxNodes, after });
        pages.push(page);
        after = page.truncatedBecause === 'NODES' ? (page.endCursor ?? undefined) : undefined;
        expect(page.nodes.length).toBeLessThanOrEqual(maxNodes);
      } while (after !== undefined);
      occurred.pages += pages.length;
      const shape = (answer: LineageAnswer): unknown[] =>
        answer.nodes.map(({ id, depth, direction }) => [id, depth, direction]);
      expect(pages.flatMap(shape)).toEqual(shape(whole));
      const byKey = (answers: readonly LineageAnswer[]): unknown[] =>
        answers.flatMap(({ edges }) => edges).sort((a, b) => (edgeKey(a) < edgeKey(b) ? -1 : 1));
      expect(byKey(pages)).toEqual(byKey([whole]));
      expect(pages.at(-1)?.truncatedBecause).toBe(whole.truncatedBecause);
    }),
    { numRuns: 200 },
  );
});

test('35. paths are the shortest and then all others, through paired datasets only', async () => {
  await fc.assert(
    fc.asyncProperty(model, anyDataset, anyDataset, hours(12), hours(9), async (built, from, to, asOf, knownAt) => {
      const ports = await portsOf(built);
      const oracle = new Oracle(built, { at: asOf }, knownAt);
      const [start, end] = [oracle.canonical(from), oracle.canonical(to)];
      const answer = await findPaths(ports, { from, to, asOf, knownAt, granularity: 'JOB', limit: 50 });
      const all = oracle.paths(start, end);
      const given = (answer?.paths ?? []).map(({ nodes }) => nodes.join(' '));
      expect(answer?.paths[0]?.length ?? null).toBe(start === end ? 0 : oracle.shortest(start, end));
      expect(new Set(given).size).toBe(given.length);
      expect(given.filter((path) => !all.includes(path))).toEqual([]);
      if (answer?.truncated === false) expect([...given].sort()).toEqual([...all].sort());
      occurred.paths += given.length > 0 ? 1 : 0;
      occurred.detours += given.length > 1 ? 1 : 0;
    }),
    { numRuns: 300 },
  );
  expect(Math.min(occurred.paths, occurred.detours)).toBeGreaterThan(0);
});
