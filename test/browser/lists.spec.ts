import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { accessibilityFaults, DESKTOP, openPage, PHONE, visit } from '../support/chromium.js';
import { dataOf } from '../support/graphql.js';
import { ProductInBrowser } from '../support/product-in-browser.js';

const LOAD = 'job:shop:load_orders';
const JOB_TYPE = 'https://openlineage.io/spec/facets/2-0-3/JobTypeJobFacet.json#/$defs/JobTypeJobFacet';

function eventOf(job: string, run: number, eventType: string, processingType: string): object {
  const producer = 'https://example.org/scheduler';
  const jobType = { _producer: producer, _schemaURL: JOB_TYPE, processingType, integration: 'FLINK', jobType: 'JOB' };
  return {
    eventType,
    eventTime: new Date(Date.now() - 15 * 3_600_000).toISOString(),
    producer,
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
    run: { runId: `0199a000-0000-7000-8000-${String(run).padStart(12, '0')}` },
    job: { namespace: 'shop', name: job, facets: { jobType } },
    inputs: [],
    outputs: [{ namespace: 'warehouse', name: 'sales.orders' }],
  };
}

const TOKENS = [
  `mutation { createToken(input: { name: "airflow", owner: "team:data", scopes: [LINEAGE_WRITE] }) {
    ... on CreatedToken { token { id } } } }`,
  `mutation($id: ID!) { rotateToken(input: { id: $id, overlapMinutes: 60 }) { ... on CreatedToken { token { id } } } }`,
] as const;

const served = ProductInBrowser.forFile();
let old = '';
let current = '';

beforeAll(async () => {
  if (!served.isRunning) return;
  const authorization = `Bearer ${await served.adminToken()}`;
  const answer = await fetch(`${served.url}/api/v1/lineage/batch`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization },
    body: JSON.stringify([
      eventOf('load_orders', 1, 'COMPLETE', 'BATCH'),
      eventOf('load_customers', 2, 'COMPLETE', 'BATCH'),
      eventOf('watch_orders', 3, 'RUNNING', 'STREAMING'),
    ]),
  });
  expect(await answer.json()).toMatchObject({ summary: { failed: 0 } });
  await served.product.caughtUp();
  const [create, rotate] = TOKENS;
  const ask = <T>(query: string, variables: object): Promise<T> =>
    dataOf<T>(served.url, query, { ...variables }, { authorization });
  old = (await ask<{ createToken: { token: { id: string } } }>(create, {})).createToken.token.id;
  current = (await ask<{ rotateToken: { token: { id: string } } }>(rotate, { id: old })).rotateToken.token.id;
});

const parameter = (page: Page, name: string) => new URL(page.url()).searchParams.get(name);

/** As a browser does it with what was copied elsewhere. */
const paste = (page: Page, text: string) =>
  page.evaluate(`(() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text', ${JSON.stringify(text)});
    document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  })()`);

