// Type OIDs of pg_type.dat.
const BYTEA = 17;
const INT8 = 20;
const HEADER_BYTES = 20;

/** `bytea[]` in PostgreSQL's binary format, which `pg` passes on as it is: half the bytes of the text format, and no escaping. */
export function byteaArray(items: readonly Uint8Array[]): Buffer {
  let size = HEADER_BYTES;
  for (const item of items) size += 4 + item.byteLength;
  const buffer = header(size, BYTEA, items.length);
  let at = HEADER_BYTES;
  for (const item of items) {
    at = buffer.writeInt32BE(item.byteLength, at);
    buffer.set(item, at);
    at += item.byteLength;
  }
  return buffer;
}

/** `bigint[]` in PostgreSQL's binary format. Throws RangeError for a number that is no safe integer. */
export function int8Array(items: readonly number[]): Buffer {
  const buffer = header(HEADER_BYTES + items.length * 12, INT8, items.length);
  let at = HEADER_BYTES;
  for (const item of items) {
    if (!Number.isSafeInteger(item)) throw new RangeError(`${item} is no integer that a bigint and a number share`);
    at = buffer.writeInt32BE(8, at);
    at = buffer.writeBigInt64BE(BigInt(item), at);
  }
  return buffer;
}

/** array_recv() of PostgreSQL's arrayfuncs.c: dimensions, has nulls, element type, length, lower bound. */
function header(size: number, elementType: number, length: number): Buffer {
  const buffer = Buffer.allocUnsafe(size);
  buffer.writeInt32BE(1, 0);
  buffer.writeInt32BE(0, 4);
  buffer.writeInt32BE(elementType, 8);
  buffer.writeInt32BE(length, 12);
  buffer.writeInt32BE(1, 16);
  return buffer;
}
