import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a page of this server made the browser send a request. A foreign Origin never comes past the guard of the
 * HTTP adapter; a browser that sends none says at least where the request comes from.
 */
export function isFromOwnPage(headers: Pick<IncomingHttpHeaders, 'origin' | 'sec-fetch-site'>): boolean {
  return headers.origin !== undefined || headers['sec-fetch-site'] === 'same-origin';
}
