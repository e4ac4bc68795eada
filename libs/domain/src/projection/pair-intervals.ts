import type { NodeId } from '../identifiers.js';
import type { Micros } from '../time.js';
import type { CycleView, Derived, Drop, Span } from './edge-intervals.js';
import { deriveSpans } from './edge-intervals.js';
import type { EdgeSet } from './edge-set.js';
import type { Cycle, HistoryEntry } from './job-cycles.js';

/** Data that a job reads from `input` reaches `output`. */
export interface Pair {
  readonly input: NodeId;
  readonly output: NodeId;
  readonly side: 'PAIR';
  readonly datasets: readonly NodeId[];
}

/** Beyond this product the job conducts everything to everything: pairs of such jobs cost more than they tell. */
export const MAX_PAIRS = 20_000;

/** inputs x outputs of what is said together (all producers of a run), but explicit outputs pair with their sources only. */
export function pairsOf(sets: readonly EdgeSet[]): ReadonlyMap<string, Pair> {
  const inputs = new Set(sets.flatMap((set) => set.inputs));
  const outputs = new Set(sets.flatMap((set) => set.outputs));
  const pairs = new Map<string, Pair>();
  if (inputs.size * outputs.size > MAX_PAIRS) return pairs;
  for (const output of outputs) {
    const explicit = sets.flatMap((set) => set.explicit.get(output) ?? []);
    const isExplicit = sets.some((set) => set.explicit.has(output));
    for (const input of isExplicit ? explicit : inputs) {
      pairs.set(`${input}|${output}`, { input, output, side: 'PAIR', datasets: [...new Set([input, output])] });
    }
  }
  return pairs;
}

export interface DerivedPairs {
  /** Empty where the job conducts its full product. */
  readonly pairs: ReadonlyMap<string, Derived<Pair>>;
  readonly restriction: Span | null;
  /** From the job's first edges on both sides to the first statement of both; null where that is no time at all. */
  readonly inferred: Span | null;
  /** When a run or JobEvent first named both sides. */
  readonly twoSidedFrom: Micros | null;
  /** The most misses that any open pair has had since its last sighting, stored or not. */
  readonly pending: number;
}

type Ends = Readonly<Record<'reads' | 'writes', ReadonlyMap<NodeId, readonly Span[]>>>;

/**
 * Rule 17 over the runs of a job and its declarations (`declared`: spans of two-sided JobEvents). A pair is missed only by
 * a complete run that names both sides. Where at all times the pairs equal the product of the edges, nothing is stored.
 */
export function derivePairs(
  cycles: readonly Cycle[],
  declared: readonly { readonly pairs: ReadonlyMap<string, Pair>; readonly span: Span }[],
  edges: Ends,
  drops: readonly Drop[],
  tolerance: number,
  edgeSet: (contribution: string) => EdgeSet,
): DerivedPairs {
  const twoSidedFrom = firstTwoSided(cycles, declared, edgeSet);
  const inferred = inferredSpan(edges, twoSidedFrom);
  const product = (pending: number): DerivedPairs => {
    return { pairs: new Map(), restriction: null, inferred, twoSidedFrom, pending };
  };
  const size = edges.reads.size * edges.writes.size;
  if (size === 0 || size > MAX_PAIRS || twoSidedFrom === null) return product(0);
  const derived = new Map<string, { item: Pair; misses: number; spans: Span[] }>();
  let pending = 0;
  const views = pairViews(cycles, edgeSet);
  for (const [key, { item, misses, spans }] of deriveSpans(views, drops, tolerance)) {
    derived.set(key, { item, misses, spans: [...spans] });
    if (spans.at(-1)?.to === null) pending = Math.max(pending, misses);
  }
  for (const { pairs, span } of declared) {
    for (const [key, item] of pairs) {
      const known = derived.get(key);
      if (known === undefined) derived.set(key, { item, misses: 0, spans: [span] });
      else known.spans.push(span);
    }
  }
  for (const entry of derived.values()) entry.spans = mergeSpans(entry.spans);
  // Over a period that begins without statements of both sides, pairs tell what was stated later in it.
  if (inferred === null && coversProduct(derived, edges)) return product(pending);
  return { pairs: derived, restriction: { from: twoSidedFrom, to: null }, inferred, twoSidedFrom, pending };
}

