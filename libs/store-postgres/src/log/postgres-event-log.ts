import { createHmac } from 'node:crypto';
import { HeadwaterError } from '@headwater/domain/errors';
import type { AcceptedEvent, Appended, EventKind, SealedPart, StoredEvent, StoredPart } from '@headwater/domain/events';
import type { EventLog } from '@headwater/domain/ports';
import type { Micros } from '@headwater/domain/time';
import pg from 'pg';
import { ChannelListener } from '../catalog/channel-listener.js';
import { catalogTypes, connectionOptions } from '../pool.js';
import { translatePostgresError } from '../postgres-error.js';
import { byteaArray, int8Array } from './binary-array.js';
import { GroupCommit } from './group-commit.js';

import { LogPartitions } from './log-partitions.js';

const MEBIBYTE = 1024 * 1024;
/** A read stops early, behind its first event, at this many bytes: events may have 32 MiB each. */
const MAX_READ_BYTES = 2 * MEBIBYTE;
/** A commit that takes longer is given up with UNAVAILABLE; the producer's resend is a duplicate if it succeeded. */
const WRITE_TIMEOUT_MS = 30_000;

const COLUMNS = `position, kind, encode(digest, 'hex') AS digest, body, received_at, recorded_at`;

export interface PostgresEventLogOptions {
  /** A migrated database. The writer and the listener open one connection of their own each. */
  readonly url: string;
  /** Serves reads; not ended by the log. */
  readonly pool: pg.Pool;
  readonly maxGroupRows?: number;
  readonly maxGroupBytes?: number;
  /** Events that wait or are being written, at most; beyond, `append` throws UNAVAILABLE. */
  readonly maxQueuedEvents?: number;
  readonly maxQueuedBytes?: number;
}

interface LogRow {
  readonly kind: EventKind;
  readonly bytes: Uint8Array;
  readonly receivedAt: Micros;
  readonly digest: Buffer;
  readonly parts: readonly SealedPart[];
}

interface EventRow {
  readonly position: number;
  readonly kind: EventKind;
  readonly digest: string;
  readonly body: Buffer;
  readonly received_at: Micros;
  readonly recorded_at: Micros;
}

/**
 * The event log in the tables of `prisma/schema.prisma`. Any number of processes may append at once: each commits
 * groups, and the database gives them positions one group after another.
 */
export class PostgresEventLog implements EventLog {
  readonly #pool: pg.Pool;
  readonly #writer: pg.Pool;
  readonly #listener: ChannelListener;
  readonly #partitions: LogPartitions;
  readonly #group: GroupCommit<LogRow, Appended>;
  /** Why the latest append failed; null since one succeeded. */
  #failure: string | null = null;
  #closing: Promise<void> | undefined;

