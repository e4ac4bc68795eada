import { createServer } from 'node:net';
import { HeadwaterError } from '@headwater/domain/errors';
import type { Config } from '@headwater/platform/config';
import { checkNotHeld } from '@headwater/store-postgres/embedded/instance-lock';

const DATABASE_ADVICE: Readonly<Record<string, string>> = {
  STORE_UNREACHABLE: 'Check that it runs, and the host and port in DATABASE_URL.',
  STORE_REFUSED_LOGIN: 'Check the user and password in DATABASE_URL.',
  STORE_HAS_NO_SUCH_DATABASE: 'Create the database that DATABASE_URL names, empty: its tables are made at the start.',
  STORE_READ_ONLY: 'DATABASE_URL must name a server that takes writes, not a standby.',
};

/** What went wrong at the start and what to do, for the person at the terminal; a stack only where nobody foresaw it. */
export function explainStartFailure(error: unknown, config: Config): string {
  return `Headwater cannot start: ${reasonOf(error, config)}\n`;
}

function reasonOf(error: unknown, config: Config): string {
  if (error instanceof HeadwaterError) {
    const advice = config.database.url === null ? undefined : DATABASE_ADVICE[error.reason ?? ''];
    if (advice === undefined) return error.message;
    const cause = error.cause instanceof Error && error.cause.message !== '' ? ` (${error.cause.message})` : '';
    return `the PostgreSQL of DATABASE_URL is not available${cause}. ${advice}`;
  }
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const { port, host } = config.http;
  if (code === 'EADDRINUSE') return `port ${String(port)} is in use. Set PORT to another one.`;
  if (code === 'EACCES') return `this account may not listen on port ${String(port)}. Set PORT to 1024 or above.`;
  if (code === 'EADDRNOTAVAIL') return `this machine has no address ${host}. Set HOST to 127.0.0.1.`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/**
 * Fails at once where the address cannot be listened on: preparing a database takes longer than finding that out. A
 * second start finds its port taken by the first: that the directory is taken too is what its user has to know.
 */
export async function checkAddress({ http, database, storage }: Config): Promise<void> {
  try {
    await listenOnce(http);
  } catch (error) {
    if (database.url === null) await checkNotHeld(storage.dataDir);
    throw error;
  }
}

function listenOnce({ port, host }: Config['http']): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(port, host, () => {
      probe.close(() => {
        resolve();
      });
    });
  });
}
