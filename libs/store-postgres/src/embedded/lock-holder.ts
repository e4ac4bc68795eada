import { randomUUID } from 'node:crypto';
import { readFile, readlink } from 'node:fs/promises';
import os from 'node:os';

/** Who holds a directory, as the lock file tells it. Without /proc only host, process and token are known. */
export interface LockHolder {
  /** Of this one acquisition. */
  readonly token: string;
  readonly host: string;
  readonly pid: number;
  readonly bootId: string | null;
  /** Of processes: where its number means anything. */
  readonly pidNamespace: string | null;
  /** When the process started, in ticks since the boot: numbers are used again. */
  readonly startedAt: string | null;
}

/** How another process stands, seen from here. UNKNOWN: it is in another container, on another machine, or hidden. */
export type HolderState = 'ALIVE' | 'GONE' | 'UNKNOWN';

/** This process as a holder. */
export async function currentHolder(): Promise<LockHolder> {
  const orNull = <T>(reading: Promise<T>): Promise<T | null> => reading.catch(() => null);
  const [bootId, pidNamespace, startedAt] = await Promise.all([
    orNull(readFile('/proc/sys/kernel/random/boot_id', 'utf8').then((text) => text.trim())),
    orNull(readlink('/proc/self/ns/pid')),
    orNull(startOf('self')),
  ]);
  return { token: randomUUID(), host: os.hostname(), pid: process.pid, bootId, pidNamespace, startedAt };
}

/**
 * How the process of a lock file stands, seen by `self`, who holds the directory's socket already: where no namespaces
 * exist, that tells that nobody else on this host is at work.
 */
export async function holderState(other: LockHolder, self: LockHolder): Promise<HolderState> {
  if (other.bootId !== self.bootId || other.pidNamespace !== self.pidNamespace) return 'UNKNOWN';
  if (self.bootId === null && self.pidNamespace === null) return other.host === self.host ? 'GONE' : 'UNKNOWN';
  if (self.bootId === null || self.pidNamespace === null) return 'UNKNOWN';
  const startedAt = await startOf(String(other.pid)).catch(() => null);
  if (startedAt !== null) return startedAt === other.startedAt ? 'ALIVE' : 'GONE';
  // /proc may hide the processes of other accounts.
  return exists(other.pid) ? 'UNKNOWN' : 'GONE';
}

/** The holder that a lock file names; null for anything else, such as a file that is being written. */
export function parseHolder(text: string): LockHolder | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const { token, host, pid, bootId, pidNamespace, startedAt } = value as Partial<Record<keyof LockHolder, unknown>>;
  if (typeof token !== 'string' || typeof host !== 'string' || typeof pid !== 'number') return null;
  const orNull = (part: unknown): string | null => (typeof part === 'string' ? part : null);
  return { token, host, pid, bootId: orNull(bootId), pidNamespace: orNull(pidNamespace), startedAt: orNull(startedAt) };
}

/** proc(5): field 22 of /proc/<pid>/stat; the second, in parentheses, may hold blanks. A zombie has ended. */
async function startOf(pid: string): Promise<string | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return state === 'Z' || state === 'X' ? 'ended' : (fields[18] ?? null);
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
