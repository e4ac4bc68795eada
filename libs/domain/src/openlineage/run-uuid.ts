import { createHash } from 'node:crypto';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

// The namespace of names that stand in for run ids, made once for this product; changing it would change identities.
const NAMESPACE = Buffer.from('6f1d2a3c8b0e5d47a9c4e2f07b35d816', 'hex');

/** Whether the text is a UUID of any version, in either case. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/**
 * The UUID of a run, in lower case: the id itself where it is one, else its name-based UUID (RFC 9562, version 5), so
 * that every event and parent facet that names the same id means the same run.
 */
export function runUuid(id: string): string {
  if (isUuid(id)) return id.toLowerCase();
  const hash = createHash('sha1').update(NAMESPACE).update(id, 'utf8').digest();
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = hash.toString('hex', 0, 16);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
