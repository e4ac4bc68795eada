import { HeadwaterError } from '@headwater/domain/errors';
import { Neo4jError } from 'neo4j-driver';
import { expect, test } from 'vitest';
import { translateNeo4jError } from './neo4j-error.js';

const SECRET = 'bolt://secret-host:7687';

function translated(code: string): HeadwaterError {
  return translateNeo4jError(new Neo4jError(SECRET, code, '50N42', SECRET));
}

test.each([
  ['ServiceUnavailable', 'STORE_UNREACHABLE'],
  ['SessionExpired', 'STORE_UNREACHABLE'],
  ['N/A', 'STORE_UNREACHABLE'],
  ['Neo.TransientError.Transaction.DeadlockDetected', 'STORE_BUSY'],
  ['Neo.ClientError.Security.Unauthorized', 'STORE_REFUSED_LOGIN'],
  ['Neo.ClientError.Database.DatabaseNotFound', 'STORE_HAS_NO_SUCH_DATABASE'],
  ['Neo.ClientError.Transaction.TransactionTimedOut', 'STORE_TIMEOUT'],
])('%s is UNAVAILABLE because of %s', (code, reason) => {
  const error = translated(code);
  expect([error.category, error.reason]).toEqual(['UNAVAILABLE', reason]);
  expect(error.retryAfterS).toBeGreaterThan(0);
});

test.each(['Neo.ClientError.Statement.SyntaxError', 'Neo.DatabaseError.General.UnknownError', 'Unheard.Of'])(
  '%s is INTERNAL',
  (code) => {
    expect(translated(code).category).toBe('INTERNAL');
  },
);

test('what the server said is kept as the cause and told to nobody', () => {
  const error = translated('ServiceUnavailable');
  expect(error.message).not.toContain('secret');
  expect(error.cause).toBeInstanceOf(Neo4jError);
});

test('our own errors pass, and a mistake of ours is INTERNAL', () => {
  const own = new HeadwaterError('INVALID_INPUT', 'a generation is G and a number');
  expect(translateNeo4jError(own)).toBe(own);
  expect(translateNeo4jError(new TypeError('x is undefined')).category).toBe('INTERNAL');
});