describe('a filter by something that has an id', () => {
  test('takes its name, from the keyboard alone, and keeps it beside the id in the address', async (context) => {
    const { page, complaints, close } = await openPage(served.browser(context), DESKTOP);
    await served.signIn(page, '/operations/runs');
    await page.getByText('3 runs are shown.').waitFor();
    const field = page.getByRole('combobox', { name: 'Job' });
    await field.focus();
    await page.keyboard.type('load');
    const options = page.getByRole('option');
    await expect.poll(() => options.allInnerTexts()).toHaveLength(2);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.type('_ord');
    await page.locator('[data-combobox-selected]', { hasText: 'load_orders' }).waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => parameter(page, 'job')).toBe(LOAD);
    await page.getByText('One run is shown.').waitFor();
    expect(await field.inputValue()).toBe('load_orders');
    await page.reload({ waitUntil: 'networkidle' });
    await expect.poll(() => field.inputValue()).toBe('load_orders');
    await page.getByRole('button', { name: 'Clear: Job' }).click();
    await page.getByText('3 runs are shown.').waitFor();
    expect(await field.inputValue()).toBe('');
    expect(complaints).toEqual([]);
    await close();
  });

  test('takes an id or the address of a page as it is pasted', async (context) => {
    const { page, close } = await openPage(served.browser(context), DESKTOP);
    await served.signIn(page, '/operations/events');
    const field = page.getByRole('combobox', { name: 'Job, dataset or run' });
    for (const text of [LOAD, `${served.url}/asset?id=${encodeURIComponent(LOAD)}&tab=runs`]) {
      await visit(page, `${served.url}/operations/events`);
      await field.focus();
      await paste(page, text);
      await expect.poll(() => parameter(page, 'node')).toBe(LOAD);
      await page.getByText('One event is shown.').waitFor();
      expect(await field.inputValue()).toBe('load_orders');
    }
    await close();
  });

  test('says of a text that nothing is called so, and of an id that nothing has it', async (context) => {
    const { page, close } = await openPage(served.browser(context), DESKTOP);
    await served.signIn(page, `/operations/runs?job=${encodeURIComponent(LOAD)}`);
    const field = page.getByRole('combobox', { name: 'Job' });
    await field.fill('zzqx');
    await page.getByText('Nothing is called that.', { exact: false }).waitFor();
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    await page.getByText('3 runs are shown.').waitFor();
    expect(parameter(page, 'job')).toBeNull();
    await field.fill('load');
    await page.getByRole('option').first().waitFor();
    await page.getByRole('combobox', { name: 'Namespace' }).focus();
    await page.getByText('Choose one from the list', { exact: false }).waitFor();
    await visit(page, `${served.url}/operations/runs?job=job%3Ashop%3Anothing`);
    await page.getByText('Nothing that you may see has this id.').waitFor();
    expect(await field.inputValue()).toBe('nothing');
    await close();
  });

  test('finds whoever did something by the name of the token, whose name the audit shows too', async (context) => {
    const { page, close } = await openPage(served.browser(context), DESKTOP);
    await served.signIn(page, '/operations/audit');
    const admin = page.getByRole('row').filter({ hasText: 'Token rotated' }).getByRole('button');
    const name = (await admin.innerText()).split('\n')[0] ?? '';
    expect(name).toMatch(/^admin-token/);
    await page.getByRole('combobox', { name: 'Who did it' }).fill('admin-tok');
    await page.getByRole('option', { name }).click();
    await expect.poll(() => parameter(page, 'actor')).toMatch(/^token:/);
    expect(await page.getByRole('combobox', { name: 'Who did it' }).inputValue()).toBe(name);
    await page.getByRole('row').filter({ hasText: 'Token rotated' }).waitFor();
    await close();
  });
});

test('a run of a streaming job is told from one that hangs', async (context) => {
  const { page, close } = await openPage(served.browser(context), DESKTOP);
  await served.signIn(page, '/operations/runs');
  const streaming = page.getByRole('row').filter({ hasText: 'it runs until somebody stops it' });
  expect(await streaming.allInnerTexts()).toEqual([expect.stringMatching(/Running\s+Streaming\s+watch_orders/)]);
  await close();
});

test('a token that was replaced says by which, and the other in place of which', async (context) => {
  const { page, close } = await openPage(served.browser(context), DESKTOP);
  await served.signIn(page, '/operations/tokens');
  await page.getByText(`Replaced by ${current}`).waitFor();
  const rows = page.getByRole('row');
  expect(await rows.filter({ hasText: `Replaced by ${current}` }).innerText()).toContain(old);
  expect(await rows.filter({ hasText: `in place of ${old}` }).innerText()).toContain(current);
  await close();
});

test('the form of a token ends in sight in a low window, and what is above it moves', async (context) => {
  const { page, close } = await openPage(served.browser(context), { viewport: { width: 1366, height: 600 } });
  await served.signIn(page, '/operations/tokens');
  await page.getByRole('button', { name: 'Make a token' }).click();
  const dialog = page.getByRole('dialog');
  expect(await accessibilityFaults(page)).toEqual([]);
  const submit = dialog.getByRole('button', { name: 'Make a token' });
  const box = await submit.boundingBox();
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThan(600);
  await dialog.getByLabel('Good until').focus();
  const field = await dialog.getByLabel('Good until').boundingBox();
  expect((field?.y ?? 0) + (field?.height ?? 0)).toBeLessThanOrEqual(box?.y ?? 0);
  await close();
});

