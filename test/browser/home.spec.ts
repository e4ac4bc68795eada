import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, type TestContext } from 'vitest';
import { accessibilityFaults, chromiumForTests, DESKTOP, openPage, PHONE, visit } from '../support/chromium.js';
import { preparedDataDir } from '../support/prepared-data.js';
import { ProductProcess } from '../support/product.js';

const SAID = 'could not connect to server: Connection refused';
const PRODUCER = 'https://example.org/scheduler';
const DONE = 30;

interface Told {
  readonly job: string;
  readonly run: number;
  /** Minutes before now. */
  readonly ago: number;
  readonly type: string;
  readonly reads?: string;
  readonly writes: string;
  readonly said?: string;
}

function eventOf({ job, run, ago, type, reads, writes, said }: Told): object {
  const schema = 'https://openlineage.io/spec/facets/1-0-1/ErrorMessageRunFacet.json#/$defs/ErrorMessageRunFacet';
  const error = { _producer: PRODUCER, _schemaURL: schema, message: said, programmingLanguage: 'SQL' };
  return {
    eventType: type,
    eventTime: new Date(Date.now() - ago * 60_000).toISOString(),
    producer: PRODUCER,
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
    run: {
      runId: `0199a000-0000-7000-8000-${String(run).padStart(12, '0')}`,
      facets: said === undefined ? {} : { errorMessage: error },
    },
    job: { namespace: 'shop', name: job },
    inputs: reads === undefined ? [] : [{ namespace: 'warehouse', name: reads }],
    outputs: [{ namespace: 'warehouse', name: writes }],
  };
}

/** A job that failed this morning, one that goes on for too long, and one that failed once and went well since. */
function events(): readonly object[] {
  const load = { job: 'load_orders', reads: 'raw_orders', writes: 'orders' };
  const report = { job: 'daily_report', reads: 'orders', writes: 'report' };
  const refresh = { job: 'refresh_index', writes: 'search_index' };
  return [
    ...Array.from({ length: DONE }, (_, n) => [
      eventOf({ ...refresh, run: 100 + n, ago: 300 + 60 * n, type: 'START' }),
      eventOf({ ...refresh, run: 100 + n, ago: 290 + 60 * n, type: 'COMPLETE' }),
    ]).flat(),
    eventOf({ ...report, run: 1, ago: 200, type: 'FAIL', said: 'repaired since' }),
    eventOf({ ...report, run: 2, ago: 180, type: 'COMPLETE' }),
    eventOf({ ...refresh, run: 3, ago: 90, type: 'START' }),
    eventOf({ ...load, run: 4, ago: 20, type: 'START' }),
    eventOf({ ...load, run: 4, ago: 15, type: 'FAIL', said: SAID }),
  ];
}

/** Walks with the tabulator key until something with this text has the focus. */
async function tabTo(page: Page, text: RegExp): Promise<void> {
  const seen: string[] = [];
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate<string>('document.activeElement?.textContent ?? ""');
    if (text.test(focused)) return;
    seen.push(focused.slice(0, 60));
  }
  throw new Error(`nothing with ${String(text)} takes the focus: ${seen.join(' | ')}`);
}

