import type { DumpHeader } from '@headwater/domain/dump/dump-format';
import { HeadwaterError } from '@headwater/domain/errors';
import pg from 'pg';
import { applyMigrations } from '../migrate/apply-migrations.js';
import { readMigrations } from '../migrate/migration-files.js';
import { connectionOptions } from '../pool.js';
import { translatePostgresError } from '../postgres-error.js';
import { isFileError } from './file-error.js';
import { DUMPED_TABLES, tablesSince } from './dump-tables.js';
import { readDump, type ReadDump } from './read-dump.js';
import { columnsOf } from './write-dump.js';

export interface RestoreOptions {
  /** A database without anything in it; it need not be migrated. */
  readonly url: string;
  /** Told how many rows were loaded. */
  readonly onProgress: (rows: number) => void;
}

/**
 * Loads a dump into an empty database, all or nothing, and brings its schema up to this version. Throws CONFLICT
 * (DATABASE_NOT_EMPTY) and what `readDump` throws: then the database is as empty as it was.
 */
export async function restoreDump(source: NodeJS.ReadableStream, options: RestoreOptions): Promise<ReadDump> {
  const client = new pg.Client(connectionOptions(options.url, 'headwater-restore'));
  client.on('error', () => undefined);
  let rows = 0;
  try {
    await client.connect();
    await refuseWhereUsed(client);
    const read = await readDump(source, {
      header: async (header) => {
        await migrateAsDumped(client, options.url, header);
        await client.query('BEGIN');
        await refuseWhereUsed(client);
        await client.query(`SET LOCAL TimeZone = 'UTC'`);
        await client.query('DELETE FROM log_counter');
        for (const month of header.months) await client.query('SELECT ensure_event_log_partition($1::date)', [month]);
      },
      table: (name, columns) => refuseOtherColumns(client, name, columns),
      rows: async (name, lines) => {
        await client.query(
          `INSERT INTO public.${name} SELECT * FROM json_populate_recordset(NULL::public.${name}, $1::json)`,
          [`[${lines.join(',')}]`],
        );
        rows += lines.length;
        options.onProgress(rows);
      },
    });
    await client.query(
      'INSERT INTO event_digest (digest, position, received_at) SELECT digest, position, received_at FROM event_log',
    );
    await client.query('COMMIT');
    for (const { name } of tablesSince(read.header.migrations)) await client.query(`ANALYZE public.${name}`);
    await applyMigrations(options.url);
    return read;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw isFileError(error) ? error : translatePostgresError(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** The schema that the rows were dumped from, so that later migrations change rows as they would have where they were. */
async function migrateAsDumped(client: pg.Client, url: string, { migrations }: DumpHeader): Promise<void> {
  const known = new Set(readMigrations().map(({ name }) => name));
  const unknown = migrations.find((name) => !known.has(name));
  if (unknown !== undefined) {
    throw new HeadwaterError(
      'INVALID_INPUT',
      `This dump was made by a newer version of Headwater, which has the migration ${unknown}: restore it with that.`,
      { reason: 'DUMP_IS_NEWER' },
    );
  }
  const applied = await appliedTo(client);
  if (applied.some((name) => !migrations.includes(name))) throw notEmpty('it was used by a newer version');
  const last = migrations.at(-1);
  if (last !== undefined) await applyMigrations(url, { upTo: last });
}

async function appliedTo(client: pg.Client): Promise<readonly string[]> {
  if (!(await hasTable(client, '_prisma_migrations'))) return [];
  const { rows } = await client.query<{ name: string }>(
    'SELECT migration_name AS name FROM public._prisma_migrations WHERE rolled_back_at IS NULL',
  );
  return rows.map(({ name }) => name);
}

async function refuseWhereUsed(client: pg.Client): Promise<void> {
  for (const { name } of DUMPED_TABLES) {
    if (name === 'log_counter' || !(await hasTable(client, name))) continue;
    const { rowCount } = await client.query(`SELECT FROM public.${name} LIMIT 1`);
    if (rowCount !== 0) throw notEmpty(`table ${name} has rows`);
  }
}

async function hasTable(client: pg.Client, name: string): Promise<boolean> {
  const { rows } = await client.query<{ is: boolean }>(
    `SELECT to_regclass(format('public.%I', $1::text)) IS NOT NULL AS is`,
    [name],
  );
  return rows[0]?.is === true;
}

function notEmpty(why: string): HeadwaterError {
  return new HeadwaterError(
    'CONFLICT',
    `A dump is restored into an empty database, and this one is not: ${why}. Name another with HEADWATER_DATA_DIR or DATABASE_URL.`,
    { reason: 'DATABASE_NOT_EMPTY' },
  );
}

async function refuseOtherColumns(client: pg.Client, name: string, columns: readonly string[]): Promise<void> {
  const found = await columnsOf(client, name);
  if (JSON.stringify([...found].sort()) === JSON.stringify([...columns].sort())) return;
  throw new HeadwaterError('INVALID_INPUT', `Table ${name} of this dump has other columns than its migrations make.`, {
    reason: 'DUMP_DAMAGED',
  });
}
