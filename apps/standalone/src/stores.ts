import { HeadwaterError } from '@headwater/domain/errors';
import type { LineageGraph } from '@headwater/domain/ports';
import type { Config } from '@headwater/platform/config';
import type { Logger } from '@headwater/platform/logging/logger';
import {
  createGeneration as createGraphGeneration,
  dropGeneration as dropGraphGeneration,
} from '@headwater/store-neo4j/graph-generation';
import { Neo4jConnection } from '@headwater/store-neo4j/neo4j-connection';
import { Neo4jLineageGraph } from '@headwater/store-neo4j/neo4j-lineage-graph';
import {
  runningPostgresUrl,
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '@headwater/store-postgres/embedded/embedded-postgres';
import { PostgresLineageGraph } from '@headwater/store-postgres/graph/postgres-lineage-graph';
import { PostgresEventLog } from '@headwater/store-postgres/log/postgres-event-log';
import { applyMigrations } from '@headwater/store-postgres/migrate/apply-migrations';
import {
  createGeneration,
  currentGeneration,
  generationSchema,
  switchGeneration,
  templateFingerprint,
} from '@headwater/store-postgres/migrate/generations';
import { createPool, type Pool } from '@headwater/store-postgres/pool';

/** The stores of one process, opened once in its composition root. */
export interface Stores {
  readonly url: string;
  /** Where the events are: for the first lines that a user sees. */
  readonly place: string;
  readonly pool: Pool;
  /** Serves questions of callers: the database itself ends those that take too long. */
  readonly readPool: Pool;
  readonly log: PostgresEventLog;
  /** Undefined where the graph lives in PostgreSQL. */
  readonly neo4j: Neo4jConnection | undefined;
  close(): Promise<void>;
}

const POOL_SIZE = 10;
const READ_POOL_SIZE = 12;
/** Beside the locks of migrations and generations. */
const FIRST_GENERATION_LOCK = 4_853_101;

export interface OpenOptions {
  /** Use the embedded server of an instance that runs on the data directory, instead of refusing to start beside it. */
  readonly joinRunning?: boolean;
}

/** Opens (or starts) PostgreSQL, brings its schema up to date, and connects to Neo4j where that is configured. */
export async function openStores(
  config: Config,
  logger: Logger,
  onProgress: (message: string) => void,
  options: OpenOptions = {},
): Promise<Stores> {
  const database = await openDatabase(config, logger, onProgress, options);
  const { url } = database;
  const onIdleError = (error: Error): void => {
    // The driver hangs its client on the error, with what the server gave it for cancelling.
    logger.warn({ err: new Error(error.message) }, 'an idle database connection broke');
  };
  const applied = await applyMigrations(url);
  if (applied.length > 0) onProgress(`database schema brought up to date (${String(applied.length)} migrations)`);
  const pool = createPool({ url, max: POOL_SIZE, onIdleError });
  const readPool = createPool({
    url,
    max: READ_POOL_SIZE,
    applicationName: 'headwater-read',
    statementTimeoutMs: config.catalog.queryTimeoutSeconds * 1000,
    onIdleError,
  });
  const log = await PostgresEventLog.open({ url, pool });
  const neo4j = config.neo4j === null ? undefined : new Neo4jConnection(config.neo4j);
  return {
    url,
    place: config.database.url === null ? config.storage.dataDir : 'DATABASE_URL',
    pool,
    readPool,
    log,
    neo4j,
    close: async () => {
      await log.close();
      await neo4j?.close();
      await readPool.end();
      await pool.end();
      await database.stop();
    },
  };
}

/** The database of the settings, as it is: the embedded one is started. Throws as `startEmbeddedPostgres` does. */
export async function openDatabase(
  config: Config,
  logger: Logger,
  onProgress: (message: string) => void,
  { joinRunning = false }: OpenOptions = {},
): Promise<Pick<EmbeddedPostgres, 'url' | 'stop'>> {
  if (config.database.url !== null) return { url: config.database.url, stop: () => Promise.resolve() };
  const { dataDir } = config.storage;
  try {
    const onEnded = (failure?: unknown): void => {
      if (failure === undefined) logger.error('the embedded PostgreSQL has ended and is started again');
      else logger.error({ err: failure }, 'the embedded PostgreSQL could not be started and will be tried again');
    };
    const embedded = await startEmbeddedPostgres({ dataDir, onProgress, onEnded });
    if (embedded.adopted) onProgress('took over the database that an earlier process left running');
    return embedded;
  } catch (error) {
    const isTaken = error instanceof HeadwaterError && error.reason === 'DATA_DIRECTORY_IN_USE';
    if (!joinRunning || !isTaken) throw error;
    const url = await runningPostgresUrl(dataDir);
    if (url === undefined) throw databaseEnded(dataDir, error);
    return { url, stop: () => Promise.resolve() };
  }
}

function databaseEnded(dataDir: string, cause: HeadwaterError): HeadwaterError {
  return new HeadwaterError(
    'UNAVAILABLE',
    `A Headwater runs on ${dataDir}, but its PostgreSQL has ended. It starts it again by itself; where that fails, its output and ${dataDir}/postgres-18/log say why.`,
    { reason: 'EMBEDDED_POSTGRES_ENDED', cause },
  );
}

/** The current generation's number; the first start makes generation 1. */
export async function ensureGeneration(stores: Stores): Promise<number> {
  const client = await stores.pool.connect();
  try {
    // Processes that start together wait here for the one that makes it.
    await client.query('SELECT pg_advisory_lock($1)', [FIRST_GENERATION_LOCK]);
    const current = await currentGeneration(stores.pool);
    if (current !== undefined) return current.number;
    await makeGeneration(stores, 1);
    await switchGeneration(stores.pool, 1);
    return 1;
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [FIRST_GENERATION_LOCK]).finally(() => {
      client.release();
    });
  }
}

/** Whether the current generation's tables are those of this version's template. */
export async function isCurrentTemplate(stores: Stores): Promise<boolean> {
  const current = await currentGeneration(stores.pool);
  return current === undefined || current.templateVersion === (await templateFingerprint(stores.pool));
}

/** Empty tables and labels of generation `n`, beside the running one. */
export async function makeGeneration(stores: Stores, n: number): Promise<void> {
  await createGeneration(stores.pool, n);
}

/** The graph of generation `n`. In Neo4j its constraints are made when it is first reached: it may be away now. */
export function graphOf(stores: Stores, n: number): LineageGraph {
  if (stores.neo4j === undefined) {
    const { pool, readPool } = stores;
    return new PostgresLineageGraph({ pool, readPool, schema: generationSchema(n) });
  }
  return new Neo4jLineageGraph({ connection: stores.neo4j, generation: `G${String(n)}` });
}

export async function prepareGraph(stores: Stores, n: number): Promise<void> {
  if (stores.neo4j !== undefined) await createGraphGeneration(stores.neo4j, `G${String(n)}`);
}

/** Removes what generation `n` left in Neo4j; with PostgreSQL the graph goes with its schema. */
export async function dropGraph(stores: Stores, n: number): Promise<void> {
  if (stores.neo4j !== undefined) await dropGraphGeneration(stores.neo4j, `G${String(n)}`);
}