  private constructor(
    options: PostgresEventLogOptions,
    writer: pg.Pool,
    readonly logId: string,
    private readonly digestKey: Buffer,
  ) {
    this.#pool = options.pool;
    this.#writer = writer;
    this.#listener = new ChannelListener(options.url, 'headwater_log');
    this.#partitions = new LogPartitions(writer);
    this.#group = new GroupCommit({
      write: (rows) => this.#write(rows),
      bytesOf: sizeOf,
      maxGroupRows: options.maxGroupRows ?? 1000,
      maxGroupBytes: options.maxGroupBytes ?? 4 * MEBIBYTE,
      maxQueuedRows: options.maxQueuedEvents ?? 50_000,
      maxQueuedBytes: options.maxQueuedBytes ?? 128 * MEBIBYTE,
      translate: translatePostgresError,
    });
  }

  /** Opens the log of a migrated database; the first opening makes its id and digest key. Throws UNAVAILABLE. */
  static async open(options: PostgresEventLogOptions): Promise<PostgresEventLog> {
    const writer = new pg.Pool({
      ...connectionOptions(options.url, 'headwater-log'),
      max: 1,
      query_timeout: WRITE_TIMEOUT_MS,
    });
    // A broken idle connection is replaced at the next use, which reports it if the server is away.
    writer.on('error', () => undefined);
    try {
      const { logId, digestKey } = await readIdentity(writer);
      const log = new PostgresEventLog(options, writer, logId, digestKey);
      await log.#partitions.ensureAroundNow();
      return log;
    } catch (error) {
      await writer.end();
      throw translatePostgresError(error);
    }
  }

  async append(events: readonly AcceptedEvent[]): Promise<readonly Appended[]> {
    try {
      const appended = await this.#appendAll(events);
      this.#failure = null;
      return appended;
    } catch (error) {
      if (error instanceof HeadwaterError && error.category === 'UNAVAILABLE')
        this.#failure = error.reason ?? 'STORE_AWAY';
      throw error;
    }
  }

  /**
   * Appends within a transaction of the caller, for what has to change together with its event. Takes the lock of the
   * log until that transaction ends: let it be the last but short.
   */
  async appendWithin(client: pg.PoolClient, events: readonly AcceptedEvent[]): Promise<readonly Appended[]> {
    const rows = events.map((event) => this.#rowOf(event));
    await this.#partitions.ensureFor(rows);
    return (await client.query<Appended>(appendStatement(rows))).rows;
  }

  #appendAll(events: readonly AcceptedEvent[]): Promise<readonly Appended[]> {
    return this.#group.submit(events.map((event) => this.#rowOf(event)));
  }

  #rowOf({ kind, bytes, receivedAt, parts = [] }: AcceptedEvent): LogRow {
    return { kind, bytes, receivedAt, parts, digest: createHmac('sha256', this.digestKey).update(bytes).digest() };
  }

  /** Fewer than `limit` events do not mean the end of the log: large events end a read early. An empty answer does. */
  async readAfter(after: number, limit: number): Promise<readonly StoredEvent[]> {
    // Bounded on both sides, which positions being dense allows, so that an index range is the only sensible plan.
    return this.#select(
      'log_read_after',
      `SELECT ${COLUMNS} FROM (
         SELECT *, sum(octet_length(body)) OVER (ORDER BY position) AS total FROM event_log
         WHERE position > $1::bigint AND position <= $1::bigint + $2::bigint
       ) e WHERE total <= ${MAX_READ_BYTES} OR position = $1::bigint + 1 ORDER BY position`,
      [after, limit],
    );
  }

  async read(positions: readonly number[]): Promise<readonly StoredEvent[]> {
    if (positions.length === 0) return [];
    const rows = await this.#select(
      'log_read',
      `SELECT ${COLUMNS} FROM unnest($1::bigint[]) AS wanted(place)
       JOIN LATERAL (SELECT * FROM event_log WHERE position = wanted.place LIMIT 1) e ON true`,
      [[...new Set(positions)]],
    );
    const byPosition = new Map(rows.map((row) => [row.position, row]));
    return positions.flatMap((position) => byPosition.get(position) ?? []);
  }

  async parts(positions: readonly number[]): Promise<readonly StoredPart[]> {
    if (positions.length === 0) return [];
    try {
      const { rows } = await this.#pool.query<StoredPart>({
        ...PARTS,
        values: [[...new Set(positions)]],
        types: catalogTypes,
      });
      return rows;
    } catch (error) {
      throw translatePostgresError(error);
    }
  }

  async problem(): Promise<string | null> {
    try {
      const { rows } = await this.#pool.query<{ readonly: boolean }>(
        `SELECT pg_is_in_recovery() OR current_setting('default_transaction_read_only')::boolean AS readonly`,
      );
      return rows[0]?.readonly === true ? 'STORE_READ_ONLY' : this.#failure;
    } catch (error) {
      return translatePostgresError(error).reason ?? 'STORE_AWAY';
    }
  }

  async head(): Promise<{ readonly position: number; readonly recordedAt: Micros }> {
    try {
      const { rows } = await this.#pool.query<{ position: number; recorded_at: Micros }>({
        name: 'log_head',
        text: 'SELECT next_position - 1 AS position, last_recorded_at AS recorded_at FROM log_counter WHERE id = 1',
        types: catalogTypes,
      });
      return { position: rows[0]?.position ?? 0, recordedAt: rows[0]?.recorded_at ?? 0 };
    } catch (error) {
      throw translatePostgresError(error);
    }
  }

  /** Calls `listener` soon after each committed group of any process; the returned function ends that. */
  subscribe(listener: () => void): () => void {
    return this.#listener.subscribe(listener);
  }

  /** Events that wait or are being written. */
  get pending(): { readonly rows: number; readonly bytes: number } {
    return this.#group.pending;
  }

  /** Refuses new appends, answers the accepted ones and closes the log's own connections. May be called twice. */
  close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  async #close(): Promise<void> {
    await this.#group.close();
    await this.#listener.close();
    await this.#writer.end();
  }

  async #write(rows: readonly LogRow[]): Promise<readonly Appended[]> {
    await this.#partitions.ensureFor(rows);
    return (await this.#writer.query<Appended>(appendStatement(rows))).rows;
  }

  async #select(name: string, text: string, values: readonly unknown[]): Promise<readonly StoredEvent[]> {
    try {
      const { rows } = await this.#pool.query<EventRow>({ name, text, values: [...values], types: catalogTypes });
      return rows.map((row) => ({
        position: row.position,
        kind: row.kind,
        digest: row.digest,
        bytes: row.body,
        receivedAt: row.received_at,
        recordedAt: row.recorded_at,
      }));
    } catch (error) {
      throw translatePostgresError(error);
    }
  }
}

