import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { ASSET_EVENTS, EARLIER, FAILED_LOAD, FORECAST, LOAD_ORDERS, ORDERS } from '../support/asset-events.js';
import { accessibilityFaults, DESKTOP, visit } from '../support/chromium.js';
import { pagesShowing } from '../support/pages.js';

const pathTo = (id: string, asOf: string, more = ''): string =>
  `/asset?id=${encodeURIComponent(id)}&asOf=${asOf}${more}`;
const section = (page: Page, heading: string) =>
  page.locator('section').filter({ has: page.getByRole('heading', { name: heading, exact: true, level: 2 }) });

describe('the page of an asset as of a moment', () => {
  const pages = pagesShowing(ASSET_EVENTS);

  test('tells which details are of now, and how the jobs around it stood then', async (context) => {
    const { page, close } = await pages.open(context, pathTo(ORDERS, EARLIER), DESKTOP);
    expect(await section(page, 'Details').innerText()).toMatch(
      /First known[^]*As it is now, not as it was then:[^]*Type\s+TABLE[^]*Last statement\s+Mar 6, 2026/,
    );
    const jobs = section(page, 'Jobs that write and read it');
    expect(await jobs.innerText()).toMatch(/load-orders\s+shop\s+Completed\s+Mar 2, 2026, 7:07\sAM/);
    expect(await jobs.innerText()).not.toMatch(/Observed|Failed/);
    await visit(page, pages.address(pathTo(ORDERS, '2026-03-02T06:05:00Z')));
    expect(await jobs.innerText()).toMatch(/load-orders\s+shop\s+Running\s+Mar 2, 2026, 7:01\sAM/);
    await jobs.getByRole('link', { name: 'Running' }).click();
    await page.getByRole('heading', { level: 1, name: /^Run load-orders/ }).waitFor();
    expect(new URL(page.url()).searchParams.get('asOf')).toBe('2026-03-02T06:05:00Z');
    await close();
  });

  test('shows the type and the description that a field had then', async (context) => {
    const total = `${ORDERS.replace('dataset:', 'field:')}:total`;
    const { page, close } = await pages.open(context, pathTo(total, EARLIER), DESKTOP);
    expect(await section(page, 'Description').innerText()).toMatch(/In euro$/);
    const number = `${ORDERS.replace('dataset:', 'field:')}:id`;
    await visit(page, pages.address(pathTo(number, EARLIER)));
    expect(await section(page, 'Details').innerText()).toMatch(/Type\s+INTEGER[^]*Full name\s+id$/);
    await page.getByRole('button', { name: 'Back to now' }).click();
    await section(page, 'Details').getByText('BIGINT').waitFor();
    await close();
  });

  test('leaves out schemas, facets, events and runs that came later, and says how many', async (context) => {
    const { page, close } = await pages.open(context, pathTo(ORDERS, EARLIER, '&tab=schema'), DESKTOP);
    const schemas = section(page, 'Schemas it had');
    await schemas.getByText('One later schema is not shown.').waitFor();
    expect(await schemas.getByRole('row').count()).toBe(1 + 1);
    expect(await schemas.getByRole('row').nth(1).innerText()).toContain('Held then');
    expect(await section(page, 'Compare').count()).toBe(0);
    await page.getByRole('tab', { name: 'Facets' }).click();
    await page.getByText(/^\d later facets are not shown\.$/).waitFor();
    await page.getByText('Facets that were replaced or taken back since are not kept.').waitFor();
    expect(await page.getByRole('button', { name: /^schema / }).count(), 'of March 4').toBe(0);
    await page.getByRole('button', { name: /^ownership / }).waitFor();
    await page.getByRole('tab', { name: 'Events' }).click();
    await page.getByText(/^\d+ events that count for later moments are not shown\.$/).waitFor();
    await visit(page, pages.address(pathTo(LOAD_ORDERS, EARLIER)));
    expect(await section(page, 'Latest run').innerText()).toMatch(/Completed[^]*Started\s+Mar 2, 2026, 7:01\sAM/);
    expect(await section(page, 'Recent runs').innerText()).toMatch(
      /Mar 2, 2026[^]*Mar 1[^]*4 later runs are not shown\./,
    );
    await visit(page, pages.address(pathTo(FORECAST, EARLIER)));
    const versions = section(page, 'Versions');
    await versions.getByText('One later version is not shown.').waitFor();
    expect(await versions.getByRole('link', { name: '2.1' }).count()).toBe(0);
    expect(await accessibilityFaults(page)).toEqual([]);
    await close();
  });

  test('shows a run as it stood then: not begun, running, failed', async (context) => {
    const { page, close } = await pages.open(context, pathTo(FAILED_LOAD, '2026-03-06T06:05:00Z'), DESKTOP);
    const details = section(page, 'Details');
    expect(await details.innerText()).toMatch(/State\s+Running[^]*As it is now[^]*Ended\s+Mar 6, 2026, 7:07\sAM/);
    expect(await page.getByText('What went wrong').count()).toBe(0);
    expect(await page.getByText('No later run of the job has completed.').count()).toBe(0);
    await section(page, 'Timeline').getByText('4 min so far').waitFor();
    await visit(page, pages.address(pathTo(FAILED_LOAD, '2026-03-06T06:07:00Z')));
    expect(await details.innerText()).toMatch(/State\s+Failed/);
    await page.getByText('What went wrong').waitFor();
    await visit(page, pages.address(pathTo(FAILED_LOAD, '2026-03-05T00:00:00Z')));
    await page.getByText(/Nothing was known of it then/).waitFor();
    await close();
  });
});
