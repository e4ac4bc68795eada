import type { ChangeEntry, ChangeFeed } from '@headwater/domain/change-feed';
import type { GraphChange, GraphCheckpoint } from '@headwater/domain/graph';
import type { NodeKey } from '@headwater/domain/identifiers';
import type pg from 'pg';
import { translatePostgresError } from '../postgres-error.js';
import { ChannelListener } from './channel-listener.js';

/** The projector notifies this channel in the transaction that adds entries. */
export const CHANGE_CHANNEL = 'headwater_change';

/** Row of `projection_checkpoint` that says up to which position entries were removed. */
const PRUNED = 'change_feed_pruned';

interface ChangeRow {
  readonly position: number;
  readonly recorded_at: number;
  readonly changes: readonly GraphChange[];
  readonly touched: readonly string[];
}

export interface PostgresChangeFeedOptions {
  readonly pool: pg.Pool;
  /** Where a connection of its own listens; the pool's connections come and go. */
  readonly url: string;
  /** Schema of the generation to read, such as `projection_g1`; asked anew for each read, since generations switch. */
  readonly schema: () => string | Promise<string>;
  readonly onListenError?: (error: unknown) => void;
}

/** The change feed over the table `graph_change` of one generation, woken by LISTEN on {@link CHANGE_CHANNEL}. */
export class PostgresChangeFeed implements ChangeFeed {
  readonly #options: PostgresChangeFeedOptions;
  readonly #listener: ChannelListener;

  constructor(options: PostgresChangeFeedOptions) {
    this.#options = options;
    this.#listener = new ChannelListener(options.url, CHANGE_CHANNEL, options.onListenError);
  }

  async read(after: number, limit: number): Promise<readonly ChangeEntry[]> {
    const rows = await this.#query<ChangeRow>(
      (schema) =>
        `SELECT position, recorded_at, changes, touched FROM ${schema}.graph_change WHERE position > $1 ORDER BY position LIMIT $2`,
      [after, limit],
    );
    return rows.map((row) => ({
      position: row.position,
      recordedAt: row.recorded_at,
      changes: row.changes,
      touched: row.touched.map((key) => key.replaceAll('-', '') as NodeKey),
    }));
  }

  async oldest(): Promise<number> {
    const [row] = await this.#query<{ position: number }>(
      (schema) => `SELECT position FROM ${schema}.projection_checkpoint WHERE name = $1`,
      [PRUNED],
    );
    return row?.position ?? 0;
  }

  async head(): Promise<GraphCheckpoint> {
    const [row] = await this.#query<{ position: number; recorded_at: number }>(
      (schema) =>
        `SELECT position, recorded_at FROM ${schema}.projection_checkpoint WHERE name <> $1 ORDER BY position DESC LIMIT 1`,
      [PRUNED],
    );
    return { position: row?.position ?? 0, recordedAt: row?.recorded_at ?? 0 };
  }

  subscribe(wake: () => void): () => void {
    return this.#listener.subscribe(wake);
  }

  /** Removes entries up to and including `through` and remembers it, so that an older `after` is refused from now on. */
  async prune(through: number): Promise<void> {
    // One statement: a reader sees the entries, or the marker that says they are gone.
    await this.#query(
      (schema) => `WITH removed AS (DELETE FROM ${schema}.graph_change WHERE position <= $1)
        INSERT INTO ${schema}.projection_checkpoint AS c (name, position, recorded_at) VALUES ($2, $1, 0)
        ON CONFLICT (name) DO UPDATE SET position = GREATEST(c.position, EXCLUDED.position)`,
      [through, PRUNED],
    );
  }

  /** Ends the listening connection; the pool belongs to the caller. */
  close(): Promise<void> {
    return this.#listener.close();
  }

  async #query<Row extends object>(statement: (schema: string) => string, values: unknown[]): Promise<readonly Row[]> {
    const schema = await this.#options.schema();
    if (!/^projection(_g\d+)?$/.test(schema)) throw new RangeError(`"${schema}" is no schema of a projection`);
    try {
      return (await this.#options.pool.query<Row>(statement(schema), values)).rows;
    } catch (error) {
      throw translatePostgresError(error);
    }
  }
}
