const NOWHERE = 'http://headwater.invalid';

/** Where people land who named no page. */
export const HOME = '/';

/**
 * Where to go after a sign-in: a path of this server, whatever was asked for. An address of another one, however it is
 * written (`//host`, `/\host`, `/.//host`, `javascript:`), gives {@link HOME}: a link to our sign-in must not lead away.
 */
export function nextPath(wanted: unknown): string {
  if (typeof wanted !== 'string' || !wanted.startsWith('/') || !URL.canParse(wanted, NOWHERE)) return HOME;
  // Browsers read addresses by the same rules (WHATWG URL).
  const url = new URL(wanted, NOWHERE);
  const path = `${url.pathname}${url.search}`;
  return url.origin === NOWHERE && !path.startsWith('//') ? path : HOME;
}