describe('the home page when something is wrong', () => {
  let browser: Awaited<ReturnType<typeof chromiumForTests>>;
  let product: ProductProcess;
  let directory: Awaited<ReturnType<typeof preparedDataDir>>;

  beforeAll(async () => {
    browser = await chromiumForTests();
    directory = await preparedDataDir('nothing');
    product = await ProductProcess.serve({ HEADWATER_DATA_DIR: directory.dataDir });
    const answer = await fetch(`${product.url}/api/v1/lineage/batch`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(events()),
    });
    expect(await answer.json()).toMatchObject({ summary: { failed: 0 } });
    await product.caughtUp();
  });
  afterAll(async () => {
    if ('close' in browser) await browser.close();
    await product.stop();
    await directory.remove();
  });

  const chromium = (context: TestContext): Browser => ('absent' in browser ? context.skip(browser.absent) : browser);

  test('three clicks lead from it to why a dataset is wrong, and to who reads it', async (context) => {
    const { page, complaints, close } = await openPage(chromium(context), DESKTOP);
    await visit(page, `${product.url}/`);
    const troubled = page.getByRole('list', { name: 'Needs attention' });
    // What failed and went well since is no news.
    expect(await troubled.getByRole('listitem').count()).toBe(1);
    await troubled.getByText(SAID).waitFor();
    const repaired = page.getByRole('link', { name: 'repaired since' });
    expect(await repaired.getAttribute('href'), 'its run, not its job').toMatch(/^\/asset\?id=run%3A/);

    await troubled.getByRole('link', { name: /Failed.*latest run of load_orders/ }).click();
    await page.waitForURL(/\/asset\?id=run%3A/);
    await page.getByRole('alert').getByText(SAID).waitFor();

    await page.getByRole('link', { name: 'load_orders' }).first().click();
    await page.waitForURL(/\/asset\?id=job%3A/);
    await page.getByRole('link', { name: 'orders', exact: true }).first().click();

    await page.getByRole('heading', { level: 1, name: 'orders', exact: true }).waitFor();
    await page.getByRole('link', { name: 'daily_report' }).first().waitFor();
    expect(complaints).toEqual([]);
    await close();
  });

  test('the same way is open from the keyboard alone', async (context) => {
    const { page, close } = await openPage(chromium(context), DESKTOP);
    await visit(page, `${product.url}/`);
    await page.getByText(SAID).waitFor();
    await tabTo(page, /latest run of load_orders/);
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText(SAID).waitFor();
    await tabTo(page, /^load_orders$/);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/asset\?id=job%3A/);
    await page.getByRole('heading', { level: 1, name: 'load_orders' }).waitFor();
    await tabTo(page, /^orders$/);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'orders', exact: true }).waitFor();
    await close();
  });

  test('late runs stand beside it with why they are, and lead to the list of them', async (context) => {
    const { page, close } = await openPage(chromium(context), DESKTOP);
    await visit(page, `${product.url}/`);
    const late = page.getByRole('list', { name: 'Late runs' });
    expect(await late.getByRole('listitem').allInnerTexts()).toEqual([
      expect.stringMatching(/refresh_index[\s\S]*Late[\s\S]*Running for 1 hr 3\d min; usually 10 min/),
    ]);
    await page.getByRole('link', { name: /Show all.*Late runs/ }).click();
    await page.waitForURL(/\/operations\/runs\?late=true$/);
    await page.getByText('One run is shown.').waitFor();
    expect(await page.getByRole('checkbox', { name: 'Late only' }).isChecked()).toBe(true);
    await close();
  });

  test('the list of runs is narrowed and read on, and its address tells what it shows', async (context) => {
    const { page, close } = await openPage(chromium(context), DESKTOP);
    await visit(page, `${product.url}/operations/runs`);
    await page.getByText('25 runs are shown.').waitFor();
    await page.getByRole('button', { name: 'Show more' }).click();
    await page.getByText(`${String(DONE + 4)} runs are shown.`).waitFor();
    await page.getByRole('checkbox', { name: 'Failed' }).focus();
    await page.keyboard.press('Space');
    await page.waitForURL(/state=FAILED$/);
    await page.getByText('2 runs are shown.').waitFor();
    await page.getByRole('combobox', { name: 'Namespace' }).fill('warehouse');
    await page.keyboard.press('Enter');
    await page.waitForURL(/namespace=warehouse/);
    await page.getByText('No run fits.').waitFor();
    // The first page is still at hand, so it is shown before the server has answered: alone, as in a list just opened.
    await page.route('**/graphql', () => undefined);
    const asked = page.waitForRequest('**/graphql');
    await page.getByRole('button', { name: 'Clear all filters' }).click();
    await asked;
    await page.getByText('25 runs are shown.').waitFor();
    await page.unroute('**/graphql');

    await visit(page, `${product.url}/operations/runs?state=FAILED&job=job%3Ashop%3Aload_orders`);
    await page.getByText('One run is shown.').waitFor();
    await page.getByText(SAID).waitFor();
    await close();
  });

  test('the runs of a job lead to the list of them', async (context) => {
    const { page, close } = await openPage(chromium(context), DESKTOP);
    await visit(page, `${product.url}/asset?id=${encodeURIComponent('job:shop:daily_report')}&tab=runs`);
    await page.getByRole('link', { name: 'Filter by state and time' }).click();
    await page.waitForURL(/\/operations\/runs\?job=job%3Ashop%3Adaily_report/);
    await page.getByText('2 runs are shown.').waitFor();
    await close();
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [name, options] of Object.entries({ desktop: DESKTOP, phone: PHONE })) {
      test(`what is wrong is accessible and fits: ${name}, ${colorScheme}`, { timeout: 60_000 }, async (context) => {
        const { page, complaints, close } = await openPage(chromium(context), { ...options, colorScheme });
        for (const path of ['/', '/operations', '/operations/runs', '/operations/runs?late=true']) {
          await visit(page, `${product.url}${path}`);
          expect(await accessibilityFaults(page), path).toEqual([]);
          const overflow = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
          expect(overflow, `${path} is wider than the window`).toBeLessThanOrEqual(0);
        }
        expect(complaints).toEqual([]);
        await close();
      });
    }
  }
});
