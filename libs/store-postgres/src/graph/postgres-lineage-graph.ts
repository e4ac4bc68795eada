import { HeadwaterError } from '@headwater/domain/errors';
import { graphDelta, type GraphDelta } from '@headwater/domain/graph-delta';
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
import { nodeKey, type NodeId, type NodeKind } from '@headwater/domain/identifiers';
import type { LineageGraph } from '@headwater/domain/ports';
import type { Micros } from '@headwater/domain/time';
import type pg from 'pg';
import { translatePostgresError } from '../postgres-error.js';
import { arrayLiteral } from './array-literal.js';
import {
  aliasColumns,
  closingColumns,
  edgeColumns,
  nodeColumns,
  ownerKey,
  pairColumns,
  restrictionColumns,
  type Columns,
} from './graph-columns.js';
import { graphReadStatements, type GraphReadStatements, type GraphStatement } from './graph-read-statements.js';
import {
  EdgeCollector,
  readAliasRow,
  readConducts,
  readEdgeRow,
  type AliasCells,
  type ConductingNames,
  type EdgeCells,
} from './graph-rows.js';
import { graphWriteStatements, type GraphWriteStatements } from './graph-write-statements.js';

// Statement names hold the schema's, and PostgreSQL cuts names at 63 bytes.
const SCHEMA = /^[a-z_][a-z0-9_]{0,39}$/;
const ROWS_A_STATEMENT = 5000;

export interface PostgresLineageGraphOptions {
  /** Shared; whoever made it ends it. */
  readonly pool: pg.Pool;
  /** For reads, such as one whose statements have a time limit; the same pool unless told. */
  readonly readPool?: pg.Pool;
  /** The PostgreSQL schema of the generation, with the tables of `graph.prisma`. */
  readonly schema: string;
}

/** The graph port on edge tables of one PostgreSQL schema. Every read is one statement. */
export class PostgresLineageGraph implements LineageGraph {
  readonly engine = 'POSTGRES';
  readonly #pool: pg.Pool;
  readonly #readPool: pg.Pool;
  readonly #read: GraphReadStatements;
  readonly #write: GraphWriteStatements;

  constructor({ pool, readPool = pool, schema }: PostgresLineageGraphOptions) {
    if (!SCHEMA.test(schema)) {
      throw new HeadwaterError('INVALID_INPUT', `the name of a graph schema must match ${SCHEMA.source}`);
    }
    this.#pool = pool;
    this.#readPool = readPool;
    this.#read = graphReadStatements(schema);
    this.#write = graphWriteStatements(schema);
  }

  async apply(batches: readonly GraphBatch[]): Promise<void> {
    if (batches.length === 0) return;
    try {
      const client = await this.#pool.connect();
      let broken: unknown;
      try {
        await client.query('BEGIN');
        await this.#applyIn(client, batches);
        await client.query('COMMIT');
      } catch (error) {
        broken = error;
        // The first error is the one to tell; a connection that cannot even roll back is thrown away.
        await client.query('ROLLBACK').catch(() => undefined);
        throw error;
      } finally {
        client.release(broken !== undefined);
      }
    } catch (error) {
      throw translatePostgresError(error);
    }
  }

  async checkpoint(): Promise<GraphCheckpoint> {
    const [row] = await this.#rows<[string | number, string | number]>(this.#read.checkpoint, []);
    return { position: Number(row?.[0] ?? 0), recordedAt: Number(row?.[1] ?? 0) };
  }

  async nodes(ids: readonly NodeId[], knownAt: Micros): Promise<ReadonlyMap<NodeId, GraphNode>> {
    if (ids.length === 0) return new Map();
    const rows = await this.#rows<[NodeId, NodeId, NodeKind, string, boolean]>(this.#read.nodes, asked(ids, knownAt));
    return new Map(
      rows.map(([askedId, id, kind, displayName, placeholder]) => [askedId, { id, kind, displayName, placeholder }]),
    );
  }

