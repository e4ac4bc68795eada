import { describe, expect, test } from 'vitest';
import { needsSecureCookies, sessionCookie, sessionCookieOf, signInCookie, signInCookieOf } from './session-cookie.js';

describe('a cookie', () => {
  test('is bound to host, https and every path, out of reach of scripts and of other sites', () => {
    expect(sessionCookie('v', { isSecure: true, maxAgeS: 60 })).toBe(
      '__Host-headwater=v; Max-Age=60; Path=/; HttpOnly; Secure; SameSite=Lax',
    );
    expect(signInCookie('v', { isSecure: false, maxAgeS: 60 })).toBe(
      'headwater-sign-in=v; Max-Age=60; Path=/; HttpOnly; SameSite=Lax',
    );
  });

  test('is taken away by an age of 0', () => {
    expect(sessionCookie('', { isSecure: true, maxAgeS: 0 })).toContain('__Host-headwater=; Max-Age=0; Path=/;');
  });
});

describe('what a browser sends', () => {
  test.each([
    ['__Host-headwater=a; headwater=b', 'catalog.example.org', 'a'],
    ['headwater=b; __Host-headwater=a', 'localhost:4000', 'a'],
    ['headwater=b', 'localhost:4000', 'b'],
    ['headwater=b', '127.0.0.1', 'b'],
    ['headwater=b', '[::1]:4000', 'b'],
    // A neighboring host may plant it: the prefix is what browsers protect.
    ['headwater=b', 'catalog.example.org', undefined],
    ['headwater=b', undefined, undefined],
    ['other=b', 'localhost', undefined],
    [undefined, 'localhost', undefined],
  ])('%s, under %s, is the session %s', (cookie, host, expected) => {
    expect(
      sessionCookieOf({ ...(cookie === undefined ? {} : { cookie }), ...(host === undefined ? {} : { host }) }),
    ).toBe(expected);
  });

  test('the session and a sign-in under way are two cookies', () => {
    const headers = { cookie: 'headwater=a; headwater-sign-in=b', host: 'localhost' };
    expect([sessionCookieOf(headers), signInCookieOf(headers)]).toEqual(['a', 'b']);
  });
});

test.each([
  ['http', 'localhost:4000', null, false],
  ['http', '127.0.0.1:4000', null, false],
  ['http', '192.0.2.7:4000', null, true],
  ['https', 'localhost:4000', null, true],
  ['http', 'catalog.example.org', null, true],
  // A proxy in front may name this machine to us.
  ['http', '127.0.0.1:4000', 'https://catalog.example.org', true],
  ['http', 'app:4000', 'http://localhost:4000', false],
])('by %s under %s, with HEADWATER_PUBLIC_URL %s, Secure is %s', (protocol, host, publicUrl, expected) => {
  expect(needsSecureCookies({ protocol, headers: { host } }, publicUrl)).toBe(expected);
});
