import { MemorySubjectKeyStore } from '@headwater/store-contract/memory-subject-key-store';
import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { decrypt, PersonalKeys } from './personal-keys.js';
import { SealPersonalParts } from './seal-personal-parts.js';

const ids = { bytes: (count: number) => randomBytes(count) };
const secretOf = (byte: number) => ({
  of: () => Promise.resolve({ value: new Uint8Array(32).fill(byte), previous: null }),
});

function sealing(secret = 1, store = new MemorySubjectKeyStore()) {
  const keys = new PersonalKeys({ store, secrets: secretOf(secret), ids });
  return { store, keys, seal: new SealPersonalParts(keys) };
}

const event = (ref: string, note = '') => ({
  bytes: Buffer.from(`{"subject":{"type":"c","ref":"${ref}"},"inputs":[{"key":{"k": 1}}],"note":"ä${note}"}`),
  of: 'DECISION' as const,
  identity: `subject ${ref}`,
});

test('what is sealed says nothing of what it was, and is whole again with its key', async () => {
  const { keys, seal } = sealing();
  const [sealed] = await seal.execute([event('C-90210')]);
  const text = Buffer.from(sealed?.bytes ?? []).toString();
  expect(text).not.toMatch(/C-90210|"k"/);
  expect(JSON.parse(text)).toEqual({
    subject: { type: 'c', ref: expect.stringMatching(/^sealed:[0-9a-f-]{36}:[\w-]{43}$/) },
    inputs: [{ key: expect.stringMatching(/^sealed:/) }],
    note: 'ä',
  });
  const parts = sealed?.parts ?? [];
  const opened = await keys.read(parts.map(({ keyId }) => keyId));
  let whole = sealed?.bytes ?? new Uint8Array();
  for (const { offset, length, keyId, ciphertext } of [...parts].reverse()) {
    const plain = decrypt(opened.get(keyId)?.encrypting ?? new Uint8Array(32), ciphertext);
    whole = Buffer.concat([whole.subarray(0, offset), plain ?? new Uint8Array(), whole.subarray(offset + length)]);
  }
  expect(Buffer.from(whole).toString()).toBe(event('C-90210').bytes.toString());
});

test('the same event seals to the same bytes; equal values of two subjects have nothing in common', async () => {
  const { seal } = sealing();
  const [a, again, other] = await seal.execute([event('C-1'), event('C-1'), event('C-2')]);
  expect(again).toEqual(a);
  const [key, otherKey] = [a, other].map((one) => one?.parts?.[1]);
  expect(otherKey?.keyId).not.toBe(key?.keyId);
  expect(otherKey?.ciphertext).not.toEqual(key?.ciphertext);
  const later = await seal.execute([event('C-1', 'x')]);
  expect(later[0]?.parts?.[0]?.keyId).toBe(key?.keyId);
});

test('numbers without a value and white space in a facet are kept, and what has nothing personal as it is', async () => {
  const { seal, store } = sealing();
  const lenient = { ...event('C-1'), bytes: Buffer.from('{"inputs":[{"values": {"a": NaN} }]}') };
  const [sealed, untouched] = await seal.execute([
    lenient,
    { ...lenient, bytes: Buffer.from('{"id":1}'), identity: 'x' },
  ]);
  expect(sealed?.parts).toHaveLength(1);
  expect(untouched).toEqual({ bytes: Buffer.from('{"id":1}') });
  expect(await store.read([])).toEqual(new Map());
});

test('another secret opens nothing, and nothing is sealed where it could not be opened again', async () => {
  const { seal, store, keys } = sealing(1);
  const [sealed] = await seal.execute([event('C-1')]);
  const keyId = sealed?.parts?.[0]?.keyId ?? '';
  expect(await keys.find('subject C-1')).toBe(keyId);
  const foreign = sealing(2, store);
  expect((await foreign.keys.read([keyId])).size).toBe(0);
  expect(await foreign.keys.find('subject C-1')).toBeNull();
});