function firstTwoSided(
  cycles: readonly Cycle[],
  declared: readonly { readonly span: Span }[],
  edgeSet: (contribution: string) => EdgeSet,
): Micros | null {
  const shown = cycles.find(({ entries }) =>
    entries.some((entry) => isTwoSided(Object.values(entry.contributions).map(edgeSet))),
  );
  const from = declared.reduce((least, { span }) => Math.min(least, span.from), shown?.at ?? Infinity);
  return from === Infinity ? null : from;
}

/** Whether statements that are made together, whoever makes them, name both sides. */
export function isTwoSided(sets: readonly EdgeSet[]): boolean {
  return sets.some((set) => set.inputs.length > 0) && sets.some((set) => set.outputs.length > 0);
}

function inferredSpan({ reads, writes }: Ends, to: Micros | null): Span | null {
  if (reads.size === 0 || writes.size === 0) return null;
  const from = Math.max(earliest(reads), earliest(writes));
  return to !== null && to <= from ? null : { from, to };
}

function earliest(edges: ReadonlyMap<NodeId, readonly Span[]>): Micros {
  let from = Infinity;
  for (const spans of edges.values()) for (const span of spans) from = Math.min(from, span.from);
  return from;
}

function pairViews(
  cycles: readonly Cycle[],
  edgeSet: (contribution: string) => EdgeSet,
): readonly { readonly at: Micros; readonly view: CycleView<Pair> }[] {
  const views = new Map<string, CycleView<Pair>>();
  const perRun = new Map<string, ReadonlyMap<string, Pair>>();
  const runSignature = (entry: HistoryEntry): string => Object.values(entry.contributions).sort().join('+');
  return cycles.map((cycle) => {
    const signature = [...new Set(cycle.entries.map((entry) => runSignature(entry) + (entry.complete ? '!' : '')))]
      .sort()
      .join(' ');
    let view = views.get(signature);
    if (view === undefined) {
      const shown = new Map<string, Pair>();
      let complete = false;
      for (const entry of cycle.entries) {
        const key = runSignature(entry);
        const sets = Object.values(entry.contributions).map(edgeSet);
        const pairs = perRun.get(key) ?? pairsOf(sets);
        perRun.set(key, pairs);
        for (const [id, pair] of pairs) shown.set(id, pair);
        complete ||= entry.complete && isTwoSided(sets);
      }
      view = { signature, shown, completeSides: new Set(complete ? ['PAIR'] : []) };
      views.set(signature, view);
    }
    return { at: cycle.at, view };
  });
}

/** Sorted, overlapping and touching spans joined. */
export function mergeSpans(spans: readonly Span[]): Span[] {
  const sorted = [...spans].sort((a, b) => a.from - b.from);
  const merged: { from: Micros; to: Micros | null }[] = [];
  for (const span of sorted) {
    const last = merged.at(-1);
    if (last !== undefined && (last.to === null || span.from <= last.to)) {
      if (last.to !== null) last.to = span.to === null ? null : Math.max(last.to, span.to);
    } else merged.push({ ...span });
  }
  return merged;
}

/** Whether each pair holds whenever both of its edges do. */
function coversProduct(pairs: ReadonlyMap<string, Derived<Pair>>, edges: Ends): boolean {
  for (const [input, reading] of edges.reads) {
    for (const [output, writing] of edges.writes) {
      const held = pairs.get(`${input}|${output}`)?.spans ?? [];
      for (const read of reading) {
        for (const write of writing) {
          const from = Math.max(read.from, write.from);
          const to = read.to === null ? write.to : write.to === null ? read.to : Math.min(read.to, write.to);
          if (to !== null && to <= from) continue;
          if (!held.some((span) => span.from <= from && (span.to === null || (to !== null && to <= span.to))))
            return false;
        }
      }
    }
  }
  return true;
}
