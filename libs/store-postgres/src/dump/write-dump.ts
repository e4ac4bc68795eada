import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import {
  DUMP_FORMAT,
  dumpLine,
  type DumpedState,
  type DumpFooter,
  type DumpHeader,
  type RowSum,
} from '@headwater/domain/dump/dump-format';
import pg from 'pg';
import { generationSchema } from '../migrate/generations.js';
import { catalogTypes, connectionOptions } from '../pool.js';
import { translatePostgresError } from '../postgres-error.js';
import { KEYS_TABLE, LOG_TABLE, SECRETS_TABLE, tablesSince, type DumpedTable } from './dump-tables.js';
import { isFileError } from './file-error.js';
import { stateDigest } from './state-digest.js';

export interface DumpOptions {
  /** A migrated database. One connection is opened and closed. */
  readonly url: string;
  readonly createdAt: Date;
  /** Whether the keys of this installation are dumped. */
  readonly withSecrets: boolean;
  /** Told how many events of the log are written, and of how many. */
  readonly onProgress: (done: number, total: number) => void;
}

export interface WrittenDump {
  readonly header: DumpHeader;
  readonly footer: DumpFooter;
  /** SHA-256 of the footer, which holds those of all else: equal digests are equal dumps. */
  readonly digest: string;
}

const ROWS_A_READ = 500;
/** Events have up to 32 MiB each; a read ends at this many bytes, behind its first event. */
const BYTES_A_READ = 4 * 1024 * 1024;
/** Bodies compress well at any level; the fastest keeps up with the database. */
const COMPRESSION = 1;

/**
 * Writes everything that a catalog cannot be built without as one snapshot of a database in use, gzipped, and ends
 * `destination`. Throws UNAVAILABLE where the database is away, and what `destination` throws.
 */
