import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { DESKTOP, openPage, PHONE, visit } from '../support/chromium.js';
import { dataOf } from '../support/graphql.js';
import { differenceOf, lookFault, pictureOf, steady, TOLERANCE } from '../support/looks.js';
import { ProductInBrowser } from '../support/product-in-browser.js';
import { sendExample } from '../support/send-example.js';

/** Some hours after the example's last day; the example is loaded as of it, so that its dates are always the same. */
const NOW = new Date('2025-03-18T09:30:00Z');
const WAREHOUSE = 'postgres%3A%2F%2Fwarehouse.insurance.example%3A5432';
const CLAIMS = `dataset:${WAREHOUSE}:insurance.claims.claims`;
const REPORT = 'job:reporting:daily-claims-report';
const asset = (id: string): string => `/asset?id=${encodeURIComponent(id)}`;

const served = ProductInBrowser.forFile();
let run = '';

beforeAll(async () => {
  const authorization = `Bearer ${await served.adminToken()}`;
  await sendExample(served.url, await served.adminToken(), NOW.getTime());
  await served.product.caughtUp();
  const query =
    '{ job(namespace: "reporting", name: "daily-claims-report") { runs(first: 1) { edges { node { id } } } } }';
  const { job } = await dataOf<{ job: { runs: { edges: { node: { id: string } }[] } } }>(
    served.url,
    query,
    {},
    { authorization },
  );
  run = job.runs.edges[0]?.node.id ?? '';
});

const looks = (): readonly (readonly [name: string, path: string, more?: 'phone'])[] => [
  ['search', '/search?q=claim', 'phone'],
  ['dataset', asset(CLAIMS), 'phone'],
  ['job', asset(REPORT)],
  ['run', asset(run)],
  ['lineage', `/lineage?root=${encodeURIComponent(CLAIMS)}`],
  ['start', '/start', 'phone'],
  ['findings', '/operations/findings'],
];
const WINDOWS = [
  ['desktop-light', { ...DESKTOP, colorScheme: 'light' }],
  ['desktop-dark', { ...DESKTOP, colorScheme: 'dark' }],
  ['phone-light', { ...PHONE, colorScheme: 'light' }],
] as const;

async function settled(page: Page, path: string): Promise<Buffer> {
  await visit(page, `${served.url}${path}`);
  if (path.startsWith('/lineage')) await page.locator('.react-flow__node').first().waitFor();
  return pictureOf(page);
}

for (const [name, window] of WINDOWS) {
  test(`every page looks as it did: ${name}`, { timeout: 90_000 }, async (context) => {
    const { page, close } = await openPage(served.browser(context), { ...window, bypassCSP: true });
    await steady(page.context(), NOW);
    const faults: (string | null)[] = [];
    await page.goto(`${served.url}/auth/sign-in`);
    faults.push(await lookFault(`sign-in-${name}`, await pictureOf(page)));
    await served.signIn(page);
    for (const [of, path, more] of looks()) {
      if (name.startsWith('phone') && more !== 'phone') continue;
      faults.push(await lookFault(`${of}-${name}`, await settled(page, path)));
    }
    expect(faults.filter((fault) => fault !== null)).toEqual([]);
    await close();
  });
}

/** What must not go unseen, each by itself. */
const PLANTED = {
  'a heading that moves by 8 pixels': 'h1 { position: relative; top: 8px; }',
  'a text in another color': 'h1 { color: #b42318 !important; }',
  'a result that is gone': 'main li:nth-child(2) { display: none; }',
};

test(
  'a planted change is found, and a page that was opened again is the same',
  { timeout: 60_000 },
  async (context) => {
    const { page, close } = await openPage(served.browser(context), { ...DESKTOP, bypassCSP: true });
    await steady(page.context(), NOW);
    await served.signIn(page, '/search?q=claim');
    const before = await pictureOf(page);
    expect(differenceOf(before, await settled(page, '/search?q=claim')).share).toBeLessThanOrEqual(TOLERANCE / 2);
    for (const [what, style] of Object.entries(PLANTED)) {
      await page.evaluate(`document.head.append(Object.assign(document.createElement('style'), {
      id: 'planted', textContent: ${JSON.stringify(style)},
    }))`);
      expect(differenceOf(before, await pictureOf(page)).share, what).toBeGreaterThan(TOLERANCE * 2);
      await page.evaluate(`document.querySelector('#planted').remove()`);
    }
    await close();
  },
);
