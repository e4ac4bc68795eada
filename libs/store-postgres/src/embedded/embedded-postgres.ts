import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, open, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { HeadwaterError } from '@headwater/domain/errors';
import pg from 'pg';
import { findBinaries, serverAccount, spawnOptions, type Binaries, type ServerAccount } from './binaries.js';
import { lockInstance } from './instance-lock.js';
import { keepRunning } from './keep-running.js';
import { isServing, readPostmaster } from './postmaster.js';

const run = promisify(execFile);
const MAJOR = 18;
const START_TIMEOUT_S = 60;
const LOG_LIMIT_BYTES = 16 * 1024 * 1024;

/** Server settings that differ from PostgreSQL's own defaults. */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  // A socket's path may have 107 bytes only, which data directories exceed.
  unix_socket_directories: '',
  timezone: 'UTC',
  log_timezone: 'UTC',
  shared_buffers: '128MB',
  max_wal_size: '2GB',
  wal_compression: 'on',
  random_page_cost: '1.1',
  // Compiling costs more than the short statements of a catalog take.
  jit: 'off',
  // Parallel queries need more of /dev/shm than containers grant by default (64 MB).
  max_parallel_workers_per_gather: '0',
};

export interface EmbeddedPostgresOptions {
  /** Absolute or relative; created when absent. The server's files go into its folder `postgres-18`. */
  readonly dataDir: string;
  readonly onProgress?: (message: string) => void;
  /** Server settings over the defaults, for example `{ fsync: 'off' }` in tests. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Where given, a server that ends is started again on its port. Told of each end, and of a start that failed. */
  readonly onEnded?: (failure?: unknown) => void;
}

export interface EmbeddedPostgres {
  /** Connection URL of the database `headwater`, password included. */
  readonly url: string;
  /** True when a server that a killed process left running was taken over. */
  readonly adopted: boolean;
  /** Process id of the server that was started or taken over. */
  readonly pid: number;
  /** Shuts the server down after running transactions are rolled back, and frees the directory. May be called twice. */
  stop(): Promise<void>;
}

interface Cluster {
  readonly folder: string;
  readonly data: string;
  readonly binaries: Binaries;
  readonly account: ServerAccount | undefined;
  readonly password: string;
}

/**
 * Starts, or takes over, the PostgreSQL of `dataDir` on a free loopback port. One process a directory: CONFLICT names
 * the directory and the holder, after a while of watching where that may be in another container. Throws UNAVAILABLE with what to do when the system cannot run the server. The server
 * is detached: it outlives a killed process, and the next start adopts it.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const dataDir = path.resolve(options.dataDir);
  const onProgress = options.onProgress ?? (() => undefined);
  let isLost = false;
  let server: number | undefined;
  const onLost = (): void => {
    isLost = true;
    onProgress(
      `another process has taken ${dataDir}, because this one was not heard of for too long: stopping the database`,
    );
    // Not by pg_ctl, which goes by a file that is the other's by now. SIGQUIT is PostgreSQL's immediate shutdown.
    if (server !== undefined) kill(server, 'SIGQUIT');
  };
  const lock = await lockInstance(dataDir, { onProgress, onLost }).catch((error: unknown) => {
    throw explain(error, dataDir);
  });
  try {
    const cluster = await prepareCluster(dataDir, onProgress);
    const settings = { ...SETTINGS, ...options.settings };
    const { port, pid, adopted } = await ensureRunning(cluster, settings);
    server = pid;
    const url = await ensureDatabase(urlOf(cluster, port, 'postgres'), urlOf(cluster, port, 'headwater'));
    const { onEnded } = options;
    const endLooks =
      onEnded &&
      keepRunning({
        isRunning: async () => isLost || (await readPostmaster(cluster.data)) !== undefined,
        start: async () => {
          server = (await ensureRunning(cluster, settings, port)).pid;
        },
        onEnded,
      });
    let stopping: Promise<void> | undefined;
    const stop = async (): Promise<void> => {
      await endLooks?.();
      if (isLost) return lock.release();
      await pgCtl(cluster, ['-m', 'fast', '-w', '-t', String(START_TIMEOUT_S), 'stop']).catch(
        async (error: unknown) => {
          // Somebody else stopped it already: what was asked for holds.
          if ((await readPostmaster(cluster.data)) !== undefined) throw error;
        },
      );
      await lock.release();
    };
    return { url, adopted, pid, stop: () => (stopping ??= stop()) };
  } catch (error) {
    await lock.release();
    throw explain(error, dataDir);
  }
}

/** Where the server of a running instance listens; undefined when none runs on `dataDir`. */
export async function runningPostgresUrl(dataDir: string): Promise<string | undefined> {
  const folder = path.join(await realpath(path.resolve(dataDir)), `postgres-${MAJOR}`);
  const postmaster = await readPostmaster(path.join(folder, 'data'));
  if (postmaster === undefined) return undefined;
  const password = await readPassword(path.join(folder, 'password'));
  return urlOf({ password }, postmaster.port, 'headwater');
}