const PARTS = {
  name: 'log_parts',
  text: `SELECT p.position, p.key_id AS "keyId", p.ciphertext,
      convert_from(substring(e.body FROM p.body_offset + 1 FOR p.placeholder_length), 'UTF8') AS placeholder
    FROM unnest($1::bigint[]) AS wanted(place)
    JOIN LATERAL (SELECT * FROM event_log WHERE position = wanted.place LIMIT 1) e ON true
    JOIN event_part p ON p.position = e.position ORDER BY p.position, p.part`,
};

function appendStatement(rows: readonly LogRow[]): pg.QueryConfig {
  const events = {
    name: 'log_append',
    text: 'SELECT position, duplicate FROM append_events($1::text[], $2::bigint[], $3::bytea[], $4::bytea[])',
    values: [
      rows.map((row) => row.kind),
      int8Array(rows.map((row) => row.receivedAt)),
      byteaArray(rows.map((row) => row.digest)),
      byteaArray(rows.map((row) => row.bytes)),
    ],
  };
  const parts = rows.flatMap((row, index) => row.parts.map((part) => ({ ...part, event: index + 1 })));
  if (parts.length === 0) return events;
  return {
    name: 'log_append_parts',
    text: `SELECT position, duplicate FROM append_events($1::text[], $2::bigint[], $3::bytea[], $4::bytea[], $5::integer[],
      $6::integer[], $7::integer[], $8::integer[], $9::uuid[], $10::bytea[])`,
    values: [
      ...events.values,
      rows.map((row) => row.parts.length),
      parts.map(({ event }) => event),
      parts.map(({ offset }) => offset),
      parts.map(({ length }) => length),
      parts.map(({ keyId }) => keyId),
      byteaArray(parts.map(({ ciphertext }) => ciphertext)),
    ],
  };
}

function sizeOf({ bytes, parts }: LogRow): number {
  return parts.reduce((size, { ciphertext }) => size + ciphertext.byteLength, bytes.byteLength);
}

async function readIdentity(writer: pg.Pool): Promise<{ logId: string; digestKey: Buffer }> {
  // The server's strong random numbers; only the first 6 bytes of a UUID of version 4 are random throughout.
  await writer.query(
    `INSERT INTO log_meta (log_id, digest_key)
     VALUES (encode(substring(uuid_send(gen_random_uuid()) FROM 1 FOR 6), 'hex'),
             sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())))
     ON CONFLICT DO NOTHING`,
  );
  const { rows } = await writer.query<{ log_id: string; digest_key: Buffer }>(
    'SELECT log_id, digest_key FROM log_meta WHERE id = 1',
  );
  const row = rows[0];
  if (row === undefined) throw new TypeError('log_meta holds no row');
  return { logId: row.log_id, digestKey: row.digest_key };
}
