import type { EdgeKind, ExpandedEdge, FrontierEntry } from '../graph.js';
import type { NodeId } from '../identifiers.js';
import type { Clock, LineageGraph } from '../ports.js';
import type { Micros } from '../time.js';
import type { LineageGranularity, Moment, Side, TraversalBudget } from './lineage-answer.js';

/** Data edges; CONTROL and PARENT never carry data (lineage-semantics, rule 23). */
const DATA_KINDS: readonly EdgeKind[] = ['READ', 'WRITE', 'DERIVED'];
const MICROS_PER_MS = 1_000;

/** A node as the walk stands on it: a job once for each dataset it was reached by, where its pairs matter (rule 17). */
export interface WalkState {
  readonly node: NodeId;
  readonly arrivedBy: NodeId | undefined;
  readonly depth: number;
  /** Place of the node in the walk's order; of a job at DATASET, which has none, that of the dataset it was reached by. */
  rank: number;
  /** PARTIAL: a hub of which the store gave only a part. */
  progress: 'PENDING' | 'EXPANDED' | 'PARTIAL';
  steps: readonly WalkStep[];
}

export interface WalkStep {
  readonly to: WalkState;
  readonly edge: ExpandedEdge;
}

export interface WalkOptions {
  readonly graph: LineageGraph;
  readonly clock: Clock;
  readonly granularity: LineageGranularity;
  readonly side: Side;
  readonly moment: Moment;
  readonly budget: TraversalBudget;
  /** Nodes are shown up to this depth; they are looked at one hop further, so that the answer can tell what it leaves out. */
  readonly depth: number;
  /** How many nodes of the order may be shown. */
  readonly needed: number;
  /** Whether to go on beyond that, to count. */
  readonly counting: boolean;
}

/**
 * Breadth first over distinct nodes in one direction, one round trip a level. `order` lists the nodes as found; its
 * first `needed` entries do not depend on budgets, so that pages of one answer fit together.
 */
export class DirectedWalk {
  readonly options: WalkOptions;
  readonly order: WalkState[] = [];
  readonly startCount: number;
  readonly #states = new Map<string, WalkState>();
  readonly #byNode = new Map<NodeId, WalkState[]>();
  #frontier: WalkState[] = [];
  #later: WalkState[] = [];
  #skipped: WalkState[] = [];
  #level = 0;
  #shownPending = 0;
  #edgesLeft: number;
  #hasPartial = false;
  #isStopped = false;
  #ranOut: 'TIME' | 'EDGES' | null = null;

  constructor(options: WalkOptions, starts: readonly FrontierEntry[]) {
    this.options = options;
    this.#edgesLeft = Math.max(options.budget.walkEdges, 40 * options.needed);
    for (const start of starts) this.#enter(start.node, start.arrivedBy, 0, 0);
    this.startCount = this.order.length;
  }

  /** Why nodes that should be shown were not all looked at. */
  get ranOut(): 'TIME' | 'EDGES' | null {
    return this.#ranOut;
  }

  /** Whether everything that can be reached was found. */
  get isComplete(): boolean {
    return this.#pending().length === 0 && !this.#hasPartial;
  }

  get isExhausted(): boolean {
    return this.#frontier.length === 0 && this.#later.length === 0;
  }

  get frontierSize(): number {
    return this.#frontier.length > 0 ? this.#frontier.length : this.#later.length;
  }

