import type { IncomingHttpHeaders } from 'node:http';
import { parse, serialize } from 'cookie';

/** Bound to this host, to https and to every path, which browsers enforce by the prefix. */
const SECURE_NAME = '__Host-headwater';
/** On plain http, which is loopback only, browsers take no Secure cookie. */
const PLAIN_NAME = 'headwater';

/** The value of the session's cookie, if a browser sent one. */
export function sessionCookieOf({ cookie }: Pick<IncomingHttpHeaders, 'cookie'>): string | undefined {
  if (cookie === undefined) return undefined;
  const cookies = parse(cookie);
  return cookies[SECURE_NAME] ?? cookies[PLAIN_NAME];
}

export interface CookieOptions {
  readonly isSecure: boolean;
  /** Null: until the browser is closed. */
  readonly maxAgeS: number | null;
}

/** The Set-Cookie header that signs a browser in; an empty value signs it out. */
export function sessionCookie(value: string, { isSecure, maxAgeS }: CookieOptions): string {
  return serialize(isSecure ? SECURE_NAME : PLAIN_NAME, value, {
    httpOnly: true,
    // Lax: the redirect back from the provider is a navigation from another site.
    sameSite: 'lax',
    path: '/',
    secure: isSecure,
    ...(maxAgeS === null ? {} : { maxAge: maxAgeS }),
  });
}
