import { HeadwaterError } from '@headwater/domain/errors';
import pg from 'pg';
import { connectionOptions } from '../pool.js';
import { translatePostgresError } from '../postgres-error.js';
import { MIGRATION_TRANSACTION_LOCK, withSchemaEngine } from './schema-engine.js';
import { migrationsList, PRISMA_DIRECTORY, readMigrations } from './migration-files.js';

/** Session lock: one process migrates, the others wait and then find nothing to do. */
const MIGRATION_LOCK = 4_853_000;

interface Recorded {
  readonly migration_name: string;
  readonly checksum: string;
  readonly finished: boolean;
}

export interface MigrationOptions {
  /** Holds the schema and a folder `migrations`; that of this build unless told. */
  readonly directory?: string;
  /** The last migration that is applied; all are unless told. */
  readonly upTo?: string;
}

/**
 * Brings the database at `url` to this build's schema, or that of an earlier migration, and returns the names of the migrations it applied. Safe to call
 * from many processes at once; one interrupted at any moment is repeated. Throws CONFLICT when the database is newer
 * than this build or an applied migration was changed, UNAVAILABLE when it cannot be reached, INTERNAL when a script
 * fails.
 */
export async function applyMigrations(
  url: string,
  { directory = PRISMA_DIRECTORY, upTo }: MigrationOptions = {},
): Promise<readonly string[]> {
  return withClient(url, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    // A killed process may have left its last script running on the server: it ends before its state is read.
    await client.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_TRANSACTION_LOCK]);
    const recorded = await readRecorded(client);
    const wanted = pendingOf(recorded, directory).filter((name) => upTo === undefined || name <= upTo);
    if (wanted.length === 0) return [];
    const interrupted = recorded.filter((row) => !row.finished);
    if (interrupted.length > 0) {
      // Scripts record their end in their own transaction, so an unfinished one has left nothing behind.
      await client.query(
        'UPDATE public._prisma_migrations SET rolled_back_at = now() WHERE finished_at IS NULL AND rolled_back_at IS NULL',
      );
    }
    const migrations = migrationsList(directory, upTo);
    const filters = { externalTables: [], externalEnums: [] };
    const applied = withSchemaEngine(url, directory, (engine) =>
      engine.applyMigrations({ migrationsList: migrations, filters }),
    );
    const { appliedMigrationNames } = await applied.catch((cause: unknown) => {
      const what = cause instanceof Error ? cause.message : String(cause);
      throw new HeadwaterError('INTERNAL', `The database could not be migrated: ${what}`, {
        reason: 'MIGRATION_FAILED',
        cause,
      });
    });
    return appliedMigrationNames;
  });
}

/** Whether `applyMigrations` would change something. Throws as it does. */
export async function hasPendingMigrations(url: string, directory: string = PRISMA_DIRECTORY): Promise<boolean> {
  return withClient(url, async (client) => pendingOf(await readRecorded(client), directory).length > 0);
}

async function withClient<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(connectionOptions(url, 'headwater-migrations'));
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await use(client);
  } catch (error) {
    throw translatePostgresError(error);
  } finally {
    // Ending the session frees the lock.
    await client.end().catch(() => undefined);
  }
}

async function readRecorded(client: pg.Client): Promise<readonly Recorded[]> {
  const { rows: found } = await client.query<{ table: string | null }>(
    `SELECT to_regclass('public._prisma_migrations')::text AS table`,
  );
  if ((found[0]?.table ?? null) === null) return [];
  const { rows } = await client.query<Recorded>(
    `SELECT migration_name, checksum, finished_at IS NOT NULL AS finished
     FROM public._prisma_migrations WHERE rolled_back_at IS NULL ORDER BY migration_name`,
  );
  return rows;
}

function pendingOf(recorded: readonly Recorded[], directory: string): readonly string[] {
  const files = readMigrations(directory);
  const known = new Map(files.map((file) => [file.name, file]));
  const done = recorded.filter((row) => row.finished);
  for (const { migration_name: name, checksum } of done) {
    const file = known.get(name);
    if (file === undefined) {
      throw new HeadwaterError(
        'CONFLICT',
        `The database has the migration ${name}, which this version does not know: it was used by a newer version. Start that version, or another database.`,
        { reason: 'DATABASE_IS_NEWER' },
      );
    }
    if (file.checksum !== checksum) {
      throw new HeadwaterError(
        'CONFLICT',
        `The migration ${name} was applied with other content than this version has. Applied migrations are never edited: restore it and write a new one.`,
        { reason: 'MIGRATION_CHANGED' },
      );
    }
  }
  const finished = new Set(done.map((row) => row.migration_name));
  return files.filter((file) => !finished.has(file.name)).map((file) => file.name);
}
