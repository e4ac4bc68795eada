import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { ASSET_EVENTS, EARLIER, FAILED_LOAD, FORECAST, LOAD_ORDERS, NIGHTLY, ORDERS } from '../support/asset-events.js';
import { accessibilityFaults, DESKTOP, PHONE, visit } from '../support/chromium.js';
import { pagesShowing } from '../support/pages.js';

const pathTo = (id: string, more = ''): string => `/asset?id=${encodeURIComponent(id)}${more}`;
const section = (page: Page, heading: string) =>
  page.locator('section').filter({ has: page.getByRole('heading', { name: heading, exact: true, level: 2 }) });

describe('the page of an asset', () => {
  const pages = pagesShowing(ASSET_EVENTS);

  test('says who answers for it and what is put on it, each with its source', async (context) => {
    const { page, close } = await pages.open(context, pathTo(ORDERS), DESKTOP);
    const owners = await section(page, 'Owners').getByRole('listitem').allInnerTexts();
    expect(owners).toHaveLength(2);
    for (const [owner, name, role] of [
      [owners.find((text) => text.startsWith('shop')), 'shop', 'Maintainer'],
      [owners.find((text) => text.startsWith('ada')), 'ada', 'Steward'],
    ]) {
      expect(owner).toContain(name);
      expect(owner).toContain(role);
      expect(owner).toMatch(/From an event, since Mar 1, 2026, 7:01\sAM/);
      expect(owner).toMatch(/Sent by https:\/\/shop\.example\/pipelines in event \d+/);
    }
    expect(await section(page, 'Tags').getByRole('listitem').innerText()).toMatch(/tier=gold[^]*From an event/);
    expect(await section(page, 'Also known as').innerText()).toMatch(/orders[^]*a producer says so \(symlinks\)/);
    await page.getByRole('link', { name: 'ada' }).click();
    const owned = section(page, 'What it answers for');
    expect(await owned.getByRole('listitem').innerText()).toMatch(/orders[^]*Steward[^]*Sent by https:\/\/shop/);
    await owned.getByRole('link', { name: 'Search it' }).click();
    await page.getByRole('list', { name: 'Results' }).getByRole('link', { name: 'orders' }).waitFor();
    await close();
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`shows its description as it was marked up, and nothing that runs (${colorScheme})`, async (context) => {
      const { page, complaints, close } = await pages.open(context, pathTo(ORDERS), { ...PHONE, colorScheme });
      const description = section(page, 'Description');
      expect(await description.getByRole('heading', { level: 3 }).innerText()).toBe('Orders');
      expect(await description.locator('strong').innerText()).toBe('as the shop took it');
      expect(await description.getByRole('link').allInnerTexts()).toEqual(['the handbook']);
      expect(await description.locator('img, script').count()).toBe(0);
      expect(await description.getByRole('listitem').allInnerTexts()).toHaveLength(2);
      expect(await description.getByRole('img', { name: /^(Not d|D)one$/ }).count()).toBe(2);
      expect(await page.title()).toMatch(/^orders · /);
      const table = description.getByRole('group', { name: 'Table' });
      const sizes = await page.evaluate<number[]>(`(({ scrollWidth, clientWidth }) =>
        [scrollWidth - clientWidth, document.documentElement.scrollWidth])(document.querySelector('[role=group].hw-wide'))`);
      expect(sizes[0], 'what is hidden of the table').toBeGreaterThan(100);
      expect(sizes[1], 'the page is wider than the window').toBeLessThanOrEqual(390);
      await table.focus();
      await page.keyboard.press('ArrowRight');
      await expect
        .poll(() => page.evaluate(`document.querySelector('[role=group].hw-wide').scrollLeft`))
        .toBeGreaterThan(0);
      const line = await description.getByRole('cell', { name: 'payments' }).boundingBox();
      expect(line?.height, 'words of a cell stay whole').toBeLessThan(120);
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(complaints).toEqual([]);
      await close();
    });
  }

  test('compares two schemas field by field, and the address names them', async (context) => {
    const { page, close } = await pages.open(context, pathTo(ORDERS), DESKTOP);
    await section(page, 'Fields').getByRole('link', { name: 'History' }).click();
    const rows = section(page, 'Compare').getByRole('row');
    await rows.first().waitFor();
    const said = (await rows.allInnerTexts()).map((row) => row.replaceAll(/\s+/g, ' ').trim());
    expect(said).toEqual([
      'Field Change Before After',
      'id Type INTEGER BIGINT',
      'total Description NUMERIC In euro NUMERIC In cent',
      'status Perhaps renamed Description from note to status VARCHAR VARCHAR Where it stands',
    ]);
    const earlier = section(page, 'Compare').getByLabel('Earlier schema');
    const later = await section(page, 'Compare').getByLabel('Later schema').inputValue();
    await earlier.selectOption(later);
    await page.getByText('The two schemas list the same fields.').waitFor();
    expect(new URL(page.url()).searchParams.get('before')).toBe(later);
    await page.getByRole('checkbox', { name: 'Show what is the same' }).check();
    expect(await rows.count()).toBe(4);
    await close();
  });

  test('shows quality facts as tables, with charts beside them', async (context) => {
    const { page, close } = await pages.open(context, pathTo(ORDERS), DESKTOP);
    const alert = page.getByRole('alert').filter({ hasText: 'One check did not hold' });
    expect(await alert.innerText()).toContain('unique · id');
    await alert.getByRole('link', { name: 'See the quality facts' }).click();
    const checks = section(page, 'Checks').getByRole('row');
    await checks.first().waitFor();
    expect(await checks.nth(1).innerText()).toMatch(/Failed[^]*unique[^]*id[^]*4 of 6 held/);
    expect(await checks.nth(2).innerText()).toMatch(/Held[^]*not_null[^]*total[^]*6 of 6 held/);
    expect(
      await section(page, 'Measurements')
        .getByRole('row', { name: /rowCount/ })
        .innerText(),
    ).toContain('410');
    const chart = page.getByRole('img', { name: 'rowCount over time, 5 values from 410 to 1,200' });
    await chart.locator('path.recharts-line-curve').waitFor();
    await close();
  });

  test('leads from a wrong dataset to the failure behind it and the rest of that night', async (context) => {
    const { page, close } = await pages.open(context, pathTo(ORDERS), DESKTOP);
    const writers = section(page, 'Jobs that write and read it');
    await writers.getByRole('link', { name: 'Failed' }).click();
    const failure = page.getByRole('alert').filter({ hasText: 'What went wrong' });
    expect(await failure.innerText()).toContain('duplicate key value violates unique constraint "orders_pkey"');
    expect(await failure.getByLabel('Stack trace', { exact: true }).innerText()).toContain('line 12, in load');
    expect(await section(page, 'Versions').innerText()).toMatch(/Made[^]*orders[^]*Partial/);
    await section(page, 'Details').getByRole('link', { name: 'nightly' }).click();
    await page.getByRole('heading', { level: 1, name: /^Run nightly/ }).waitFor();
    const lines = page.getByRole('list', { name: 'Timeline' }).getByRole('listitem');
    await expect
      .poll(() => lines.getByRole('link').allInnerTexts())
      .toEqual(['nightly', 'load-orders', 'check-orders']);
    await page.goBack();
    await failure.waitFor();
    await close();
  });

  test('shows runs on a timeline that arrow keys walk', async (context) => {
    const { page, close } = await pages.open(context, pathTo(NIGHTLY, '&tab=runs'), DESKTOP);
    const list = page.getByRole('list', { name: 'Timeline' });
    const focused = () => page.evaluate<string>('document.activeElement.textContent');
    const links = list.getByRole('link');
    await links.first().waitFor();
    const ofNights = await links.allInnerTexts();
    expect(ofNights.slice(1, 3)).toEqual(['load-orders', 'check-orders']);
    expect(ofNights).toHaveLength(6 + 2);
    await links.first().focus();
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toBe('load-orders');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => links.count()).toBe(6);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => links.count()).toBe(8);
    const first = list.getByRole('listitem').first();
    expect(await first.getByRole('img').first().getAttribute('aria-label')).toBe('Failed');
    expect(await first.getByRole('button').getAttribute('aria-expanded')).toBe('false');
    expect(await first.getByRole('button').getAttribute('aria-label')).toBe(`Unfold ${ofNights[0] ?? ''}`);
    await page.getByText('On the clock').click();
    await page
      .getByText(/^Mar 6/)
      .first()
      .waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('Tab');
    await links.nth(1).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: /^Run nightly/ }).waitFor();
    await close();
  });

  test('shows who writes and reads it, its versions, and one step of lineage that leads to the explorer', async (context) => {
    const { page, close } = await pages.open(context, pathTo(ORDERS), DESKTOP);
    const jobs = section(page, 'Jobs that write and read it');
    expect(await jobs.innerText()).toMatch(/Written by[^]*load-orders[^]*Read by[^]*check-orders[^]*train-forecast/);
    const flow = section(page, 'Lineage, one step each way');
    expect(await flow.innerText()).toMatch(
      /Comes from[^]*s3:\/\/shop-landing[^]*by load-orders[^]*Goes to[^]*forecast/,
    );
    await page.getByRole('tab', { name: 'Versions' }).click();
    const versions = section(page, 'Versions').getByRole('row');
    await versions.first().waitFor();
    expect(await versions.count()).toBe(1 + 6);
    expect(await versions.nth(1).innerText()).toMatch(/Partial[^]*load-orders[^]*Failed/);
    await versions.nth(3).getByRole('link').first().click();
    await section(page, 'Runs that read it').getByRole('link', { name: 'train-forecast' }).waitFor();
    await page.goBack();
    await page.goBack();
    await flow.getByRole('link', { name: 'Open lineage' }).click();
    await page.waitForURL(/\/lineage\?root=dataset/);
    await page.getByRole('heading', { level: 1, name: /orders/ }).waitFor();
    await close();
  });

  test('shows facets and events as received, with what was odd about them', async (context) => {
    const { page, complaints, close } = await pages.open(context, pathTo(ORDERS, '&tab=facets'), DESKTOP);
    await page.getByRole('button', { name: /^shop_retention .* Unknown kind$/ }).press('Enter');
    await page.getByLabel('shop_retention', { exact: true }).getByText('"days": 30').waitFor();
    await page
      .getByRole('button', { name: /^lifecycleStateChange .* Does not fit its schema One finding$/ })
      .press('Enter');
    await page.getByText('FACET_INVALID').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('tab', { name: 'Events' }).click();
    const event = page.getByRole('button', { name: /^Run event · Failure load-orders One finding/ });
    await event.click();
    await page.getByLabel('Event as received', { exact: true }).getByText('"eventType": "FAIL"').waitFor();
    await page.getByText('FACET_INVALID').waitFor();
    expect(complaints).toEqual([]);
    await close();
  });

  test('shows all of it as of a moment, which the address holds, with a way back to now', async (context) => {
    const { page, close } = await pages.open(context, pathTo(ORDERS), DESKTOP);
    const checks = page.getByText('One check did not hold');
    await checks.waitFor();
    await page.getByLabel('As of').fill('2026-03-02T13:00');
    await page.getByText(/Shows what held at Mar 2, 2026, 1:00\sPM\./).waitFor();
    expect(new URL(page.url()).searchParams.get('asOf')).toBe(EARLIER);
    const fields = section(page, 'Fields').getByRole('row');
    await expect.poll(() => fields.allInnerTexts()).toContainEqual(expect.stringMatching(/^note\s+VARCHAR/));
    expect(await checks.count()).toBe(0);
    expect(await accessibilityFaults(page)).toEqual([]);
    for (const link of ['id', 'load-orders', 'ada']) {
      const href = await page.getByRole('link', { name: link, exact: true }).first().getAttribute('href');
      expect(new URLSearchParams(href?.split('?')[1]).get('asOf'), link).toBe(EARLIER);
    }
    await page.getByRole('tab', { name: 'Quality' }).click();
    await section(page, 'Measurements')
      .getByRole('row', { name: /rowCount/ })
      .getByText('950')
      .waitFor();
    await visit(page, page.url());
    await section(page, 'Measurements')
      .getByRole('row', { name: /rowCount/ })
      .getByText('950')
      .waitFor();
    await page.getByRole('tab', { name: 'Versions' }).click();
    await page.getByText('4 later versions are not shown.').waitFor();
    expect(await section(page, 'Versions').getByRole('row').count()).toBe(1 + 2);
    await page.getByRole('button', { name: 'Back to now' }).click();
    await expect.poll(() => new URL(page.url()).searchParams.has('asOf')).toBe(false);
    await page.getByRole('tab', { name: 'Overview' }).click();
    await checks.waitFor();
    await page.getByLabel('As of').fill('2026-02-01T00:00');
    await page.getByText(/Nothing was known of it then/).waitFor();
    await close();
  });

  test('fits on paper: no controls, no relative times, nothing cut off, where and when it was read', async (context) => {
    const { page, close } = await pages.open(context, pathTo(ORDERS, '&tab=quality'), {
      ...DESKTOP,
      colorScheme: 'dark',
    });
    const measured = section(page, 'Checks').getByRole('row').nth(1);
    expect(await measured.innerText()).toMatch(/months? ago/);
    await page.setViewportSize({ width: 680, height: 960 });
    await page.emulateMedia({ media: 'print' });
    expect(await measured.innerText()).toMatch(/Mar 6, 2026, 7:09\sAM/);
    expect(await measured.innerText()).not.toMatch(/ago/);
    for (const hidden of ['navigation', 'banner', 'tablist', 'button'] as const) {
      expect(await page.getByRole(hidden).count(), hidden).toBe(0);
    }
    await page.getByText(`from ${page.url()}`).waitFor();
    const cut = await page.evaluate<string[]>(
      `[...document.querySelectorAll('main *')].filter((box) => box.scrollWidth > box.clientWidth + 1
        && getComputedStyle(box).overflowX !== 'visible' && !box.closest('svg, [role=img]')).map((box) => box.className)`,
    );
    expect(cut).toEqual([]);
    const breaks = await page.evaluate<string[]>(
      `['main section', 'main section tr'].map((part) => getComputedStyle(document.querySelector(part)).breakInside)`,
    );
    expect(breaks, 'a large part begins where there is room, and no row is torn').toEqual(['auto', 'avoid']);
    // Browsers leave grounds away on paper, so that light text would vanish with the dark one.
    await page.evaluate(`window.dispatchEvent(new Event('beforeprint'))`);
    expect(await page.locator('html').getAttribute('data-mantine-color-scheme')).toBe('light');
    await page.evaluate(`window.dispatchEvent(new Event('afterprint'))`);
    expect(await page.locator('html').getAttribute('data-mantine-color-scheme')).toBe('dark');
    expect((await page.pdf({ format: 'A4' })).subarray(0, 5).toString()).toBe('%PDF-');
    await close();
  });

  test('tells times in the viewer’s zone, and the exact instant on hover', async (context) => {
    const { page, close } = await pages.open(context, pathTo(FAILED_LOAD), DESKTOP);
    const ended = section(page, 'Details').locator('time').nth(1);
    expect(await ended.innerText()).toMatch(/^Mar 6, 2026, 7:07\sAM$/);
    await ended.hover();
    const exact = page.getByRole('tooltip');
    await exact.waitFor();
    expect(await exact.innerText()).toMatch(/^March 6, 2026 at 7:07:00\sAM GMT\+1 · 2026-03-06T06:07:00\.000(000)?Z$/);
    await close();
  });

  test('is that of a model where its type says so: training run, training data, users and checks of each version', async (context) => {
    const { page, close } = await pages.open(context, pathTo(FORECAST), DESKTOP);
    await page.getByRole('heading', { level: 1, name: 'Model forecast' }).waitFor();
    expect(await section(page, 'Details').innerText()).toMatch(/Type\s+MODEL/);
    const rows = section(page, 'Versions').getByRole('row');
    await rows.first().waitFor();
    expect((await rows.first().innerText()).split(/\t|\n/).filter(Boolean)).toEqual([
      ...['Version', 'Training run', 'Training data', 'Used by', 'Measured'],
    ]);
    const [, latest = '', first = ''] = await rows.allInnerTexts();
    expect(latest).toMatch(/^2\.1[^]*train-forecast[^]*Completed[^]*orders[^]*Version Mar 4[^]*forecast-demand/);
    expect(latest).toMatch(/error_below_10_percent\s+Failed[^]*bytes\s+4\.2 MB/);
    expect(first).toMatch(/^2\.0[^]*Version Mar 2[^]*error_below_10_percent\s+Held/);
    await rows
      .nth(1)
      .getByRole('link', { name: /^Version Mar 4/ })
      .click();
    await page.getByRole('heading', { level: 1, name: /^Version orders/ }).waitFor();
    await page.goBack();
    await rows.nth(1).getByRole('link', { name: '2.1' }).click();
    await section(page, 'What that run read').getByRole('link', { name: 'orders' }).waitFor();
    await close();
  });

  test(
    'is accessible in both themes with everything open that can be opened',
    { timeout: 120_000 },
    async (context) => {
      const { page, complaints, close } = await pages.open(context, pathTo(FORECAST), PHONE);
      const faults = async (state: string): Promise<void> => {
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor();
          expect(await accessibilityFaults(page), `${state}, ${colorScheme}`).toEqual([]);
        }
      };
      await faults('a model');
      await page.getByRole('button', { name: 'Account' }).click();
      await page.getByRole('menu').waitFor();
      await faults('the menu');
      await page.keyboard.press('Escape');
      await page.keyboard.press('/');
      await page.locator('input:focus').waitFor();
      await page.keyboard.type('ord');
      await page.getByText('All results for “ord”').waitFor();
      await faults('the search over it');
      await page.keyboard.press('Escape');
      await visit(page, pages.address(pathTo(LOAD_ORDERS)));
      await page.getByLabel('As of').fill('2026-03-02T13:00');
      await page.getByText('Shows what held at').waitFor();
      await faults('a job as of a moment');
      await visit(page, pages.address(pathTo(NIGHTLY, '&tab=runs')));
      await page
        .getByRole('button', { name: /^Unfold/ })
        .first()
        .click();
      await faults('runs unfolded');
      await visit(page, pages.address(pathTo(FAILED_LOAD, '&tab=events')));
      await page.getByRole('button', { name: /Failure/ }).click();
      await page.getByLabel('Event as received', { exact: true }).waitFor();
      await faults('an event');
      expect(complaints).toEqual([]);
      await close();
    },
  );
});
