import type {
  AliasRow,
  EdgeEvidence,
  EdgeRow,
  ExpandedEdge,
  ExpandOptions,
  Expansion,
  FrontierEntry,
  GraphBatch,
  GraphCheckpoint,
  GraphNode,
  RestrictionRow,
} from '@headwater/domain/graph';
import { datasetOf, kindOf, type NodeId } from '@headwater/domain/identifiers';
import type { LineageGraph } from '@headwater/domain/ports';
import type { Micros } from '@headwater/domain/time';
import { clip, cover, holds, isKnown, periodOf, type Period } from './lineage-graph/bitemporal.js';
import { MemoryGraphTables } from './lineage-graph/memory-graph-tables.js';

const STRENGTH: Readonly<Record<EdgeEvidence, number>> = { OBSERVED: 0, DECLARED: 1, INFERRED: 2 };

/** What the graph port means, written for reading: other stores are compared with it, and it is the floor in benchmarks. */
export class MemoryLineageGraph implements LineageGraph {
  readonly engine = 'MEMORY';
  readonly #tables = new MemoryGraphTables();
  #checkpoint: GraphCheckpoint = { position: 0, recordedAt: 0 };

  apply(batches: readonly GraphBatch[]): Promise<void> {
    for (const batch of batches) {
      if (batch.position <= this.#checkpoint.position) continue;
      for (const change of batch.changes) this.#tables.change(change);
      this.#checkpoint = { position: batch.position, recordedAt: batch.recordedAt };
    }
    return Promise.resolve();
  }

  checkpoint(): Promise<GraphCheckpoint> {
    return Promise.resolve(this.#checkpoint);
  }

  nodes(ids: readonly NodeId[], knownAt: Micros): Promise<ReadonlyMap<NodeId, GraphNode>> {
    const found = new Map<NodeId, GraphNode>();
    for (const id of ids) {
      const canonical = this.#canonicalOf(id, knownAt);
      const [node] = this.#membersOf(canonical, knownAt)
        .flatMap((member) => this.#tables.nodes.get(member) ?? [])
        .sort(
          (a, b) =>
            Number(a.placeholder) - Number(b.placeholder) ||
            Number(a.id !== canonical) - Number(b.id !== canonical) ||
            compareText(a.id, b.id),
        );
      if (node !== undefined) found.set(id, { ...node, id: canonical });
    }
    return Promise.resolve(found);
  }

  canonical(ids: readonly NodeId[], knownAt: Micros): Promise<ReadonlyMap<NodeId, NodeId>> {
    return Promise.resolve(new Map(ids.map((id) => [id, this.#canonicalOf(id, knownAt)])));
  }

  aliases(canonicalIds: readonly NodeId[], knownAt: Micros): Promise<readonly AliasRow[]> {
    const rows = [...new Set(canonicalIds)]
      .flatMap((id) => this.#tables.aliasesOfCanonical(id))
      .filter((row) => isKnown(row, knownAt))
      .sort(
        (a, b) =>
          compareText(a.canonical, b.canonical) || compareText(a.member, b.member) || compareText(a.rowId, b.rowId),
      );
    return Promise.resolve(rows);
  }

  expand(frontier: readonly FrontierEntry[], options: ExpandOptions): Promise<Expansion> {
    const edges = frontier.flatMap((entry, index) => this.#hop(entry, index, options));
    const expansion = { edges: edges.slice(0, options.limit), truncated: edges.length > options.limit };
    if (options.ahead === undefined || expansion.truncated) return Promise.resolve(expansion);
    return Promise.resolve({ ...expansion, ahead: this.#readAhead(edges, options, options.ahead) });
  }

  edges(options: Omit<ExpandOptions, 'direction' | 'limit'>): Promise<readonly ExpandedEdge[]> {
    const period = periodOf(options.valid);
    const rows = this.#tables
      .edges()
      .filter((row) => options.kinds.includes(row.kind) && holds(row, period, options.knownAt));
    const ends = (row: EdgeRow): readonly [NodeId, NodeId] => [
      this.#canonicalOf(row.from, options.knownAt),
      this.#canonicalOf(row.to, options.knownAt),
    ];
    const edges = group(rows, ends, -1).sort(
      (a, b) => compareText(a.kind, b.kind) || compareText(a.from, b.from) || compareText(a.to, b.to),
    );
    return Promise.resolve(edges);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #readAhead(
    edges: readonly ExpandedEdge[],
    options: ExpandOptions,
    count: number,
  ): ReadonlyMap<NodeId, readonly ExpandedEdge[]> {
    const ahead = new Map<NodeId, readonly ExpandedEdge[]>();
    const queue = [...edges];
    for (const { from, to } of queue) {
      const node = options.direction === 'DOWNSTREAM' ? to : from;
      if (ahead.size >= count || ahead.has(node)) continue;
      const next = this.#hop({ node }, 0, options);
      ahead.set(node, next);
      queue.push(...next);
    }
    return ahead;
  }

  #hop(entry: FrontierEntry, index: number, options: ExpandOptions): readonly ExpandedEdge[] {
    const { direction, kinds, knownAt } = options;
    const period = periodOf(options.valid);
    const isDownstream = direction === 'DOWNSTREAM';
    const farEnd = (row: EdgeRow): NodeId => this.#canonicalOf(isDownstream ? row.to : row.from, knownAt);
    const rows = this.#membersOf(entry.node, knownAt)
      .flatMap((member) => (isDownstream ? this.#tables.edgesFrom(member) : this.#tables.edgesTo(member)))
      .filter((row) => kinds.includes(row.kind) && holds(row, period, knownAt))
      .filter((row) => this.#conducts(row, entry, farEnd(row), options));
    const ends = (row: EdgeRow): readonly [NodeId, NodeId] =>
      isDownstream ? [entry.node, farEnd(row)] : [farEnd(row), entry.node];
    const neighbor = (edge: ExpandedEdge): NodeId => (isDownstream ? edge.to : edge.from);
    const complete = (edge: ExpandedEdge): ExpandedEdge => ({
      ...edge,
      ...(kindOf(neighbor(edge)) === 'JOB' ? { restricted: this.#isRestricted(neighbor(edge), period, knownAt) } : {}),
      ...(options.withoutRows === true ? { rows: [] } : this.#inferred(edge, entry, options)),
    });
    return group(rows, ends, index)
      .map(complete)
      .sort((a, b) => compareText(neighbor(a), neighbor(b)) || compareText(a.kind, b.kind));
  }

  /** Rule 17: a row of a restricted job leads only to what is paired with the dataset over which the job was reached. */
  #conducts(row: EdgeRow, entry: FrontierEntry, far: NodeId, options: ExpandOptions): boolean {
    const { direction, knownAt } = options;
    const isDownstream = direction === 'DOWNSTREAM';
    if (entry.arrivedBy === undefined || row.kind !== (isDownstream ? 'WRITE' : 'READ')) return true;
    const period = periodOf(options.valid);
    const restrictions = this.#tables
      .restrictionsOf(isDownstream ? row.from : row.to)
      .filter((restriction) => restriction.mode === 'PAIRS' && isKnown(restriction, knownAt));
    // Over a period, an edge that outlives the restriction conducts freely in the remainder.
    return !cover(restrictions, clip(row, period)) || this.#isPaired(entry, entry.arrivedBy, far, options);
  }

  #isPaired(
    entry: FrontierEntry,
    arrivedBy: NodeId,
    far: NodeId,
    { direction, valid, knownAt }: ExpandOptions,
  ): boolean {
    const isDownstream = direction === 'DOWNSTREAM';
    const period = periodOf(valid);
    const near = new Set(this.#membersOf(arrivedBy, knownAt));
    return this.#membersOf(entry.node, knownAt)
      .flatMap((job) => this.#tables.pairsOf(job))
      .filter((pair) => holds(pair, period, knownAt))
      .some((pair) => {
        const [arrival, leaving] = isDownstream ? [pair.input, pair.output] : [pair.output, pair.input];
        return near.has(arrival) && this.#canonicalOf(leaving, knownAt) === far;
      });
  }

  #isRestricted(job: NodeId, period: Period, knownAt: Micros): boolean {
    return this.#membersOf(job, knownAt).some((member) => this.#conductsBy('PAIRS', member, period, knownAt));
  }

  #conductsBy(mode: RestrictionRow['mode'], job: NodeId, period: Period, knownAt: Micros): boolean {
    return this.#tables.restrictionsOf(job).some((row) => row.mode === mode && holds(row, period, knownAt));
  }

  /** Rule 17: the names of a job at either end that conducts over the edge without a statement of both sides. */
  #inferred(
    { kind, from, to, rows }: ExpandedEdge,
    entry: FrontierEntry,
    options: ExpandOptions,
  ): Pick<ExpandedEdge, 'inferred'> {
    const { direction, knownAt } = options;
    const period = periodOf(options.valid);
    const far = direction === 'DOWNSTREAM' ? to : from;
    let job = far;
    if (kindOf(far) === 'JOB') {
      if (this.#isRestricted(far, period, knownAt)) return {};
    } else {
      const { node, arrivedBy } = entry;
      if (arrivedBy === undefined || kind !== (direction === 'DOWNSTREAM' ? 'WRITE' : 'READ')) return {};
      const isPairedUnder = (name: NodeId): boolean =>
        this.#conductsBy('PAIRS', name, period, knownAt) && this.#isPaired(entry, arrivedBy, far, options);
      if (rows.some((row) => isPairedUnder(direction === 'DOWNSTREAM' ? row.from : row.to))) return {};
      job = node;
    }
    const names = this.#membersOf(job, knownAt).filter((name) => this.#conductsBy('INFERRED', name, period, knownAt));
    return names.length === 0 ? {} : { inferred: names.sort(compareText) };
  }

  #canonicalOf(id: NodeId, knownAt: Micros): NodeId {
    const owner = kindOf(id) === 'FIELD' ? datasetOf(id) : id;
    const canonical = this.#tables
      .aliasesOfMember(owner)
      .filter((row) => isKnown(row, knownAt))
      .map((row) => row.canonical)
      .sort(compareText)[0];
    return canonical === undefined ? id : underOwner(id, canonical);
  }

  #membersOf(canonical: NodeId, knownAt: Micros): readonly NodeId[] {
    const owner = kindOf(canonical) === 'FIELD' ? datasetOf(canonical) : canonical;
    const members = this.#tables
      .aliasesOfCanonical(owner)
      .filter((row) => isKnown(row, knownAt))
      .map((row) => underOwner(canonical, row.member));
    return [...new Set([canonical, ...members])];
  }
}

/** The same field of another dataset; any other id becomes the other id itself. */
function underOwner(id: NodeId, owner: NodeId): NodeId {
  if (kindOf(id) !== 'FIELD') return owner;
  return `field:${owner.slice('dataset:'.length)}:${id.split(':')[3] ?? ''}` as NodeId;
}

function group(
  rows: readonly EdgeRow[],
  ends: (row: EdgeRow) => readonly [from: NodeId, to: NodeId],
  entry: number,
): ExpandedEdge[] {
  const groups = new Map<string, { readonly from: NodeId; readonly to: NodeId; readonly rows: EdgeRow[] }>();
  for (const row of rows) {
    const [from, to] = ends(row);
    // An edge between two names of one node says nothing; a loop that was stated as such stays.
    if (from === to && row.from !== row.to) continue;
    const key = `${row.kind} ${from} ${to}`;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { from, to, rows: [row] });
    else known.rows.push(row);
  }
  return [...groups.values()].flatMap(({ from, to, rows: held }) => {
    const [first] = held;
    if (first === undefined) return [];
    const sorted = held.sort((a, b) => STRENGTH[a.evidence] - STRENGTH[b.evidence] || compareText(a.rowId, b.rowId));
    return [{ kind: first.kind, from, to, entry, rows: sorted }];
  });
}

// NodeIds are percent-encoded ASCII, so code unit order is the byte order of the other stores.
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