async function prepareCluster(dataDir: string, onProgress: (message: string) => void): Promise<Cluster> {
  const account = await serverAccount();
  const folder = path.join(await realpath(dataDir), `postgres-${MAJOR}`);
  const data = path.join(folder, 'data');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (account !== undefined) {
    await chown(folder, account.uid, account.gid);
    // Passing through is all the account needs; what it owns below stays closed to others.
    const { mode, uid } = await stat(dataDir);
    if (uid === 0 && (mode & 0o001) === 0) await chmod(dataDir, (mode & 0o777) | 0o001);
    await checkReachable(folder, account);
  }
  const binaries = await findBinaries(folder, account, onProgress);
  const passwordFile = path.join(folder, 'password');
  if (!(await hasCluster(data))) {
    onProgress('creating the database (once, a few seconds)');
    await writeFile(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 });
    await chmod(passwordFile, 0o600);
    if (account !== undefined) await chown(passwordFile, account.uid, account.gid);
    await initialize(folder, data, passwordFile, binaries, account);
  }
  return { folder, data, binaries, account, password: await readPassword(passwordFile) };
}

async function readPassword(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
    throw new HeadwaterError(
      'UNAVAILABLE',
      `The password of the database beside it is gone: ${file}. Restore the file from a backup, or choose another data directory.`,
      { reason: 'PASSWORD_FILE_MISSING', cause },
    );
  }
}

async function hasCluster(data: string): Promise<boolean> {
  return stat(path.join(data, 'PG_VERSION')).then(
    () => true,
    (error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
      throw error;
    },
  );
}

