import { GrantRole } from '@headwater/application/access/grant-role';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { NO_DOMAINS } from '../support/access.js';
import { Browser } from '../support/browser.js';
import { TestProvider, type Person } from '../support/oidc.js';
import { askAsPage, ASKER, audited, countOf } from '../support/sign-in.js';
import { startServer, type TestServer } from '../support/server.js';

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

  test('is what the sign-in page offers first', async () => {
    const page = await browser.ask(`${server.url}/auth/sign-in?next=%2Fgraphql`);
    expect(page.text).toContain('href="/auth/oidc?next=%2Fgraphql"');
    expect(page.text).toContain(`Sign in with ${new URL(provider.issuer).host}`);
  });

  test('a person signs in by code, PKCE, state and nonce, and has the roles of mapped claims', async () => {
    const page = await browser.visit(begin());
    expect(page.url.href).toBe(`${server.url}/auth/sign-in?x=1`);
    expect(page.text).toContain('Ann &lt;b&gt;Analyst&lt;/b&gt;');
    const asked = page.by.find((url) => url.origin === provider.issuer && url.pathname === '/auth');
    expect(asked?.searchParams.get('code_challenge_method')).toBe('S256');
    for (const name of ['state', 'nonce', 'code_challenge'])
      expect(asked?.searchParams.get(name)).toMatch(/^[\w-]{43}$/);
    expect(await askAsPage(server.url, browser)).toBe(200);
    expect(await audited(server, 'SIGNED_IN')).toContainEqual(
      expect.objectContaining({ method: 'OIDC', name: ANN.name }),
    );
    expect([...browser.cookies(server.url).keys()]).toEqual(['headwater']);
  });

  test('whoever signs in is known to the catalog by subject and verified address, once however often', async () => {
    for (let times = 0; times < 2; times += 1) await new Browser().visit(begin());
    const { rows } = await server.pool.query<{ said: Record<string, unknown> }>(
      `SELECT convert_from(body, 'UTF8')::json AS said FROM event_log WHERE kind = 'EDIT'`,
    );
    const ofAnn = rows.map(({ said }) => said).filter(({ email }) => email === ANN.email);
    expect(ofAnn).toMatchObject([
      { edit: 'agents', action: 'SIGN_IN', node: `agent:user:${ANN.sub}`, subject: ANN.sub, by: { name: ANN.name } },
    ]);
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

  test.each<[string, (sealed: string) => string | Promise<string>]>([
    ['without the cookie that it began with', () => ''],
    ['with a cookie that somebody changed', (sealed) => `${sealed.slice(0, -2)}${sealed.endsWith('AA') ? 'BB' : 'AA'}`],
    [
      'with the cookie of another sign-in',
      async () => {
        const other = new Browser();
        await other.ask(begin());
        return other.cookies(server.url).get('headwater-sign-in') ?? '';
      },
    ],
  ])('a return %s is refused', async (_, change) => {
    const callback = await untilCallback();
    const sealed = browser.cookies(server.url).get('headwater-sign-in') ?? '';
    browser.setCookie(server.url, 'headwater-sign-in', await change(sealed));
    const page = await browser.ask(callback);
    expect(page.status).toBe(401);
    expect(browser.cookies(server.url).has('headwater')).toBe(false);
  });

  test('a wrong state is refused, counted and audited', async () => {
    const callback = await untilCallback();
    callback.searchParams.set('state', 'A'.repeat(43));
    const before = await countOf(server, 'BAD_SIGN_IN');
    expect((await browser.ask(callback)).status).toBe(401);
    expect(await countOf(server, 'BAD_SIGN_IN')).toBe(before + 1);
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
    expect(page.url.href).toBe(`${server.url}/`);
  });

  test('a person without a role is told who they are and whom to ask, and is in once they have one', async () => {
    provider.person = { sub: 'bob', name: 'Bob', email: 'bob@example.org', email_verified: true, roles: ['admin'] };
    const page = await browser.visit(begin());
    expect(page.status).toBe(403);
    expect(page.text).toContain('role grant &#39;email:bob@example.org&#39; viewer');
    expect(browser.cookies(server.url).size).toBe(0);
    expect(await audited(server, 'REFUSED')).toContainEqual(
      expect.objectContaining({ reason: 'NO_ROLE', actor: expect.stringContaining('bob') as string }),
    );
    await new GrantRole(server.access.parts, NO_DOMAINS).execute(ASKER, {
      subject: 'email:BOB@example.org',
      role: 'viewer',
      namespaces: null,
    });
    expect((await browser.visit(begin())).status).toBe(200);
    expect(await askAsPage(server.url, browser)).toBe(200);
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
