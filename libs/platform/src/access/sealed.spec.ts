import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { seal, unseal } from './sealed.js';

const key = randomBytes(32);

test('what is sealed opens under the same key for the same purpose, and reads as nothing meanwhile', () => {
  const sealed = seal(key, 'sign-in', 'état: {"nonce":1}');
  expect(unseal(key, 'sign-in', sealed)).toBe('état: {"nonce":1}');
  expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('nonce');
  expect(seal(key, 'sign-in', 'a')).not.toBe(seal(key, 'sign-in', 'a'));
});

test('it opens neither under another key nor for another purpose', () => {
  const sealed = seal(key, 'sign-in', 'text');
  expect([unseal(randomBytes(32), 'sign-in', sealed), unseal(key, 'other', sealed)]).toEqual([undefined, undefined]);
});

test('no byte of it can be changed or left out', () => {
  const bytes = Buffer.from(seal(key, 'sign-in', 'text'), 'base64url');
  for (let at = 0; at < bytes.length; at += 1) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(unseal(key, 'sign-in', changed.toString('base64url')), `byte ${String(at)}`).toBeUndefined();
    expect(unseal(key, 'sign-in', bytes.subarray(0, at).toString('base64url'))).toBeUndefined();
  }
});

test.each(['', 'x', '!!!', 'A'.repeat(38)])('%j is nothing sealed', (text) => {
  expect(unseal(key, 'sign-in', text)).toBeUndefined();
});
