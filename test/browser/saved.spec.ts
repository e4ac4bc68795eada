import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, type TestContext } from 'vitest';
import { accessibilityFaults, chromiumForTests, DESKTOP, openPage, visit } from '../support/chromium.js';
import { preparedDataDir } from '../support/prepared-data.js';
import { ProductProcess } from '../support/product.js';

describe('the page of saved searches', () => {
  let browser: Awaited<ReturnType<typeof chromiumForTests>>;
  let product: ProductProcess;
  let directory: Awaited<ReturnType<typeof preparedDataDir>>;

  beforeAll(async () => {
    browser = await chromiumForTests();
    directory = await preparedDataDir('example');
    product = await ProductProcess.serve({ HEADWATER_DATA_DIR: directory.dataDir });
    await product.caughtUp();
  });
  afterAll(async () => {
    if ('close' in browser) await browser.close();
    await product.stop();
    await directory.remove();
  });

  const chromium = (context: TestContext): Browser => ('absent' in browser ? context.skip(browser.absent) : browser);

  async function ask<T>(query: string, variables: object): Promise<T> {
    const response = await fetch(`${product.url}/graphql`, {
      ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
      body: JSON.stringify({ query, variables }),
    });
    return ((await response.json()) as { data: T }).data;
  }

  async function save(input: object): Promise<string> {
    const query = `mutation ($input: SaveSearchInput!) { done: saveSearch(input: $input) { ... on SavedSearchChanged { id } } }`;
    return (await ask<{ done: { id: string } }>(query, { input })).done.id;
  }

  test('kinds are called by their names in German', { timeout: 60_000 }, async (context) => {
    const { page, close } = await openPage(chromium(context), { ...DESKTOP, locale: 'de-DE' });
    await save({ name: 'Sorten', query: 'claim', filter: { kinds: ['DATASET'], hasOwner: true } });
    await visit(page, `${product.url}/saved`);
    const row = page.getByRole('listitem').filter({ hasText: 'Sorten' });
    const text = await row.first().innerText();
    expect(text).toContain('Datensatz · mit Verantwortlichen');
    expect(text).not.toContain('DATASET');
    expect(await accessibilityFaults(page)).toEqual([]);
    await close();
  });

  test('only a search of one’s own takes on what the address asks', { timeout: 60_000 }, async (context) => {
    const { page, close } = await openPage(chromium(context), DESKTOP);
    const id = await save({ name: 'Own', query: 'claim' });
    await visit(page, `${product.url}/search?q=claim&saved=${id}`);
    await page.getByRole('button', { name: 'Save changes to it' }).waitFor();
    await visit(page, `${product.url}/search?q=claim&saved=${'0'.repeat(32)}`);
    await page.getByRole('button', { name: 'Save search' }).waitFor();
    expect(await page.getByRole('button', { name: 'Save changes to it' }).count()).toBe(0);
    await close();
  });

  test('the focus stays with the search whose news were seen', { timeout: 60_000 }, async (context) => {
    const { page, close } = await openPage(chromium(context), DESKTOP);
    const id = await save({ name: 'Followed', query: 'freshly' });
    await ask('mutation ($id: ID!) { followSavedSearch(id: $id) { __typename } }', { id });
    const event = {
      eventTime: new Date().toISOString(),
      producer: 'https://example.com/etl/1',
      schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/DatasetEvent',
      dataset: { namespace: 'example', name: 'freshly.made', facets: {} },
    };
    const headers = { 'content-type': 'application/json' };
    await fetch(`${product.url}/api/v1/lineage`, { method: 'POST', headers, body: JSON.stringify(event) });
    await product.caughtUp();
    await visit(page, `${product.url}/saved`);
    await page.getByRole('button', { name: 'Seen' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Seen' }).waitFor({ state: 'detached' });
    expect(await page.locator('[role="status"]:focus').innerText()).toBe('Nothing new.');
    await close();
  });
});
