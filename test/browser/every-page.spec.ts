import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, type TestContext } from 'vitest';
import { accessibilityFaults, chromiumForTests, DESKTOP, openPage, PHONE, visit } from '../support/chromium.js';
import { preparedDataDir } from '../support/prepared-data.js';
import { ProductProcess } from '../support/product.js';

const WAREHOUSE = 'postgres%3A%2F%2Fwarehouse.insurance.example%3A5432';
const CLAIMS = encodeURIComponent(`dataset:${WAREHOUSE}:insurance.claims.claims`);
const REPORT = encodeURIComponent('job:reporting:daily-claims-report');
const CLAIM = encodeURIComponent(`field:${WAREHOUSE}:insurance.claims.claims:claim_id`);
const FIELD = encodeURIComponent(`field:${WAREHOUSE}:insurance.reporting.daily_claims:claimed_total`);

/** Every page with something to show on it, by what its first heading says in English. */
const PAGES: readonly (readonly [path: string, heading: RegExp])[] = [
  ['/', /What do you want to know/],
  ['/search', /Search/],
  ['/search?q=claim&kind=DATASET&order=NAME', /Search/],
  ['/search?q=nothing-is-called-that', /Search/],
  [`/asset?id=${CLAIMS}`, /claims/],
  [`/asset?id=${CLAIMS}&tab=schema`, /claims/],
  [`/asset?id=${CLAIMS}&tab=quality`, /claims/],
  [`/asset?id=${CLAIMS}&tab=versions`, /claims/],
  [`/asset?id=${CLAIMS}&tab=facets`, /claims/],
  [`/asset?id=${CLAIMS}&tab=events`, /claims/],
  [`/asset?id=${REPORT}`, /daily-claims-report/],
  [`/asset?id=${FIELD}`, /claimed_total/],
  ['/asset?id=dataset%3Anowhere%3Anothing', /Nothing has this id/],
  ['/glossary', /^Glossary$/],
  ['/glossary?q=nothing-is-called-that', /^Glossary$/],
  ['/asset?id=term%3Anothing', /Nothing has this id/],
  ['/tag?name=classification%3Dpersonal', /^Tag classification=personal$/],
  ['/tag?name=classification', /^Tag classification$/],
  ['/tag?name=nothing', /^Tag nothing$/],
  ['/tag', /^Tag$/],
  ['/governance', /^Governance$/],
  ['/governance/agents', /^People, teams and services$/],
  ['/asset?id=agent%3Auser%3Anobody-knows', /^nobody-knows$/],
  ['/governance/architecture', /^Architecture findings$/],
  ['/governance/architecture?state=all', /^Architecture findings$/],
  ['/governance/architecture?kind=BYPASSES_PORT&domain=domain%3Anothing', /^Architecture findings$/],
  ['/governance/flows', /^Where tagged data flows$/],
  ['/governance/flows?tag=classification&by=NAMESPACE', /^Where tagged data flows$/],
  ['/governance/flows?tag=nothing', /^Where tagged data flows$/],
  ['/governance/tag-rules', /^Rules for tags$/],
  ['/governance/logical-rules', /^Rules for logical datasets$/],
  ['/asset?id=domain%3Aclaim-handling', /^Claim handling$/],
  ['/products', /^Data products$/],
  ['/logical', /^Logical datasets$/],
  ['/asset?id=logical%3Aclaims', /^Claims$/],
  ['/products?q=nothing&status=ACTIVE', /^Data products$/],
  ['/properties', /^Properties$/],
  ['/search?property=property%3Aretention%3E%3D365&property=property%3Arefresh-cadence%3Dhourly', /Search/],
  ['/saved', /^Saved searches$/],
  ['/ownership-rules', /^Ownership rules$/],
  ['/suggestions', /^Suggestions to confirm$/],
  ['/suggestions?tag=nothing&dismissed=1', /^Suggestions to confirm$/],
  ['/edits', /^Edits of many assets$/],
  ['/edits?search=1&q=claims', /^Edit all results$/],
  ['/edits?from=agent%3Ateam%3Apayout', /^Hand over from payout$/],
  ['/edits?import=1', /^Import a file$/],
  ['/edits?job=none', /^Edits$/],
  [`/plan?target=${FIELD}&target=${CLAIM}`, /^Collection plan$/],
  ['/plan', /^Collection plan$/],
  ['/plan?target=nonsense', /^Collection plan$/],
  ['/lineage', /./],
  [`/lineage?root=${CLAIMS}`, /claims/],
  ['/start', /./],
  ['/operations', /Operations/],
  ['/operations/runs', /Operations/],
  ['/operations/runs?state=FAILED,UNFINISHED&late=true', /Operations/],
  ['/operations/events', /Operations/],
  ['/operations/findings', /Operations/],
  ['/operations/refused', /Operations/],
  ['/operations/refused?status=413', /Operations/],
  ['/operations/tokens', /Operations/],
  ['/operations/members', /Operations/],
  ['/operations/audit', /Operations/],
  ['/operations/nothing-of-the-kind', /./],
];
const WINDOWS = [
  ['desktop', DESKTOP],
  ['phone', PHONE],
] as const;
const COLOURS = ['light', 'dark'] as const;

