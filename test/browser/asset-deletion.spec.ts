import { beforeAll, expect, test, type TestContext } from 'vitest';
import { ASSET_EVENTS, LOAD_ORDERS, ORDERS } from '../support/asset-events.js';
import { accessibilityFaults, DESKTOP, openPage, PHONE, visit } from '../support/chromium.js';
import { dataOf } from '../support/graphql.js';
import { ProductInBrowser } from '../support/product-in-browser.js';

const pathTo = (id: string, more = ''): string => `/asset?id=${encodeURIComponent(id)}${more}`;

const served = ProductInBrowser.forFile();
let authorization = '';

/** The same by somebody else, by the API. */
async function elsewhere(mutation: 'deleteAsset' | 'restoreAsset', on: string): Promise<void> {
  const type = mutation === 'deleteAsset' ? 'DeleteAssetInput!' : 'RestoreAssetInput!';
  const { done } = await dataOf<{ done: { __typename: string } }>(
    served.url,
    `mutation ($input: ${type}) { done: ${mutation}(input: $input) { __typename } }`,
    { input: { on } },
    { authorization },
  );
  expect(done.__typename).toBe('EditedAsset');
}

async function opened(context: TestContext, path: string, more: object = DESKTOP) {
  const page = await openPage(served.browser(context), more);
  await served.signIn(page.page, path);
  return page;
}

beforeAll(async () => {
  if (!served.isRunning) return;
  authorization = `Bearer ${await served.adminToken()}`;
  const answer = await fetch(`${served.url}/api/v1/lineage/batch`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization },
    body: JSON.stringify(ASSET_EVENTS),
  });
  expect(await answer.json()).toMatchObject({ status: 'success' });
  await served.product.caughtUp();
});

test('an asset is deleted with the keyboard, says by whom and why, and is restored', async (context) => {
  const before = new Date().toISOString();
  const { page, complaints, close } = await opened(context, pathTo(ORDERS));
  const open = page.getByRole('button', { name: 'Delete…' });
  await open.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Delete this from the catalog?' });
  expect(await dialog.innerText()).toMatch(/whatever producers send[^]*Downstream of it there (is|are) \d+ assets?\./);
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await expect.poll(() => page.evaluate<string>('document.activeElement.textContent')).toBe('Delete…');
  await page.keyboard.press('Enter');
  await dialog.getByLabel('Reason (optional)').fill('replaced by order lines');
  await page.keyboard.press('Enter');
  await page.getByRole('status').getByText('It is deleted.').waitFor();
  expect(await open.count()).toBe(0);
  await visit(page, page.url());
  const notice = page.getByRole('alert').filter({ hasText: 'Deleted by' });
  expect(await notice.innerText()).toMatch(/Deleted by .+ on .+\s+replaced by order lines/);
  expect(await accessibilityFaults(page)).toEqual([]);
  await visit(page, `${served.url}${pathTo(ORDERS, `&asOf=${before}`)}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect(await notice.count()).toBe(0);
  await visit(page, `${served.url}${pathTo(ORDERS)}`);
  await notice.getByRole('button', { name: 'Restore' }).click();
  await notice.getByLabel('Reason (optional)').fill('too early');
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await page.getByRole('status').getByText('It is restored.').waitFor();
  await expect.poll(() => notice.count()).toBe(0);
  await open.waitFor();
  await visit(page, `${served.url}${pathTo(ORDERS, '&tab=events')}`);
  await page.getByText('Restored').first().waitFor();
  await page
    .getByText(/^Deleted, by/)
    .first()
    .waitFor();
  expect(complaints).toEqual([]);
  await close();
});

test('whoever comes second is told what became of it, and may delete it all the same', async (context) => {
  const { page, close } = await opened(context, pathTo(LOAD_ORDERS), PHONE);
  const remove = async (): Promise<void> => {
    await page.getByRole('button', { name: 'Delete…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await elsewhere('deleteAsset', LOAD_ORDERS);
    await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
  };
  await remove();
  const conflict = page.getByRole('alert').filter({ hasText: 'Somebody else edited it meanwhile' });
  await conflict.getByRole('button', { name: 'Save mine on top' }).click();
  await page.getByRole('alert').getByText('Somebody else deleted it already.').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await visit(page, page.url());
  await page.getByRole('alert').filter({ hasText: 'No reason was given.' }).waitFor();
  await elsewhere('restoreAsset', LOAD_ORDERS);
  await close();
});
