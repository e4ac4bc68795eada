import { HeadwaterError } from '@headwater/domain/errors';

const RETRY_AFTER_S = 2;

// PostgreSQL appendix A. A whole class where every code in it means that the server, not the statement, is the matter.
const UNAVAILABLE_CLASSES: Readonly<Record<string, string>> = {
  '08': 'STORE_UNREACHABLE',
  '28': 'STORE_REFUSED_LOGIN',
  '53': 'STORE_OUT_OF_RESOURCES',
  '57': 'STORE_SHUTTING_DOWN',
  '58': 'STORE_IO_ERROR',
};

const UNAVAILABLE_CODES: Readonly<Record<string, string>> = {
  '53100': 'STORE_DISK_FULL',
  '25006': 'STORE_READ_ONLY',
  '3D000': 'STORE_HAS_NO_SUCH_DATABASE',
  '40001': 'STORE_BUSY',
  '40P01': 'STORE_BUSY',
  // The database exists but takes no connections.
  '55000': 'STORE_UNREACHABLE',
  '55P03': 'STORE_BUSY',
  '57014': 'STORE_TIMEOUT',
  XX001: 'STORE_DAMAGED',
  XX002: 'STORE_DAMAGED',
};

// Data exceptions, violated constraints and values beyond a limit: what the rows hold, not how the server is.
const DATA_CLASSES: ReadonlySet<string> = new Set(['22', '23', '54']);

/** A five-character SQLSTATE of a server error, or undefined. */
export function sqlState(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && !/^E[A-Z]{4}$/.test(code) ? code : undefined;
}

/**
 * A driver error as the domain knows it, by SQLSTATE or errno and never by its text: UNAVAILABLE where the store is
 * away, full, read-only or busy and a retry makes sense, else INTERNAL. A HeadwaterError passes unchanged.
 */
export function translatePostgresError(error: unknown): HeadwaterError {
  if (error instanceof HeadwaterError) return error;
  const state = sqlState(error);
  if (state === undefined) {
    // Neither a SQLSTATE nor our own mistake: sockets, TLS and the driver's "connection terminated".
    if (isProgrammingError(error)) return new HeadwaterError('INTERNAL', 'PostgreSQL call failed', { cause: error });
    return unavailable('STORE_UNREACHABLE', error);
  }
  const reason = UNAVAILABLE_CODES[state] ?? UNAVAILABLE_CLASSES[state.slice(0, 2)];
  if (reason !== undefined) return unavailable(reason, error);
  return new HeadwaterError('INTERNAL', `PostgreSQL refused the statement (SQLSTATE ${state})`, {
    ...(DATA_CLASSES.has(state.slice(0, 2)) ? { reason: 'STORE_REFUSED_DATA' } : {}),
    cause: error,
  });
}

function unavailable(reason: string, cause: unknown): HeadwaterError {
  return new HeadwaterError('UNAVAILABLE', 'PostgreSQL is not available', {
    reason,
    retryAfterS: RETRY_AFTER_S,
    cause,
  });
}

function isProgrammingError(error: unknown): boolean {
  return error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError;
}
