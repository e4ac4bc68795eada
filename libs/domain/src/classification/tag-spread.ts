import type { EdgeRow } from '../graph.js';
import type { NodeId } from '../identifiers.js';
import type { Micros } from '../time.js';
import { stopOn, type Carriage, type StopReason } from './carriage.js';

/** An edge between fields with every row that holds; both ends canonical. */
export interface FieldEdge {
  readonly from: NodeId;
  readonly to: NodeId;
  readonly rows: readonly FieldEdgeRow[];
}

/** What one producer's statement of an edge says, under the names that it has for the fields. */
export type FieldEdgeRow = Pick<EdgeRow, 'from' | 'to' | 'job' | 'transformations' | 'validFrom' | 'validTo'>;

/** While all of a path holds. */
export interface PathSpan {
  readonly since: Micros;
  /** Null while it does. */
  readonly until: Micros | null;
}

/** Where a tag does not go on. */
export interface TagStop {
  readonly from: NodeId;
  readonly to: NodeId;
  readonly because: StopReason;
  /** All that is said of the edge; of NOT_HERE too. */
  readonly rows: readonly FieldEdgeRow[];
}

interface Reached {
  readonly distance: number;
  readonly before: NodeId | null;
  /** While the edge from `before` carries. */
  readonly span: PathSpan;
}

const ALWAYS: PathSpan = { since: -Infinity, until: null };

/**
 * A tag on its way from where it was put, breadth first: what carries it is found by the shortest path, and of equally
 * short ones by that of the smallest id at each step back. Nothing is entered twice, so that a cycle sustains nothing.
 */
export class TagSpread {
  readonly stops: TagStop[] = [];
  /** Every edge that carries it, also to where it came by another; those within a node are left out. */
  readonly ways: { readonly from: NodeId; readonly to: NodeId }[] = [];
  readonly #reached = new Map<NodeId, Reached>();
  #frontier: readonly NodeId[];
  #distance = 0;

  /** `isBarred`: somebody said of that node that it does not have the tag. `keepsWays`: for who asks for {@link ways}. */
  constructor(
    sources: Iterable<NodeId>,
    private readonly carriage: Carriage,
    private readonly isBarred: (node: NodeId) => boolean,
    private readonly keepsWays = false,
  ) {
    const starts = [...new Set(sources)].sort();
    for (const node of starts) this.#reached.set(node, { distance: 0, before: null, span: ALWAYS });
    this.#frontier = carriage.isCarried ? starts : [];
  }

  /** The nodes whose edges the next step wants, sorted; empty at the end. */
  get frontier(): readonly NodeId[] {
    return this.#frontier;
  }

  /** Every node with its distance, in the order of both; those it was put on first. */
  get reached(): readonly { readonly node: NodeId; readonly distance: number }[] {
    return [...this.#reached].map(([node, { distance }]) => ({ node, distance }));
  }

  distanceTo(node: NodeId): number | undefined {
    return this.#reached.get(node)?.distance;
  }

  /** One hop further, over all edges that leave the frontier, in any order. */
  step(edges: readonly FieldEdge[]): void {
    this.#distance += 1;
    const arrived = new Map<NodeId, Reached>();
    const inOrder = [...edges].sort((a, b) => compare(a.from, b.from) || compare(a.to, b.to));
    for (const { from, to, rows } of inOrder) {
      if (from === to) continue;
      const because = stopOn(rows, this.carriage) ?? (this.isBarred(to) ? 'NOT_HERE' : null);
      if (because !== null) {
        this.stops.push({ from, to, because, rows });
        continue;
      }
      if (this.keepsWays) this.ways.push({ from, to });
      if (this.#reached.has(to) || arrived.has(to)) continue;
      arrived.set(to, { distance: this.#distance, before: from, span: spanOf(rows, this.carriage) });
    }
    this.#frontier = [...arrived.keys()].sort();
    for (const node of this.#frontier) {
      const reached = arrived.get(node);
      if (reached !== undefined) this.#reached.set(node, reached);
    }
  }

  /** The path to a node that was reached, where the tag was put first, and while all of it holds. */
  pathTo(node: NodeId): { readonly via: readonly NodeId[]; readonly span: PathSpan } {
    const via: NodeId[] = [];
    let span = ALWAYS;
    for (let at: NodeId | null = node; at !== null;) {
      via.push(at);
      const reached: Reached | undefined = this.#reached.get(at);
      if (reached !== undefined) span = bothHold(span, reached.span);
      at = reached?.before ?? null;
    }
    return { via: via.reverse(), span };
  }
}

/** While both hold. */
export function bothHold(a: PathSpan, b: PathSpan): PathSpan {
  const until = a.until === null ? b.until : b.until === null ? a.until : Math.min(a.until, b.until);
  return { since: Math.max(a.since, b.since), until };
}

/** While some statement of an edge carries the tag, among those that hold at the moment asked about. */
function spanOf(rows: readonly FieldEdgeRow[], carriage: Carriage): PathSpan {
  const carrying = rows.filter((row) => stopOn([row], carriage) === null);
  return carrying.reduce<PathSpan>(
    ({ since, until }, { validFrom, validTo }) => ({
      since: Math.min(since, validFrom),
      until: until === null || validTo === null ? null : Math.max(until, validTo),
    }),
    { since: Infinity, until: -Infinity },
  );
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
