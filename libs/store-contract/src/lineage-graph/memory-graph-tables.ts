import type { AliasRow, EdgeRow, GraphChange, GraphNode, PairRow, RestrictionRow } from '@headwater/domain/graph';
import type { NodeId } from '@headwater/domain/identifiers';
import type { Micros } from '@headwater/domain/time';

interface Row {
  readonly rowId: string;
  readonly recordedTo: Micros | null;
}

/** Rows by id, with one list of row ids for each key that readers look rows up by. */
class Table<R extends Row> {
  readonly #rows = new Map<string, R>();
  readonly #indexes: readonly { readonly keyOf: (row: R) => NodeId; readonly ids: Map<NodeId, string[]> }[];

  constructor(...keys: readonly ((row: R) => NodeId)[]) {
    this.#indexes = keys.map((keyOf) => ({ keyOf, ids: new Map<NodeId, string[]>() }));
  }

  open(row: R): void {
    if (this.#rows.has(row.rowId)) return;
    this.#rows.set(row.rowId, row);
    for (const { keyOf, ids } of this.#indexes) {
      const list = ids.get(keyOf(row));
      if (list === undefined) ids.set(keyOf(row), [row.rowId]);
      else list.push(row.rowId);
    }
  }

  close(rowId: string, recordedTo: Micros): void {
    const row = this.#rows.get(rowId);
    if (row !== undefined) this.#rows.set(rowId, { ...row, recordedTo });
  }

  by(index: number, key: NodeId): readonly R[] {
    return (this.#indexes[index]?.ids.get(key) ?? []).flatMap((rowId) => this.#rows.get(rowId) ?? []);
  }

  all(): readonly R[] {
    return [...this.#rows.values()];
  }
}

/** The rows of a graph in memory, changed by {@link GraphChange}s only. */
export class MemoryGraphTables {
  readonly nodes = new Map<NodeId, GraphNode>();
  readonly #edges = new Table<EdgeRow>(
    (row) => row.from,
    (row) => row.to,
  );
  readonly #pairs = new Table<PairRow>((row) => row.job);
  readonly #restrictions = new Table<RestrictionRow>((row) => row.job);
  readonly #aliases = new Table<AliasRow>(
    (row) => row.member,
    (row) => row.canonical,
  );

  change(change: GraphChange): void {
    switch (change.op) {
      case 'node':
        this.nodes.set(change.node.id, change.node);
        break;
      case 'openEdge':
        this.#edges.open(change.row);
        break;
      case 'closeEdge':
        this.#edges.close(change.row.rowId, change.recordedTo);
        break;
      case 'openPair':
        this.#pairs.open(change.row);
        break;
      case 'closePair':
        this.#pairs.close(change.row.rowId, change.recordedTo);
        break;
      case 'openRestriction':
        this.#restrictions.open(change.row);
        break;
      case 'closeRestriction':
        this.#restrictions.close(change.row.rowId, change.recordedTo);
        break;
      case 'openAlias':
        this.#aliases.open(change.row);
        break;
      case 'closeAlias':
        this.#aliases.close(change.row.rowId, change.recordedTo);
        break;
    }
  }

  edges(): readonly EdgeRow[] {
    return this.#edges.all();
  }

  edgesFrom(id: NodeId): readonly EdgeRow[] {
    return this.#edges.by(0, id);
  }

  edgesTo(id: NodeId): readonly EdgeRow[] {
    return this.#edges.by(1, id);
  }

  pairsOf(job: NodeId): readonly PairRow[] {
    return this.#pairs.by(0, job);
  }

  restrictionsOf(job: NodeId): readonly RestrictionRow[] {
    return this.#restrictions.by(0, job);
  }

  aliasesOfMember(id: NodeId): readonly AliasRow[] {
    return this.#aliases.by(0, id);
  }

  aliasesOfCanonical(id: NodeId): readonly AliasRow[] {
    return this.#aliases.by(1, id);
  }
}
