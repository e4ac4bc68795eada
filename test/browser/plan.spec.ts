import { describe, expect } from 'vitest';
import type { Page } from 'playwright-core';
import { accessibilityFaults, PHONE, visit } from '../support/chromium.js';
import { ExampleInBrowser } from '../support/example-in-browser.js';

const WAREHOUSE = 'postgres%3A%2F%2Fwarehouse.insurance.example%3A5432';
const BROKER = 'kafka%3A%2F%2Fbroker.insurance.example%3A9092';
const CUSTOMER = `field:${WAREHOUSE}:insurance.claims.claims:customer_id`;
const SCORE = `field:${BROKER}:claims.triaged:score`;

const example = new ExampleInBrowser([]);
const planOf = (...targets: readonly string[]): string =>
  `${example.url}/plan?${new URLSearchParams(targets.map((target): [string, string] => ['target', target])).toString()}`;
const section = (page: Page, heading: string) =>
  page.locator('section').filter({ has: page.getByRole('heading', { name: heading, exact: true, level: 2 }) });

describe('a collection plan', () => {
  example.inPage('begins at a field, and others are picked by the name of their dataset', async (page) => {
    await visit(page, `${example.url}/asset?id=${encodeURIComponent(CUSTOMER)}`);
    await page.getByRole('link', { name: 'Collect' }).click();
    await page.getByRole('heading', { name: 'Collection plan', level: 1 }).waitFor();
    await section(page, 'Read these datasets').getByText('customer_id').first().waitFor();
    await page.getByRole('combobox', { name: 'Dataset' }).fill('triaged');
    await page
      .getByRole('option', { name: /triaged/ })
      .first()
      .click();
    await page.getByRole('combobox', { name: 'Field' }).click();
    await page.getByRole('option', { name: 'score' }).click();
    await page.getByRole('button', { name: 'Add' }).click();
    await page.waitForURL(planOf(CUSTOMER, SCORE));
    await section(page, 'Join them').getByText('claim_id').first().waitFor();
  });

  example.inPage('tells what to read, join and ask, and what is ticked stays with the list', async (page) => {
    await visit(page, planOf(CUSTOMER, SCORE));
    const read = section(page, 'Read these datasets');
    await read.getByRole('checkbox').first().waitFor();
    expect(await read.innerText()).toMatch(
      /claims\.reported[^]*customer_id[^]*classification=personal[^]*claims\.triaged/i,
    );
    expect(await section(page, 'What it takes').innerText()).toMatch(/3: 2 read, 1 made, 0 changed[^]*1 field/);
    expect(await section(page, 'Join them').innerText()).toMatch(
      /claims\.reported with claims\.triaged[^]*on claim_id = claim_id \(values from one field/,
    );
    expect(await section(page, 'Ask').innerText()).toMatch(/claims-intake[^]*claims-triage/);
    await read.getByRole('checkbox').first().check();
    await visit(page, planOf(SCORE, CUSTOMER));
    await read.getByRole('checkbox').first().waitFor();
    expect(await page.getByRole('checkbox', { checked: true }).count()).toBe(1);
    await read.getByRole('checkbox', { checked: true }).uncheck();
  });

  example.inPage('another way is shown, and the address leads to it', async (page) => {
    await visit(page, planOf(CUSTOMER, SCORE));
    const ways = section(page, 'Ways compared');
    await ways
      .getByRole('row')
      .filter({ hasText: 'nearest the sources' })
      .getByRole('button', { name: 'Show' })
      .click();
    await section(page, 'Read these datasets').getByText('inbox/claim-forms').first().waitFor();
    await visit(page, page.url());
    await section(page, 'Read these datasets').getByText('inbox/claim-forms').first().waitFor();
  });

  example.inPage('a field that is not there is told, and left out', async (page) => {
    await visit(page, planOf(SCORE, 'field:nowhere:nothing:x'));
    await page.getByText('targets/1: there is no such field').waitFor();
    await page.getByRole('button', { name: 'Leave out nothing · x' }).click();
    await section(page, 'Read these datasets').getByText('score').first().waitFor();
  });

  example.inPage(
    'on a phone it fits, in German too',
    async (page) => {
      await visit(page, planOf(CUSTOMER, SCORE));
      await section(page, 'Verbinden').waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')).toBeLessThanOrEqual(0);
      expect(await accessibilityFaults(page)).toEqual([]);
    },
    { ...PHONE, locale: 'de-DE' },
  );
});
