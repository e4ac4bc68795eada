import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessibilityFaults, DESKTOP, openPage, PHONE, visit } from '../support/chromium.js';
import { TestProvider, type Person } from '../support/oidc.js';
import { ProductInBrowser } from '../support/product-in-browser.js';

const ANN: Person = {
  sub: 'ann',
  name: 'Ann Analyst',
  email: 'ann@example.org',
  email_verified: true,
  roles: ['analysts'],
};
const BOB: Person = { sub: 'bob', name: 'Bob', email: 'bob@example.org', email_verified: true, roles: [] };

let provider: TestProvider;
beforeAll(async () => {
  provider = await TestProvider.start();
});
const served = ProductInBrowser.forFile({
  settings: () => ({ ...provider.settings, HEADWATER_FAILURES_PER_MINUTE: '200' }),
});
beforeAll(() => {
  provider.allowReturnTo(`${served.url}/auth/oidc/callback`);
});
afterAll(() => provider.close());

const heading = (page: Page): Promise<string> => page.locator('h1').innerText();
const isSignIn = (url: URL): boolean => url.pathname === '/auth/sign-in';

async function signInAtProvider(page: Page, person: Person): Promise<void> {
  provider.person = person;
  await page.goto(`${served.url}/auth/sign-in`);
  await page.getByRole('link', { name: 'Sign in with 127.0.0.1' }).click();
  await page.waitForURL((url) => url.origin === served.url && !isSignIn(url));
}

async function chooseInAccountMenu(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Account' }).click();
  await page.getByRole('menuitem', { name }).click();
}

describe('the link of a start', () => {
  test('signs a browser in once and leads to the pages; used again it says what to do', async (context) => {
    const { page, complaints, close } = await openPage(served.browser(context), DESKTOP);
    const link = served.product.signInLink;
    await page.goto(link);
    expect(page.url()).toBe(`${served.url}/`);
    await page.getByRole('heading', { name: 'What do you want to know?' }).waitFor();
    expect(complaints).toEqual([]);
    await close();

    const other = await openPage(served.browser(context), DESKTOP);
    const answer = await other.page.goto(link);
    expect([answer?.status(), await heading(other.page)]).toEqual([410, 'This link was used, or is too old']);
    await other.page.getByRole('link', { name: 'sign in with a token' }).click();
    await other.page.getByLabel('Token').waitFor();
    await other.close();
  });
});

describe('a token', () => {
  test('that is wrong is said to be at its field, and the right one leads to the page asked for', async (context) => {
    const { page, close } = await openPage(served.browser(context), DESKTOP);
    await page.goto(`${served.url}/search?q=orders`);
    expect(new URL(page.url()).pathname).toBe('/auth/sign-in');
    await page.getByLabel('Token').fill('hw_of_nobody');
    await page.keyboard.press('Enter');
    const problem = page.getByRole('alert');
    expect(await problem.innerText()).toContain('This token is not good');
    const field = page.locator('input:focus');
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    expect(await field.getAttribute('aria-describedby')).toBe(await problem.getAttribute('id'));
    expect(await field.inputValue()).toBe('');
    await page.keyboard.insertText(await served.adminToken());
    await page.keyboard.press('Enter');
    await page.waitForURL(`${served.url}/search?q=orders`);
    await page.getByRole('searchbox').waitFor();
    await close();
  });
});

describe('at the provider', () => {
  test('whoever has a role by their claims comes from the button to the catalog', async (context) => {
    const { page, complaints, close } = await openPage(served.browser(context), DESKTOP);
    await signInAtProvider(page, ANN);
    expect(page.url()).toBe(`${served.url}/`);
    await page.getByRole('heading', { name: 'What do you want to know?' }).waitFor();
    await page.getByRole('button', { name: 'Account' }).click();
    await page.getByText('Signed in as Ann Analyst').waitFor();
    expect(complaints).toEqual([]);
    await close();
  });

  test('whoever has none is told whom to ask, and is not signed in', async (context) => {
    const { page, close } = await openPage(served.browser(context), DESKTOP);
    await signInAtProvider(page, BOB);
    expect(await heading(page)).toBe('You have no role here');
    expect(await page.locator('main').innerText()).toContain(`role grant 'email:bob@example.org' viewer`);
    await page.goto(`${served.url}/`);
    expect(isSignIn(new URL(page.url()))).toBe(true);
    await close();
  });
});

