import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatToken, isSameHash, looksLikeToken, parseToken, secretHash } from './access-token.js';

const SECRET = 'A-_0'.repeat(10) + 'xyz';
const TEXT = `hw_0123456789ab_${SECRET}`;

test('a token is told apart into its id and its secret, and put together again', () => {
  expect(parseToken(TEXT)).toEqual({ id: '0123456789ab', secret: SECRET });
  expect(formatToken({ id: '0123456789ab', secret: SECRET })).toBe(TEXT);
});

test('nothing but a whole token is one', () => {
  const others = [
    '',
    'hw_',
    TEXT.slice(0, -1),
    `${TEXT}x`,
    ` ${TEXT}`,
    `${TEXT}\n`,
    TEXT.toUpperCase(),
    TEXT.replace('hw_', 'HW_'),
    TEXT.replace('0123456789ab', '0123456789AB'),
    TEXT.replace('xyz', 'x+z'),
    TEXT.replace('xyz', 'x\u00e9z'),
  ];
  for (const text of others) expect(parseToken(text)).toBeUndefined();
});

test('any text is read in the same way, without throwing', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const parsed = parseToken(text);
      expect(parsed === undefined || formatToken(parsed) === text).toBe(true);
    }),
  );
});

test('what begins like a token is meant as one, right or wrong', () => {
  expect([TEXT, 'hw_nonsense', 'eyJhbGciOi', 'Hw_'].map(looksLikeToken)).toEqual([true, true, false, false]);
});

test('what is kept of a secret is its SHA-256, and hashes are the same only where every byte is', () => {
  const hash = secretHash(SECRET);
  expect(hash.toString('hex')).toBe(createHash('sha256').update(SECRET).digest('hex'));
  expect(isSameHash(hash, secretHash(SECRET))).toBe(true);
  expect(isSameHash(hash, secretHash(`${SECRET}x`))).toBe(false);
  expect(isSameHash(hash, hash.subarray(1))).toBe(false);
  expect(isSameHash(hash, new Uint8Array())).toBe(false);
});
