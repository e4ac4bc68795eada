import { open, readFile, rename, rm, utimes, writeFile, type FileHandle } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { holderState, parseHolder, type LockHolder } from './lock-holder.js';

const BEAT_MS = 2000;
/** Several beats: a holder that is busy for a while is not gone. */
const WATCH_MS = 15_000;

export interface LockFileOptions {
  readonly onProgress: (message: string) => void;
  /** Called once when another process has taken the directory, because this one showed no sign of life for too long. */
  readonly onLost: () => void;
  /** How long a holder that cannot be seen is watched for a sign of life. For tests. */
  readonly watchMs?: number;
  readonly beatMs?: number;
}

export interface LockFile {
  release(): Promise<void>;
}

/** Content and time of a lock file: what moves while its holder lives. */
interface Sign {
  readonly text: string;
  readonly touchedNs: bigint;
}

/**
 * Takes a directory by a file that its holder touches, for where sockets do not reach: containers that share a volume
 * and no namespace, machines that share a disk. A holder in sight is judged at once, another by whether the file moves,
 * never by the time of a clock. Answers with the holder where there is one; null stands for one that cannot be named.
 */
export async function lockByFile(
  file: string,
  self: LockHolder,
  options: LockFileOptions,
): Promise<LockFile | { readonly holder: LockHolder | null }> {
  const watchMs = options.watchMs ?? WATCH_MS;
  for (;;) {
    if (await create(file, self)) return keep(file, self, options);
    const found = await readSign(file);
    if (found === undefined) continue;
    const other = parseHolder(found.text);
    const state = other === null ? 'UNKNOWN' : await holderState(other, self);
    if (state === 'ALIVE') return { holder: other };
    if (state === 'UNKNOWN') {
      options.onProgress(
        `${file} says that ${nameOf(other)} holds the directory, which cannot be seen from here (another container, another machine, or before a restart of this one): watching for ${Math.ceil(watchMs / 1000)} s whether it still does`,
      );
      const moved = await watch(file, found, watchMs);
      if (moved !== null) return { holder: parseHolder(moved.text) ?? other };
    }
    if (await takeOver(file, found, self, watchMs)) return keep(file, self, options);
    const now = await readSign(file);
    if (now !== undefined && !isSame(now, found)) return { holder: parseHolder(now.text) };
  }
}

/** How people find a holder. */
export function nameOf(holder: LockHolder | null): string {
  return holder === null ? 'another Headwater' : `process ${holder.pid} on ${holder.host}`;
}

/** False where the file is there already. */
async function create(file: string, self: LockHolder): Promise<boolean> {
  let handle: FileHandle;
  try {
    handle = await open(file, 'wx');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  try {
    await handle.writeFile(JSON.stringify(self));
    return true;
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
}

/** Undefined where there is no file. Opened each time: network file systems answer from a cache until then. */
async function readSign(file: string): Promise<Sign | undefined> {
  let handle: FileHandle;
  try {
    handle = await open(file, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const { mtimeNs } = await handle.stat({ bigint: true });
    return { text: await handle.readFile('utf8'), touchedNs: mtimeNs };
  } finally {
    await handle.close();
  }
}

/** The first sign that differs from `known`; null where none came, or the file went. */
async function watch(file: string, known: Sign, watchMs: number): Promise<Sign | null> {
  const until = performance.now() + watchMs;
  while (performance.now() < until) {
    await sleep(Math.min(500, watchMs / 10));
    const now = await readSign(file);
    if (now === undefined) return null;
    if (!isSame(now, known)) return now;
  }
  return null;
}

function isSame(a: Sign, b: Sign): boolean {
  return a.text === b.text && a.touchedNs === b.touchedNs;
}

/**
 * Puts an own file in the place of a dead holder's. Several may try at one time: one of them has the claim, looks again
 * whether the file is still the one that was judged, and replaces it in one step, so that there never is none for another
 * to make. False where somebody else has the claim, or the file is another.
 */
async function takeOver(file: string, judged: Sign, self: LockHolder, watchMs: number): Promise<boolean> {
  const claim = `${file}.claim`;
  if (!(await create(claim, self))) {
    await outlast(claim, watchMs);
    return false;
  }
  try {
    const found = await readSign(file);
    if (found === undefined || !isSame(found, judged)) return false;
    const own = `${file}.${self.token}`;
    await writeFile(own, JSON.stringify(self));
    await rename(own, file);
    return true;
  } finally {
    await rm(claim, { force: true });
  }
}

/** Waits until a claim goes. One that stays has lost its process, and is taken away. */
async function outlast(claim: string, watchMs: number): Promise<void> {
  const found = await readSign(claim);
  if (found === undefined || (await watch(claim, found, watchMs)) !== null) return;
  const last = await readSign(claim);
  if (last !== undefined && isSame(last, found)) await rm(claim, { force: true });
}

function keep(file: string, self: LockHolder, { beatMs = BEAT_MS, onLost }: LockFileOptions): LockFile {
  const holder = async (): Promise<LockHolder | null> => parseHolder(await readFile(file, 'utf8'));
  const beat = async (): Promise<void> => {
    const token = (await holder())?.token;
    if (token === self.token) {
      const now = new Date();
      await utimes(file, now, now);
    } else if (token !== undefined) {
      clearInterval(timer);
      onLost();
    }
  };
  let beating: Promise<unknown> | undefined;
  const timer = setInterval(() => {
    beating ??= beat()
      // A file that somebody deleted is made anew; what fails otherwise is tried again with the next beat.
      .catch((error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT' && create(file, self))
      .catch(() => undefined)
      .finally(() => (beating = undefined));
  }, beatMs);
  timer.unref();
  return {
    release: async () => {
      clearInterval(timer);
      await beating;
      const last = await holder().catch(() => null);
      if (last?.token === self.token) await rm(file, { force: true });
    },
  };
}
