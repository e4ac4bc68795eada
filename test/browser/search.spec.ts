import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { ASSET_EVENTS } from '../support/asset-events.js';
import { accessibilityFaults, DESKTOP, PHONE } from '../support/chromium.js';
import { pagesShowing } from '../support/pages.js';

/** More than a page of results, all of one word. */
const ARCHIVE = Array.from({ length: 30 }, (_, number) => ({
  eventTime: new Date(Date.UTC(2026, 1, 1, number)).toISOString(),
  producer: 'https://shop.example/archive',
  schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/DatasetEvent',
  dataset: { namespace: 's3://shop-archive', name: `closed/ledger_${String(number).padStart(2, '0')}` },
}));

const results = (page: Page) => page.getByRole('list', { name: 'Results' });
const links = (page: Page) => results(page).locator('[data-hit]');
const count = (page: Page) => page.getByText(/^(\d+|One) results?/);
const focused = (page: Page) => page.evaluate<string>('document.activeElement.textContent');
const parameter = (page: Page, name: string) => new URL(page.url()).searchParams.getAll(name);

describe('the search page', () => {
  const pages = pagesShowing([...ASSET_EVENTS, ...ARCHIVE]);

  test('finds a dataset by a half-remembered field, marks it, and says why it stands where it does', async (context) => {
    const { page, close } = await pages.open(context, '/search', DESKTOP);
    expect(await page.evaluate('document.activeElement.type')).toBe('search');
    await page.keyboard.type('statu');
    await page.waitForURL(/q=statu$/);
    await count(page).filter({ hasText: 'One result' }).waitFor();
    const hit = results(page).getByRole('listitem');
    expect(await hit.innerText()).toMatch(/^orders[^]*shop[^]*field: status[^]*Found in [^]*field[^]* · changed/);
    expect(await hit.locator('mark').allInnerTexts()).toContain('status');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Dataset orders', level: 1 }).waitFor();
    await page.getByRole('heading', { name: 'Comes from' }).waitFor();
    await page.goBack();
    await hit.waitFor();
    expect(await page.getByRole('searchbox').inputValue()).toBe('statu');
    await expect.poll(() => focused(page), { message: 'goes on at the result that was opened' }).toBe('orders');
    await close();
  });

  test('shows the whole name, marked where the match is in the part of it that people do not say', async (context) => {
    const { page, close } = await pages.open(context, '/search?q=closed', DESKTOP);
    const hits = results(page).getByRole('listitem');
    await count(page).filter({ hasText: '30 results' }).waitFor();
    const texts = await hits.allInnerTexts();
    expect(texts).toHaveLength(25);
    for (const text of texts)
      expect(text).toMatch(/^ledger_\d\d\n+s3:\/\/shop-archive · closed\/ledger_\d\d\n+Found in name/);
    expect(await hits.first().locator('mark').allInnerTexts()).toEqual(['closed']);
    await page.getByText('The best match is first: names count most', { exact: false }).waitFor();
    await page.getByLabel('Order').selectOption('Name');
    await page.waitForURL(/order=NAME/);
    await expect.poll(() => page.getByText('The best match is first', { exact: false }).count()).toBe(0);
    await close();
  });

  test('is open over every page: takes every letter, finds fields, and leads to what has them', async (context) => {
    const { page, complaints, close } = await pages.open(context, '/operations', DESKTOP);
    // As fast as keys come, so that some are there before the field is.
    await page.keyboard.type('/statu');
    const field = page.getByRole('dialog').locator('input');
    await expect.poll(() => field.inputValue()).toBe('statu');
    const found = page.getByRole('dialog').locator('.mantine-Spotlight-action', { hasText: 'Field status' });
    await found.waitFor();
    expect(await found.innerText()).toMatch(/^orders/);
    expect(await found.locator('mark').allInnerTexts()).toEqual(['status']);
    await found.click();
    await page.getByRole('heading', { name: 'Dataset orders', level: 1 }).waitFor();
    expect(complaints).toEqual([]);
    await close();
  });

  test('counts by facet; what one chooses stands in the address, goes one by one, and comes back', async (context) => {
    const { page, close } = await pages.open(context, '/search?q=orders', DESKTOP);
    const all = await count(page).innerText();
    const job = page.getByRole('checkbox', { name: 'Job (2)' });
    await job.check();
    await page.waitForURL(/kind=JOB/);
    await count(page).filter({ hasText: '2 results' }).waitFor();
    await page.getByRole('checkbox', { name: 'Without owner' }).check();
    await page.waitForURL(/unowned=1/);
    const chosen = page.getByRole('group', { name: 'Chosen filters' }).getByRole('button');
    expect(await chosen.allInnerTexts()).toEqual(['Job', 'Without owner', 'Clear all filters']);
    await page.getByRole('button', { name: 'Remove the filter Job' }).click();
    await expect.poll(() => parameter(page, 'kind')).toEqual([]);
    expect(parameter(page, 'unowned')).toEqual(['1']);
    await page.goBack();
    await page.getByRole('button', { name: 'Remove the filter Job' }).waitFor();
    await page.goBack();
    await page.goBack();
    await count(page).filter({ hasText: all }).waitFor();
    expect(new URL(page.url()).search).toBe('?q=orders');
    await page.goForward();
    await count(page).filter({ hasText: '2 results' }).waitFor();
    expect(await job.isChecked()).toBe(true);
    await close();
  });

  test('follows the address in its words too, while one is typing', async (context) => {
    const { page, close } = await pages.open(context, '/search?q=orders', DESKTOP);
    await page.getByRole('checkbox', { name: /^Job/ }).check();
    await page.waitForURL(/kind=JOB/);
    await page.getByRole('searchbox').fill('forecast');
    await page.waitForURL(/q=forecast/);
    await page.goBack();
    await expect.poll(() => page.getByRole('searchbox').inputValue()).toBe('orders');
    await close();
  });

  test('is walked with the arrow keys, which mean what they mean in the choice of an order', async (context) => {
    const { page, close } = await pages.open(context, '/search?q=ledger&order=NAME', DESKTOP);
    await links(page).first().waitFor();
    expect((await links(page).allInnerTexts()).slice(0, 2)).toEqual(['ledger_00', 'ledger_01']);
    await page.keyboard.press('ArrowDown');
    expect(await focused(page)).toBe('ledger_00');
    await page.keyboard.press('ArrowDown');
    expect(await focused(page)).toBe('ledger_01');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    expect(await page.evaluate('document.activeElement.type')).toBe('search');
    await page.getByLabel('Order').focus();
    await page.keyboard.press('ArrowUp');
    await page.waitForURL(/order=UPDATED_AT/);
    await links(page).filter({ hasText: 'ledger_29' }).waitFor();
    expect((await links(page).allInnerTexts())[0]).toBe('ledger_29');
    await page.goBack();
    await expect.poll(() => parameter(page, 'order')).toEqual(['NAME']);
    await close();
  });

  test('goes on page by page, each result once, the keyboard at the first new one', async (context) => {
    const { page, close } = await pages.open(context, '/search?q=ledger&order=NAME', DESKTOP);
    await count(page).filter({ hasText: '30 results' }).waitFor();
    expect(await links(page).count()).toBe(25);
    await page.getByRole('button', { name: 'Show more' }).press('Enter');
    await expect.poll(() => links(page).count()).toBe(30);
    expect(new Set(await links(page).allInnerTexts()).size).toBe(30);
    await expect.poll(() => focused(page)).toBe('ledger_25');
    expect(await page.getByRole('button', { name: 'Show more' }).count()).toBe(0);
    await close();
  });

  test('takes a typing mistake for what was meant, and says so', async (context) => {
    const { page, close } = await pages.open(context, '/search?q=forcast', DESKTOP);
    await page.getByText('Nothing has all these words; this comes closest.').waitFor();
    expect(await links(page).allInnerTexts()).toContain('forecast');
    await close();
  });

  test('says what to try where nothing fits', async (context) => {
    const { page, complaints, close } = await pages.open(context, '/search?q=zzqx', DESKTOP);
    await page.getByText('Nothing fits.').waitFor();
    await page.getByText(/names, fields, descriptions and tags are looked through/).waitFor();
    await page.getByRole('searchbox').fill('ledger');
    await page.getByRole('checkbox', { name: 'Dataset (30)' }).check();
    await page.getByRole('searchbox').fill('nightly');
    await page.getByText(/look without the filters/).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Clear all filters' }).last().click();
    await links(page).filter({ hasText: 'nightly' }).waitFor();
    expect(new URL(page.url()).search).toBe('?q=nightly');
    expect(complaints).toEqual([]);
    await close();
  });

  test('shows its filters on a phone when they are asked for, in both themes', async (context) => {
    const { page, close } = await pages.open(context, '/search?q=orders&kind=DATASET', PHONE);
    const filters = page.getByRole('button', { name: 'Filters', exact: true });
    expect(await page.getByRole('checkbox').count()).toBe(0);
    expect(await filters.getAttribute('aria-expanded')).toBe('false');
    await filters.click();
    await page.getByRole('checkbox', { name: /^Dataset/ }).waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor();
      expect(await accessibilityFaults(page), colorScheme).toEqual([]);
    }
    await close();
  });
});