describe('signing out', () => {
  test('is in the account menu, and no page opens afterwards, not even the one before', async (context) => {
    const { page, complaints, close } = await openPage(served.browser(context), DESKTOP);
    await served.signIn(page, '/start');
    await chooseInAccountMenu(page, 'Sign out');
    await page.waitForURL(isSignIn);
    await page.goto(`${served.url}/operations/tokens`);
    expect(new URL(page.url()).search).toBe(`?next=${encodeURIComponent('/operations/tokens')}`);
    await page.goBack();
    expect(isSignIn(new URL(page.url()))).toBe(true);
    await page.goBack();
    await page.waitForURL(isSignIn);
    expect(complaints).toEqual([]);
    await close();
  });

  test('elsewhere is said by an open page, live or at its next question, with the way back to where one was', async (context) => {
    const { page, close } = await openPage(served.browser(context), DESKTOP);
    await served.signIn(page);
    const live = await page.context().newPage();
    await visit(live, `${served.url}/start?with=dbt`);
    const elsewhere = await page.context().newPage();
    await visit(elsewhere, `${served.url}/`);
    await chooseInAccountMenu(elsewhere, 'Sign out');
    await elsewhere.waitForURL(isSignIn);

    await page.getByRole('link', { name: 'Search', exact: true }).click();
    for (const open of [page, live]) {
      const alert = open.getByRole('alert').first();
      await alert.getByText('You are signed out').waitFor();
      expect(await alert.innerText()).toContain('Sign in again to go on where you were');
      expect(await alert.innerText()).not.toContain('Authorization');
    }
    await live.getByRole('alert').getByRole('link', { name: 'Sign in' }).click();
    await live.getByLabel('Token').fill(await served.adminToken());
    await live.keyboard.press('Enter');
    await live.waitForURL(`${served.url}/start?with=dbt`);
    await live.getByText('dbt-ol build').waitFor();
    await close();
  });
});

test('an address that nothing is at leaves whoever is signed in within the catalog, with its search', async (context) => {
  const { page, close } = await openPage(served.browser(context), DESKTOP);
  await served.signIn(page);
  const answer = await page.goto(`${served.url}/datasets/orders`, { waitUntil: 'networkidle' });
  expect([answer?.status(), await heading(page)]).toEqual([404, 'There is no such page']);
  await page.getByText('/datasets/orders').waitFor();
  await page.getByRole('navigation', { name: 'Main navigation' }).getByRole('link', { name: 'Operations' }).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.locator('main').getByRole('button', { name: 'Search the catalog' }).click();
  await page.getByRole('dialog').locator('input').waitFor();
  await close();
});

test('nothing secret is where a script, an address or another site can read it', async (context) => {
  const { page, close } = await openPage(served.browser(context), DESKTOP);
  const addresses: string[] = [];
  page.on('framenavigated', (frame) => addresses.push(frame.url()));
  await served.signIn(page);
  await visit(page, `${served.url}/start`);
  await page.getByRole('button', { name: 'Make a token' }).click();
  await page.getByText('Copy it now', { exact: false }).waitFor();
  const made = await page.getByLabel('Token', { exact: true }).innerText();
  expect(made).toMatch(/^hw_/);
  await visit(page, `${served.url}/operations/tokens`);
  await page.getByRole('button', { name: 'Make a token' }).click();
  await page.keyboard.press('Escape');
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0);

  const cookies = await page.context().cookies();
  const session = cookies.find(({ name }) => name === 'headwater');
  expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
  const kept = await page.evaluate<unknown>(`(async () => ({
    local: { ...localStorage },
    session: { ...sessionStorage },
    databases: await indexedDB.databases(),
    caches: await caches.keys(),
    state: history.state,
    cookie: document.cookie,
  }))()`);
  expect(kept).toMatchObject({ databases: [], caches: [], session: {}, cookie: '' });
  for (const secret of [await served.adminToken(), made, session?.value ?? '']) {
    expect(secret).not.toBe('');
    expect(JSON.stringify(kept)).not.toContain(secret);
    expect(addresses.filter((address) => address.includes(secret))).toEqual([]);
  }
  expect(addresses.filter((address) => /hw_|code=/.test(address))).toEqual([]);
  await close();
});

