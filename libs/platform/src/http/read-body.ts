import { HeadwaterError } from '@headwater/domain/errors';
import type { BytesInFlight, Lease } from '@headwater/application/ingest/bytes-in-flight';
import type { Readable, Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';

/** A body that was read whole. Whoever handles it releases the lease once the bytes are no longer needed. */
export interface ReceivedBody {
  readonly bytes: Uint8Array;
  readonly lease: Lease;
}

export interface BodyLimits {
  /** After decompression, with or without Content-Length. */
  readonly maxBytes: number;
  readonly budget: BytesInFlight;
}

/**
 * Reads and decompresses a body, counting what comes out: the limit and the budget hold at every moment, so that a
 * decompression bomb costs no more than they allow. Throws LIMIT_EXCEEDED, UNAVAILABLE or INVALID_INPUT; then nothing
 * stays leased.
 */
export async function readBody(source: Readable, headers: BodyHeaders, limits: BodyLimits): Promise<ReceivedBody> {
  const encoding = encodingOf(headers['content-encoding']);
  const declared = Number(headers['content-length'] ?? 0);
  // Compressed bytes are never more than a few more than what they stand for.
  if (declared > limits.maxBytes + 1024) throw tooLarge(limits.maxBytes);
  const lease = limits.budget.open();
  try {
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of decoded(source, encoding)) {
      length += chunk.length;
      if (length > limits.maxBytes) throw tooLarge(limits.maxBytes);
      lease.add(chunk.length);
      chunks.push(chunk);
    }
    const [only] = chunks;
    return { bytes: chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks, length), lease };
  } catch (error) {
    lease.release();
    throw error instanceof HeadwaterError ? error : unreadable(error, encoding);
  }
}

export interface BodyHeaders {
  readonly 'content-encoding'?: string | undefined;
  readonly 'content-length'?: string | undefined;
}

type Encoding = 'identity' | 'gzip' | 'br' | 'deflate';

function encodingOf(header: string | undefined): Encoding {
  const name = (header ?? '').trim().toLowerCase();
  if (name === '' || name === 'identity') return 'identity';
  if (name === 'gzip' || name === 'x-gzip') return 'gzip';
  if (name === 'br' || name === 'deflate') return name;
  throw new HeadwaterError('INVALID_INPUT', 'The Content-Encoding is not supported. Send gzip, br, deflate or none.', {
    reason: 'UNSUPPORTED_MEDIA_TYPE',
  });
}

async function* decoded(source: Readable, encoding: Encoding): AsyncGenerator<Buffer> {
  // Leaving the loop early must not destroy the request: its answer goes over the same socket.
  const chunks = source.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  if (encoding === 'identity') yield* chunks;
  else yield* decompress(chunks, encoding);
}

/**
 * Feeds one chunk at a time and takes out what it gives before feeding the next. `pipe` would not do: an error of the
 * decompressor leaves the source paused for ever.
 */
async function* decompress(
  chunks: AsyncIterable<Buffer>,
  encoding: Exclude<Encoding, 'identity'>,
): AsyncGenerator<Buffer> {
  let decoder: Transform | undefined;
  const input = chunks[Symbol.asyncIterator]();
  const first = await input.next();
  if (first.done === true) return;
  try {
    decoder = decoderFor(encoding, first.value);
    const failure = new Promise<never>((_, reject) => decoder?.once('error', reject));
    failure.catch(() => undefined);
    const feeding = feed(decoder, first.value, input, failure);
    feeding.catch(() => undefined);
    for await (const chunk of decoder as AsyncIterable<Buffer>) yield chunk;
    await feeding;
  } finally {
    decoder?.destroy();
    // Lets go of the source, so that what is left of the upload can be read and dropped.
    void input.return?.();
  }
}

async function feed(
  decoder: Transform,
  first: Buffer,
  rest: AsyncIterator<Buffer>,
  failure: Promise<never>,
): Promise<void> {
  let chunk: IteratorResult<Buffer, unknown> = { done: false, value: first };
  try {
    while (chunk.done !== true) {
      if (!decoder.write(chunk.value))
        await Promise.race([new Promise((resolve) => decoder.once('drain', resolve)), failure]);
      chunk = await Promise.race([rest.next(), failure]);
    }
    decoder.end();
  } catch (error) {
    // The reader waits on the decoder: an aborted upload must reach it.
    decoder.destroy(error instanceof Error ? error : new Error('The upload failed'));
    throw error;
  }
}

function decoderFor(encoding: Exclude<Encoding, 'identity'>, first: Buffer): Transform {
  if (encoding === 'gzip') return createGunzip();
  if (encoding === 'br') return createBrotliDecompress();
  // RFC 9110 §8.4.1.2: deflate means zlib's format, but some clients send the bare one. 8 is zlib's only method.
  return ((first[0] ?? 0) & 0x0f) === 8 ? createInflate() : createInflateRaw();
}

function tooLarge(maxBytes: number): HeadwaterError {
  return new HeadwaterError('LIMIT_EXCEEDED', `The body is larger than ${String(maxBytes)} bytes (uncompressed).`);
}

function unreadable(error: unknown, encoding: Encoding): HeadwaterError {
  return new HeadwaterError('INVALID_INPUT', `The body could not be read to its end as ${encoding}.`, {
    reason: 'BODY_UNREADABLE',
    cause: error,
  });
}
