import type { IncomingHttpHeaders } from 'node:http';
import { parse, serialize } from 'cookie';
import { isLoopback } from '../access-settings.js';

/** Bound to this host, to https and to every path, which browsers enforce by the prefix. */
const SECURE_PREFIX = '__Host-';
/** The session's id. */
const SESSION = 'headwater';
/** What a sign-in at the provider began with, until the browser comes back. */
const SIGN_IN = 'headwater-sign-in';

type CookieHeaders = Pick<IncomingHttpHeaders, 'cookie' | 'host'>;

/** The value of the session's cookie, if a browser sent one. */
export function sessionCookieOf(headers: CookieHeaders): string | undefined {
  return cookieOf(SESSION, headers);
}

/** The value of the cookie that a sign-in at the provider began with. */
export function signInCookieOf(headers: CookieHeaders): string | undefined {
  return cookieOf(SIGN_IN, headers);
}

export interface CookieOptions {
  readonly isSecure: boolean;
  /** 0 takes the cookie away. */
  readonly maxAgeS: number;
}

/** The Set-Cookie header that signs a browser in or, with an empty value, out. */
export function sessionCookie(value: string, options: CookieOptions): string {
  return cookie(SESSION, value, options);
}

/** The Set-Cookie header that keeps a sign-in at the provider. */
export function signInCookie(value: string, options: CookieOptions): string {
  return cookie(SIGN_IN, value, options);
}

/**
 * Whether cookies are to be Secure: always, but where the browser reaches this machine by plain http, since it would
 * not keep them then.
 */
export function needsSecureCookies(
  request: { readonly protocol: string; readonly headers: CookieHeaders },
  publicUrl: string | null,
): boolean {
  if (publicUrl !== null) return publicUrl.startsWith('https:');
  return request.protocol === 'https' || !isLocalHost(request.headers.host);
}

/** Whether a Host header names this machine. */
export function isLocalHost(host: string | undefined): boolean {
  const url = `http://${host ?? ''}`;
  return URL.canParse(url) && isLoopback(new URL(url).hostname.replace(/^\[|\]$/g, ''));
}

function cookieOf(name: string, { cookie: header, host }: CookieHeaders): string | undefined {
  if (header === undefined) return undefined;
  const cookies = parse(header);
  // Elsewhere a cookie without the prefix may have been planted by a neighboring host, or on the way.
  return cookies[SECURE_PREFIX + name] ?? (isLocalHost(host) ? cookies[name] : undefined);
}

function cookie(name: string, value: string, { isSecure, maxAgeS }: CookieOptions): string {
  return serialize(isSecure ? SECURE_PREFIX + name : name, value, {
    httpOnly: true,
    // Lax: the redirect back from the provider is a navigation from another site.
    sameSite: 'lax',
    path: '/',
    secure: isSecure,
    maxAge: maxAgeS,
  });
}