test('a viewer finds what the role may not do explained or absent, and no button that fails', async (context) => {
  const { page, complaints, close } = await openPage(served.browser(context), DESKTOP);
  await signInAtProvider(page, ANN);
  await visit(page, `${served.url}/operations`);
  const places = await page.getByRole('navigation', { name: 'Operations' }).getByRole('link').allInnerTexts();
  expect(places).toEqual(['Overview', 'Runs', 'Events', 'Findings']);
  for (const place of ['tokens', 'members', 'audit']) {
    await visit(page, `${served.url}/operations/${place}`);
    await page.getByRole('heading', { name: 'Not for your role' }).waitFor();
    await page.getByText('Ask an administrator of this Headwater', { exact: false }).waitFor();
    expect(await page.locator('main').getByRole('button').count(), place).toBe(0);
  }
  await visit(page, `${served.url}/start`);
  await page.getByText('Ask an administrator, usually whoever runs this server').waitFor();
  expect(await page.getByRole('button', { name: 'Make a token' }).count()).toBe(0);
  expect(await page.getByLabel('curl, In a shell', { exact: true }).innerText()).toContain('<token>');
  expect(complaints).toEqual([]);
  await close();
});

const SPOKEN = {
  'en-US': {
    lang: 'en',
    signIn: 'Sign in',
    used: 'This link was used, or is too old',
    noRole: 'You have no role here',
    account: 'You are signed in',
    nothing: 'Nothing is at this address',
  },
  'de-DE': {
    lang: 'de',
    signIn: 'Anmelden',
    used: 'Dieser Link ist benutzt oder zu alt',
    noRole: 'Sie haben hier keine Rolle',
    account: 'Sie sind angemeldet',
    nothing: 'Unter dieser Adresse ist nichts',
  },
} as const;
const WINDOWS = [DESKTOP, PHONE].map(({ viewport }) => viewport ?? { width: 0, height: 0 });

describe('the pages without a script', () => {
  for (const [locale, { lang, ...headings }] of Object.entries(SPOKEN)) {
    test(`are accessible, fit and speak ${lang}: light and dark, on a desktop and a phone`, async (context) => {
      const { page, close } = await openPage(served.browser(context), { ...DESKTOP, locale });
      const judge = async (expected: string): Promise<void> => {
        expect(await heading(page)).toBe(expected);
        expect(await page.title()).toBe(`${expected} · Headwater`);
        expect(await page.locator('html').getAttribute('lang')).toBe(lang);
        for (const size of WINDOWS) {
          await page.setViewportSize(size);
          const overflow = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
          expect(overflow, `${expected} is wider than the window`).toBeLessThanOrEqual(0);
          for (const colorScheme of ['light', 'dark'] as const) {
            await page.emulateMedia({ colorScheme });
            expect(await accessibilityFaults(page), `${expected}, ${colorScheme}`).toEqual([]);
          }
        }
      };
      await page.goto(`${served.url}/nothing`);
      await judge(headings.nothing);
      await page.goto(`${served.url}/auth/link?code=nonsense`);
      await judge(headings.used);
      provider.person = BOB;
      await page.goto(`${served.url}/auth/oidc`);
      await judge(headings.noRole);
      await page.goto(`${served.url}/auth/sign-in?next=%2Fauth%2Fsign-in`);
      await judge(headings.signIn);
      await page.locator('#token').fill('nonsense');
      await page.keyboard.press('Enter');
      await page.getByRole('alert').waitFor();
      await judge(headings.signIn);
      await page.locator('#token').fill(await served.adminToken());
      await page.keyboard.press('Enter');
      await page.locator('form[action="/auth/sign-out"]').waitFor();
      await judge(headings.account);
      await close();
    });
  }

  test('speak the language that was chosen in the catalog', async (context) => {
    const { page, close } = await openPage(served.browser(context), { ...DESKTOP, locale: 'de-DE' });
    await served.signIn(page);
    await page.getByRole('button', { name: 'Konto' }).click();
    await page.getByRole('menuitem', { name: 'English' }).click();
    await chooseInAccountMenu(page, 'Sign out');
    await page.waitForURL(isSignIn);
    expect(await heading(page)).toBe('Sign in');
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await close();
  });
});
