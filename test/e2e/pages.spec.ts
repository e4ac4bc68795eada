import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Browser, type Visited } from '../support/browser.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;

beforeAll(async () => {
  server = await startServer({ HEADWATER_AUTH: 'on', HEADWATER_FAILURES_PER_MINUTE: '2' });
});
afterAll(() => server.close());

const open = (path: string, headers: Readonly<Record<string, string>> = {}): Promise<Visited> =>
  new Browser().ask(`${server.url}${path}`, { headers });

describe('an address that nothing is at', () => {
  const NOWHERE = '/nothing/"><script>alert(1)</script>?x=<b>';

  test('is a page for a browser, with a way on and the trace, and nothing of the address', async () => {
    const page = await open(NOWHERE, { traceparent: `00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-01` });
    expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
    expect(page.text).toContain('<h1>Nothing is at this address</h1>');
    expect(page.text).toContain('<a class="button" href="/">To the catalog</a>');
    expect(page.text).toContain(`<code>${'ab'.repeat(16)}</code>`);
    expect(page.text).not.toMatch(/script|alert|nothing\//);
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
  });

  test.each<[string, RequestInit]>([
    ['asks for no page', { headers: { accept: 'application/json' } }],
    ['takes anything', { headers: { accept: '*/*' } }],
    ['shows a token', { headers: { accept: 'text/html', authorization: 'Bearer x' } }],
    ['sends something', { method: 'POST', headers: { accept: 'text/html' } }],
  ])('is a problem for a program that %s', async (_, init) => {
    const answer = await fetch(`${server.url}/nothing`, init);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      404,
      'application/problem+json; charset=utf-8',
    ]);
    expect(await answer.json()).toMatchObject({ code: 'NOT_FOUND', instance: '/nothing' });
  });

  test('is told in the language of the browser, or the one that was chosen in the catalog', async () => {
    const german = { 'accept-language': 'de-DE,de;q=0.9,en;q=0.8' };
    const page = await open('/nothing', german);
    expect(page.text).toContain('<html lang="de">');
    expect(page.text).toContain('<h1>Unter dieser Adresse ist nichts</h1>');
    const chosen = await open('/nothing', { ...german, cookie: 'headwater-language=en' });
    expect(chosen.text).toContain('<html lang="en">');
    expect(chosen.text).toContain('<h1>Nothing is at this address</h1>');
  });
});

test('sign-in speaks German from its first page to the last try', async () => {
  const browser = new Browser();
  const headers = { 'accept-language': 'de' };
  const signIn = `${server.url}/auth/sign-in`;
  expect((await browser.ask(signIn, { headers })).text).toContain('Mit dem Token anmelden');
  const wrong = await browser.ask(signIn, { headers, form: { token: 'nonsense' } });
  expect([wrong.status, wrong.text]).toEqual([401, expect.stringContaining('Dieses Token gilt nicht')]);
  const link = await browser.ask(`${server.url}/auth/link?code=nonsense`, { headers });
  expect([link.status, link.text]).toEqual([410, expect.stringContaining('Dieser Link ist benutzt oder zu alt')]);
  const often = await browser.ask(signIn, { headers, form: { token: 'nonsense' } });
  expect(often.status).toBe(429);
  expect(often.text).toMatch(/zu viele falsche Versuche\. Versuchen Sie es in \d+ s noch einmal/);
  expect(often.text).toContain('<html lang="de">');
});
