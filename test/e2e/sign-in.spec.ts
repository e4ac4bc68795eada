import { request } from 'node:http';
import { RevokeToken } from '@headwater/application/access/revoke-token';
import { MakeSignInLink } from '@headwater/application/access/sign-in-link';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { Browser, type Visited } from '../support/browser.js';
import { askAsPage, ASKER, audited, countOf, makeToken } from '../support/sign-in.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  server = await startServer({ HEADWATER_AUTH: 'on', HEADWATER_FAILURES_PER_MINUTE: '0' });
});
beforeEach(() => {
  browser = new Browser();
});
afterAll(() => server.close());

const signInWith = (token: string, more: Readonly<Record<string, string>> = {}): Promise<Visited> =>
  browser.ask(`${server.url}/auth/sign-in`, { form: { token, ...more } });

describe('a page that needs somebody', () => {
  test('sends a browser to sign-in, which leads back to it', async () => {
    const page = await browser.ask(`${server.url}/graphql?x=1&y=2`);
    expect([page.status, page.headers.get('location')]).toEqual([
      303,
      `/auth/sign-in?next=${encodeURIComponent('/graphql?x=1&y=2')}`,
    ]);
    const form = await browser.ask(new URL(page.headers.get('location') ?? '', server.url));
    expect(form.text).toContain('name="next" value="/graphql?x=1&amp;y=2"');
  });

  test('the sign-in page has no script, and neither keeps, frames nor sends anywhere', async () => {
    const page = await browser.ask(`${server.url}/auth/sign-in`);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/]+={0,2}'; /);
    for (const rule of ["base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"]) {
      expect(policy).toContain(rule);
    }
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.text).not.toMatch(/<script|javascript:|\son\w+=|style=|https?:\/\//i);
  });
});

