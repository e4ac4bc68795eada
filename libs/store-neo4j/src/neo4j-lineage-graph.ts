import { graphDelta } from '@headwater/domain/graph-delta';
import type {
  AliasRow,
  EdgeKind,
  ExpandedEdge,
  ExpandOptions,
  Expansion,
  FrontierEntry,
  GraphBatch,
  GraphCheckpoint,
  GraphNode,
  ValidTime,
} from '@headwater/domain/graph';
import { fieldId, fieldPath, kindOf, nodeKey, type NodeId } from '@headwater/domain/identifiers';
import type { LineageGraph } from '@headwater/domain/ports';
import type { Micros } from '@headwater/domain/time';
import { inGeneration, type Generation } from './graph-labels.js';
import { int, keyOf, moment, readOpenTime } from './graph-parameters.js';
import { readEdgeRows, readExpansion, type ExpansionRecord, type RowCells } from './graph-reader.js';
import { writeDelta } from './graph-writer.js';
import type { Neo4jConnection } from './neo4j-connection.js';
import { READ_CYPHER } from './read-cypher.js';
import { WRITE_CYPHER } from './write-cypher.js';

export interface Neo4jLineageGraphOptions {
  /** Shared; whoever made it closes it. */
  readonly connection: Neo4jConnection;
  /** `G` and a number, made by {@link createGeneration}. */
  readonly generation: Generation;
}

/** The graph port on Neo4j, one generation of labels. Every read is one statement. */
export class Neo4jLineageGraph implements LineageGraph {
  readonly engine = 'NEO4J';
  readonly #connection: Neo4jConnection;
  readonly #generation: Generation;
  readonly #read: Readonly<Record<keyof typeof READ_CYPHER, string>>;

