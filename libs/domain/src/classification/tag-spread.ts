import type { EdgeRow } from '../graph.js';
import type { NodeId } from '../identifiers.js';
import type { Micros } from '../time.js';
import { stopOn, type Carriage, type StopReason } from './carriage.js';
import { isJob, nodeAt, type TagStand } from './tag-stand.js';

/** An edge that data passes, with every row that holds: between fields, or between datasets and the jobs between them. */
export interface TagEdge {
  readonly from: TagStand;
  readonly to: TagStand;
  readonly rows: readonly TagEdgeRow[];
}

/** What one producer's statement of an edge says, under the names that it has for the nodes. */
export type TagEdgeRow = Pick<EdgeRow, 'from' | 'to' | 'job' | 'transformations' | 'validFrom' | 'validTo'>;

/** While all of a path holds. */
export interface PathSpan {
  readonly since: Micros;
  /** Null while it does. */
  readonly until: Micros | null;
}

/** Where a tag does not go on. */
export interface TagStop {
  /** The field or dataset that has it. */
  readonly from: NodeId;
  readonly to: NodeId;
  readonly because: StopReason;
  /** All that is said of the edge; of NOT_HERE too. */
  readonly rows: readonly TagEdgeRow[];
}

interface Reached {
  /** Hops from field to field, or from dataset to dataset: a job on the way is none. */
  readonly distance: number;
  readonly before: TagStand | null;
  /** While the edge from `before` carries. */
  readonly span: PathSpan;
}

const ALWAYS: PathSpan = { since: -Infinity, until: null };

/**
 * A tag on its way from where it was put, breadth first: what carries it is found by the shortest path, of equally
 * short ones by that of fewest jobs, then of the smallest id, at each step back. Nothing is entered twice, so that a
 * cycle sustains nothing.
 */
export class TagSpread {
  readonly #stops: TagStop[] = [];
  /** Every edge that carries it, also to where it came by another; those within a node are left out. */
  readonly ways: { readonly from: TagStand; readonly to: TagStand }[] = [];
  readonly #reached = new Map<TagStand, Reached>();
  /** What leads to a job, whether it came there first or not. */
  readonly #intoJobs = new Map<TagStand, TagStand[]>();
  #frontier: readonly TagStand[];
  #later = new Map<TagStand, Reached>();
  #distance = 0;

  /**
   * `isBarred`: somebody said of that node that it does not have the tag; of a job that says nothing of what passes it.
   * `keepsWays`: for who asks for {@link ways}.
   */
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

  /** Where the next step wants the edges of, sorted; empty at the end. */
  get frontier(): readonly TagStand[] {
    return this.#frontier;
  }

  /** Every field or dataset with its distance, in the order of both; those it was put on first. */
  get reached(): readonly { readonly node: NodeId; readonly distance: number }[] {
    return [...this.#reached].flatMap(([node, { distance }]) => (isJob(node) ? [] : [{ node, distance }]));
  }

  /** Each end told once, whatever jobs lead there. */
  get stops(): readonly TagStop[] {
    const found = new Map<string, TagStop>();
    for (const { from: last, to: stand, because, rows } of this.#stops) {
      const to = nodeAt(stand);
      for (const from of this.#holdersBefore(last)) {
        const key = `${from} ${to} ${because}`;
        found.set(key, { from, to, because, rows: [...(found.get(key)?.rows ?? []), ...rows] });
      }
    }
    return [...found.values()];
  }

  distanceTo(node: NodeId): number | undefined {
    return this.#reached.get(node)?.distance;
  }

  /** One edge further, over all edges that leave the frontier, in any order. */
  step(edges: readonly TagEdge[]): void {
    const jobs = new Map<TagStand, Reached>();
    const inOrder = [...edges].sort((a, b) => compare(a.from, b.from) || compare(a.to, b.to));
    for (const { from, to, rows } of inOrder) {
      if (from === to) continue;
      const ofJob = isJob(to);
      const because = stopOn(rows, this.carriage) ?? (!ofJob && this.isBarred(to) ? 'NOT_HERE' : null);
      if (because !== null) {
        this.#stops.push({ from, to, because, rows });
        continue;
      }
      if (ofJob) this.#leadsInto(to, from);
      if (this.keepsWays) this.ways.push({ from, to });
      if (this.#reached.has(to) || this.#later.has(to) || jobs.has(to)) continue;
      const distance = ofJob ? this.#distance : this.#distance + 1;
      (ofJob ? jobs : this.#later).set(to, { distance, before: from, span: spanOf(rows, this.carriage) });
    }
    // Jobs on the way are passed before the next hop begins.
    if (jobs.size > 0) {
      this.#enter(jobs);
      return;
    }
    this.#enter(this.#later);
    this.#later = new Map();
    this.#distance += 1;
  }

  #enter(arrived: ReadonlyMap<TagStand, Reached>): void {
    const inOrder = [...arrived].sort(([a], [b]) => compare(a, b));
    for (const [stand, reached] of inOrder) this.#reached.set(stand, reached);
    this.#frontier = inOrder.map(([stand]) => stand);
  }

  #leadsInto(job: TagStand, from: TagStand): void {
    const known = this.#intoJobs.get(job);
    if (known === undefined) this.#intoJobs.set(job, [from]);
    else known.push(from);
  }

  /** The fields or datasets whose tag stands there. */
  #holdersBefore(stand: TagStand): readonly NodeId[] {
    const stands = new Set([stand]);
    for (const at of stands) for (const from of this.#intoJobs.get(at) ?? []) stands.add(from);
    return [...stands].filter((at) => !isJob(at)).sort();
  }

  /** The path to what was reached, jobs between datasets too, where the tag was put first, and while all of it holds. */
  pathTo(node: NodeId): { readonly via: readonly NodeId[]; readonly span: PathSpan } {
    const via: NodeId[] = [];
    let span = ALWAYS;
    for (let at: TagStand | null = node; at !== null;) {
      via.push(nodeAt(at));
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
function spanOf(rows: readonly TagEdgeRow[], carriage: Carriage): PathSpan {
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
