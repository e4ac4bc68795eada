import { HeadwaterError } from '@headwater/domain/errors';
import { Neo4jError } from 'neo4j-driver';

const RETRY_AFTER_S = 2;

// Neo4j status codes, and the driver's own. `N/A` is what the driver gives to a pool that had no connection in time.
const UNAVAILABLE_CODES: Readonly<Record<string, string>> = {
  ServiceUnavailable: 'STORE_UNREACHABLE',
  SessionExpired: 'STORE_UNREACHABLE',
  ProtocolError: 'STORE_UNREACHABLE',
  'N/A': 'STORE_UNREACHABLE',
  'Neo.ClientError.Database.DatabaseNotFound': 'STORE_HAS_NO_SUCH_DATABASE',
  'Neo.ClientError.Transaction.TransactionTimedOut': 'STORE_TIMEOUT',
  'Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration': 'STORE_TIMEOUT',
  'Neo.ClientError.Cluster.NotALeader': 'STORE_BUSY',
  'Neo.ClientError.General.ForbiddenOnReadOnlyDatabase': 'STORE_READ_ONLY',
};

const UNAVAILABLE_CLASSES: readonly (readonly [prefix: string, reason: string])[] = [
  ['Neo.TransientError.', 'STORE_BUSY'],
  ['Neo.ClientError.Security.', 'STORE_REFUSED_LOGIN'],
];

/**
 * A driver error as the domain knows it, by its code and never by its text: UNAVAILABLE where the server is away, busy
 * or refuses us, else INTERNAL. A HeadwaterError passes unchanged.
 */
export function translateNeo4jError(error: unknown): HeadwaterError {
  if (error instanceof HeadwaterError) return error;
  if (!(error instanceof Neo4jError)) return new HeadwaterError('INTERNAL', 'Neo4j call failed', { cause: error });
  const reason =
    UNAVAILABLE_CODES[error.code] ?? UNAVAILABLE_CLASSES.find(([prefix]) => error.code.startsWith(prefix))?.[1];
  if (reason !== undefined) {
    return new HeadwaterError('UNAVAILABLE', 'Neo4j is not available', {
      reason,
      retryAfterS: RETRY_AFTER_S,
      cause: error,
    });
  }
  return new HeadwaterError('INTERNAL', `Neo4j refused the statement (${error.code})`, { cause: error });
}
