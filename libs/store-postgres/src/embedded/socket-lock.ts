import { createHash } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

export interface SocketLock {
  release(): Promise<void>;
}

/**
 * A listening local socket for `directory`, which the operating system frees with the process, however that ends. Answers
 * with the holder's process id, or `unknown`, where another process listens. It reaches as far as a network namespace.
 */
export async function lockBySocket(directory: string): Promise<SocketLock | { readonly holder: string }> {
  const address = await lockAddress(directory);
  try {
    return await listen(address);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
  }
  const holder = await askHolder(address);
  if (holder !== 'NOBODY') return { holder };
  // Only a socket file can outlive its process; abstract sockets and named pipes cannot.
  await rm(address, { force: true });
  return listen(address);
}

/** The process id of who holds `directory`, or `unknown`; undefined where nobody does. */
export async function holderOf(directory: string): Promise<string | undefined> {
  const holder = await askHolder(await lockAddress(directory));
  return holder === 'NOBODY' ? undefined : holder;
}

/** Device and inode rather than the path, so that links and mounts of one directory meet at one lock. */
async function lockAddress(directory: string): Promise<string> {
  const { dev, ino } = await stat(directory, { bigint: true });
  const name = `headwater-${createHash('sha256').update(`${dev}:${ino}`).digest('hex').slice(0, 24)}`;
  if (process.platform === 'linux') return `\0${name}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  // Not in the directory itself: a socket's path may have 104 bytes only.
  return path.join(os.tmpdir(), `${name}.sock`);
}

function listen(address: string): Promise<SocketLock> {
  return new Promise((resolve, reject) => {
    const server = net.createServer((socket) => {
      socket.on('error', () => undefined);
      socket.end(String(process.pid));
    });
    server.once('error', reject);
    server.listen(address, () => {
      server.unref();
      resolve({ release: () => new Promise<void>((done) => server.close(() => done())) });
    });
  });
}

/** The holder's process id, `unknown` when it does not answer in time, `NOBODY` when no process listens. */
function askHolder(address: string): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const socket = net.connect(address);
    socket.setTimeout(1000, () => {
      resolve('unknown');
      socket.destroy();
    });
    socket.on('data', (chunk) => (text += chunk.toString()));
    socket.on('error', ({ code }: NodeJS.ErrnoException) =>
      resolve(code === 'ECONNREFUSED' || code === 'ENOENT' ? 'NOBODY' : 'unknown'),
    );
    socket.on('close', () => resolve(/^\d+$/.test(text) ? text : 'unknown'));
  });
}
