import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { DESKTOP, openPage, visit } from '../support/chromium.js';
import { ProductInBrowser } from '../support/product-in-browser.js';
import { CLIENTS } from '../../apps/catalog-ui/src/pages/start/snippets.js';

const run = promisify(execFile);

/** What the page offers to copy under a client's tab, one text a block. */
const snippetsOn = (page: Page): Promise<readonly string[]> =>
  page.getByRole('tabpanel').locator('pre').allInnerTexts();

describe('an empty product', () => {
  const served = ProductInBrowser.forFile();

  test('leads from home to a first event and its lineage, without a reload', async (context) => {
    const { page, complaints, close } = await openPage(served.browser(context), DESKTOP);
    await served.signIn(page);
    const other = await page.context().newPage();
    await visit(other, served.url);
    await other.getByRole('heading', { name: 'Nothing here yet' }).waitFor();
    await page.locator('main').getByRole('link', { name: /send/i }).click();
    await page.waitForURL(`${served.url}/start`);
    await page.getByText('Waiting for an event').waitFor();

    const lack = 'No token in it yet: make one above, and it is put in here.';
    const copy = page.getByRole('button', { name: /^Copy: curl, In a shell/ });
    expect(await copy.getAttribute('aria-label')).toContain(lack);
    await page.getByText(lack, { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Make a token' }).click();
    await page.getByText('Copy it now', { exact: false }).waitFor();
    const token = await page.getByLabel('Token', { exact: true }).innerText();
    expect(await page.getByText(lack, { exact: true }).count()).toBe(0);
    expect(await copy.getAttribute('aria-label')).toBe('Copy: curl, In a shell');
    const clients: Record<string, readonly string[]> = {};
    for (const client of CLIENTS) {
      await page.getByRole('tab', { name: client, exact: false }).click();
      await page.getByRole('tabpanel').waitFor();
      clients[client] = await snippetsOn(page);
    }
    for (const [client, snippets] of Object.entries(clients)) {
      expect(snippets.join('\n'), client).toContain(served.url);
      expect(snippets.join('\n'), client).toContain(token);
      expect(snippets.join('\n'), client).not.toContain('<token>');
    }

    const navigations: string[] = [];
    page.on('framenavigated', (frame) => navigations.push(frame.url()));
    const { stdout } = await run('bash', ['-c', clients['curl']?.[0] ?? '']);
    expect(stdout.trim().split('\n').at(-1)).toBe('HTTP 201');
    await page.getByText('The first event is here').waitFor();
    expect(navigations).toEqual([]);
    // A home page that stood open comes alive too.
    await other.locator('main').getByRole('link', { name: 'revenue' }).first().waitFor();
    await other.close();
    const arrived = page.getByRole('list', { name: 'What arrives' });
    await expect.poll(() => arrived.getByRole('link').allInnerTexts()).toEqual(['revenue', 'orders', 'first-job']);

    await page.getByRole('link', { name: 'See its lineage' }).click();
    await page.waitForURL(/\/lineage\?/);
    const canvas = page.locator('.react-flow');
    for (const name of ['orders', 'first-job', 'revenue']) await canvas.getByText(name).first().waitFor();
    await page.getByRole('link', { name: 'Home' }).click();
    await page.locator('main').getByRole('link', { name: 'revenue' }).first().click();
    await page.getByRole('heading', { level: 1, name: 'revenue' }).waitFor();
    expect(complaints).toEqual([]);
    await close();
  });

  test('loads the example at a click, and keeps what came before', { timeout: 90_000 }, async (context) => {
    const { page, complaints, close } = await openPage(served.browser(context), DESKTOP);
    await served.signIn(page, '/start');
    const load = page.getByRole('button', { name: 'Load the example' });
    await load.click();
    await page.getByText(/^Loaded: \d+ events/).waitFor();
    await served.product.caughtUp();
    for (const [query, found] of [
      ['daily_claims', 'daily_claims'],
      ['mart.revenue', 'revenue'],
    ] as const) {
      await visit(page, `${served.url}/search?q=${query}`);
      await page.getByRole('list', { name: 'Results' }).getByRole('link', { name: found }).first().waitFor();
    }
    expect(complaints).toEqual([]);
    await close();
  });
});
