import { CreateToken } from '@headwater/application/access/create-token';
import { GrantRole } from '@headwater/application/access/grant-role';
import { START_PRINCIPAL } from '@headwater/application/access/principals';
import { RevokeToken } from '@headwater/application/access/revoke-token';
import { MakeSignInLink } from '@headwater/application/access/sign-in-link';
import type { Scope } from '@headwater/domain/access/scopes';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { Browser, type Visited } from '../support/browser.js';
import { TestProvider, type Person } from '../support/oidc.js';
import { startServer, type TestServer } from '../support/server.js';

const ASKER = { principal: START_PRINCIPAL, address: null };
const ME = '{ __typename }';
const ANN: Person = {
  sub: 'ann',
  name: 'Ann <b>Analyst</b>',
  email: 'Ann@Example.org',
  email_verified: true,
  groups: ['claims'],
  roles: ['analysts'],
};

let provider: TestProvider;
let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  provider = await TestProvider.start();
  server = await startServer({ ...provider.settings, HEADWATER_FAILURES_PER_MINUTE: '0' });
  provider.allowReturnTo(`${server.url}/auth/oidc/callback`);
});
beforeEach(() => {
  browser = new Browser();
  provider.person = ANN;
});
afterAll(async () => {
  await server.close();
  await provider.close();
});

async function makeToken(scopes: readonly Scope[] = ['admin', 'catalog:read']): Promise<{ id: string; text: string }> {
  const wanted = { name: 'of a test', owner: 'tests', scopes, writes: null, reads: null, expiresAt: null };
  const { token, text } = await new CreateToken(server.access.parts).execute(ASKER, wanted);
  return { id: token.id, text };
}

const signInWith = (token: string, more: Readonly<Record<string, string>> = {}): Promise<Visited> =>
  browser.ask(`${server.url}/auth/sign-in`, { form: { token, ...more } });

/** What a page of ours gets when it asks with the browser's cookie. */
async function askAsPage(headers: Record<string, string> = { origin: server.url }): Promise<number> {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: browser.cookieHeader(server.url), ...headers },
    body: JSON.stringify({ query: ME }),
  });
  return response.status;
}

const askWithBearer = async (token: string): Promise<number> =>
  (
    await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: ME }),
    })
  ).status;

async function audited(type: string): Promise<readonly Record<string, unknown>[]> {
  await server.access.refusals.flush();
  const { rows } = await server.pool.query<{ actor: string | null; address: string; detail: Record<string, unknown> }>(
    'SELECT actor, address, detail FROM access_event WHERE type = $1 ORDER BY position',
    [type],
  );
  return rows.map(({ actor, address, detail }) => ({ actor, address, ...detail }));
}

describe('a page that needs somebody', () => {
  test('sends a browser to sign-in, which leads back to it', async () => {
    const page = await browser.ask(`${server.url}/graphql?x=1&y=2`);
    expect([page.status, page.headers.get('location')]).toEqual([
      303,
      `/auth/sign-in?next=${encodeURIComponent('/graphql?x=1&y=2')}`,
    ]);
    const form = await browser.ask(new URL(page.headers.get('location') ?? '', server.url));
    expect(form.text).toContain('name="next" value="/graphql?x=1&amp;y=2"');
    expect(form.text).toContain(`Sign in with ${new URL(provider.issuer).host}`);
  });

  test('the sign-in page has no script, and neither keeps, frames nor sends anywhere', async () => {
    const page = await browser.ask(`${server.url}/auth/sign-in`);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/]+={0,2}'; /);
    for (const rule of ["base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"]) {
      expect(policy).toContain(rule);
    }
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.text).not.toMatch(/<script|javascript:|\son\w+=|style=|https?:\/\/(?!127)/i);
  });
});