test('the runs are narrowed to a namespace that is offered, and of another name it says that there is none', async (context) => {
  const { page, complaints, close } = await openPage(served.browser(context), DESKTOP);
  await served.signIn(page, '/operations/runs');
  await page.getByText('3 runs are shown.').waitFor();
  const field = page.getByRole('combobox', { name: 'Namespace' });
  await field.focus();
  await expect.poll(() => page.getByRole('option').allInnerTexts()).toEqual(['shop', 'warehouse']);
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.keyboard.type('house');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect.poll(() => parameter(page, 'namespace')).toBe('warehouse');
  await page.getByText('No run fits.', { exact: false }).waitFor();
  await field.fill('shop');
  await page.keyboard.press('Enter');
  await expect.poll(() => parameter(page, 'namespace')).toBe('shop');
  await page.getByText('3 runs are shown.').waitFor();
  await field.fill('shopp');
  await page.getByText('No namespace is called that.').waitFor();
  await page.keyboard.press('Tab');
  expect(parameter(page, 'namespace')).toBeNull();
  expect(await field.inputValue()).toBe('shopp');
  await page.getByRole('button', { name: 'Clear: Namespace' }).click();
  expect(await field.inputValue()).toBe('');
  expect(complaints).toEqual([]);
  await close();
});

test('a caller without a name is shown by its id in words', async (context) => {
  const { page, close } = await openPage(served.browser(context), DESKTOP);
  await served.signIn(page, `/operations/audit?actor=${encodeURIComponent('token:feedfacefeed')}`);
  const field = page.getByRole('combobox', { name: 'Who did it' });
  await expect.poll(() => field.inputValue()).toBe('Token feedfacefeed');
  await visit(page, `${served.url}/operations/audit?actor=${encodeURIComponent('user:https://login.example#ann')}`);
  await expect.poll(() => field.inputValue()).toBe('ann · https://login.example');
  await close();
});

describe('where there is little room', () => {
  test('filters are folded behind a button that counts them', async (context) => {
    const { page, close } = await openPage(served.browser(context), PHONE);
    await served.signIn(page, '/operations/runs?state=COMPLETED&namespace=shop');
    await page.getByText('2 runs are shown.').waitFor();
    const toggle = page.getByRole('button', { name: 'Filters (2)' });
    expect(await toggle.getAttribute('aria-expanded')).toBe('false');
    expect(await page.getByRole('checkbox').count()).toBe(0);
    const first = await page.getByRole('list', { name: 'Runs' }).getByRole('listitem').first().boundingBox();
    expect(first?.y).toBeLessThan(500);
    await toggle.click();
    expect(await page.getByRole('checkbox', { name: 'Completed' }).isChecked()).toBe(true);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Clear all filters' }).click();
    await page.getByText('3 runs are shown.').waitFor();
    await page.getByRole('button', { name: 'Filters', exact: true }).waitFor();
    await close();
  });

  test('the page that is open is in sight among the others', async (context) => {
    const { page, close } = await openPage(served.browser(context), PHONE);
    const rightOf = async (role: 'link' | 'tab', name: string) => {
      const box = await page.getByRole(role, { name, exact: true }).boundingBox();
      return (box?.x ?? 1_000) + (box?.width ?? 0);
    };
    await served.signIn(page, '/operations/audit');
    await expect.poll(() => rightOf('link', 'Audit of access')).toBeLessThanOrEqual(390);
    const orders = encodeURIComponent('dataset:warehouse:sales.orders');
    await visit(page, `${served.url}/asset?id=${orders}&tab=events`);
    await expect.poll(() => rightOf('tab', 'Events')).toBeLessThanOrEqual(390);
    await close();
  });

  test('a table that is wider moves sideways by the keyboard, and is no stop where it fits', async (context) => {
    const { page, close } = await openPage(served.browser(context), { viewport: { width: 800, height: 700 } });
    await served.signIn(page, '/operations/tokens');
    const place = page.getByRole('region', { name: 'Tokens' });
    await place.focus();
    await page.keyboard.press('ArrowRight');
    const moved = () => page.evaluate<number>('document.activeElement.scrollLeft');
    await expect.poll(moved).toBeGreaterThan(0);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.setViewportSize({ width: 1800, height: 700 });
    await expect.poll(() => place.count()).toBe(0);
    await close();
  });
});