async function initialize(
  folder: string,
  data: string,
  passwordFile: string,
  binaries: Binaries,
  account: ServerAccount | undefined,
): Promise<void> {
  // initdb writes PG_VERSION early, so only a finished cluster gets the final name.
  const fresh = `${data}.new`;
  await rm(fresh, { recursive: true, force: true });
  const locale = ['-E', 'UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
  const access = ['-U', 'headwater', '--pwfile', passwordFile, '-A', 'scram-sha-256'];
  await run(binaries.initdb, ['-D', fresh, ...access, ...locale, '--no-instructions'], spawnOptions(folder, account));
  await rename(fresh, data);
}

async function ensureRunning(
  cluster: Cluster,
  settings: Readonly<Record<string, string>>,
  port?: number,
): Promise<{ port: number; pid: number; adopted: boolean }> {
  const deadline = performance.now() + START_TIMEOUT_S * 1000;
  for (;;) {
    const found = await readPostmaster(cluster.data);
    if (found !== undefined) {
      // It may still be recovering, or be on its way out: then its lock file goes and the next turn starts a new one.
      if (await isServing(urlOf(cluster, found.port, 'postgres'))) return { ...found, adopted: true };
      if (performance.now() > deadline) throw startFailure(cluster, 'it runs but does not accept connections');
      await sleep(100);
      continue;
    }
    await rm(path.join(cluster.data, 'postmaster.pid'), { force: true });
    try {
      await start(cluster, { ...settings, port: String(port ?? (await freePort())) });
    } catch (error) {
      // Backends of a server killed a moment ago hold its shared memory until they notice.
      if (performance.now() > deadline - (START_TIMEOUT_S - 10) * 1000) {
        throw startFailure(cluster, await logTail(cluster), error);
      }
      await sleep(250);
      continue;
    }
    const started = await readPostmaster(cluster.data);
    if (started !== undefined) return { ...started, adopted: false };
  }
}

async function start(cluster: Cluster, settings: Readonly<Record<string, string>>): Promise<void> {
  const log = path.join(cluster.folder, 'log');
  await stat(log).then(
    ({ size }) => (size > LOG_LIMIT_BYTES ? rename(log, `${log}.1`) : undefined),
    () => undefined,
  );
  const flags = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`);
  await pgCtl(cluster, ['-l', log, '-w', '-t', String(START_TIMEOUT_S), '-o', flags.join(' '), 'start']);
}

async function pgCtl(cluster: Cluster, args: readonly string[]): Promise<void> {
  await run(cluster.binaries.pgCtl, ['-D', cluster.data, ...args], spawnOptions(cluster.folder, cluster.account));
}

async function ensureDatabase(adminUrl: string, url: string): Promise<string> {
  const admin = new pg.Client({ connectionString: adminUrl });
  // The call under way tells of a lost connection.
  admin.on('error', () => undefined);
  await admin.connect();
  try {
    const { rowCount } = await admin.query(`SELECT FROM pg_database WHERE datname = 'headwater'`);
    if (rowCount === 0) await admin.query('CREATE DATABASE headwater');
  } finally {
    await admin.end();
  }
  return url;
}

function urlOf(cluster: Pick<Cluster, 'password'>, port: number, database: string): string {
  return `postgres://headwater:${cluster.password}@127.0.0.1:${port}/${database}`;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended.
  }
}

/** The account must be able to walk down to the folder; a 0700 home above it is the usual obstacle. */
async function checkReachable(folder: string, account: ServerAccount): Promise<void> {
  for (let above = path.dirname(folder); above !== path.dirname(above); above = path.dirname(above)) {
    const { mode, uid, gid } = await stat(above);
    const bits = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    if ((mode & bits) === 0) {
      throw new HeadwaterError(
        'UNAVAILABLE',
        `PostgreSQL runs as the account ${account.name}, which may not enter ${above}. Choose another data directory (HEADWATER_DATA_DIR), or set DATABASE_URL.`,
        { reason: 'DATA_DIRECTORY_UNREACHABLE' },
      );
    }
  }
}

async function logTail(cluster: Cluster): Promise<string> {
  const file = await open(path.join(cluster.folder, 'log')).catch(() => undefined);
  if (file === undefined) return 'it wrote no log';
  try {
    const { size } = await file.stat();
    const buffer = Buffer.alloc(Math.min(size, 2000));
    await file.read(buffer, 0, buffer.length, size - buffer.length);
    return `its log ends with:\n${buffer.toString('utf8')}`;
  } finally {
    await file.close();
  }
}

function startFailure(cluster: Cluster, what: string, cause?: unknown): HeadwaterError {
  return new HeadwaterError('UNAVAILABLE', `The PostgreSQL in ${cluster.folder} did not start; ${what}`, {
    reason: 'EMBEDDED_POSTGRES_FAILED',
    cause,
  });
}

function explain(error: unknown, dataDir: string): unknown {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (error instanceof HeadwaterError || (code !== 'EACCES' && code !== 'EROFS' && code !== 'EPERM')) return error;
  return new HeadwaterError(
    'UNAVAILABLE',
    `The data directory ${dataDir} cannot be written by this account. Choose another one (HEADWATER_DATA_DIR), or set DATABASE_URL.`,
    { reason: 'DATA_DIRECTORY_UNWRITABLE', cause: error },
  );
}