  constructor({ connection, generation }: Neo4jLineageGraphOptions) {
    this.#connection = connection;
    this.#generation = generation;
    this.#read = Object.fromEntries(
      Object.entries(READ_CYPHER).map(([name, cypher]) => [name, inGeneration(cypher, generation)]),
    ) as Record<keyof typeof READ_CYPHER, string>;
  }

  async apply(batches: readonly GraphBatch[]): Promise<void> {
    if (batches.length === 0) return;
    await this.#connection.write('apply', async (run) => {
      const lock = inGeneration(WRITE_CYPHER.LOCK_CHECKPOINT, this.#generation);
      const [checkpoint] = await run<{ position: number }>(lock, {});
      const fresh = newBatches(batches, checkpoint?.position ?? 0);
      const last = fresh.at(-1);
      if (last === undefined) return;
      await writeDelta(run, this.#generation, graphDelta(fresh));
      await run(inGeneration(WRITE_CYPHER.MOVE_CHECKPOINT, this.#generation), {
        position: int(last.position),
        recordedAt: int(last.recordedAt),
      });
    });
    // While a transaction is committed, others see its nodes one by one, and its checkpoint before the index entries of
    // its nodes: only once it has ended may readers be told that its batches are there. Where this is interrupted, the
    // next call finds nothing fresh and makes up for it.
    await this.#connection.write('publish', async (run) => {
      await run(inGeneration(WRITE_CYPHER.PUBLISH_CHECKPOINT, this.#generation), {});
    });
  }

  async checkpoint(): Promise<GraphCheckpoint> {
    const [row] = await this.#connection.read<{ position: number; recordedAt: number }>(
      'checkpoint',
      this.#read.CHECKPOINT,
      {},
    );
    return row ?? { position: 0, recordedAt: 0 };
  }

  async nodes(ids: readonly NodeId[], knownAt: Micros): Promise<ReadonlyMap<NodeId, GraphNode>> {
    const cells = await this.#named<[name: string, placeholder: boolean]>('NODES', ids, knownAt);
    return new Map(
      cells.map(([asked, canonical, displayName, placeholder]) => [
        asked,
        { id: canonical, kind: kindOf(canonical) ?? 'DATASET', displayName, placeholder },
      ]),
    );
  }

  async canonical(ids: readonly NodeId[], knownAt: Micros): Promise<ReadonlyMap<NodeId, NodeId>> {
    const itself = new Map(ids.map((id) => [id, id]));
    for (const [asked, canonical] of await this.#named('CANONICAL', ids, knownAt)) itself.set(asked, canonical);
    return itself;
  }

  /** What a statement finds of ids, each with the id that it goes by. */
  async #named<Cells extends readonly unknown[] = []>(
    statement: 'NODES' | 'CANONICAL',
    ids: readonly NodeId[],
    knownAt: Micros,
  ): Promise<readonly (readonly [asked: NodeId, canonical: NodeId, ...Cells])[]> {
    if (ids.length === 0) return [];
    const asked = [...new Set(ids)];
    const [record] = await this.#connection.read<{
      found: readonly (readonly [at: number, owner: NodeId | null, ...Cells])[];
    }>(statement.toLowerCase(), this.#read[statement], {
      lists: { asked: asked.map(keyOf) },
      knownAt: moment(knownAt),
    });
    return (record?.found ?? []).flatMap(([at, owner, ...cells]) => {
      const id = asked[at];
      return id === undefined ? [] : [[id, owner === null ? id : underOwner(id, owner), ...cells] as const];
    });
  }

  async aliases(canonicalIds: readonly NodeId[], knownAt: Micros): Promise<readonly AliasRow[]> {
    if (canonicalIds.length === 0) return [];
    const keys = [...new Set(canonicalIds)].map(nodeKey);
    const rows = await this.#connection.read<{
      rowId: string;
      member: NodeId;
      canonical: NodeId;
      recordedFrom: number;
      recordedTo: number;
    }>('aliases', this.#read.ALIASES, { lists: { keys }, knownAt: moment(knownAt) });
    return rows.map((row) => ({ ...row, recordedTo: readOpenTime(row.recordedTo) }));
  }

  async expand(frontier: readonly FrontierEntry[], options: ExpandOptions): Promise<Expansion> {
    const { direction, valid, knownAt, kinds, limit, withoutRows = false, ahead = 0 } = options;
    const [from, to] = period(valid);
    if (frontier.length === 0 || from >= to) return { edges: [], truncated: false };
    const [record] = await this.#connection.read<ExpansionRecord>(
      withoutRows ? 'count' : 'expand',
      this.#read[`${withoutRows ? 'COUNT' : 'EXPAND'}_${direction}`],
      {
        lists: {
          frontier: frontier.map(({ node }) => keyOf(node)),
          arrivals: frontier.map(({ arrivedBy }) => (arrivedBy === undefined ? null : nodeKey(arrivedBy))),
          kinds,
        },
        knownAt: moment(knownAt),
        from: moment(from),
        to: moment(to),
        limit: int(limit + 1),
        ahead: int(ahead),
      },
    );
    return record === undefined ? { edges: [], truncated: false } : readExpansion(record, frontier, options);
  }

  async edges(options: Omit<ExpandOptions, 'direction' | 'limit'>): Promise<readonly ExpandedEdge[]> {
    const [from, to] = period(options.valid);
    if (from >= to) return [];
    const rows = await this.#connection.read<{
      kind: EdgeKind;
      start: NodeId;
      end: NodeId;
      rows: readonly RowCells[];
    }>('edges', this.#read.EDGES, {
      lists: { kinds: options.kinds },
      knownAt: moment(options.knownAt),
      from: moment(from),
      to: moment(to),
    });
    return rows.map(({ kind, start, end, rows: cells }) => ({
      kind,
      from: start,
      to: end,
      entry: -1,
      rows: readEdgeRows(cells, kind, start, end, true),
    }));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

function newBatches(batches: readonly GraphBatch[], checkpoint: number): readonly GraphBatch[] {
  let position = checkpoint;
  return batches.filter((batch) => {
    if (batch.position <= position) return false;
    position = batch.position;
    return true;
  });
}

/** A field's id in another dataset, or the other id itself. */
function underOwner(id: NodeId, owner: NodeId): NodeId {
  return kindOf(id) === 'FIELD' ? fieldId(owner, fieldPath(id)) : owner;
}

// Times are whole microseconds, so a moment is a period of one.
function period(valid: ValidTime): readonly [from: Micros, to: Micros] {
  return 'at' in valid ? [valid.at, valid.at + 1] : [valid.from, valid.to];
}