describe('with a token', () => {
  test('a browser is signed in by a cookie that scripts and other sites do not see, and goes where it was going', async () => {
    const { text, id } = await makeToken(server);
    const answer = await signInWith(text, { next: '/graphql?x=1' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/graphql?x=1']);
    expect(answer.headers.get('set-cookie')).toMatch(
      /^headwater=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    expect(await askAsPage(server.url, browser)).toBe(200);
    const editor = await browser.ask(`${server.url}/graphql`);
    expect([editor.status, editor.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(await audited(server, 'SIGNED_IN')).toContainEqual(
      expect.objectContaining({ actor: `token:${id}`, method: 'TOKEN', address: '127.0.0.1' }),
    );
    const account = await browser.ask(`${server.url}/auth/sign-in`);
    expect(account.text).toContain(`token:${id}`);
  });

  test('the cookie opens a WebSocket for our pages, and for no other', async () => {
    await signInWith((await makeToken(server)).text);
    const open = (headers: Record<string, string>): Promise<string> =>
      new Promise((resolve) => {
        const socket = new WebSocket(`${server.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
          headers,
        });
        socket.on('open', () => {
          socket.close();
          resolve('open');
        });
        socket.on('error', (error) => resolve(error.message));
      });
    const cookie = browser.cookieHeader(server.url);
    expect(await open({ cookie, origin: server.url })).toBe('open');
    expect(await open({ cookie, origin: 'https://evil.example' })).toContain('403');
    expect(await open({ cookie })).toContain('403');
    expect(await open({})).toContain('401');
  });

  test('on another host than this machine the cookie is Secure and bound to the host', async () => {
    const other = await startServer({ HEADWATER_AUTH: 'on', HEADWATER_PUBLIC_URL: 'https://catalog.example.org' });
    try {
      const { text } = await makeToken(other);
      const answer = await new Browser().ask(`${other.url}/auth/sign-in`, {
        form: { token: text },
        // As a proxy passes it on that keeps the browser's headers but names its own host.
        origin: 'https://catalog.example.org',
      });
      expect(answer.status).toBe(303);
      expect(answer.headers.get('set-cookie')).toMatch(/^__Host-headwater=[\w-]{43}; .*Path=\/; HttpOnly; Secure; /);
    } finally {
      await other.close();
    }
  });

  test.each([
    ['nonsense', 'BAD_SIGN_IN'],
    ['', 'BAD_SIGN_IN'],
    [`hw_aaaaaaaaaaaa_${'A'.repeat(43)}`, 'UNKNOWN_TOKEN'],
    [`hw_aaaaaaaaaaaa_${'A'.repeat(43)} hw_x`, 'BAD_SIGN_IN'],
  ])('a wrong one (%s) is refused with the form again, and audited as %s', async (token, reason) => {
    const before = await countOf(server, reason);
    const answer = await signInWith(token, { next: '/graphql?x="><script>alert(1)</script>' });
    expect(answer.status).toBe(401);
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect(answer.text).toContain('This token is not good');
    expect(answer.text).not.toContain('<script>');
    expect(await countOf(server, reason)).toBe(before + 1);
  });

  test('a browser is out within seconds of its token', async () => {
    const { text, id } = await makeToken(server);
    await signInWith(text);
    expect(await askAsPage(server.url, browser)).toBe(200);
    await new RevokeToken(server.access.parts).execute(ASKER, id);
    await expect.poll(() => askAsPage(server.url, browser), { timeout: 10_000 }).toBe(401);
    expect((await signInWith(text)).status).toBe(401);
  });

  test.each(['https://evil.example/', '//evil.example/', '/\\evil.example', '/.//evil.example'])(
    'next=%s leads to no other site',
    async (next) => {
      const { text } = await makeToken(server);
      expect((await signInWith(text, { next })).headers.get('location')).toBe('/');
      const page = await browser.ask(`${server.url}/auth/sign-in?next=${encodeURIComponent(next)}`);
      expect(page.text).not.toContain('evil.example');
    },
  );

  test.each([['https://evil.example'], ['null'], [null]])(
    'a form of a page with the origin %s signs nobody in',
    async (origin) => {
      const { text } = await makeToken(server);
      const answer = await browser.ask(`${server.url}/auth/sign-in`, { form: { token: text }, origin });
      expect(answer.status).toBe(403);
      expect(answer.headers.getSetCookie()).toEqual([]);
    },
  );

  test('a body that is no form is refused', async () => {
    const answer = await browser.ask(`${server.url}/auth/sign-in`, {
      form: { token: (await makeToken(server)).text },
      headers: { 'content-type': 'text/plain' },
    });
    expect(answer.status).toBe(415);
  });
});

describe('guessing', () => {
  test('is cut off after so many wrong tokens from one address, and a good one still works as a bearer', async () => {
    const strict = await startServer({ HEADWATER_AUTH: 'on', HEADWATER_FAILURES_PER_MINUTE: '3' });
    try {
      const wrong = (): Promise<Visited> =>
        browser.ask(`${strict.url}/auth/sign-in`, { form: { token: `hw_aaaaaaaaaaaa_${'A'.repeat(43)}` } });
      expect([(await wrong()).status, (await wrong()).status, (await wrong()).status]).toEqual([401, 401, 401]);
      const refused = await wrong();
      expect(refused.status).toBe(429);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(refused.headers.get('content-type')).toContain('text/html');
      expect((await browser.ask(`${strict.url}/auth/link?code=${'A'.repeat(43)}`)).status).toBe(429);
    } finally {
      await strict.close();
    }
  });
});

describe('the link of a start', () => {
  const makeLink = async (): Promise<string> =>
    `${server.url}/auth/link?code=${await new MakeSignInLink(server.access.parts).execute()}`;

  test('signs in once, as local:admin', async () => {
    const link = await makeLink();
    const first = await browser.ask(link);
    expect([first.status, first.headers.get('location')]).toEqual([303, '/']);
    expect(await askAsPage(server.url, browser)).toBe(200);
    const second = await new Browser().ask(link);
    expect(second.status).toBe(410);
    expect(second.text).toContain('was used, or is too old');
    expect(second.headers.getSetCookie()).toEqual([]);
    expect(await audited(server, 'SIGNED_IN')).toContainEqual(
      expect.objectContaining({ actor: 'local:admin', method: 'LINK', address: '127.0.0.1' }),
    );
  });

  test('two browsers that follow it at the same time: one is in', async () => {
    const link = await makeLink();
    const answers = await Promise.all(Array.from({ length: 8 }, () => new Browser().ask(link)));
    expect(answers.map(({ status }) => status).sort()).toEqual([303, ...Array<number>(7).fill(410)]);
  });

  test('is over after an hour', async () => {
    const link = await makeLink();
    const { rowCount } = await server.pool.query(
      'UPDATE sign_in_link SET expires_at = expires_at - $1',
      [3_600_000_000],
    );
    expect(rowCount).toBeGreaterThan(0);
    expect((await browser.ask(link)).status).toBe(410);
  });

  test('is not used up by what only looks at it', async () => {
    const link = await makeLink();
    expect((await fetch(link, { method: 'HEAD' })).headers.getSetCookie()).toEqual([]);
    expect((await browser.ask(link)).status).toBe(303);
  });

  test('its code is in no table', async () => {
    const link = await makeLink();
    const code = new URL(link).searchParams.get('code') ?? '';
    const { rows } = await server.pool.query<{ hash: string }>('SELECT hash FROM sign_in_link');
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain(code);
  });

  test.each(['', '?code=', '?code=x', `?code=${'A'.repeat(43)}`, '?code=a&code=b'])('%j is not one', async (query) => {
    expect((await browser.ask(`${server.url}/auth/link${query}`)).status).toBe(410);
  });
});

describe('sign-out', () => {
  test('ends the session for good, and is audited', async () => {
    await signInWith((await makeToken(server)).text);
    const stolen = new Browser();
    const [name = '', value = ''] = [...browser.cookies(server.url)][0] ?? [];
    stolen.setCookie(server.url, name, value);
    const answer = await browser.ask(`${server.url}/auth/sign-out`, { form: {} });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/auth/sign-in']);
    expect(browser.cookies(server.url).size).toBe(0);
    expect((await stolen.ask(`${server.url}/graphql`)).status).toBe(303);
    expect((await audited(server, 'SIGNED_OUT')).length).toBeGreaterThan(0);
  });

  test.each([['https://evil.example'], ['null'], [null]])(
    'a page with the origin %s signs nobody out',
    async (origin) => {
      await signInWith((await makeToken(server)).text);
      expect((await browser.ask(`${server.url}/auth/sign-out`, { form: {}, origin })).status).toBe(403);
      expect(await askAsPage(server.url, browser)).toBe(200);
    },
  );

  test('by GET there is none', async () => {
    await signInWith((await makeToken(server)).text);
    expect((await browser.ask(`${server.url}/auth/sign-out`)).status).toBe(404);
    expect(await askAsPage(server.url, browser)).toBe(200);
  });
});

describe('a session', () => {
  beforeEach(async () => {
    await signInWith((await makeToken(server)).text);
  });

  test.each([{ origin: 'https://evil.example' }, { origin: 'null' }, {}, { 'sec-fetch-site': 'cross-site' }])(
    'lets no page ask with it that sends %j',
    async (headers) => {
      expect(await askAsPage(server.url, browser, headers)).toBe(403);
    },
  );

  test('lets our own pages ask, by Origin or by Sec-Fetch-Site', async () => {
    expect([
      await askAsPage(server.url, browser),
      await askAsPage(server.url, browser, { 'sec-fetch-site': 'same-origin' }),
    ]).toEqual([200, 200]);
  });

  test.each([
    ['idle for longer than HEADWATER_SESSION_IDLE_MINUTES', 'seen_at = seen_at - 480::bigint * 60 * 1000000'],
    ['older than HEADWATER_SESSION_HOURS', 'expires_at = expires_at - 168::bigint * 3600 * 1000000'],
  ])('is over when it is %s', async (_, change) => {
    await server.pool.query(`UPDATE session SET ${change}`);
    expect(await askAsPage(server.url, browser)).toBe(401);
    expect((await browser.ask(`${server.url}/graphql`)).headers.get('location')).toContain('/auth/sign-in?next=');
  });

  test('of a made-up cookie is none', async () => {
    browser.setCookie(server.url, 'headwater', 'A'.repeat(43));
    expect(await askAsPage(server.url, browser)).toBe(401);
  });

  test('under a name without the prefix counts on this machine only', async () => {
    const open = await startServer({ HEADWATER_AUTH: 'on', HEADWATER_ALLOWED_HOSTS: 'catalog.example.org' });
    try {
      const link = `${open.url}/auth/link?code=${await new MakeSignInLink(open.access.parts).execute()}`;
      await browser.ask(link);
      const headers = { cookie: browser.cookieHeader(open.url), 'content-type': 'application/json' };
      const statusUnder = async (host: string): Promise<number | undefined> => {
        const { port } = new URL(open.url);
        return new Promise((resolve, reject) => {
          const sent = request({
            port,
            host: '127.0.0.1',
            path: '/graphql?query={__typename}',
            headers: { ...headers, host },
          });
          sent.on('response', (answer) => {
            answer.resume();
            resolve(answer.statusCode);
          });
          sent.on('error', reject);
          sent.end();
        });
      };
      expect(await statusUnder('localhost')).toBe(200);
      expect(await statusUnder('catalog.example.org')).toBe(401);
    } finally {
      await open.close();
    }
  });
});

test('where authentication is off, sign-in leads on', async () => {
  const open = await startServer();
  try {
    const page = await browser.ask(`${open.url}/auth/sign-in?next=%2Fgraphql`);
    expect([page.status, page.headers.get('location')]).toEqual([303, '/graphql']);
  } finally {
    await open.close();
  }
});
