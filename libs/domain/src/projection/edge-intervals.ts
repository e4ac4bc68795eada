import type { NodeId } from '../identifiers.js';
import type { Micros } from '../time.js';
import type { EdgeSet, EdgeSpec } from './edge-set.js';
import type { Cycle, HistoryEntry } from './job-cycles.js';

/** [from, to) in valid time; null is open. */
export interface Span {
  readonly from: Micros;
  readonly to: Micros | null;
}

/** What one cycle shows and what its complete runs speak of, under some identity that equal cycles share. */
export interface CycleView<T> {
  readonly signature: string;
  readonly shown: ReadonlyMap<string, T>;
  /** Sides on which a complete run of the cycle names something. */
  readonly completeSides: ReadonlySet<string>;
}

/** How an item is told: its side decides who can miss it, its datasets whose DROP ends it. */
export interface Sighted {
  readonly side: string;
  readonly datasets: readonly NodeId[];
}

export interface Drop {
  readonly dataset: NodeId;
  readonly at: Micros;
}

interface State<T> {
  readonly item: T;
  from: Micros;
  misses: number;
  firstMiss: Micros;
  cut: boolean;
  readonly done: Span[];
}

export interface Derived<T> {
  readonly item: T;
  /** Misses since the last sighting. */
  readonly misses: number;
  readonly spans: readonly Span[];
}

/**
 * Rule 16: sightings with fewer than `tolerance` (K) misses between them form one interval, from the first sighting to
 * the first miss after the last one once K misses follow, else open. A DROP of a dataset at either end closes the
 * interval, and the next sighting opens another (rule 24). `cycles` are sorted by time; equal neighbors are counted, not
 * replayed.
 */
export function deriveSpans<T extends Sighted>(
  cycles: readonly { readonly at: Micros; readonly view: CycleView<T> }[],
  drops: readonly Drop[],
  tolerance: number,
): ReadonlyMap<string, Derived<T>> {
  const states = new Map<string, State<T>>();
  const pendingDrops = [...drops].sort((a, b) => a.at - b.at);
  let index = 0;
  while (index < cycles.length) {
    const cycle = cycles[index];
    if (cycle === undefined) break;
    dropUntil(states, pendingDrops, cycle.at, tolerance);
    let end = index + 1;
    const nextDrop = pendingDrops[0]?.at ?? Infinity;
    while (
      end < cycles.length &&
      cycles[end]?.view.signature === cycle.view.signature &&
      (cycles[end]?.at ?? 0) < nextDrop
    )
      end += 1;
    show(states, cycle.view.shown, cycle.at, tolerance);
    miss(states, cycle.view, cycle.at, end - index);
    index = end;
  }
  dropUntil(states, pendingDrops, Infinity, tolerance);
  const derived = new Map<string, Derived<T>>();
  for (const [key, state] of states) {
    const spans = [...state.done];
    if (!state.cut) pushSpan(spans, state.from, state.misses >= tolerance ? state.firstMiss : null);
    if (spans.length > 0) derived.set(key, { item: state.item, misses: state.misses, spans });
  }
  return derived;
}

function show<T>(states: Map<string, State<T>>, shown: ReadonlyMap<string, T>, at: Micros, tolerance: number): void {
  for (const [key, item] of shown) {
    const state = states.get(key);
    if (state === undefined) {
      states.set(key, { item, from: at, misses: 0, firstMiss: at, cut: false, done: [] });
    } else if (state.cut) {
      state.cut = false;
      state.from = at;
      state.misses = 0;
    } else {
      if (state.misses >= tolerance) {
        pushSpan(state.done, state.from, state.firstMiss);
        state.from = at;
      }
      state.misses = 0;
    }
  }
}

function miss<T extends Sighted>(states: Map<string, State<T>>, view: CycleView<T>, at: Micros, count: number): void {
  if (view.completeSides.size === 0) return;
  for (const [key, state] of states) {
    if (state.cut || view.shown.has(key) || !view.completeSides.has(state.item.side)) continue;
    if (state.misses === 0) state.firstMiss = at;
    state.misses += count;
  }
}

function dropUntil<T extends Sighted>(
  states: Map<string, State<T>>,
  drops: Drop[],
  at: Micros,
  tolerance: number,
): void {
  while (drops[0] !== undefined && drops[0].at <= at) {
    const drop = drops.shift();
    if (drop === undefined) return;
    for (const state of states.values()) {
      if (state.cut || !state.item.datasets.includes(drop.dataset)) continue;
      const end = state.misses >= tolerance ? Math.min(state.firstMiss, drop.at) : drop.at;
      pushSpan(state.done, state.from, end);
      state.cut = true;
    }
  }
}

function pushSpan(spans: Span[], from: Micros, to: Micros | null): void {
  if (to !== null && to <= from) return;
  spans.push({ from, to });
}

/** How one producer's word makes views of cycles; views of equal signature are shared. */
export function edgeViews(
  cycles: readonly Cycle[],
  producerKey: string,
  edgeSet: (contribution: string) => EdgeSet,
): readonly { readonly at: Micros; readonly view: CycleView<EdgeSpec> }[] {
  const views = new Map<string, CycleView<EdgeSpec>>();
  return cycles.flatMap((cycle) => {
    const said = cycle.entries.filter((entry) => entry.contributions[producerKey] !== undefined);
    if (said.length === 0) return [];
    const signature = [
      ...new Set(said.map((entry) => `${entry.contributions[producerKey] ?? ''}${entry.complete ? '!' : ''}`)),
    ]
      .sort()
      .join(' ');
    let view = views.get(signature);
    if (view === undefined) {
      view = viewOf(said, producerKey, signature, edgeSet);
      views.set(signature, view);
    }
    return [{ at: cycle.at, view }];
  });
}

function viewOf(
  said: readonly HistoryEntry[],
  producerKey: string,
  signature: string,
  edgeSet: (contribution: string) => EdgeSet,
): CycleView<EdgeSpec> {
  const shown = new Map<string, EdgeSpec>();
  const completeSides = new Set<string>();
  for (const entry of said) {
    const set = edgeSet(entry.contributions[producerKey] ?? '');
    for (const [key, spec] of set.edges) shown.set(key, spec);
    if (entry.complete) for (const side of set.sides) completeSides.add(side);
  }
  return { signature, shown, completeSides };
}
