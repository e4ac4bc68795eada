import { expect, test } from 'vitest';
import { SealedCursors } from './sealed-cursors.js';

const value = new Uint8Array(32).fill(3);
const secret = { value, previous: null };
const cursor = Buffer.from(JSON.stringify(['childJobs', 'job:hush:secret'])).toString('base64url');

test('a sealed cursor opens for the caller that it was sealed for, and tells neither name nor length', () => {
  const cursors = new SealedCursors(secret, 'token:a');
  const sealed = cursors.seal(cursor);
  expect(new SealedCursors(secret, 'token:a').open(sealed)).toBe(cursor);
  expect(sealed).not.toContain(cursor.slice(0, 12));
  expect(sealed).toHaveLength(cursors.seal(`${cursor}${cursor}`).length);
});

test('another cursor passes as it is', () => {
  expect(new SealedCursors(secret, 'token:a').open(cursor)).toBe(cursor);
});

test('what another caller was given, or somebody changed, is refused as no cursor', () => {
  const cursors = new SealedCursors(secret, 'token:a');
  const sealed = cursors.seal(cursor);
  const changed = `${sealed.slice(0, -2)}${sealed.endsWith('AA') ? 'BB' : 'AA'}`;
  const refused = [new SealedCursors(secret, 'token:b').seal(cursor), changed, 'sealed.', 'sealed.AAAA'];
  for (const text of refused) expect(() => cursors.open(text), text).toThrow('is not a cursor of this list');
});

test('after a rotation what was sealed before opens while the secrets overlap, and is refused afterwards', () => {
  const sealed = new SealedCursors(secret, 'token:a').seal(cursor);
  const next = new Uint8Array(32).fill(4);
  const overlapping = new SealedCursors({ value: next, previous: value }, 'token:a');
  expect(overlapping.open(sealed)).toBe(cursor);
  expect(overlapping.seal(cursor)).not.toBe(sealed);
  const over = new SealedCursors({ value: next, previous: null }, 'token:a');
  expect(() => over.open(sealed)).toThrow('is not a cursor of this list');
  expect(over.open(overlapping.seal(cursor))).toBe(cursor);
});