export async function writeDump(destination: NodeJS.WritableStream, options: DumpOptions): Promise<WrittenDump> {
  const client = new pg.Client({ ...connectionOptions(options.url, 'headwater-dump'), types: catalogTypes });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    // What rows look like must not depend on the settings of a server.
    await client.query(`SET LOCAL TimeZone = 'UTC'; SET LOCAL extra_float_digits = 1; SET LOCAL bytea_output = 'hex'`);
    let written: WrittenDump | undefined;
    const lines = linesOf(client, options, (dump) => (written = dump));
    await pipeline(Readable.from(lines), createGzip({ level: COMPRESSION }), destination);
    if (written === undefined) throw new TypeError('the dump ended without a footer');
    return written;
  } catch (error) {
    throw isFileError(error) ? error : translatePostgresError(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function* linesOf(
  client: pg.Client,
  options: DumpOptions,
  onEnd: (dump: WrittenDump) => void,
): AsyncGenerator<string> {
  const header = await headerOf(client, options);
  const first = `${dumpLine(['headwater-dump', header])}\n`;
  yield first;
  // First, so that a rebuild has the least time to remove what is read.
  const state = await stateOf(client);
  const tables: Record<string, RowSum> = {};
  for (const table of tablesSince(header.migrations)) {
    yield `${dumpLine(['table', table.name, await columnsOf(client, table.name)])}\n`;
    if (table.name === SECRETS_TABLE && !options.withSecrets) {
      tables[table.name] = { rows: 0, sha256: createHash('sha256').digest('hex') };
      continue;
    }
    const sum = createHash('sha256');
    let rows = 0;
    const reads = table.name === LOG_TABLE ? eventsOf(client, header, options) : rowsOf(client, table);
    for await (const read of reads) {
      const text = read.map((row) => `${row}\n`).join('');
      sum.update(text);
      rows += read.length;
      yield text;
    }
    tables[table.name] = { rows, sha256: sum.digest('hex') };
  }
  const footer = { header: createHash('sha256').update(first).digest('hex'), tables, state };
  const last = dumpLine(['end', footer]);
  yield `${last}\n`;
  onEnd({ header, footer, digest: createHash('sha256').update(last).digest('hex') });
}

async function headerOf(client: pg.Client, options: DumpOptions): Promise<DumpHeader> {
  const { rows } = await client.query<Pick<DumpHeader, 'logId' | 'position' | 'migrations' | 'months'>>(
    `SELECT (SELECT log_id FROM log_meta) AS "logId",
       (SELECT next_position - 1 FROM log_counter) AS position,
       (SELECT coalesce(json_agg(migration_name ORDER BY migration_name), '[]') FROM _prisma_migrations
        WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL) AS migrations,
       (SELECT coalesce(json_agg(month ORDER BY month), '[]') FROM (
          SELECT DISTINCT date_trunc('month', received_at AT TIME ZONE 'UTC')::date AS month FROM ${LOG_TABLE}) m) AS months`,
  );
  const [found] = rows;
  if (found === undefined) throw new TypeError('a statement without FROM gave no row');
  const secrets = options.withSecrets ? 'INCLUDED' : 'LEFT_OUT';
  return {
    format: DUMP_FORMAT,
    createdAt: options.createdAt.toISOString(),
    secrets,
    ...found,
    keys: await missingKeys(client, found.migrations),
  };
}

/** Before there were keys of subjects, nothing was encrypted under any. */
async function missingKeys(client: pg.Client, migrations: readonly string[]): Promise<DumpHeader['keys']> {
  if (!tablesSince(migrations).some(({ name }) => name === KEYS_TABLE)) return [];
  const { rows } = await client.query<{ id: string }>(
    `SELECT DISTINCT key_id AS id FROM event_part p
     WHERE NOT EXISTS (SELECT FROM ${KEYS_TABLE} k WHERE k.id = p.key_id) ORDER BY 1 LIMIT 1000`,
  );
  return rows.map(({ id }) => id);
}

export async function columnsOf(client: pg.ClientBase, table: string): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT attname AS name FROM pg_attribute WHERE attrelid = format('public.%I', $1::text)::regclass
       AND attnum > 0 AND NOT attisdropped ORDER BY attnum`,
    [table],
  );
  return rows.map(({ name }) => name);
}

async function* rowsOf(client: pg.Client, { name, orderBy }: DumpedTable): AsyncGenerator<readonly string[]> {
  await client.query(
    `DECLARE dumped NO SCROLL CURSOR FOR SELECT row_to_json(t)::text AS line FROM public.${name} t ORDER BY ${orderBy}`,
  );
  for (;;) {
    const { rows } = await client.query<{ line: string }>(`FETCH ${String(ROWS_A_READ)} FROM dumped`);
    if (rows.length === 0) break;
    yield rows.map(({ line }) => line);
  }
  await client.query('CLOSE dumped');
}

async function* eventsOf(
  client: pg.Client,
  { position: head }: DumpHeader,
  { onProgress }: DumpOptions,
): AsyncGenerator<readonly string[]> {
  for (let after = 0; after < head;) {
    // Bounded on both sides, which positions being dense allows, so that an index range is the only sensible plan.
    const { rows } = await client.query<{ line: string; position: number }>({
      name: 'dump_events',
      text: `SELECT position, row_to_json(e)::text AS line FROM ${LOG_TABLE} e WHERE position > $1::bigint AND position <= (
               SELECT max(position) FROM (
                 SELECT position, sum(octet_length(body)) OVER (ORDER BY position) AS total FROM ${LOG_TABLE}
                 WHERE position > $1::bigint AND position <= $1::bigint + ${String(ROWS_A_READ)}
               ) sized WHERE total <= ${String(BYTES_A_READ)} OR position = $1::bigint + 1
             ) ORDER BY position`,
      values: [after],
    });
    const last = rows.at(-1)?.position;
    if (last === undefined) return;
    yield rows.map(({ line }) => line);
    after = last;
    onProgress(after, head);
  }
}

async function stateOf(client: pg.Client): Promise<DumpedState | null> {
  const { rows } = await client.query<{ number: number; template: string }>(
    `SELECT number, template_version AS template FROM generation WHERE state = 'CURRENT'`,
  );
  const [generation] = rows;
  if (generation === undefined) return null;
  const { number, template } = generation;
  return { template, ...(await stateDigest(client, generationSchema(number))) };
}