  async canonical(ids: readonly NodeId[], knownAt: Micros): Promise<ReadonlyMap<NodeId, NodeId>> {
    if (ids.length === 0) return new Map();
    return new Map(await this.#rows<[NodeId, NodeId]>(this.#read.canonical, asked(ids, knownAt)));
  }

  async aliases(canonicalIds: readonly NodeId[], knownAt: Micros): Promise<readonly AliasRow[]> {
    if (canonicalIds.length === 0) return [];
    const keys = arrayLiteral(canonicalIds.map(nodeKey));
    return (await this.#rows<AliasCells>(this.#read.aliases, [keys, knownAt])).map(readAliasRow);
  }

  async expand(frontier: readonly FrontierEntry[], options: ExpandOptions): Promise<Expansion> {
    const { direction, valid, knownAt, kinds, limit, withoutRows = false } = options;
    const [from, to] = period(valid);
    if (frontier.length === 0 || from >= to) return { edges: [], truncated: false };
    const rows = await this.#rows<[number, EdgeKind, NodeId, ConductingNames, ...EdgeCells]>(
      (withoutRows ? this.#read.count : this.#read.expand)[direction],
      [
        arrayLiteral(frontier.map(({ node }) => nodeKey(node))),
        arrayLiteral(frontier.map(({ node }) => node)),
        arrayLiteral(frontier.map(({ node }) => ownerKey(node))),
        arrayLiteral(frontier.map(({ arrivedBy }) => (arrivedBy === undefined ? null : nodeKey(arrivedBy)))),
        arrayLiteral(kinds),
        knownAt,
        from,
        to,
        limit + 1,
      ],
    );
    const collector = new EdgeCollector();
    for (const [entry, kind, neighbor, said, ...cells] of rows) {
      const near = frontier[entry]?.node ?? neighbor;
      const [start, end] = direction === 'DOWNSTREAM' ? [near, neighbor] : [neighbor, near];
      const row = withoutRows ? null : readEdgeRow(kind, cells);
      collector.add(row, kind, start, end, entry, readConducts(neighbor, said));
    }
    return { edges: collector.edges.slice(0, limit), truncated: collector.edges.length > limit };
  }

  async edges(options: Omit<ExpandOptions, 'direction' | 'limit'>): Promise<readonly ExpandedEdge[]> {
    const [from, to] = period(options.valid);
    if (from >= to) return [];
    const parameters = [arrayLiteral(options.kinds), options.knownAt, from, to];
    const rows = await this.#rows<[EdgeKind, NodeId, NodeId, ...EdgeCells]>(this.#read.edges, parameters);
    const collector = new EdgeCollector();
    for (const [kind, start, end, ...cells] of rows) {
      collector.add(readEdgeRow(kind, cells), kind, start, end, -1);
    }
    return collector.edges;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  async #applyIn(client: pg.PoolClient, batches: readonly GraphBatch[]): Promise<void> {
    const locked = await client.query<[string | number]>({ ...this.#write.lockCheckpoint, rowMode: 'array' });
    const fresh = newBatches(batches, Number(locked.rows[0]?.[0] ?? 0));
    const last = fresh.at(-1);
    if (last === undefined) return;
    await this.#applyDelta(client, graphDelta(fresh));
    await client.query({ ...this.#write.moveCheckpoint, values: [last.position, last.recordedAt] });
  }

  async #applyDelta(client: pg.PoolClient, delta: GraphDelta): Promise<void> {
    const run = async <R>(
      statement: GraphStatement,
      rows: readonly R[],
      columns: (part: readonly R[]) => Columns,
    ): Promise<void> => {
      for (let start = 0; start < rows.length; start += ROWS_A_STATEMENT) {
        const values = [...columns(rows.slice(start, start + ROWS_A_STATEMENT))];
        await client.query({ ...statement, values });
      }
    };
    const { nodes, edges, pairs, restrictions, aliases } = delta;
    await run(this.#write.putNodes, nodes, nodeColumns);
    await run(this.#write.openEdges, edges.opened, edgeColumns);
    await run(this.#write.closeEdges, edges.closed, closingColumns);
    await run(this.#write.openPairs, pairs.opened, pairColumns);
    await run(this.#write.closePairs, pairs.closed, closingColumns);
    await run(this.#write.openRestrictions, restrictions.opened, restrictionColumns);
    await run(this.#write.closeRestrictions, restrictions.closed, closingColumns);
    await run(this.#write.openAliases, aliases.opened, aliasColumns);
    await run(this.#write.closeAliases, aliases.closed, closingColumns);
  }

  async #rows<R extends readonly unknown[]>(statement: GraphStatement, values: readonly unknown[]): Promise<R[]> {
    try {
      const result = await this.#readPool.query<R[]>({ ...statement, values: [...values], rowMode: 'array' });
      return result.rows as unknown as R[];
    } catch (error) {
      throw translatePostgresError(error);
    }
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

function asked(ids: readonly NodeId[], knownAt: Micros): readonly unknown[] {
  const distinct = [...new Set(ids)];
  return [arrayLiteral(distinct.map(nodeKey)), arrayLiteral(distinct), arrayLiteral(distinct.map(ownerKey)), knownAt];
}

// Times are whole microseconds, so a moment is a period of one.
function period(valid: ValidTime): readonly [from: Micros, to: Micros] {
  return 'at' in valid ? [valid.at, valid.at + 1] : [valid.from, valid.to];
}
