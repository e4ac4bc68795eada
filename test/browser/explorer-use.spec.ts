import { readFile } from 'node:fs/promises';
import type { Download, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { accessibilityFaults, DESKTOP, openPage, PHONE } from '../support/chromium.js';
import { EVENTS } from '../support/explorer-events.js';
import {
  card,
  cards,
  CLAIMS,
  dataset,
  focusedCard,
  openExplorer,
  parameter,
  REPORT,
  runEvent,
  send,
  soon,
  viewport,
  WAREHOUSE,
} from '../support/explorer.js';
import { ExampleInBrowser } from '../support/example-in-browser.js';

const LAND = 'job:claims-intake:land-claims';
const FEATURES = 'job:claims-triage:build-features';
const STAGE = 'job:reporting:stage-open-claims';
const PAYOUTS = `dataset:${WAREHOUSE}:insurance.payout.payouts`;
const RATE_TABLE = `dataset:${WAREHOUSE}:insurance.payout.rate_table`;
const RATE_SHEET = 'dataset:s3%3A%2F%2Finsurance-lake:manual%2Frate-sheet.xlsx';
const DAY_MS = 86_400_000;

/** How large the picture is drawn. */
async function scale(page: Page): Promise<string> {
  return (await viewport(page)).replace(/^.*scale/, '');
}

describe('using the lineage explorer', () => {
  const shown = new ExampleInBrowser(EVENTS);

  shown.inPage('takes in what happens while one looks, and keeps one’s place', async (page) => {
    await openExplorer(page, shown.url, 'dataset:wh:middle');
    const reads = (job: string, run: number): object =>
      runEvent({
        job,
        run,
        at: '2026-11-21T00:00:00Z',
        inputs: [dataset('middle')],
        outputs: [dataset('fresh')],
      });
    await page.getByRole('button', { name: 'Larger' }).click();
    const larger = await scale(page);
    await send(shown.url, [reads('an-early-reader', 8)]);
    await soon(() => cards(page)).toContain('job:tests:an-early-reader');
    expect(await scale(page)).toBe(larger);
    await card(page, 'job:tests:seen').click();
    await page.getByRole('region', { name: 'seen' }).waitFor();
    const before = await scale(page);
    const spot = await card(page, 'job:tests:seen').boundingBox();
    await send(shown.url, [reads('a-new-reader', 9)]);
    await page.getByText(/Changed while you looked: \d+ came/).waitFor();
    await soon(() => cards(page)).toContain('job:tests:a-new-reader');
    expect(parameter(page, 'selected')).toBe('job:tests:seen');
    expect(await page.getByRole('region', { name: 'seen' }).count()).toBe(1);
    expect(await focusedCard(page)).toBe('job:tests:seen');
    const after = await card(page, 'job:tests:seen').boundingBox();
    expect([after?.x, after?.width]).toEqual([spot?.x, spot?.width]);
    expect(Math.abs((after?.y ?? 0) - (spot?.y ?? 99))).toBeLessThan(1);
    expect(await scale(page)).toBe(before);
  });

  shown.inPage('saves what is shown as SVG, PNG, CSV and JSON', async (page) => {
    await openExplorer(page, shown.url, 'dataset:wh:middle', { depth: '100' });
    const saved = async (kind: string): Promise<{ download: Download; content: Buffer }> => {
      await page.getByRole('button', { name: 'More', exact: true }).click();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('menuitem', { name: kind }).click(),
      ]);
      return { download, content: await readFile(await download.path()) };
    };
    const csv = await saved('Connections as CSV');
    expect(csv.download.suggestedFilename()).toBe('lineage-middle.csv');
    const [head, ...rows] = csv.content.toString().trimEnd().split('\r\n');
    const count = await page.getByText(/\d+ connections/).innerText();
    expect(head).toMatch(/^from,to,kind,evidence,/);
    expect(rows).toHaveLength(Number(/(\d+) connections/.exec(count)?.[1]));
    expect(rows.every((row) => !/(^|,)"?[=+@-]/.test(row))).toBe(true);
    const json = JSON.parse((await saved('All as JSON')).content.toString()) as Record<string, { id: string }[]>;
    expect(json['nodes']?.map(({ id }) => id).sort()).toEqual(await cards(page));
    expect(json['edges']).toHaveLength(rows.length);
    expect(json['address']).toBe(page.url());
    const svg = (await saved('As SVG')).content.toString();
    const parsed = await page.evaluate<{ problems: number; texts: string[]; width: number }>(
      `(() => {
        const picture = new DOMParser().parseFromString(${JSON.stringify(svg)}, 'image/svg+xml');
        return {
          problems: picture.querySelectorAll('parsererror').length,
          texts: [...picture.querySelectorAll('text')].map((text) => text.textContent),
          width: Number(picture.documentElement.getAttribute('width')),
        };
      })()`,
    );
    expect(parsed.problems).toBe(0);
    expect(parsed.texts).toEqual(expect.arrayContaining(['middle', '=HYPERLINK("x")']));
    const png = (await saved('As PNG')).content;
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    // IHDR: the width is at byte 16 (PNG §11.2.1); twice as fine as the SVG.
    expect(png.readUInt32BE(16)).toBe(Math.floor(parsed.width * 2));
    expect(png.length).toBeGreaterThan(2_000);
  });

  test('an address shows whoever opens it the same', async (context) => {
    const { page, close } = await openPage(shown.chromium(context), DESKTOP);
    await openExplorer(page, shown.url, CLAIMS);
    await page.getByRole('button', { name: 'Show 2 more causes of build-features' }).click();
    await soon(() => cards(page)).toHaveLength(6);
    await page.getByLabel('Collapse by').selectOption('Namespace');
    await card(page, LAND).click();
    await page.getByRole('region', { name: 'land-claims' }).waitFor();
    const seen = await cards(page);
    const other = await openPage(shown.chromium(context), DESKTOP);
    await other.page.goto(page.url(), { waitUntil: 'networkidle' });
    await other.page.getByRole('region', { name: 'land-claims' }).waitFor();
    await soon(() => cards(other.page)).toEqual(seen);
    expect(await other.page.getByLabel('Collapse by').inputValue()).toBe('namespace');
    await Promise.all([close(), other.close()]);
  });

  shown.inPage('is used from the keyboard alone', async (page) => {
    await openExplorer(page, shown.url, CLAIMS);
    for (let tabs = 0; tabs < 40 && (await focusedCard(page)) === undefined; tabs += 1)
      await page.keyboard.press('Tab');
    expect(await focusedCard(page)).toBe(CLAIMS);
    const outline = await page.evaluate<string>(`getComputedStyle(document.activeElement).outlineStyle`);
    expect(outline).toBe('solid');
    await page.keyboard.press('ArrowLeft');
    await soon(() => focusedCard(page)).toBe(LAND);
    await page.keyboard.press('ArrowRight');
    await soon(() => focusedCard(page)).toBe(CLAIMS);
    await page.keyboard.press('ArrowRight');
    const first = await focusedCard(page);
    await page.keyboard.press(first === FEATURES ? 'ArrowDown' : 'ArrowUp');
    await soon(() => focusedCard(page)).toBe(first === FEATURES ? STAGE : FEATURES);
    await page.keyboard.press('Enter');
    await page.waitForURL(/selected=/);
    expect(
      await page.getByRole('region', { name: first === FEATURES ? 'stage-open-claims' : 'build-features' }).count(),
    ).toBe(1);
    await page.keyboard.press('+');
    await soon(() => cards(page).then(({ length }) => length)).toBeGreaterThan(4);
    expect(await focusedCard(page)).toBe(first === FEATURES ? STAGE : FEATURES);
    await page.keyboard.press('-');
    await soon(() => cards(page)).toHaveLength(4);
    await page.keyboard.press('Escape');
    await page.waitForURL((address) => !address.searchParams.has('selected'));
    expect(await page.locator('section[aria-label]').count()).toBe(0);
  });

  shown.inPage('goes back by Escape, step by step, from the card or from what stands beside it', async (page) => {
    await openExplorer(page, shown.url, CLAIMS, { selected: LAND, pathFrom: LAND });
    await card(page, LAND).focus();
    await page.keyboard.press('Escape');
    await page.waitForURL((address) => !address.searchParams.has('selected'));
    expect(parameter(page, 'pathFrom')).toBe(LAND);
    await page.keyboard.press('Escape');
    await page.waitForURL((address) => !address.searchParams.has('pathFrom'));
    await card(page, CLAIMS).click();
    await page.waitForURL(/selected=/);
    await page.getByRole('button', { name: 'Larger' }).focus();
    await page.keyboard.press('Escape');
    await page.waitForURL((address) => !address.searchParams.has('selected'));
  });

  shown.inPage('says the same in a table, with the same that can be done', async (page) => {
    await openExplorer(page, shown.url, CLAIMS);
    const names = await page.locator('[data-node] .hw-node-title').allInnerTexts();
    const lines = await page.locator('.react-flow__edge').count();
    await page.getByText('Table', { exact: true }).click();
    const nodes = page.getByRole('table', { name: 'Nodes' });
    await nodes.waitFor();
    expect((await nodes.getByRole('rowheader').allInnerTexts()).sort()).toEqual(names.sort());
    const edges = page.getByRole('table', { name: 'Connections' });
    expect(await edges.getByRole('row').count()).toBe(lines + 1);
    await nodes.getByRole('button', { name: 'Show 2 more causes of build-features' }).click();
    await soon(() => nodes.getByRole('rowheader').count()).toBe(6);
    await edges.getByRole('button', { name: 'Proof that land-claims leads to claims' }).click();
    await page
      .getByRole('region', { name: 'Connection' })
      .getByRole('heading', { name: 'Which events prove this' })
      .waitFor();
    await page.getByLabel('Collapse by').selectOption('Namespace');
    await nodes.getByRole('button', { name: 'claims-triage' }).waitFor({ state: 'detached' });
  });

  shown.inPage('has a map of a large picture that leads to any part of it', async (page) => {
    await openExplorer(page, shown.url, CLAIMS, { depth: '100' });
    const map = page.locator('.hw-minimap');
    for (let times = 0; times < 3; times += 1) await page.getByRole('button', { name: 'Larger' }).click();
    await soon(() => map.isVisible()).toBe(true);
    const before = await viewport(page);
    await map.click({ position: { x: 20, y: 60 } });
    await soon(() => viewport(page)).not.toBe(before);
    await page.getByRole('button', { name: 'Show all of it' }).click();
    await soon(() => map.isVisible()).toBe(false);
  });

  shown.inPage(
    'works by touch on a phone, where the panel comes into sight',
    async (page) => {
      await openExplorer(page, shown.url, CLAIMS);
      // The graph begins in the upper half; how it is asked for is unfolded above it.
      expect((await page.locator('.hw-flow').boundingBox())?.y).toBeLessThan(422);
      expect(await page.getByLabel('Hops').isVisible()).toBe(false);
      await page.getByRole('button', { name: 'Settings' }).tap();
      await page.getByLabel('Hops').selectOption('2');
      await page.waitForURL(/depth=2/);
      await page.getByLabel('Hops').selectOption('1');
      await page.getByRole('button', { name: 'Settings' }).tap();
      await page.getByLabel('Hops').waitFor({ state: 'hidden' });
      await page.getByRole('button', { name: 'Show all of it' }).tap();
      await card(page, LAND).tap();
      const panel = page.getByRole('region', { name: 'land-claims' });
      await panel.waitFor();
      await soon(async () => (await panel.boundingBox())?.y ?? Infinity).toBeLessThan(844);
      const overflow = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
      expect(overflow).toBeLessThanOrEqual(0);
    },
    PHONE,
  );

  shown.inPage(
    'moves nothing smoothly for those who asked for less motion',
    async (page) => {
      await openExplorer(page, shown.url, CLAIMS, { depth: '100' });
      expect(await page.evaluate('matchMedia("(prefers-reduced-motion: reduce)").matches')).toBe(true);
      await card(page, CLAIMS).focus();
      await page.keyboard.press('ArrowLeft');
      const moved = await viewport(page);
      await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
      expect(await viewport(page)).toBe(moved);
      expect(await page.evaluate('document.getAnimations().length')).toBe(0);
    },
    { ...DESKTOP, reducedMotion: 'reduce' },
  );

  shown.inPage('shows any moment, plays what happened since, and draws what came and went until now', async (page) => {
    await openExplorer(page, shown.url, PAYOUTS, { direction: 'UPSTREAM', depth: '2' });
    await card(page, RATE_TABLE).waitFor();
    expect(await cards(page)).not.toContain(RATE_SHEET);
    const slider = page.getByRole('slider', { name: 'Moment that is shown' });
    await slider.press('Home');
    await page.waitForURL(/asOf=/);
    await page.getByText('Nothing is known that leads to it or comes of it.').waitFor();
    await page.getByRole('button', { name: 'To the next change' }).click();
    await card(page, RATE_SHEET).waitFor();
    expect(await cards(page)).not.toContain(RATE_TABLE);
    await page.getByRole('switch', { name: 'Compare with now' }).click();
    await page.waitForURL(/compare=now/);
    await page.locator('.hw-node[data-mark=added]').locator(card(page, RATE_TABLE)).waitFor();
    await page.locator('.hw-node[data-mark=lapsed]').locator(card(page, RATE_SHEET)).waitFor();
    expect(await page.locator('.hw-edge-lapsed').count()).toBeGreaterThan(0);
    expect(await page.locator('.hw-edge-added').count()).toBeGreaterThan(0);
    await page.getByRole('list', { name: 'What the lines mean' }).getByText('Gone since').waitFor();
    // The same in a part that was opened by hand.
    const opened = new URL(page.url());
    const writer = (await cards(page)).find((id) => id.startsWith('job:')) ?? 'none';
    opened.searchParams.set('depth', '1');
    opened.searchParams.append('open', `u:${writer}`);
    await page.goto(opened.href);
    await page.locator('.hw-node[data-mark=added]').locator(card(page, RATE_TABLE)).waitFor();
    await page.locator('.hw-node[data-mark=lapsed]').locator(card(page, RATE_SHEET)).waitFor();
    await page.getByRole('button', { name: 'Play the changes' }).click();
    await page.getByText('As it is now').waitFor();
    await page.waitForURL((address) => !address.searchParams.has('asOf') && !address.searchParams.has('compare'));
    await card(page, RATE_TABLE).waitFor();
    await soon(() => cards(page)).not.toContain(RATE_SHEET);
    await page.getByRole('button', { name: 'Play the changes' }).waitFor();
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`is accessible in each of its states: ${colorScheme}`, { timeout: 120_000 }, async (context) => {
      const { page, complaints, close } = await openPage(shown.chromium(context), { ...DESKTOP, colorScheme });
      const isFree = async (state: string): Promise<void> => {
        expect(await accessibilityFaults(page), state).toEqual([]);
      };
      await openExplorer(page, shown.url, CLAIMS, { selected: LAND, depth: '3' });
      await page
        .getByRole('region', { name: 'land-claims' })
        .getByText(/causes?( in all)?$/)
        .waitFor();
      await isFree('a node');
      await page.getByRole('button', { name: 'Filters' }).click();
      await page.getByRole('checkbox', { name: 'Declared' }).waitFor();
      await isFree('filters');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'More', exact: true }).click();
      await page.getByRole('menuitem', { name: 'As SVG' }).waitFor();
      await isFree('menu');
      await page.getByRole('menuitem', { name: 'Impact by owner' }).click();
      await page.getByText(/It reaches \d+ nodes/).waitFor();
      await isFree('impact');
      await page.getByRole('combobox', { name: 'Find in the graph' }).fill('a');
      await page.getByRole('option', { name: /^land-claims/ }).waitFor();
      await isFree('find');
      await openExplorer(page, shown.url, CLAIMS, { selected: `data ${LAND} ${CLAIMS}` });
      await page
        .getByRole('link', { name: /^Event / })
        .first()
        .waitFor();
      await isFree('proof');
      await openExplorer(page, shown.url, CLAIMS, { pathFrom: LAND, pathTo: STAGE });
      await page.getByRole('heading', { name: 'Path 1, 2 hops' }).waitFor();
      await isFree('path');
      await openExplorer(page, shown.url, REPORT, { granularity: 'FIELD', by: 'dataset', depth: '3' });
      await isFree('folded fields');
      await openExplorer(page, shown.url, 'dataset:models:complexity', { granularity: 'RUN', depth: '2' });
      await isFree('runs');
      await openExplorer(page, shown.url, CLAIMS, { show: 'table', depth: '100' });
      await isFree('table');
      await openExplorer(page, shown.url, PAYOUTS, {
        asOf: new Date(Date.now() - 10 * DAY_MS).toISOString(),
        compare: 'now',
        depth: '2',
      });
      await page.locator('.hw-node[data-mark=added]').first().waitFor();
      await isFree('difference');
      expect(complaints).toEqual([]);
      await close();
    });
  }
});
