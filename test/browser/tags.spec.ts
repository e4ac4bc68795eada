import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { accessibilityFaults, PHONE, visit } from '../support/chromium.js';
import { ExampleInBrowser } from '../support/example-in-browser.js';

const WAREHOUSE = 'postgres%3A%2F%2Fwarehouse.insurance.example%3A5432';
const FROM = `field:${WAREHOUSE}:insurance.claims.claims:customer_id`;
const OPEN_CLAIMS = `field:${WAREHOUSE}:insurance.reporting.tmp_open_claims:customer_id`;
const TABLE = `dataset:${WAREHOUSE}:insurance.reporting.tmp_open_claims`;
const PERSONAL = 'classification=personal';

const example = new ExampleInBrowser([]);
const at = (id: string): string => `${example.url}/asset?id=${encodeURIComponent(id)}`;
const tagPage = (name: string): string => `${example.url}/tag?name=${encodeURIComponent(name)}`;
const section = (page: Page, heading: string) =>
  page.locator('section').filter({ has: page.getByRole('heading', { name: heading, exact: true, level: 2 }) });

describe('tags along lineage', () => {
  example.inPage('a tag that came along says its way, and leads to everything that has it', async (page) => {
    await visit(page, at(OPEN_CLAIMS));
    const tags = section(page, 'Tags');
    expect(await tags.innerText()).toMatch(/Came along:\s+insurance\.claims\.claims · customer_id/);
    await tags.getByRole('link', { name: PERSONAL }).click();
    await page.getByRole('heading', { name: `Tag ${PERSONAL}`, level: 1 }).waitFor();
    await page.getByText('16 places', { exact: true }).waitFor();
    const came = section(page, 'Came along').getByRole('listitem').filter({ hasText: 'tmp_open_claims' });
    expect(await came.first().innerText()).toContain('insurance.claims.claims · customer_id');
    const ends = section(page, 'Where it ends').getByRole('row').filter({ hasText: 'email_hash' });
    expect(await ends.innerText()).toMatch(
      /customers · email[^]*customers_masked · email_hash[^]*all values are masked/,
    );
    await came.first().getByRole('link', { name: 'insurance.claims.claims · customer_id' }).click();
    await page.waitForURL(at(FROM));
  });

  example.inPage('in the columns of a dataset it stands with where it came from', async (page) => {
    await visit(page, at(TABLE));
    const badge = page.getByRole('row').filter({ hasText: 'customer_id' }).getByRole('link', { name: PERSONAL });
    await badge.focus();
    const hint = page.getByRole('tooltip');
    await hint.waitFor();
    expect(await hint.innerText()).toBe('Came along from insurance.claims.claims · customer_id');
  });

  example.inPage('one that came to a dataset along datasets says its way through the job', async (page) => {
    await visit(page, at('dataset:s3%3A%2F%2Finsurance-lake:regulator%2Fpayouts'));
    const tags = section(page, 'Tags');
    expect(await tags.innerText()).toMatch(
      /retention=10-years\s+Came along:\s+insurance\.payout\.payouts\s+regulator-extract\s+regulator\/payouts/,
    );
    const put = tags.getByText('Entered at').getByRole('link', { name: 'insurance.payout.payouts' });
    expect(await put.getAttribute('href')).toBe(
      `/asset?id=${encodeURIComponent(`dataset:${WAREHOUSE}:insurance.payout.payouts`)}`,
    );
    expect(await accessibilityFaults(page)).toEqual([]);
    await tags.getByRole('link', { name: 'retention=10-years' }).click();
    await page.getByText('2 places', { exact: true }).waitFor();
    expect(await section(page, 'Came along').innerText()).toContain('regulator/payouts');
    const end = section(page, 'Where it ends').getByRole('row').filter({ hasText: 'made anew every night' });
    expect(await end.innerText()).toMatch(/insurance\.payout\.payouts[^]*insurance\.reporting\.daily_claims/);
  });

  example.inPage('a moment before anything had it is told as such, and the moment goes along', async (page) => {
    await visit(page, `${tagPage(PERSONAL)}&asOf=2020-01-01T00%3A00%3A00.000Z`);
    await page.getByText('Nothing had this tag at that moment.').waitFor();
    await page.getByRole('button', { name: 'Now' }).click();
    await page.getByText('16 places').waitFor();
  });

  example.inPage(
    'on a phone it fits, in German too',
    async (page) => {
      await visit(page, tagPage('classification'));
      expect(await page.locator('h1').innerText()).toBe('Schlagwort classification');
      await section(page, 'Mitgekommen').waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')).toBeLessThanOrEqual(0);
      expect(await accessibilityFaults(page)).toEqual([]);
    },
    { ...PHONE, locale: 'de-DE' },
  );

  example.inPage(
    'that it does not hold here is said with a reason, told where it ends, and taken back',
    async (page) => {
      await visit(page, at(OPEN_CLAIMS));
      const tags = section(page, 'Tags');
      await tags.getByRole('button', { name: `Say that the tag ${PERSONAL} does not hold here` }).click();
      const dialog = page.getByRole('dialog', { name: 'Does this tag not hold here?' });
      await dialog.getByLabel('Reason (optional)').fill('numbers of test customers');
      await dialog.getByRole('button', { name: 'It does not hold here' }).click();
      await tags.getByText('No tags.').waitFor();
      await visit(page, tagPage(PERSONAL));
      const end = section(page, 'Where it ends').getByRole('row').filter({ hasText: 'numbers of test customers' });
      expect(await end.innerText()).toMatch(
        /claims · customer_id[^]*tmp_open_claims · customer_id[^]*somebody said so/,
      );
      await page.getByText('15 places', { exact: true }).waitFor();
      await visit(page, at(OPEN_CLAIMS));
      await tags.getByRole('button', { name: 'Add tag' }).click();
      await tags.getByLabel('Tag', { exact: true }).fill(PERSONAL);
      await page.keyboard.press('Enter');
      await tags.getByRole('status').getByText(`The tag ${PERSONAL} is put on.`).waitFor();
      await visit(page, page.url());
      expect(await tags.innerText()).not.toContain('Came along');
    },
  );
});
