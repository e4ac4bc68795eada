import { createHash } from 'node:crypto';

/** RFC 9562 §5.5 (version 5) over a namespace of the example's own: the same name gives the same id on every load. */
export function nameBasedUuid(name: string): string {
  const bytes = createHash('sha1').update('headwater-example:').update(name).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** An integer in [min, max] that depends on the name alone, for row counts that look alive. */
export function numberOf(name: string, min: number, max: number): number {
  const draw = createHash('sha1').update(name).digest().readUInt32BE(0);
  return min + (draw % (max - min + 1));
}
