import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { HeadwaterError } from '@headwater/domain/errors';
import { lockByFile, nameOf, type LockFileOptions } from './lock-file.js';
import { currentHolder } from './lock-holder.js';
import { holderOf, lockBySocket } from './socket-lock.js';

export interface InstanceLock {
  release(): Promise<void>;
}

/**
 * Makes this process the only one that uses `directory` (created when absent). Throws CONFLICT naming the directory and
 * the holder: at once where the holder can be seen, after a while of watching where it may be in another container or on
 * another machine. A holder that ended without letting go, however, is in nobody's way.
 */
export async function lockInstance(directory: string, options: Partial<LockFileOptions> = {}): Promise<InstanceLock> {
  await mkdir(directory, { recursive: true });
  const socket = await lockBySocket(directory);
  if ('holder' in socket) throw inUse(directory, `process ${socket.holder}`);
  try {
    const silent = (): void => undefined;
    const file = await lockByFile(path.join(directory, 'instance.lock'), await currentHolder(), {
      ...{ onProgress: silent, onLost: silent },
      ...options,
    });
    if ('holder' in file) throw inUse(directory, nameOf(file.holder));
    return {
      release: async () => {
        await file.release();
        await socket.release();
      },
    };
  } catch (error) {
    await socket.release();
    throw error;
  }
}

/** Throws the same where a process of this machine can be seen to hold `directory`; takes and makes nothing. */
export async function checkNotHeld(directory: string): Promise<void> {
  const holder = await holderOf(directory).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  });
  if (holder !== undefined) throw inUse(directory, `process ${holder}`);
}

function inUse(directory: string, holder: string): HeadwaterError {
  return new HeadwaterError(
    'CONFLICT',
    `${directory} is in use by another Headwater (${holder}). Stop that process, or choose another data directory.`,
    { reason: 'DATA_DIRECTORY_IN_USE' },
  );
}
