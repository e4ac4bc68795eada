import type { Page } from 'playwright-core';
import { beforeAll, expect, test, type TestContext } from 'vitest';
import { ASSET_EVENTS, ORDERS } from '../support/asset-events.js';
import { accessibilityFaults, DESKTOP, openPage, visit } from '../support/chromium.js';
import { dataOf } from '../support/graphql.js';
import { ProductInBrowser } from '../support/product-in-browser.js';

const pathTo = (id: string): string => `/asset?id=${encodeURIComponent(id)}`;
const section = (page: Page, heading: string) =>
  page.locator('section').filter({ has: page.getByRole('heading', { name: heading, exact: true, level: 2 }) });

const served = ProductInBrowser.forFile();
let authorization = '';

async function elsewhere(mutation: string, type: string, input: object): Promise<void> {
  const { done } = await dataOf<{ done: { __typename: string } }>(
    served.url,
    `mutation ($input: ${type}!) { done: ${mutation}(input: $input) { __typename } }`,
    { input },
    { authorization },
  );
  expect(done.__typename).toMatch(/^(Edited|Imported)/);
}

async function opened(context: TestContext, path: string) {
  const page = await openPage(served.browser(context), DESKTOP);
  await served.signIn(page.page, path);
  return page;
}

beforeAll(async () => {
  if (!served.isRunning) return;
  authorization = `Bearer ${await served.adminToken()}`;
  await fetch(`${served.url}/api/v1/lineage/batch`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization },
    body: JSON.stringify(ASSET_EVENTS),
  });
  await served.product.caughtUp();
  await elsewhere('importTerms', 'ImportTermsInput', {
    csv: 'key,name,parent,synonyms,status,related\nparty,Party,,,APPROVED,\nbuyer,Buyer,party,Customer|Client,APPROVED,order\norder,Order,,,DRAFT,\n',
  });
});

test('the glossary shows terms below wider ones, finds one by a synonym, and leads to its page', async (context) => {
  const { page, complaints, close } = await opened(context, '/glossary');
  await page.getByRole('heading', { name: '3 terms', level: 2 }).waitFor();
  const party = page.getByRole('listitem').filter({ hasText: 'Party' });
  await party.getByRole('listitem').filter({ hasText: 'Buyer Customer, Client' }).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole('searchbox', { name: 'Find a term' }).fill('clie');
  await page.getByRole('heading', { name: '1 term', level: 2 }).waitFor();
  await page.getByRole('link', { name: 'Buyer', exact: true }).click();
  await page.getByRole('heading', { name: 'Buyer', level: 1 }).waitFor();
  await section(page, 'Related terms').getByRole('link', { name: 'Order' }).waitFor();
  await page.getByRole('link', { name: 'Party', exact: true }).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(complaints).toEqual([]);
  await close();
});

test('a term is put on an asset in place, found by it, and taken off; an edit that comes late shows both', async (context) => {
  const { page, complaints, close } = await opened(context, pathTo(ORDERS));
  const terms = section(page, 'Terms');
  await terms.getByRole('button', { name: 'Add term' }).click();
  const form = terms.getByRole('form', { name: 'Add term' });
  await form.getByRole('combobox', { name: 'Term' }).fill('customer');
  await page.getByRole('option', { name: 'Party / Buyer' }).click();
  await form.getByRole('button', { name: 'Save' }).click();
  await terms.getByRole('status').getByText('The term Party / Buyer is put on.').waitFor();
  await terms.getByRole('listitem').filter({ hasText: 'Entered here' }).getByRole('link', { name: 'Buyer' }).waitFor();
  await terms.getByRole('button', { name: 'Add term' }).click();
  await form.getByRole('combobox', { name: 'Term' }).fill('ord');
  await page.getByRole('option', { name: 'Order' }).click();
  await elsewhere('tagAsset', 'TagAssetInput', { on: ORDERS, tag: 'meanwhile' });
  await form.getByRole('button', { name: 'Save' }).click();
  await terms.getByText('Somebody else edited it meanwhile').waitFor();
  await terms.getByText('the term Order').waitFor();
  await terms.getByRole('button', { name: 'Save mine on top' }).click();
  await terms.getByRole('status').getByText('The term Order is put on.').waitFor();
  await terms.getByRole('button', { name: 'Remove the term Order' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await terms.getByRole('status').getByText('The term Order is removed.').waitFor();
  await visit(page, `${served.url}/search?term=term%3Aparty`);
  await page
    .getByRole('main')
    .getByRole('link', { name: /orders/i })
    .first()
    .waitFor();
  expect(complaints).toEqual([]);
  await close();
});

test('a file of terms is looked at, told row by row where it is bad, and its good rows are taken in', async (context) => {
  const { page, complaints, close } = await opened(context, '/glossary');
  const csv = 'key,name,parent\ninvoice,Invoice,\nnowhere,Nowhere,absent\n';
  await page.getByRole('button', { name: 'Import CSV' }).click();
  const form = page.getByRole('dialog', { name: 'Import CSV' });
  const chooser = page.waitForEvent('filechooser');
  await form.getByRole('button', { name: 'File' }).click();
  await (await chooser).setFiles({ name: 'terms.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await form.getByRole('button', { name: 'Preview' }).click();
  await form.getByText('line 3: names a term that there is not').waitFor();
  await form.getByRole('radio', { name: 'take in the good rows' }).check();
  await form.getByRole('button', { name: 'Preview' }).click();
  await form.getByText('New: 1, changed: 0, as they are: 0.').waitFor();
  await form.getByRole('row').filter({ hasText: 'nowhere' }).getByText('names a term that there is not').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await form.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByRole('link', { name: 'Invoice', exact: true }).waitFor();
  expect(complaints).toEqual([]);
  await close();
});

test('the history of a description says who described it and when', async (context) => {
  await elsewhere('describeAsset', 'DescribeAssetInput', { on: ORDERS, text: 'First words.' });
  await elsewhere('describeAsset', 'DescribeAssetInput', { on: ORDERS, text: 'Better words.', reason: 'clearer' });
  const { page, complaints, close } = await opened(context, pathTo(ORDERS));
  await page.getByText('History of the description').click();
  await page.getByRole('listitem').filter({ hasText: 'First words.' }).waitFor();
  await page.getByRole('listitem').filter({ hasText: 'Better words.' }).getByText('clearer').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(complaints).toEqual([]);
  await close();
});
