import { HeadwaterError } from '@headwater/domain/errors';
import { expect, test } from 'vitest';
import { sqlState, translatePostgresError } from './postgres-error.js';

const failure = (code: string): Error => Object.assign(new Error('text that nobody reads'), { code });

test('what a retry may cure is UNAVAILABLE, by SQLSTATE or errno', () => {
  const reasons = ['53100', '25006', '57P01', '57P03', '08006', 'ECONNREFUSED', 'EPIPE', '40P01', '57014', '28P01'].map(
    (code) => {
      const { category, reason, retryAfterS } = translatePostgresError(failure(code));
      return [code, category, reason, retryAfterS !== undefined];
    },
  );
  expect(reasons).toEqual([
    ['53100', 'UNAVAILABLE', 'STORE_DISK_FULL', true],
    ['25006', 'UNAVAILABLE', 'STORE_READ_ONLY', true],
    ['57P01', 'UNAVAILABLE', 'STORE_SHUTTING_DOWN', true],
    ['57P03', 'UNAVAILABLE', 'STORE_SHUTTING_DOWN', true],
    ['08006', 'UNAVAILABLE', 'STORE_UNREACHABLE', true],
    ['ECONNREFUSED', 'UNAVAILABLE', 'STORE_UNREACHABLE', true],
    ['EPIPE', 'UNAVAILABLE', 'STORE_UNREACHABLE', true],
    ['40P01', 'UNAVAILABLE', 'STORE_BUSY', true],
    ['57014', 'UNAVAILABLE', 'STORE_TIMEOUT', true],
    ['28P01', 'UNAVAILABLE', 'STORE_REFUSED_LOGIN', true],
  ]);
  expect(translatePostgresError(new Error('Connection terminated unexpectedly')).category).toBe('UNAVAILABLE');
});

test('our own mistakes are INTERNAL, the cause is kept, and a HeadwaterError passes', () => {
  for (const code of ['42601', '23505', '22P02', '54000']) {
    expect(translatePostgresError(failure(code)).category).toBe('INTERNAL');
  }
  const cause = new RangeError('NaN');
  expect(translatePostgresError(cause)).toMatchObject({ category: 'INTERNAL', cause });
  const own = new HeadwaterError('CONFLICT', 'x');
  expect(translatePostgresError(own)).toBe(own);
  expect(sqlState(failure('EPIPE'))).toBeUndefined();
});
