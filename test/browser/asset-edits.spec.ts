import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test, type TestContext } from 'vitest';
import { ASSET_EVENTS, LOAD_ORDERS, ORDERS } from '../support/asset-events.js';
import { accessibilityFaults, DESKTOP, openPage, visit } from '../support/chromium.js';
import { dataOf } from '../support/graphql.js';
import { ProductInBrowser } from '../support/product-in-browser.js';

const pathTo = (id: string, more = ''): string => `/asset?id=${encodeURIComponent(id)}${more}`;
const section = (page: Page, heading: string) =>
  page.locator('section').filter({ has: page.getByRole('heading', { name: heading, exact: true, level: 2 }) });

/** The controls of a page that change something. */
const EDITS = /^(Add owner|Add tag|Edit|Change domain|Remove .*)$/;

const served = ProductInBrowser.forFile();
let authorization = '';

async function asked<T>(query: string, variables: Readonly<Record<string, unknown>> = {}): Promise<T> {
  return dataOf<T>(served.url, query, variables, { authorization });
}

/** An edit by somebody else, by the API. */
async function elsewhere(mutation: string, input: object): Promise<void> {
  const type = `${mutation[0]?.toUpperCase() ?? ''}${mutation.slice(1)}Input!`;
  const { done } = await asked<{ done: { __typename: string } }>(
    `mutation ($input: ${type}) { done: ${mutation}(input: $input) { __typename } }`,
    { input },
  );
  expect(done.__typename).toMatch(/^Edited/);
}

