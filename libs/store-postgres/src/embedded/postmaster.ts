import { readFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';

export interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

/**
 * The server that runs on this data directory, or undefined. A dead, zombie or recycled process id in
 * `postmaster.pid` does not count: containers reuse ids and may not reap.
 */
export async function readPostmaster(data: string): Promise<Postmaster | undefined> {
  const lines = await readFile(path.join(data, 'postmaster.pid'), 'utf8').then(
    (text) => text.split('\n'),
    (error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    },
  );
  if (lines === undefined) return undefined;
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return (await isServer(pid, data)) ? { pid, port } : undefined;
}

async function isServer(pid: number, data: string): Promise<boolean> {
  if (process.platform !== 'linux') return isAlive(pid);
  const state = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return command.split('\0').includes(data) && !/\) [ZX] /.test(state);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Whether a connection succeeds now. A refused password is not "no": it is thrown, since waiting would not help. */
export async function isServing(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch (error) {
    // SQLSTATE class 28 (PostgreSQL appendix A): invalid authorization.
    if (String((error as { code?: unknown }).code).startsWith('28')) throw error;
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
