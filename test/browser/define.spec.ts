import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { accessibilityFaults } from '../support/chromium.js';
import { ExampleInBrowser } from '../support/example-in-browser.js';
import { dataOf } from '../support/graphql.js';

const example = new ExampleInBrowser([]);
const dialog = (page: Page) => page.getByRole('dialog');
const save = (page: Page) => dialog(page).getByRole('button', { name: 'Save', exact: true }).click();

example.inPage('a term is made, refused at its field, changed over another edit, and removed', async (page) => {
  await page.goto(`${example.url}/glossary`);
  await page.getByRole('button', { name: 'New term' }).click();
  await save(page);
  await dialog(page).getByText('Give it a name.').waitFor();
  await dialog(page).getByLabel('Name').fill('Buyer of things');
  await dialog(page).getByLabel('Synonyms').fill('Customer');
  await page.keyboard.press('Enter');
  expect(await accessibilityFaults(page)).toEqual([]);
  await save(page);
  await page.getByRole('heading', { name: 'Buyer of things', level: 1 }).waitFor();
  const id = new URL(page.url()).searchParams.get('id');
  await page.goto(`${example.url}/glossary`);
  await page.getByRole('button', { name: 'New term' }).click();
  await dialog(page).getByLabel('Name').fill('Buyer of things');
  await save(page);
  await dialog(page).getByRole('alert').getByText('There is such a term already.').waitFor();
  expect(await dialog(page).getByLabel('Name').getAttribute('aria-invalid')).toBe('true');
  await page.goto(`${example.url}/asset?id=${encodeURIComponent(id ?? '')}`);
  await page.getByRole('button', { name: 'Change', exact: true }).click();
  await dialog(page).getByLabel('Name').fill('Client');
  const query = 'mutation ($input: ChangeTermInput!) { done: changeTerm(input: $input) { __typename } }';
  const { done } = await dataOf<{ done: { __typename: string } }>(example.url, query, {
    input: { term: id, name: 'Theirs' },
  });
  expect(done.__typename).toBe('EditedTerm');
  await save(page);
  await dialog(page).getByText('Somebody else edited it meanwhile').waitFor();
  await dialog(page).getByText('Theirs', { exact: true }).waitFor();
  await dialog(page).getByText('Client', { exact: true }).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await dialog(page).getByRole('button', { name: 'Save mine on top' }).click();
  await page.getByRole('heading', { name: 'Client', level: 1 }).waitFor();
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await dialog(page).getByRole('button', { name: 'Remove', exact: true }).click();
  await page.getByRole('heading', { name: 'Glossary', level: 1 }).waitFor();
});

example.inPage('a domain and a data product in it are made with owners, and the list finds it', async (page) => {
  await page.goto(`${example.url}/governance`);
  await page.getByRole('button', { name: 'New domain' }).click();
  await dialog(page).getByLabel('Name').first().fill('Depots of ours');
  await save(page);
  await page.getByRole('heading', { name: 'Depots of ours', level: 1 }).waitFor();
  const domain = new URL(page.url()).searchParams.get('id') ?? '';
  await page.goto(`${example.url}/products`);
  await page.getByRole('button', { name: 'New data product' }).click();
  await dialog(page).getByLabel('Name').first().fill('Parcels');
  await dialog(page).getByRole('combobox', { name: 'Domain' }).fill('depots of');
  await dialog(page).getByRole('option', { name: 'Depots of ours' }).click();
  await dialog(page).getByLabel('Kind').selectOption('team');
  await dialog(page).getByLabel('Name').nth(1).fill('depot');
  await save(page);
  await page.getByRole('heading', { name: 'Parcels', level: 1 }).waitFor();
  await page.getByRole('link', { name: 'depot', exact: true }).waitFor();
  await page.goto(`${example.url}/products?domain=${encodeURIComponent(domain)}&status=PROPOSED&q=parc`);
  await page.getByRole('row').filter({ hasText: 'Parcels' }).getByText('depot (Owner)').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
});

const option = (page: Page, name: string) => dialog(page).getByRole('option', { name }).first();
const listed = (page: Page, name: string) => page.locator('main').getByRole('link', { name, exact: true });

example.inPage('output ports are chosen in the form of a data product, and what is refused is told', async (page) => {
  await page.goto(`${example.url}/products`);
  await page.getByRole('button', { name: 'New data product' }).click();
  await dialog(page).getByLabel('Name').first().fill('Offered');
  await dialog(page).getByRole('combobox', { name: 'Output ports' }).fill('daily_claims');
  const chosen = (await option(page, 'daily_claims').innerText()).split(' · ')[0] ?? '';
  await option(page, 'daily_claims').click();
  expect(await accessibilityFaults(page)).toEqual([]);
  await save(page);
  await page.getByRole('heading', { name: 'Offered', level: 1 }).waitFor();
  await listed(page, chosen).waitFor();
  const id = new URL(page.url()).searchParams.get('id') ?? '';
  await page.getByRole('button', { name: 'Change', exact: true }).click();
  await dialog(page).getByText(chosen, { exact: false }).first().waitFor();
  await dialog(page).getByRole('combobox', { name: 'Output ports' }).press('Backspace');
  await save(page);
  await dialog(page).waitFor({ state: 'detached' });
  await page.getByText('No datasets yet.').waitFor();
  await page.getByRole('button', { name: 'Change', exact: true }).click();
  await dialog(page).getByRole('combobox', { name: 'Output ports' }).fill('daily_claims');
  await option(page, 'daily_claims').click();
  const query = 'mutation ($input: RemoveDataProductInput!) { done: removeDataProduct(input: $input) { __typename } }';
  const { done } = await dataOf<{ done: { __typename: string } }>(example.url, query, { input: { product: id } });
  expect(done.__typename).toBe('EditedDataProduct');
  await save(page);
  await dialog(page).getByText('Not all of it was made').waitFor();
  await dialog(page).getByText('This data product was removed meanwhile.').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await dialog(page).getByRole('button', { name: 'Leave it so' }).click();
  await dialog(page).waitFor({ state: 'detached' });
});

example.inPage('a logical dataset is made of datasets; what is in another one is refused and told', async (page) => {
  await page.goto(`${example.url}/logical`);
  await page.getByRole('button', { name: 'New logical dataset' }).click();
  await dialog(page).getByLabel('Name').first().fill('Reports by day');
  const choose = async (text: string, name: string): Promise<void> => {
    await dialog(page).getByRole('combobox', { name: 'Datasets in it' }).fill(text);
    await option(page, name).click();
  };
  await choose('daily_claims', 'daily_claims');
  await choose('claim-forms', 'claim-forms');
  await save(page);
  await dialog(page).getByText('Not all of it was made').waitFor();
  await dialog(page).getByText('It is in another logical dataset.').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await dialog(page).getByRole('button', { name: 'Leave it so' }).click();
  await page.getByRole('heading', { name: 'Reports by day', level: 1 }).waitFor();
  await listed(page, 'daily_claims').waitFor();
  expect(await listed(page, 'claim-forms').count()).toBe(0);
  await page.getByRole('button', { name: 'Change', exact: true }).click();
  await dialog(page).getByLabel('Name').first().fill('Reports of a day');
  await save(page);
  await page.getByRole('heading', { name: 'Reports of a day', level: 1 }).waitFor();
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await dialog(page).getByRole('button', { name: 'Remove', exact: true }).click();
  await dialog(page).getByText('Datasets were put into it.').waitFor();
});
