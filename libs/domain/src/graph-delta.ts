import type { AliasRow, EdgeRow, GraphBatch, GraphChange, GraphNode, PairRow, RestrictionRow } from './graph.js';
import type { Micros } from './time.js';

/** The rows of one table that batches open, and those of earlier calls that they close. */
export interface RowDelta<R extends { readonly rowId: string; readonly recordedTo: Micros | null }, K extends keyof R> {
  readonly opened: readonly R[];
  readonly closed: readonly { readonly row: Pick<R, K | 'rowId'>; readonly recordedTo: Micros }[];
}

/** What batches come to when applied at once, each row at most once. */
export interface GraphDelta {
  readonly nodes: readonly GraphNode[];
  readonly edges: RowDelta<EdgeRow, 'kind' | 'from' | 'to'>;
  readonly pairs: RowDelta<PairRow, 'job' | 'input' | 'output'>;
  readonly restrictions: RowDelta<RestrictionRow, 'job'>;
  readonly aliases: RowDelta<AliasRow, 'member' | 'canonical'>;
}

/** Sums up batches: the last word on each node, and rows that one batch opens and another closes are opened closed. */
export function graphDelta(batches: readonly GraphBatch[]): GraphDelta {
  const nodes = new Map<string, GraphNode>();
  const edges = new RowCollector<EdgeRow, 'kind' | 'from' | 'to'>();
  const pairs = new RowCollector<PairRow, 'job' | 'input' | 'output'>();
  const restrictions = new RowCollector<RestrictionRow, 'job'>();
  const aliases = new RowCollector<AliasRow, 'member' | 'canonical'>();
  const collect = (change: GraphChange): void => {
    switch (change.op) {
      case 'node':
        nodes.set(change.node.id, change.node);
        break;
      case 'openEdge':
        edges.open(change.row);
        break;
      case 'closeEdge':
        edges.close(change.row, change.recordedTo);
        break;
      case 'openPair':
        pairs.open(change.row);
        break;
      case 'closePair':
        pairs.close(change.row, change.recordedTo);
        break;
      case 'openRestriction':
        restrictions.open(change.row);
        break;
      case 'closeRestriction':
        restrictions.close(change.row, change.recordedTo);
        break;
      case 'openAlias':
        aliases.open(change.row);
        break;
      case 'closeAlias':
        aliases.close(change.row, change.recordedTo);
        break;
    }
  };
  for (const batch of batches) batch.changes.forEach(collect);
  return {
    nodes: [...nodes.values()],
    edges: edges.delta(),
    pairs: pairs.delta(),
    restrictions: restrictions.delta(),
    aliases: aliases.delta(),
  };
}

class RowCollector<R extends { readonly rowId: string; readonly recordedTo: Micros | null }, K extends keyof R> {
  readonly #opened = new Map<string, R>();
  readonly #closed = new Map<string, { readonly row: Pick<R, K | 'rowId'>; readonly recordedTo: Micros }>();

  open(row: R): void {
    if (!this.#opened.has(row.rowId)) this.#opened.set(row.rowId, row);
  }

  close(row: Pick<R, K | 'rowId'>, recordedTo: Micros): void {
    const opened = this.#opened.get(row.rowId);
    if (opened === undefined) this.#closed.set(row.rowId, { row, recordedTo });
    else this.#opened.set(row.rowId, { ...opened, recordedTo });
  }

  delta(): RowDelta<R, K> {
    return { opened: [...this.#opened.values()], closed: [...this.#closed.values()] };
  }
}
