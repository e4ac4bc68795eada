import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { accessibilityFaults } from '../support/chromium.js';
import { ExampleInBrowser } from '../support/example-in-browser.js';
import { dataOf } from '../support/graphql.js';

const NAMESPACE = 'postgres://people:5432';
const table = (name: string, fields: readonly string[]): object => ({
  eventType: 'COMPLETE',
  eventTime: '2026-03-01T08:00:00Z',
  run: { runId: `0190c0de-0000-7000-8000-0000000000${name.length.toString().padStart(2, '0')}` },
  job: { namespace: 'people', name: `load-${name}` },
  inputs: [],
  outputs: [
    {
      namespace: NAMESPACE,
      name,
      facets: {
        schema: {
          _producer: 'https://example.org/people',
          _schemaURL: 'https://openlineage.io/spec/facets/1-1-1/SchemaDatasetFacet.json',
          fields: fields.map((one) => ({ name: one, type: 'varchar' })),
        },
      },
    },
  ],
  producer: 'https://example.org/people',
  schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
});

const example = new ExampleInBrowser([
  table('crm.people', ['email_address', 'handy', 'customer_number']),
  table('crm.visitors', ['email_address', 'client_ip', 'number_customer']),
]);

const tags = (page: Page) =>
  page.locator('section').filter({ has: page.getByRole('heading', { name: 'Tags of fields', level: 2 }) });
const synonyms = (page: Page) =>
  page
    .locator('section')
    .filter({ has: page.getByRole('heading', { name: 'Names that may mean the same', level: 2 }) });
const idOf = (dataset: string, field: string): string => `field:${encodeURIComponent(NAMESPACE)}:${dataset}:${field}`;

async function tagsOf(field: string): Promise<readonly string[]> {
  const { node } = await dataOf<{ node: { tags: { tag: { name: string } }[] } }>(
    example.url,
    'query ($id: ID!) { node(id: $id) { ... on Field { tags { tag { name } } } } }',
    { id: field },
  );
  return node.tags.map(({ tag }) => tag.name);
}

async function elsewhere(mutation: string, type: string, input: object): Promise<void> {
  const query = `mutation ($input: ${type}!) { done: ${mutation}(input: $input) { __typename } }`;
  const { done } = await dataOf<{ done: { __typename: string } }>(example.url, query, { input });
  expect(done.__typename).toMatch(/^Edited/);
}

example.inPage(
  'suggested tags are confirmed from the keyboard; one that was edited meanwhile comes back',
  async (page) => {
    await page.goto(`${example.url}/governance`);
    await page.getByRole('link', { name: /^pii=email: \d+ fields?$/ }).click();
    await page.getByRole('heading', { name: 'Suggestions to confirm', level: 1 }).waitFor();
    expect(new URL(page.url()).searchParams.getAll('tag')).toEqual(['pii=email']);
    const box = (dataset: string) =>
      tags(page).getByRole('checkbox', { name: `Select pii=email on ${dataset} · email_address` });
    await box('people').focus();
    await page.keyboard.press('Space');
    await box('visitors').focus();
    await page.keyboard.press('Space');
    await tags(page).getByText('2 selected').waitFor();
    await elsewhere('tagAsset', 'TagAssetInput', {
      on: `dataset:${encodeURIComponent(NAMESPACE)}:crm.visitors`,
      tag: 'seen',
    });
    await tags(page).getByRole('button', { name: 'Confirm', exact: true }).focus();
    await page.keyboard.press('Enter');
    await tags(page).getByText('1 tag is put on. 1 was refused').waitFor();
    await tags(page).getByRole('row').filter({ hasText: 'visitors' }).getByText('somebody else edited').waitFor();
    expect(await box('people').count()).toBe(0);
    expect(await accessibilityFaults(page)).toEqual([]);
    await expect.poll(() => tagsOf(idOf('crm.people', 'email_address'))).toContain('pii=email');
    expect(await tagsOf(idOf('crm.visitors', 'email_address'))).toEqual([]);
  },
);

example.inPage('what is dismissed is listed with the reason, and suggested again', async (page) => {
  await page.goto(`${example.url}/suggestions?tag=${encodeURIComponent('pii=ip-address')}`);
  const box = tags(page).getByRole('checkbox', { name: 'Select pii=ip-address on visitors · client_ip' });
  await box.check();
  await tags(page).getByLabel('Reason (optional)').fill('of our own machines');
  await tags(page).getByRole('button', { name: 'Dismiss' }).click();
  await tags(page).getByText('1 suggestion is dismissed.').waitFor();
  expect(await box.count()).toBe(0);
  await tags(page).getByRole('checkbox', { name: 'Those that were dismissed' }).check();
  await tags(page).getByText('of our own machines').waitFor();
  await box.check();
  await tags(page).getByRole('button', { name: 'Suggest again' }).click();
  await tags(page).getByText('1 is suggested again.').waitFor();
  await page.goto(`${example.url}/suggestions?tag=${encodeURIComponent('pii=ip-address')}`);
  await box.waitFor();
});

example.inPage('a request that failed leaves everything in the list, and goes again', async (page) => {
  await page.goto(`${example.url}/suggestions?tag=${encodeURIComponent('pii=phone')}`);
  const box = tags(page).getByRole('checkbox', { name: 'Select pii=phone on people · handy' });
  await box.check();
  await page.route('**/graphql', async (route) => {
    if ((route.request().postData() ?? '').includes('confirmTagSuggestions'))
      await route.fulfill({ json: { errors: [{ message: 'not now', extensions: { code: 'UNAVAILABLE' } }] } });
    else await route.fallback();
  });
  await tags(page).getByRole('button', { name: 'Confirm', exact: true }).click();
  await tags(page).getByRole('button', { name: 'Try again' }).waitFor();
  expect(await box.isChecked()).toBe(true);
  await page.unroute('**/graphql');
  await tags(page).getByRole('button', { name: 'Try again' }).click();
  await tags(page).getByText('1 tag is put on.').waitFor();
  await expect.poll(() => tagsOf(idOf('crm.people', 'handy'))).toContain('pii=phone');
});

example.inPage('names are said to mean the same, or not to', async (page) => {
  await page.goto(`${example.url}/suggestions`);
  const line = synonyms(page).getByRole('row').filter({ hasText: 'number_customer' });
  await line.getByRole('button', { name: /^One meaning: .*number_customer/ }).click();
  await synonyms(page).getByRole('status').getByText('have one meaning from now on.').waitFor();
  expect(await line.count()).toBe(0);
  const { fieldConcepts } = await dataOf<{ fieldConcepts: { concepts: { names: string[]; isOne: boolean }[] } }>(
    example.url,
    '{ fieldConcepts { concepts { names isOne } } }',
  );
  // Beside what is said of them in the example.
  expect(fieldConcepts.concepts.map(({ names, isOne }) => [names.toSorted(), isOne])).toEqual([
    [['adjuster_notes', 'notes'], true],
    [['claim_id', 'claim_no'], true],
    [['birth_date', 'birth_year'], false],
    [['customer_number', 'number_customer'], true],
  ]);
});