describe('the pages of the catalog', () => {
  let browser: Awaited<ReturnType<typeof chromiumForTests>>;
  let product: ProductProcess;
  let directory: Awaited<ReturnType<typeof preparedDataDir>>;

  beforeAll(async () => {
    browser = await chromiumForTests();
    directory = await preparedDataDir('example');
    product = await ProductProcess.serve({ HEADWATER_DATA_DIR: directory.dataDir });
    await product.caughtUp();
    const headers = { 'content-type': 'application/json' };
    await fetch(`${product.url}/api/v1/lineage`, { method: 'POST', headers, body: '{"job": {"namespace": "n"}}' });
  });
  afterAll(async () => {
    if ('close' in browser) await browser.close();
    await product.stop();
    await directory.remove();
  });

  const chromium = (context: TestContext): Browser => ('absent' in browser ? context.skip(browser.absent) : browser);

  for (const [name, options] of WINDOWS) {
    test(
      `are accessible, fit and free of complaints: ${name}, light and dark`,
      { timeout: 240_000 },
      async (context) => {
        const { page, complaints, close } = await openPage(chromium(context), options);
        for (const [path, heading] of PAGES) {
          await page.emulateMedia({ colorScheme: 'light' });
          await visit(page, `${product.url}${path}`);
          expect(await page.locator('h1').count(), path).toBe(1);
          expect(await page.locator('h1').innerText(), path).toMatch(heading);
          expect(await page.title(), path).toMatch(/ · Headwater$/);
          for (const colorScheme of COLOURS) {
            await page.emulateMedia({ colorScheme });
            expect(await accessibilityFaults(page), `${path}, ${colorScheme}`).toEqual([]);
          }
          const overflow = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
          expect(overflow, `${path} is wider than the window`).toBeLessThanOrEqual(0);
        }
        expect(complaints).toEqual([]);
        await close();
      },
    );
  }

  test('speak German where the browser does, and whatever is chosen for good', async (context) => {
    const { page, close } = await openPage(chromium(context), { ...DESKTOP, locale: 'de-DE' });
    await visit(page, `${product.url}/`);
    expect(await page.locator('h1').innerText()).toBe('Was möchten Sie wissen?');
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
    await page.getByRole('button', { name: 'Konto' }).click();
    await page.getByRole('menuitem', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'What do you want to know?' }).waitFor();
    await page.reload({ waitUntil: 'networkidle' });
    expect(await page.locator('h1').innerText()).toBe('What do you want to know?');
    await close();
  });

  test('a half-remembered field is found from the keyboard alone', async (context) => {
    const { page, close } = await openPage(chromium(context), DESKTOP);
    await visit(page, `${product.url}/`);
    await page.keyboard.press('/');
    await page.locator('input:focus').waitFor();
    await page.keyboard.type('claimed_tot');
    await page.getByText('All results for “claimed_tot”').waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/search\?q=claimed_tot/);
    await page.getByRole('list', { name: 'Results' }).waitFor();
    const [first = ''] = await page.getByRole('list', { name: 'Results' }).getByRole('listitem').allInnerTexts();
    expect(first).toContain('daily_claims');
    expect(first).toContain('field: claimed_total');
    await page.getByRole('searchbox').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/asset\?id=/);
    await close();
  });

  test('what one narrows a search to is in the address, and comes back from it', async (context) => {
    const { page, close } = await openPage(chromium(context), DESKTOP);
    await visit(page, `${product.url}/search?q=claim`);
    const count = page.getByText(/^(\d+|One) results?$/);
    const all = await count.innerText();
    await page.getByRole('checkbox', { name: 'Job' }).check();
    await page.waitForURL(/kind=JOB/);
    await expect.poll(() => count.innerText()).not.toBe(all);
    const said = await count.innerText();
    await visit(page, page.url());
    expect(await count.innerText()).toBe(said);
    expect(await page.getByRole('checkbox', { name: 'Job' }).isChecked()).toBe(true);
    await close();
  });

  test('a server that went away is said to be, with a way to try again', async (context) => {
    const { page, close } = await openPage(chromium(context), DESKTOP);
    await visit(page, `${product.url}/`);
    await page.route('**/graphql', (route) => route.abort());
    await page.getByRole('link', { name: 'Search', exact: true }).click();
    await page.getByText('The server cannot be reached').waitFor();
    await page.unroute('**/graphql');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('list', { name: 'Results' }).waitFor();
    await close();
  });

  test('a dataset’s address leads to it', async () => {
    const page = await fetch(`${product.url}/asset?id=${CLAIMS}`, {
      headers: { accept: 'text/html' },
    });
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self';");
  });
});