  /** Depth of the level that comes next; Infinity when there is none. */
  get nextDepth(): number {
    return (this.#frontier[0] ?? this.#later[0])?.depth ?? Infinity;
  }

  get edgesLeft(): number {
    return this.#edgesLeft;
  }

  statesOf(node: NodeId): readonly WalkState[] {
    return this.#byNode.get(node) ?? [];
  }

  /** Depth of a shown kind of node, undefined where the walk did not come to it. */
  depthOf(node: NodeId): number | undefined {
    return this.#isVisible(node) ? this.#byNode.get(node)?.[0]?.depth : undefined;
  }

  states(): Iterable<WalkState> {
    return this.#states.values();
  }

  /** The order may still grow at this depth within its first `needed` entries; Infinity: it may not. */
  get growsAt(): number {
    if (this.order.length >= this.options.needed) return Infinity;
    return this.#pending().reduce((least, state) => Math.min(least, state.depth + 1), Infinity);
  }

  /** Every edge from a shown node at a lesser depth is known. */
  get edgesKnownTo(): number {
    return this.#pending()
      .filter((state) => state.rank < this.options.needed)
      .reduce((least, state) => Math.min(least, state.depth), this.options.depth);
  }

  stop(): void {
    this.#isStopped = true;
  }

  /** Walks until all is found or a budget is used up. Rejects only when the store does. */
  async run(startedAt: Micros): Promise<void> {
    const { clock, budget, counting } = this.options;
    const deadline = startedAt + budget.timeMs * MICROS_PER_MS;
    let countDeadline: Micros | undefined;
    while (!this.isExhausted && !this.#isStopped) {
      const now = clock.now();
      const found = this.order.length - this.startCount;
      const mayCount = counting && found <= budget.countNodes && this.#edgesLeft > 0;
      if (this.#shownPending > 0) {
        if (now >= deadline) this.#ranOut = 'TIME';
        else if (this.#edgesLeft <= 0) this.#ranOut = 'EDGES';
        if (this.#ranOut !== null) return;
      } else {
        countDeadline ??= Math.min(deadline, now + budget.countMs * MICROS_PER_MS);
        if (!mayCount || now >= countDeadline) return;
      }
      await this.advance(mayCount);
    }
  }

  /** One round trip: expands the next level, all of it or only what is shown. What exceeds a trip stays for the next. */
  async advance(everything = true): Promise<void> {
    if (this.#frontier.length === 0) {
      this.#frontier = this.#later;
      this.#later = [];
      this.#level = this.#frontier[0]?.depth ?? this.#level;
    }
    if (!everything) {
      this.#skipped.push(...this.#frontier.filter((state) => !this.#isLookedAt(state)));
      this.#frontier = this.#frontier.filter((state) => this.#isLookedAt(state));
    }
    const batch = this.#frontier;
    if (batch.length === 0) return;
    const { graph, side, moment, budget, needed } = this.options;
    const limit = Math.max(1, Math.min(this.#edgesLeft, Math.max(budget.tripEdges, 2 * needed)));
    const expansion = await graph.expand(batch.map(entryOf), {
      direction: side,
      valid: moment.valid,
      knownAt: moment.knownAt,
      kinds: DATA_KINDS,
      limit,
      ...(batch.some((state) => this.#isShown(state)) ? {} : { withoutRows: true }),
    });
    this.#edgesLeft -= expansion.edges.length;
    // The last entry of a cut answer may have more: it comes first in the next trip, unless it alone fills one.
    const lastEntry = expansion.edges.at(-1)?.entry ?? 0;
    const done = expansion.truncated ? Math.max(1, lastEntry) : batch.length;
    const isCut = expansion.truncated && lastEntry === 0;
    this.#frontier = batch.slice(done);
    this.#absorb(batch.slice(0, done), expansion.edges);
    const [first] = batch;
    if (isCut && first !== undefined) {
      first.progress = 'PARTIAL';
      this.#hasPartial = true;
    }
  }

  #absorb(expanded: readonly WalkState[], edges: readonly ExpandedEdge[]): void {
    const steps: WalkStep[][] = expanded.map(() => []);
    for (const edge of edges) {
      const from = expanded[edge.entry];
      if (from === undefined) continue;
      const node = this.options.side === 'DOWNSTREAM' ? edge.to : edge.from;
      const arrivedBy = pairsMatter(from.node, node, edge) ? from.node : undefined;
      const cost = this.#isVisible(node) ? 1 : 0;
      steps[edge.entry]?.push({ to: this.#enter(node, arrivedBy, from.depth + cost, from.rank), edge });
    }
    expanded.forEach((state, index) => {
      state.steps = steps[index] ?? [];
      state.progress = 'EXPANDED';
      if (this.#isLookedAt(state)) this.#shownPending -= 1;
    });
  }

  #enter(node: NodeId, arrivedBy: NodeId | undefined, depth: number, fromRank: number): WalkState {
    const key = arrivedBy === undefined ? node : `${node} ${arrivedBy}`;
    const known = this.#states.get(key);
    if (known !== undefined) {
      this.#lowerRank(known, fromRank);
      return known;
    }
    const siblings = this.#byNode.get(node);
    const isVisible = this.#isVisible(node);
    const rank = isVisible ? (siblings?.[0]?.rank ?? this.order.length) : fromRank;
    const state: WalkState = { node, arrivedBy, depth, rank, progress: 'PENDING', steps: [] };
    this.#states.set(key, state);
    if (siblings === undefined) this.#byNode.set(node, [state]);
    else siblings.push(state);
    if (siblings === undefined && isVisible) this.order.push(state);
    if (this.#isLookedAt(state)) this.#shownPending += 1;
    (depth === this.#level ? this.#frontier : this.#later).push(state);
    return state;
  }

  /** At DATASET a chain of jobs may be reached first from a dataset that is not shown, and then from one that is. */
  #lowerRank(state: WalkState, fromRank: number): void {
    if (fromRank >= state.rank || this.#isVisible(state.node)) return;
    const wasLookedAt = this.#isLookedAt(state);
    state.rank = fromRank;
    if (wasLookedAt || state.progress !== 'PENDING' || !this.#isLookedAt(state)) return;
    this.#shownPending += 1;
    if (!this.#skipped.includes(state)) return;
    this.#skipped = this.#skipped.filter((other) => other !== state);
    this.#frontier.push(state);
  }

  #pending(): readonly WalkState[] {
    return [...this.#frontier, ...this.#later, ...this.#skipped];
  }

  #isVisible(node: NodeId): boolean {
    return this.options.granularity !== 'DATASET' || node.startsWith('dataset:');
  }

  #isShown(state: WalkState): boolean {
    return state.rank < this.options.needed && state.depth < this.options.depth;
  }

  #isLookedAt(state: WalkState): boolean {
    return state.rank < this.options.needed && state.depth <= this.options.depth;
  }
}

/** A job conducts by pairs unless the store says that it is under no restriction. */
function pairsMatter(from: NodeId, to: NodeId, edge: ExpandedEdge): boolean {
  return to.startsWith('job:') && from.startsWith('dataset:') && edge.restricted !== false;
}

function entryOf(state: WalkState): FrontierEntry {
  return state.arrivedBy === undefined ? { node: state.node } : { node: state.node, arrivedBy: state.arrivedBy };
}
