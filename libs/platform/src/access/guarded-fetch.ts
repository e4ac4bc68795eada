import { lookup, type LookupAddress } from 'node:dns';
import { request as requestPlain, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestSecure } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { HeadwaterError } from '@headwater/domain/errors';
import { isPublicAddress } from './public-address.js';

/** Discovery documents and key sets are a few KiB. */
const MAX_ANSWER_BYTES = 1024 * 1024;
const TIMEOUT_MS = 5_000;
/** Fetch standard, "null body status": a Response refuses to be made with a body for these. */
const WITHOUT_BODY: ReadonlySet<number> = new Set([204, 205, 304]);

export interface GuardedFetchOptions {
  /** Finds the addresses of a name: the system's resolver unless given. */
  readonly lookup?: LookupFunction;
  readonly timeoutMs?: number;
  readonly maxBytes?: number;
}

/**
 * A fetch for what a trusted server (an OpenID provider's discovery document) tells us to call: its own origin, or https
 * at an address of the public internet. The connection goes to an address that was checked; there is no second look-up
 * that could give another. Redirects are not followed, and time and size of an answer are bounded. Rejects with
 * FORBIDDEN (reason SSRF) for any other URL, and with UNAVAILABLE for an answer that is too long.
 */
export function guardedFetch(trusted: URL, options: GuardedFetchOptions = {}): typeof fetch {
  const resolve = options.lookup ?? lookup;
  const { timeoutMs = TIMEOUT_MS, maxBytes = MAX_ANSWER_BYTES } = options;
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const isTrusted = url.origin === trusted.origin;
    requireAllowed(url, isTrusted);
    const request = new Request(input, init);
    const signal = AbortSignal.any([request.signal, AbortSignal.timeout(timeoutMs)]);
    const body = new Uint8Array(await request.arrayBuffer());
    try {
      const answer = await send(url, body, {
        method: request.method,
        headers: Object.fromEntries(request.headers),
        lookup: isTrusted ? resolve : checkedLookup(resolve),
        // A connection of its own: one from a pool went to whatever address its opener took.
        agent: false,
        signal,
      });
      return await responseOf(answer, maxBytes);
    } catch (error) {
      // Node says AbortError whatever the reason; callers tell a timeout by the reason's name.
      throw signal.aborted ? signal.reason : error;
    }
  };
}

/** A look-up that fails with FORBIDDEN unless every address that the name has now is one of the public internet. */
export function checkedLookup(resolve: LookupFunction): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, found) => {
      const addresses = found as readonly LookupAddress[];
      if (error !== null) callback(error, []);
      else if (addresses.length === 0 || !addresses.every(({ address }) => isPublicAddress(address))) {
        callback(refusal(hostname), []);
      } else if (options.all === true) callback(null, [...addresses]);
      else callback(null, addresses[0]?.address ?? '', addresses[0]?.family);
    });
  };
}

function requireAllowed(url: URL, isTrusted: boolean): void {
  if (url.username !== '' || url.password !== '') throw refusal(url.host);
  if (isTrusted) return;
  if (url.protocol !== 'https:') throw refusal(url.host);
  // Node looks no address up. Other spellings of one (decimal, octal, hexadecimal, short) are normal by now: URL did it.
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !isPublicAddress(host)) throw refusal(url.host);
}

function refusal(host: string): HeadwaterError {
  return new HeadwaterError('FORBIDDEN', `Requests to ${host} are not made from here`, { reason: 'SSRF' });
}

function send(url: URL, body: Uint8Array, options: RequestOptions): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const open = url.protocol === 'https:' ? requestSecure : requestPlain;
    open(url, options).on('response', resolve).on('error', reject).end(body);
  });
}

async function responseOf(answer: IncomingMessage, maxBytes: number): Promise<Response> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxBytes) {
      throw new HeadwaterError('UNAVAILABLE', `An answer of more than ${String(maxBytes)} bytes is not read`, {
        reason: 'ANSWER_TOO_LARGE',
      });
    }
    chunks.push(chunk);
  }
  const status = answer.statusCode ?? 0;
  const headers = new Headers();
  const { rawHeaders } = answer;
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) headers.append(rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '');
  return new Response(WITHOUT_BODY.has(status) ? null : Buffer.concat(chunks), { status, headers });
}