describe('with a token', () => {
  test('a browser is signed in by a cookie that scripts and other sites do not see, and goes where it was going', async () => {
    const { text, id } = await makeToken();
    const answer = await signInWith(text, { next: '/graphql?x=1' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/graphql?x=1']);
    expect(answer.headers.get('set-cookie')).toMatch(
      /^headwater=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    expect(await askAsPage()).toBe(200);
    const editor = await browser.ask(`${server.url}/graphql`);
    expect([editor.status, editor.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(await audited('SIGNED_IN')).toContainEqual(
      expect.objectContaining({ actor: `token:${id}`, method: 'TOKEN', address: '127.0.0.1' }),
    );
    const account = await browser.ask(`${server.url}/auth/sign-in`);
    expect(account.text).toContain(`token:${id}`);
  });

  test('the cookie opens a WebSocket for our pages, and for no other', async () => {
    await signInWith((await makeToken()).text);
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
      const wanted = { name: 't', owner: 't', scopes: ['admin'] as const, writes: null, reads: null, expiresAt: null };
      const { text } = await new CreateToken(other.access.parts).execute(ASKER, wanted);
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
    const before = (await audited('REFUSED')).filter((line) => line['reason'] === reason).length;
    const answer = await signInWith(token, { next: '/graphql?x="><script>alert(1)</script>' });
    expect(answer.status).toBe(401);
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect(answer.text).toContain('This token is not good');
    expect(answer.text).not.toContain('<script>');
    expect((await audited('REFUSED')).filter((line) => line['reason'] === reason).length).toBe(before + 1);
  });

  test('a browser is out within seconds of its token', async () => {
    const { text, id } = await makeToken();
    await signInWith(text);
    expect(await askAsPage()).toBe(200);
    await new RevokeToken(server.access.parts).execute(ASKER, id);
    await expect.poll(() => askAsPage(), { timeout: 4_000 }).toBe(401);
    expect((await signInWith(text)).status).toBe(401);
  });

  test.each(['https://evil.example/', '//evil.example/', '/\\evil.example', '/.//evil.example'])(
    'next=%s leads to no other site',
    async (next) => {
      const { text } = await makeToken();
      expect((await signInWith(text, { next })).headers.get('location')).toBe('/graphql');
      const page = await browser.ask(`${server.url}/auth/sign-in?next=${encodeURIComponent(next)}`);
      expect(page.text).not.toContain('evil.example');
    },
  );

  test.each([['https://evil.example'], ['null'], [null]])(
    'a form of a page with the origin %s signs nobody in',
    async (origin) => {
      const { text } = await makeToken();
      const answer = await browser.ask(`${server.url}/auth/sign-in`, { form: { token: text }, origin });
      expect(answer.status).toBe(403);
      expect(answer.headers.getSetCookie()).toEqual([]);
    },
  );

  test('a body that is no form is refused', async () => {
    const answer = await browser.ask(`${server.url}/auth/sign-in`, {
      form: { token: (await makeToken()).text },
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
    expect([first.status, first.headers.get('location')]).toEqual([303, '/graphql']);
    expect(await askAsPage()).toBe(200);
    const second = await new Browser().ask(link);
    expect(second.status).toBe(410);
    expect(second.text).toContain('was used, or is too old');
    expect(second.headers.getSetCookie()).toEqual([]);
    expect(await audited('SIGNED_IN')).toContainEqual(
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
    await signInWith((await makeToken()).text);
    const stolen = new Browser();
    const [name = '', value = ''] = [...browser.cookies(server.url)][0] ?? [];
    stolen.setCookie(server.url, name, value);
    const answer = await browser.ask(`${server.url}/auth/sign-out`, { form: {} });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/auth/sign-in']);
    expect(browser.cookies(server.url).size).toBe(0);
    expect((await stolen.ask(`${server.url}/graphql`)).status).toBe(303);
    expect((await audited('SIGNED_OUT')).length).toBeGreaterThan(0);
  });

  test.each([['https://evil.example'], ['null'], [null]])(
    'a page with the origin %s signs nobody out',
    async (origin) => {
      await signInWith((await makeToken()).text);
      expect((await browser.ask(`${server.url}/auth/sign-out`, { form: {}, origin })).status).toBe(403);
      expect(await askAsPage()).toBe(200);
    },
  );

  test('by GET there is none', async () => {
    await signInWith((await makeToken()).text);
    expect((await browser.ask(`${server.url}/auth/sign-out`)).status).toBe(404);
    expect(await askAsPage()).toBe(200);
  });
});

describe('a session', () => {
  beforeEach(async () => {
    await signInWith((await makeToken()).text);
  });

  test.each([{ origin: 'https://evil.example' }, { origin: 'null' }, {}, { 'sec-fetch-site': 'cross-site' }])(
    'lets no page ask with it that sends %j',
    async (headers) => {
      expect(await askAsPage(headers)).toBe(403);
    },
  );

  test('lets our own pages ask, by Origin or by Sec-Fetch-Site', async () => {
    expect([await askAsPage(), await askAsPage({ 'sec-fetch-site': 'same-origin' })]).toEqual([200, 200]);
  });

  test.each([
    ['idle for longer than HEADWATER_SESSION_IDLE_MINUTES', 'seen_at = seen_at - 480::bigint * 60 * 1000000'],
    ['older than HEADWATER_SESSION_HOURS', 'expires_at = expires_at - 168::bigint * 3600 * 1000000'],
  ])('is over when it is %s', async (_, change) => {
    await server.pool.query(`UPDATE session SET ${change}`);
    expect(await askAsPage()).toBe(401);
    expect((await browser.ask(`${server.url}/graphql`)).headers.get('location')).toContain('/auth/sign-in?next=');
  });

  test('of a made-up cookie is none', async () => {
    browser.setCookie(server.url, 'headwater', 'A'.repeat(43));
    expect(await askAsPage()).toBe(401);
  });

  test('under a name without the prefix counts on this machine only', async () => {
    const open = await startServer({ HEADWATER_AUTH: 'on', HEADWATER_ALLOWED_HOSTS: 'catalog.example.org' });
    try {
      const link = `${open.url}/auth/link?code=${await new MakeSignInLink(open.access.parts).execute()}`;
      await browser.ask(link);
      const headers = { cookie: browser.cookieHeader(open.url), 'content-type': 'application/json' };
      const statusUnder = async (host: string): Promise<number | undefined> => {
        const { request } = await import('node:http');
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

describe('at the OpenID provider', () => {
  const begin = (): string => `${server.url}/auth/oidc?next=${encodeURIComponent('/auth/sign-in?x=1')}`;
  const isCallback = (url: URL): boolean => url.pathname === '/auth/oidc/callback';

  /** Goes as far as the provider's redirect back, and does not follow it. */
  async function untilCallback(bend: (url: URL) => void = () => undefined): Promise<URL> {
    let callback: URL | undefined;
    let address = new URL(begin());
    for (let hops = 0; hops < 20 && callback === undefined; hops += 1) {
      bend(address);
      const page = await browser.ask(address);
      address = new URL(page.headers.get('location') ?? '', page.url);
      if (isCallback(address)) callback = address;
    }
    if (callback === undefined) throw new Error('the provider never sent the browser back');
    return callback;
  }

  test('a person signs in by code, PKCE, state and nonce, and has the roles of mapped claims', async () => {
    const page = await browser.visit(begin());
    expect(page.url.href).toBe(`${server.url}/auth/sign-in?x=1`);
    expect(page.text).toContain('Ann &lt;b&gt;Analyst&lt;/b&gt;');
    const asked = page.by.find((url) => url.origin === provider.issuer && url.pathname === '/auth');
    expect(asked?.searchParams.get('code_challenge_method')).toBe('S256');
    for (const name of ['state', 'nonce', 'code_challenge'])
      expect(asked?.searchParams.get(name)).toMatch(/^[\w-]{43}$/);
    expect(await askAsPage()).toBe(200);
    expect(await audited('SIGNED_IN')).toContainEqual(expect.objectContaining({ method: 'OIDC', name: ANN.name }));
    expect([...browser.cookies(server.url).keys()]).toEqual(['headwater']);
  });

  test('what it began with is sealed: neither state, nonce nor verifier can be read from the cookie', async () => {
    const page = await browser.ask(begin());
    const asked = new URL(page.headers.get('location') ?? '');
    const sealed = browser.cookies(server.url).get('headwater-sign-in') ?? '';
    const bytes = Buffer.from(sealed, 'base64url').toString('latin1');
    for (const name of ['state', 'nonce']) {
      expect(sealed + bytes).not.toContain(asked.searchParams.get(name));
    }
    expect(page.headers.get('set-cookie')).toMatch(/Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/);
  });

  test.each([
    ['without the cookie that it began with', () => browser.setCookie(server.url, 'headwater-sign-in', '')],
    [
      'with a cookie that somebody changed',
      () => {
        const sealed = browser.cookies(server.url).get('headwater-sign-in') ?? '';
        browser.setCookie(
          server.url,
          'headwater-sign-in',
          `${sealed.slice(0, -2)}${sealed.endsWith('AA') ? 'BB' : 'AA'}`,
        );
      },
    ],
    [
      'with the cookie of another sign-in',
      async () => {
        const other = new Browser();
        await other.ask(begin());
        const sealed = other.cookies(server.url).get('headwater-sign-in') ?? '';
        browser.setCookie(server.url, 'headwater-sign-in', sealed);
      },
    ],
  ])('a return %s is refused', async (_, change) => {
    const callback = await untilCallback();
    await change();
    const page = await browser.ask(callback);
    expect(page.status).toBe(401);
    expect(browser.cookies(server.url).has('headwater')).toBe(false);
  });

  test('a wrong state is refused, counted and audited', async () => {
    const callback = await untilCallback();
    callback.searchParams.set('state', 'A'.repeat(43));
    const before = (await audited('REFUSED')).filter(({ reason }) => reason === 'BAD_SIGN_IN').length;
    expect((await browser.ask(callback)).status).toBe(401);
    expect((await audited('REFUSED')).filter(({ reason }) => reason === 'BAD_SIGN_IN').length).toBe(before + 1);
    expect(browser.cookies(server.url).size).toBe(0);
  });

  test('an ID token for another nonce is refused', async () => {
    const callback = await untilCallback((url) => {
      if (url.searchParams.has('nonce')) url.searchParams.set('nonce', 'A'.repeat(43));
    });
    expect((await browser.ask(callback)).status).toBe(401);
    expect(browser.cookies(server.url).has('headwater')).toBe(false);
  });

  test('a code for another verifier is refused', async () => {
    const callback = await untilCallback((url) => {
      if (url.searchParams.has('code_challenge')) url.searchParams.set('code_challenge', 'A'.repeat(43));
    });
    expect((await browser.ask(callback)).status).toBe(401);
  });

  test('a code works once, even with the cookie that it began with', async () => {
    const callback = await untilCallback();
    const sealed = browser.cookies(server.url).get('headwater-sign-in') ?? '';
    expect((await browser.ask(callback)).status).toBe(303);
    const again = new Browser();
    expect((await again.ask(callback)).status).toBe(401);
    again.setCookie(server.url, 'headwater-sign-in', sealed);
    expect((await again.ask(callback)).status).toBe(401);
    expect(again.cookies(server.url).has('headwater')).toBe(false);
  });

  test('the answer of another provider (RFC 9207) is refused', async () => {
    const callback = await untilCallback();
    callback.searchParams.set('iss', 'https://evil.example');
    expect((await browser.ask(callback)).status).toBe(401);
  });

  test('a person whom the provider refuses is told, and nothing of what it said is shown', async () => {
    provider.person = null;
    const page = await browser.visit(begin());
    expect([page.status, isCallback(page.url)]).toEqual([401, true]);
    expect(page.text).toContain('did not let you in');
    expect(page.text).not.toContain('<b>no</b>');
  });

  test('a foreign next leads home', async () => {
    const page = await browser.visit(`${server.url}/auth/oidc?next=${encodeURIComponent('//evil.example/')}`);
    expect(page.url.href).toBe(`${server.url}/graphql`);
  });

  test('a person without a role is told who they are and whom to ask, and is in once they have one', async () => {
    provider.person = { sub: 'bob', name: 'Bob', email: 'bob@example.org', email_verified: true, roles: ['admin'] };
    const page = await browser.visit(begin());
    expect(page.status).toBe(403);
    expect(page.text).toContain('role grant &#39;email:bob@example.org&#39; viewer');
    expect(browser.cookies(server.url).size).toBe(0);
    expect(await audited('REFUSED')).toContainEqual(
      expect.objectContaining({ reason: 'MISSING_SCOPE', actor: expect.stringContaining('bob') as string }),
    );
    await new GrantRole(server.access.parts).execute(ASKER, {
      subject: 'email:BOB@example.org',
      role: 'viewer',
      namespaces: null,
    });
    expect((await browser.visit(begin())).status).toBe(200);
    expect(await askAsPage()).toBe(200);
  });

  test('an e-mail address that the provider did not verify gives no role', async () => {
    provider.person = { sub: 'mallory', name: 'M', email: 'bob@example.org', email_verified: false };
    const page = await browser.visit(begin());
    expect(page.status).toBe(403);
    expect(page.text).not.toContain('email:bob@example.org');
  });

  test('begun under another name of this machine, it goes on where the provider sends it back to', async () => {
    const { port } = new URL(server.url);
    const page = await browser.ask(`http://localhost:${port}/auth/oidc?next=/graphql`, {
      headers: {},
    });
    expect(page.headers.get('location')).toBe(`${server.url}/auth/oidc?next=%2Fgraphql`);
  });

  test('a provider that is away is told as that, with what is left to do', async () => {
    const away = await startServer({
      ...provider.settings,
      HEADWATER_OIDC_ISSUER: 'http://127.0.0.1:1',
    });
    try {
      const page = await browser.ask(`${away.url}/auth/oidc`);
      expect(page.status).toBe(503);
      expect(page.text).toContain('use an API token');
      expect((await browser.ask(`${away.url}/auth/sign-in`)).status).toBe(200);
    } finally {
      await away.close();
    }
  });
});

test('where no provider is configured, there is no sign-in at one', async () => {
  const plain = await startServer({ HEADWATER_AUTH: 'on' });
  try {
    expect((await browser.ask(`${plain.url}/auth/oidc`)).status).toBe(404);
    expect((await browser.ask(`${plain.url}/auth/oidc/callback?code=x&state=y`)).status).toBe(404);
    expect((await browser.ask(`${plain.url}/auth/sign-in`)).text).not.toContain('/auth/oidc');
  } finally {
    await plain.close();
  }
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
