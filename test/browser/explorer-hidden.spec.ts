import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, type TestContext } from 'vitest';
import { accessibilityFaults, chromiumForTests, DESKTOP, openPage } from '../support/chromium.js';
import { card, cards, openExplorer, send, soon } from '../support/explorer.js';
import { caughtUp, dataOf } from '../support/graphql.js';
import { eventsWithHiddenNamespace, leaksIn, SEEN } from '../support/hidden-namespace.js';
import { preparedDataDir } from '../support/prepared-data.js';
import { ProductProcess } from '../support/product.js';

const STAGE = 'dataset:wh:stage';
const MART = 'dataset:wh:mart';
const hidden = (page: Page) => page.locator('.hw-node[data-look=hidden] [data-node]');

describe('the lineage explorer for somebody who may not see all of it', () => {
  let browser: Awaited<ReturnType<typeof chromiumForTests>>;
  let product: ProductProcess;
  let directory: Awaited<ReturnType<typeof preparedDataDir>>;
  let token: string;

  beforeAll(async () => {
    browser = await chromiumForTests();
    directory = await preparedDataDir('nothing');
    product = await ProductProcess.serve({ HEADWATER_DATA_DIR: directory.dataDir, HEADWATER_AUTH: 'on' });
    const admin = (await readFile(path.join(directory.dataDir, 'admin-token'), 'utf8')).trim();
    const headers = { authorization: `Bearer ${admin}` };
    const create = `mutation ($input: CreateTokenInput!) { createToken(input: $input) { ... on CreatedToken { text } } }`;
    const made = async (input: object): Promise<string> => {
      const { createToken } = await dataOf<{ createToken: { text: string } }>(
        product.url,
        create,
        { input: { owner: 'tests', ...input } },
        headers,
      );
      return createToken.text;
    };
    const writer = await made({ name: 'writer', scopes: ['LINEAGE_WRITE'] });
    token = await made({ name: 'viewer', scopes: ['CATALOG_READ'], reads: SEEN });
    await send(product.url, eventsWithHiddenNamespace(), { authorization: `Bearer ${writer}` });
    await caughtUp(product.url);
  });
  afterAll(async () => {
    if ('close' in browser) await browser.close();
    await product.stop();
    await directory.remove();
  });

  test(
    'shows what is hidden as opaque nodes that lead on, and nothing breaks or tells more',
    { timeout: 60_000 },
    async (context: TestContext) => {
      const chromium = 'absent' in browser ? context.skip(browser.absent) : browser;
      const { page, complaints, close } = await openPage(chromium, DESKTOP);
      const answers: string[] = [];
      page.on('response', (response) => {
        if (response.url().endsWith('/graphql'))
          response.text().then(
            (text) => answers.push(text),
            () => undefined,
          );
      });
      const nothingLeaks = async (): Promise<void> => {
        expect(leaksIn(await page.content())).toEqual([]);
        expect(answers.flatMap(leaksIn)).toEqual([]);
      };
      await page.goto(`${product.url}/auth/sign-in`);
      await page.locator('input[name=token]').fill(token);
      await page.locator('input[name=token]').press('Enter');
      await page.waitForURL((address) => !address.pathname.startsWith('/auth/sign-in') || address.search === '');

      await openExplorer(page, product.url, STAGE, { depth: '100' });
      await card(page, MART).waitFor();
      expect(await hidden(page).count()).toBeGreaterThan(1);
      expect(await hidden(page).first().innerText()).toMatch(/Hidden\s+You may not see this/);
      expect(await accessibilityFaults(page)).toEqual([]);
      await hidden(page).first().click();
      await page
        .getByRole('region', { name: 'Hidden' })
        .getByText(/your role does not let you see what it is/)
        .waitFor();
      await page.getByRole('region', { name: 'Hidden' }).getByRole('button').nth(1).click();
      await page.getByText('You may not see what proves this, or it has changed meanwhile.').waitFor();
      await nothingLeaks();

      await page.getByRole('combobox', { name: 'Find in the graph' }).fill('Hidden');
      await page.getByText('Nothing shown has this name').waitFor();
      await page.getByLabel('Collapse by').selectOption('Namespace');
      await card(page, 'group:open').waitFor();
      expect(await hidden(page).count()).toBeGreaterThan(1);
      await page.getByText('Table', { exact: true }).click();
      await page.getByRole('rowheader', { name: 'Hidden' }).first().waitFor();
      await nothingLeaks();

      await openExplorer(page, product.url, STAGE, { pathFrom: STAGE, pathTo: MART });
      await page.getByRole('region', { name: 'Path' }).getByText('Hidden').first().waitFor();
      await openExplorer(page, product.url, STAGE, { panel: 'impact' });
      await page.getByRole('heading', { name: 'Hidden from you' }).waitFor();
      for (const granularity of ['DATASET', 'FIELD', 'RUN']) {
        await openExplorer(page, product.url, STAGE, { granularity, depth: '100', by: 'dataset' });
        await soon(() => cards(page).then(({ length }) => length)).toBeGreaterThan(0);
        await nothingLeaks();
      }
      expect(complaints).toEqual([]);
      await close();
    },
  );
});
