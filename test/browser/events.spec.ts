import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, type TestContext } from 'vitest';
import { chromiumForTests, DESKTOP, openPage, visit } from '../support/chromium.js';
import { preparedDataDir } from '../support/prepared-data.js';
import { ProductProcess } from '../support/product.js';

const GOOD = {
  eventType: 'COMPLETE',
  eventTime: '2026-01-05T10:00:00Z',
  producer: 'https://example.com/first-event',
  schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
  run: { runId: '0195f2a4-7c1e-7000-8000-000000000001' },
  job: { namespace: 'demo', name: 'first-job' },
  inputs: [{ namespace: 'demo', name: 'raw.orders' }],
  outputs: [{ namespace: 'demo', name: 'mart.orders' }],
};
const BAD = { ...GOOD, eventTime: 'soon', job: { namespace: 'demo', name: 'late-job' } };

describe('events, from the sender to the pages', () => {
  let browser: Awaited<ReturnType<typeof chromiumForTests>>;
  let product: ProductProcess;
  let directory: Awaited<ReturnType<typeof preparedDataDir>>;

  beforeAll(async () => {
    browser = await chromiumForTests();
    directory = await preparedDataDir('nothing');
    product = await ProductProcess.serve({ HEADWATER_DATA_DIR: directory.dataDir });
    expect([await send(GOOD), await send(BAD), await send(BAD)]).toEqual([201, 422, 422]);
    await product.caughtUp();
  });
  afterAll(async () => {
    if ('close' in browser) await browser.close();
    await product.stop();
    await directory.remove();
  });

  const chromium = (context: TestContext): Browser => ('absent' in browser ? context.skip(browser.absent) : browser);

  async function send(event: object): Promise<number> {
    const response = await fetch(`${product.url}/api/v1/lineage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(event),
    });
    return response.status;
  }

  test('an event that was taken is found with what it changed and as it was received', async (context) => {
    const { page, complaints, close } = await openPage(chromium(context), DESKTOP);
    await visit(page, `${product.url}/operations/events`);
    const row = page.getByRole('row').filter({ hasText: 'first-job' });
    expect(await row.innerText()).toMatch(/Run · Complete[^]*https:\/\/example\.com\/first-event/);
    await row.getByRole('button').click();
    await page.waitForURL(/event=/);
    const changed = page.getByRole('region', { name: 'What it changed' });
    const items = changed.getByRole('list', { name: 'Edges' }).getByRole('listitem');
    await items.first().waitFor();
    const edges = await items.allInnerTexts();
    expect(edges.some((text) => /raw\.orders\s+first-job\s+New\s+read · a run did it/.test(text))).toBe(true);
    expect(edges.some((text) => /first-job\s+mart\.orders\s+New\s+written/.test(text))).toBe(true);
    const touched = changed.getByRole('list', { name: 'What it touched' });
    expect(await touched.getByRole('link', { name: 'raw.orders' }).getAttribute('href')).toMatch(/^\/asset\?id=/);
    await page.getByText('As received', { exact: true }).click();
    await page.getByText(JSON.stringify(GOOD)).waitFor();
    expect(complaints).toEqual([]);
    await close();
  });

  test('the same again changed nothing of the lineage, and says so', async (context) => {
    const { page, close } = await openPage(chromium(context), DESKTOP);
    expect(await send({ ...GOOD, again: 1 })).toBe(201);
    await product.caughtUp();
    await visit(page, `${product.url}/operations/events`);
    await page.getByRole('row').nth(1).getByRole('button').click();
    await page.getByText('No edge of the lineage: what it says of it was known.').waitFor();
    await close();
  });

  test('one that was refused is shown with its reason and what to do, and narrowed to by the address', async (context) => {
    const { page, complaints, close } = await openPage(chromium(context), DESKTOP);
    await visit(page, `${product.url}/operations`);
    const panel = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Refused events' }) });
    const line = panel.getByRole('listitem').filter({ hasText: 'late-job' });
    await expect
      .poll(async () => {
        await page.reload({ waitUntil: 'networkidle' });
        return line.allInnerTexts();
      })
      .toEqual([
        expect.stringMatching(/2 times[^]*422 · not an event[^]*\/eventTime: eventTime is no time[^]*Correct/),
      ]);
    await panel.getByRole('link', { name: 'Show all' }).click();
    await page.waitForURL(/\/operations\/refused$/);
    await page.getByRole('row').filter({ hasText: 'late-job' }).waitFor();
    await page.getByText('413 · too large', { exact: true }).click();
    await page.waitForURL(/status=413/);
    await page.getByText('No refused event fits.').waitFor();
    await page.getByRole('button', { name: 'Clear all filters' }).click();
    await page.getByRole('row').filter({ hasText: 'late-job' }).waitFor();
    expect(complaints).toEqual([]);
    await close();
  });
});
