import type { EdgeKind, ExpandedEdge, Expansion, FrontierEntry } from '../graph.js';
import type { NodeId } from '../identifiers.js';
import type { Clock, LineageGraph } from '../ports.js';
import type { Micros } from '../time.js';
import type { LineageGranularity, Moment, Side, TraversalBudget } from './lineage-answer.js';

/** Data edges; CONTROL and PARENT never carry data (lineage-semantics, rule 23). */
const DATA_KINDS: readonly EdgeKind[] = ['READ', 'WRITE', 'DERIVED'];
const MICROS_PER_MS = 1_000;

/** Behind so few nodes the store reads on in the same trip: in a chain a trip would else bring one edge. */
const NARROW = 4;
const AHEAD_NODES = 32;

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
 * Breadth first over distinct nodes in one direction, at most one round trip a level. `order` lists the nodes as found; its
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
  readonly #ahead = new Map<NodeId, { readonly edges: readonly ExpandedEdge[]; readonly hasRows: boolean }>();
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

  /** Walks until all that is shown was looked at, or a budget is used up. Rejects only when the store does. */
  async show(startedAt: Micros): Promise<void> {
    const deadline = this.#deadline(startedAt);
    while (this.#shownPending > 0 && !this.isExhausted && !this.#isStopped) {
      if (this.options.clock.now() >= deadline) this.#ranOut = 'TIME';
      else if (this.#edgesLeft <= 0) this.#ranOut = 'EDGES';
      if (this.#ranOut !== null) return;
      await this.advance(this.#mayCount);
    }
  }

  /** Goes on behind what is shown, to count, until all is found or a budget is used up. */
  async count(startedAt: Micros): Promise<void> {
    const { clock, budget } = this.options;
    const deadline = Math.min(this.#deadline(startedAt), clock.now() + budget.countMs * MICROS_PER_MS);
    while (this.#ranOut === null && !this.isExhausted && !this.#isStopped && this.#mayCount) {
      if (clock.now() >= deadline) return;
      await this.advance();
    }
  }

  get #mayCount(): boolean {
    const { counting, budget } = this.options;
    return counting && this.order.length - this.startCount <= budget.countNodes && this.#edgesLeft > 0;
  }

  #deadline(startedAt: Micros): Micros {
    return startedAt + this.options.budget.timeMs * MICROS_PER_MS;
  }

  /** At most one round trip: expands the next level, all of it or only what is shown. What exceeds a trip stays for the next. */
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
    const withoutRows = !batch.some((state) => this.#isShown(state));
    const { edges, truncated } = this.#readAhead(batch, withoutRows) ?? (await this.#ask(batch, withoutRows));
    this.#edgesLeft -= edges.length;
    // The last entry of a cut answer may have more: it comes first in the next trip, unless it alone fills one.
    const lastEntry = edges.at(-1)?.entry ?? 0;
    const done = truncated ? Math.max(1, lastEntry) : batch.length;
    const isCut = truncated && lastEntry === 0;
    this.#frontier = batch.slice(done);
    this.#absorb(batch.slice(0, done), edges);
    const [first] = batch;
    if (isCut && first !== undefined) {
      first.progress = 'PARTIAL';
      this.#hasPartial = true;
    }
  }

  async #ask(batch: readonly WalkState[], withoutRows: boolean): Promise<Expansion> {
    const { graph, side, moment } = this.options;
    const expansion = await graph.expand(batch.map(entryOf), {
      direction: side,
      valid: moment.valid,
      knownAt: moment.knownAt,
      kinds: DATA_KINDS,
      limit: this.#tripLimit(),
      ...(withoutRows ? { withoutRows } : {}),
      ...(batch.length <= NARROW && this.#goesOn ? { ahead: AHEAD_NODES } : {}),
    });
    this.#ahead.clear();
    for (const [node, edges] of expansion.ahead ?? []) this.#ahead.set(node, { edges, hasRows: !withoutRows });
    return expansion;
  }

  /** A level that an earlier trip brought, all of it; undefined where a trip is needed. */
  #readAhead(batch: readonly WalkState[], withoutRows: boolean): Expansion | undefined {
    if (this.#ahead.size < batch.length) return undefined;
    const edges: ExpandedEdge[] = [];
    for (const [entry, { node, arrivedBy }] of batch.entries()) {
      const known = arrivedBy === undefined ? this.#ahead.get(node) : undefined;
      if (known === undefined || !(known.hasRows || withoutRows)) return undefined;
      for (const edge of known.edges) edges.push({ ...edge, entry });
    }
    return edges.length > this.#tripLimit() ? undefined : { edges, truncated: false };
  }

  /** Whether levels after the next one will be asked for. */
  get #goesOn(): boolean {
    return this.options.counting || this.#level + 1 < this.options.depth;
  }

  #tripLimit(): number {
    const { budget, needed } = this.options;
    return Math.max(1, Math.min(this.#edgesLeft, Math.max(budget.tripEdges, 2 * needed)));
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
