import type { EdgeRow, Transformation } from '../graph.js';
import type { NodeId } from '../identifiers.js';
import type { Micros } from '../time.js';
import { stopOn, type Carriage, type StopReason } from './carriage.js';

/** An edge between fields with every row that holds; both ends canonical. */
export interface FieldEdge {
  readonly from: NodeId;
  readonly to: NodeId;
  readonly rows: readonly Pick<EdgeRow, 'transformations' | 'validFrom'>[];
}

/** Where a tag does not go on. */
export interface TagStop {
  readonly from: NodeId;
  readonly to: NodeId;
  readonly because: StopReason;
  /** All that the edge says; of NOT_HERE too. */
  readonly transformations: readonly Transformation[];
}

interface Reached {
  readonly distance: number;
  readonly before: NodeId | null;
  /** Since when the edge from `before` holds. */
  readonly since: Micros;
}

/**
 * A tag on its way from where it was put, breadth first: what carries it is found by the shortest path, and of equally
 * short ones by that of the smallest id at each step back. Nothing is entered twice, so that a cycle sustains nothing.
 */
export class TagSpread {
  readonly stops: TagStop[] = [];
  readonly #reached = new Map<NodeId, Reached>();
  #frontier: readonly NodeId[];
  #distance = 0;

  /** `isBarred`: somebody said of that node that it does not have the tag. */
  constructor(
    sources: Iterable<NodeId>,
    private readonly carriage: Carriage,
    private readonly isBarred: (node: NodeId) => boolean,
  ) {
    const starts = [...new Set(sources)].sort();
    for (const node of starts) this.#reached.set(node, { distance: 0, before: null, since: -Infinity });
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
        this.stops.push({ from, to, because, transformations: rows.flatMap(({ transformations }) => transformations) });
        continue;
      }
      if (this.#reached.has(to) || arrived.has(to)) continue;
      const since = rows.reduce((least, { validFrom }) => Math.min(least, validFrom), Infinity);
      arrived.set(to, { distance: this.#distance, before: from, since });
    }
    this.#frontier = [...arrived.keys()].sort();
    for (const node of this.#frontier) {
      const reached = arrived.get(node);
      if (reached !== undefined) this.#reached.set(node, reached);
    }
  }

  /** The path to a node that was reached, where the tag was put first, and since when all of it holds. */
  pathTo(node: NodeId): { readonly via: readonly NodeId[]; readonly since: Micros } {
    const via: NodeId[] = [];
    let since = -Infinity;
    for (let at: NodeId | null = node; at !== null;) {
      via.push(at);
      const reached: Reached | undefined = this.#reached.get(at);
      since = Math.max(since, reached?.since ?? -Infinity);
      at = reached?.before ?? null;
    }
    return { via: via.reverse(), since };
  }
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