async function opened(context: TestContext, path: string, more: object = {}) {
  const page = await openPage(served.browser(context), { ...DESKTOP, ...more });
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

describe('edits in place', () => {
  test('an owner is entered with the keyboard alone, and says who entered it after a reload', async (context) => {
    const { page, complaints, close } = await opened(context, pathTo(ORDERS));
    const owners = section(page, 'Owners');
    const add = owners.getByRole('button', { name: 'Add owner' });
    const focused = () => page.evaluate<string>('document.activeElement.textContent');
    await add.focus();
    await page.keyboard.press('Enter');
    await owners.getByRole('form', { name: 'Add owner' }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => owners.getByRole('form').count()).toBe(0);
    expect(await focused()).toBe('Add owner');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate('document.activeElement.tagName')).toBe('SELECT');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    await page.keyboard.insertText('finance');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    await page.keyboard.insertText('agreed in the council');
    await page.keyboard.press('Enter');
    await owners.getByRole('status').getByText('finance is entered as Technical owner.').waitFor();
    await visit(page, page.url());
    const entered = owners.getByRole('listitem').filter({ hasText: 'finance' });
    expect(await entered.innerText()).toMatch(/Technical owner[^]*Entered here[^]*Entered by .+ in event \d+/);
    expect(complaints).toEqual([]);
    await close();
  });

  test('what is entered shows while it is saved, and a failure on the way is sent again as the same edit', async (context) => {
    const { page, close } = await opened(context, pathTo(LOAD_ORDERS));
    const tags = section(page, 'Tags');
    const keys: unknown[] = [];
    let isAway = true;
    await page.route('**/graphql', async (route) => {
      const body = route.request().postDataJSON() as { variables?: { input?: { idempotencyKey?: string } } };
      const key = body.variables?.input?.idempotencyKey;
      if (key === undefined) return route.continue();
      keys.push(key);
      await new Promise((resolve) => setTimeout(resolve, 600));
      return isAway ? route.abort() : route.continue();
    });
    await tags.getByRole('button', { name: 'Add tag' }).click();
    await tags.getByLabel('Tag', { exact: true }).fill('tier=silver');
    await page.keyboard.press('Enter');
    const line = tags.getByRole('listitem').filter({ hasText: 'tier=silver' });
    await line.waitFor();
    expect(await line.getAttribute('aria-busy')).toBe('true');
    const alert = tags.getByRole('alert');
    await alert.getByText('The server cannot be reached').waitFor();
    expect(await line.count()).toBe(0);
    expect(await tags.getByLabel('Tag', { exact: true }).inputValue()).toBe('tier=silver');
    isAway = false;
    await alert.getByRole('button', { name: 'Try again' }).click();
    await tags.getByRole('status').getByText('The tag tier=silver is put on.').waitFor();
    expect(await line.getAttribute('aria-busy')).toBe('false');
    expect(keys).toHaveLength(2);
    expect(keys[0]).toBe(keys[1]);
    await close();
  });

  test('a tag is taken off after a question, and stays off', async (context) => {
    const { page, close } = await opened(context, pathTo(ORDERS));
    const tags = section(page, 'Tags');
    const remove = tags.getByRole('button', { name: 'Remove the tag tier=gold' });
    await remove.click();
    const dialog = page.getByRole('dialog', { name: 'Remove this tag?' });
    expect(await dialog.innerText()).toContain('It stays off whatever producers send');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => remove.evaluate((button) => button === button.ownerDocument.activeElement)).toBe(true);
    await remove.click();
    await dialog.getByLabel('Reason (optional)').fill('It was never gold');
    await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
    await tags.getByRole('status').getByText('The tag tier=gold is removed.').waitFor();
    expect(await tags.innerText()).toContain('No tags.');
    await visit(page, page.url());
    expect(await tags.innerText()).toContain('No tags.');
    await close();
  });

  test('a description is written with a preview, and taken back', async (context) => {
    const { page, close } = await opened(context, pathTo(ORDERS));
    const description = section(page, 'Description');
    await description.getByRole('button', { name: 'Edit', exact: true }).click();
    expect(await description.getByRole('button', { name: 'Use what producers say' }).count()).toBe(0);
    await description.getByLabel('Description', { exact: true }).fill('Orders, **all** of them.');
    expect(await description.getByLabel('Preview').locator('strong').innerText()).toBe('all');
    await page.keyboard.press('Control+Enter');
    await description.getByRole('status').getByText('The description is saved.').waitFor();
    expect(await description.locator('strong').allInnerTexts()).toEqual(['all']);
    await description.getByRole('button', { name: 'Edit', exact: true }).click();
    await description.getByRole('button', { name: 'Use what producers say' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Use what producers say' }).click();
    await description.getByRole('status').getByText('What was entered is taken away.').waitFor();
    expect(await description.locator('strong').allInnerTexts()).toEqual(['as the shop took it']);
    await close();
  });

  test('a field is described on its page, told with its history, and both are shown to who comes second', async (context) => {
    const field = `field:${ORDERS.slice('dataset:'.length)}:total`;
    const { page, close } = await opened(context, pathTo(field));
    const description = section(page, 'Description');
    const write = async (text: string): Promise<void> => {
      await description.getByRole('button', { name: 'Edit', exact: true }).click();
      await description.getByLabel('Description', { exact: true }).fill(text);
    };
    await write('In **cent**, by us.');
    await description.getByLabel('Reason (optional)').fill('The producer rounds');
    await description.getByRole('button', { name: 'Save' }).click();
    await description.getByRole('status').getByText('The description is saved.').waitFor();
    expect(await description.locator('strong').allInnerTexts()).toEqual(['cent']);
    await visit(page, page.url());
    expect(await description.locator('strong').allInnerTexts()).toEqual(['cent']);
    await page.getByText('History of the description').click();
    await page.getByText('The producer rounds').waitFor();
    await write('Mine.');
    await elsewhere('describeAsset', { on: field, text: 'Of others.' });
    await description.getByRole('button', { name: 'Save' }).click();
    const alert = description.getByRole('alert').filter({ hasText: 'Somebody else edited it meanwhile' });
    await alert.getByText('Of others.').waitFor();
    expect(await alert.innerText()).toMatch(/What you want\s+Mine\.\s+What is there now\s+Of others\./);
    expect(await accessibilityFaults(page)).toEqual([]);
    await alert.getByRole('button', { name: 'Keep theirs' }).click();
    await description.getByRole('status').getByText('Theirs stays').waitFor();
    await description.getByRole('button', { name: 'Edit', exact: true }).click();
    await description.getByRole('button', { name: 'Use what producers say' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Use what producers say' }).click();
    await description.getByRole('status').getByText('What was entered is taken away.').waitFor();
    expect(await description.innerText()).toMatch(/In cent$/);
    await close();
  });

  test('it is put into a domain that is found by its name, and out again', async (context) => {
    await elsewhere('createDomain', { name: 'Sales' });
    await elsewhere('createDomain', { name: 'Web shop', parent: 'domain:sales' });
    const { page, close } = await opened(context, pathTo(ORDERS));
    const details = section(page, 'Details');
    const choose = async (typed: string, name: string): Promise<void> => {
      await details.getByRole('button', { name: 'Change domain' }).click();
      const field = details.getByRole('form').getByLabel('Domain', { exact: true }).first();
      await field.fill(typed);
      await details.getByRole('option', { name }).click();
      await details.getByRole('button', { name: 'Save' }).click();
    };
    await choose('web', 'Sales / Web shop');
    await details.getByRole('status').getByText('It is in the domain Sales / Web shop now.').waitFor();
    await visit(page, page.url());
    expect(await details.getByRole('link').allInnerTexts()).toEqual(['Sales', 'Web shop']);
    await choose('no', 'In no domain');
    await details.getByRole('status').getByText('It is in no domain now.').waitFor();
    expect(await details.getByRole('link').count()).toBe(0);
    await close();
  });

  test('whoever comes second sees both, and saves on top or keeps what is there', async (context) => {
    const { page, close } = await opened(context, pathTo(LOAD_ORDERS));
    const description = section(page, 'Description');
    const write = async (mine: string, theirs: string): Promise<void> => {
      await description.getByRole('button', { name: 'Edit', exact: true }).click();
      await description.getByLabel('Description', { exact: true }).fill(mine);
      await elsewhere('describeAsset', { on: LOAD_ORDERS, text: theirs });
      await description.getByRole('button', { name: 'Save' }).click();
    };
    await write('Mine.', 'Of others.');
    const alert = description.getByRole('alert').filter({ hasText: 'Somebody else edited it meanwhile' });
    await alert.getByText('Of others.').waitFor();
    expect(await alert.innerText()).toMatch(/What you want\s+Mine\.\s+What is there now\s+Of others\./);
    expect(await accessibilityFaults(page)).toEqual([]);
    await alert.getByRole('button', { name: 'Save mine on top' }).click();
    await description.getByRole('status').getByText('The description is saved.').waitFor();
    expect(await description.innerText()).toMatch(/Mine\.$/);
    await write('Mine again.', 'Of others again.');
    await alert.getByText('Of others again.').waitFor();
    await alert.getByRole('button', { name: 'Keep theirs' }).click();
    await description.getByRole('status').getByText('Theirs stays').waitFor();
    expect(await description.innerText()).toMatch(/Of others again\.$/);
    await close();
  });

  test('what is wrong is said at its field, and the rest stays as it was typed', async (context) => {
    const { page, close } = await opened(context, pathTo(ORDERS));
    const owners = section(page, 'Owners');
    await owners.getByRole('button', { name: 'Add owner' }).click();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const name = owners.getByLabel('Name');
    expect(await name.getAttribute('aria-invalid')).toBe('true');
    await owners.getByText('Say who it is.').waitFor();
    await name.fill('ben');
    await owners.getByLabel('Role', { exact: true }).selectOption('Another role');
    await owners.getByLabel('Which role').press('Enter');
    await owners.getByRole('alert').getByText('Nothing was changed').waitFor();
    const role = owners.getByLabel('Which role');
    expect(await role.getAttribute('aria-invalid')).toBe('true');
    expect(await role.evaluate((field) => field === field.ownerDocument.activeElement)).toBe(true);
    await owners.getByText('must have 1 to 200 characters').waitFor();
    expect(await name.inputValue()).toBe('ben');
    expect(await owners.getByRole('listitem').filter({ hasText: 'ben' }).count()).toBe(0);
    await role.fill('ARCHIVIST');
    await page.keyboard.press('Enter');
    await owners.getByRole('status').getByText('ben is entered as ARCHIVIST.').waitFor();
    await close();
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`every form can be used by everybody (${colorScheme})`, async (context) => {
      await elsewhere('tagAsset', { on: ORDERS, tag: `seen-${colorScheme}` });
      const { page, close } = await opened(context, pathTo(ORDERS), { colorScheme });
      for (const name of ['Add owner', 'Add tag', 'Edit', 'Change domain']) {
        await page.getByRole('button', { name, exact: true }).click();
      }
      await page.getByRole('form', { name: 'Change domain' }).getByLabel('Domain', { exact: true }).first().click();
      await page.getByRole('option', { name: 'In no domain' }).waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.keyboard.press('Escape');
      expect(await page.getByRole('form').count()).toBe(4);
      await section(page, 'Tags').getByRole('button', { name: 'Cancel' }).click();
      await page.getByRole('button', { name: `Remove the tag seen-${colorScheme}` }).click();
      await page.getByRole('dialog').waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      await close();
    });
  }

  test('nothing can be edited of the past, on paper, or by whoever may only read', async (context) => {
    const { page, close } = await opened(context, pathTo(ORDERS));
    const controls = page.getByRole('button', { name: EDITS });
    expect(await controls.count()).toBeGreaterThan(4);
    await page.emulateMedia({ media: 'print' });
    expect(await controls.count()).toBe(0);
    await page.emulateMedia({ media: 'screen' });
    await visit(page, `${served.url}${pathTo(ORDERS, '&asOf=2026-03-05T12:00:00.000Z')}`);
    await section(page, 'Owners').waitFor();
    expect(await controls.count()).toBe(0);
    await close();

    const { made } = await asked<{ made: { text: string } }>(
      `mutation { made: createToken(input: { name: "reader", owner: "tests", scopes: [CATALOG_READ] }) { ... on CreatedToken { text } } }`,
    );
    const reader = await openPage(served.browser(context), DESKTOP);
    await reader.page.goto(`${served.url}/auth/sign-in?next=${encodeURIComponent(pathTo(ORDERS))}`);
    await reader.page.getByLabel('Token').fill(made.text);
    await reader.page.keyboard.press('Enter');
    await reader.page.waitForURL(`${served.url}${pathTo(ORDERS)}`);
    await visit(reader.page, reader.page.url());
    await section(reader.page, 'Owners').getByRole('listitem').first().waitFor();
    expect(await reader.page.getByRole('button', { name: EDITS }).count()).toBe(0);
    await reader.close();
  });
});
