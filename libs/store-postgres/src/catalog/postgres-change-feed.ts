import type { ChangeEntry, ChangeFeed, ChangesAt } from '@headwater/domain/change-feed';
import type { GraphCheckpoint } from '@headwater/domain/graph';
import type { NodeKey } from '@headwater/domain/identifiers';
import type { Micros } from '@headwater/domain/time';
import type pg from 'pg';
import { unpackChanges, type PackedChanges } from '../projection/packed-changes.js';
import { ChannelListener } from './channel-listener.js';
import { ProjectionDatabase, type Statement } from './projection-database.js';

/** The projector notifies this channel in the transaction that adds entries. */
export const CHANGE_CHANNEL = 'headwater_change';

const READ: Statement = {
  name: 'change_feed_read',
  sql: 'SELECT position, recorded_at, changes, touched FROM @.graph_change WHERE position > $1 ORDER BY position LIMIT $2',
};

// One statement: an entry that is not there was removed, is yet to come, or never was.
const AT: Statement = {
  name: 'change_feed_at',
  sql: `
    SELECT u.position, g.changes, g.touched, u.position > c.head AS "isPending", u.position <= c.pruned AS "isRemoved"
    FROM unnest($1::bigint[]) AS u(position) LEFT JOIN @.graph_change g ON g.position = u.position
    CROSS JOIN (SELECT coalesce(max(position) FILTER (WHERE name = $2), 0) AS head,
                       coalesce(max(position) FILTER (WHERE name = $3), 0) AS pruned FROM @.projection_checkpoint) c`,
};

const CHECKPOINT: Statement = {
  name: 'change_feed_checkpoint',
  sql: 'SELECT position, recorded_at FROM @.projection_checkpoint WHERE name = $1',
};

// One statement: a reader sees the entries, or the marker that says they are gone.
const PRUNE: Statement = {
  name: 'change_feed_prune',
  sql: `WITH removed AS (DELETE FROM @.graph_change WHERE position <= $1::bigint)
    INSERT INTO @.projection_checkpoint AS c (name, position, recorded_at) VALUES ($2, $1::bigint, 0)
    ON CONFLICT (name) DO UPDATE SET position = GREATEST(c.position, EXCLUDED.position)`,
};

const OLDEST: Statement = {
  name: 'change_feed_oldest',
  sql: 'SELECT position, recorded_at FROM @.graph_change ORDER BY position LIMIT $1',
};
const PRUNE_STRETCH = 5_000;

/** Rows of `projection_checkpoint`: how far the catalog is, and up to where entries of the feed were removed. */
const CATALOG = 'catalog';
const PRUNED = 'change_feed_pruned';

interface ChangeRow {
  readonly position: number;
  readonly recorded_at: number;
  readonly changes: PackedChanges;
  readonly touched: readonly string[];
}

interface PlaceRow {
  readonly position: number;
  readonly changes: PackedChanges | null;
  readonly touched: readonly string[] | null;
  readonly isPending: boolean;
  readonly isRemoved: boolean;
}

export interface PostgresChangeFeedOptions {
  readonly pool: pg.Pool;
  /** Where a connection of its own listens; the pool's connections come and go. */
  readonly url: string;
  /** Schema of the generation to read, `projection_g<number>`; asked anew for each read, since generations switch. */
  readonly schema: () => string;
  readonly onListenError?: (error: unknown) => void;
}

/** The change feed over the table `graph_change` of one generation, woken by LISTEN on {@link CHANGE_CHANNEL}. */
export class PostgresChangeFeed implements ChangeFeed {
  readonly #database: ProjectionDatabase;
  readonly #listener: ChannelListener;

  constructor({ pool, url, schema, onListenError }: PostgresChangeFeedOptions) {
    this.#database = new ProjectionDatabase(pool, schema);
    this.#listener = new ChannelListener(url, CHANGE_CHANNEL, onListenError);
  }

  async read(after: number, limit: number): Promise<readonly ChangeEntry[]> {
    const rows = await this.#database.rows<ChangeRow>(READ, [after, limit]);
    return rows.map((row) => ({
      position: row.position,
      recordedAt: row.recorded_at,
      changes: unpackChanges(row.changes),
      touched: keysOf(row.touched),
    }));
  }

  async at(positions: readonly number[]): Promise<ReadonlyMap<number, ChangesAt>> {
    if (positions.length === 0) return new Map();
    const rows = await this.#database.rows<PlaceRow>(AT, [[...new Set(positions)], CATALOG, PRUNED]);
    return new Map(rows.map((row) => [row.position, placeOf(row)]));
  }

  async oldest(): Promise<number> {
    return (await this.#checkpoint(PRUNED)).position;
  }

  head(): Promise<GraphCheckpoint> {
    return this.#checkpoint(CATALOG);
  }

  subscribe(wake: () => void): () => void {
    return this.#listener.subscribe(wake);
  }

  /** Removes entries up to and including `through` and remembers it, so that an older `after` is refused from now on. */
  async prune(through: number): Promise<void> {
    await this.#database.rows(PRUNE, [through, PRUNED]);
  }

  /**
   * Removes entries that were recorded before `recordedBefore` and that every store has (`position` at most), a stretch
   * at a time; returns up to where.
   */
  async pruneBefore(recordedBefore: Micros, position: number): Promise<number> {
    for (;;) {
      const rows = await this.#database.rows<{ position: number; recorded_at: number }>(OLDEST, [PRUNE_STRETCH]);
      const gone = rows.filter((row) => row.recorded_at < recordedBefore && row.position <= position);
      const last = gone.at(-1);
      if (last !== undefined) await this.prune(last.position);
      if (gone.length < PRUNE_STRETCH) return this.oldest();
    }
  }

  /** Ends the listening connection; the pool belongs to the caller. */
  close(): Promise<void> {
    return this.#listener.close();
  }

  async #checkpoint(name: string): Promise<GraphCheckpoint> {
    const [row] = await this.#database.rows<{ position: number; recorded_at: number }>(CHECKPOINT, [name]);
    return { position: row?.position ?? 0, recordedAt: row?.recorded_at ?? 0 };
  }
}

function placeOf({ changes, touched, isPending, isRemoved }: PlaceRow): ChangesAt {
  if (isPending) return { state: 'PENDING' };
  if (isRemoved) return { state: 'REMOVED' };
  return { state: 'KEPT', changes: changes === null ? [] : unpackChanges(changes), touched: keysOf(touched ?? []) };
}

function keysOf(uuids: readonly string[]): readonly NodeKey[] {
  return uuids.map((key) => key.replaceAll('-', '') as NodeKey);
}
