import { expect } from 'vitest';
import { accessibilityFaults } from '../support/chromium.js';
import { ExampleInBrowser } from '../support/example-in-browser.js';
import { dataOf } from '../support/graphql.js';

const example = new ExampleInBrowser([]);
const CLAIMS = 'dataset:postgres%3A%2F%2Fwarehouse.insurance.example%3A5432:insurance.claims.claims';

example.inPage(
  'a property is declared, refused at its field, set on an asset over another edit, and found',
  async (page) => {
    await page.goto(`${example.url}/properties`);
    await page.getByRole('button', { name: 'New property' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Criticality');
    await dialog.getByLabel('Type').selectOption('ENUM');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByRole('alert').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await dialog.getByLabel('Values to choose from').fill('high');
    await page.keyboard.press('Enter');
    await dialog.getByLabel('Values to choose from').fill('low');
    await page.keyboard.press('Enter');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('row').filter({ hasText: 'Criticality' }).getByText('Choice · high, low').waitFor();

    await page.goto(`${example.url}/asset?id=${encodeURIComponent(CLAIMS)}`);
    await page.getByRole('button', { name: 'Set a property' }).click();
    const form = page.getByRole('form', { name: 'Set a property' });
    await form.getByLabel('Property', { exact: true }).selectOption({ label: 'Retention' });
    await form.getByLabel('Value', { exact: true }).fill('soon');
    await form.getByRole('button', { name: 'Save' }).click();
    await form.getByText('must be a number of 1 or more').waitFor();
    await form.getByLabel('Value', { exact: true }).fill('400');
    const query = 'mutation ($input: SetPropertyInput!) { done: setProperty(input: $input) { __typename } }';
    const input = { on: CLAIMS, property: 'property:criticality', values: ['high'] };
    const { done } = await dataOf<{ done: { __typename: string } }>(example.url, query, { input });
    expect(done.__typename).toBe('EditedAsset');
    await form.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Somebody else edited it meanwhile').waitFor();
    await page.getByText('Retention: 400').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save mine on top' }).click();
    await page.getByText('400 days').waitFor();

    await page.goto(`${example.url}/search?property=property%3Acriticality%3Dhigh`);
    await page.getByRole('group', { name: 'Criticality' }).getByRole('checkbox', { name: /high/ }).waitFor();
    await page.getByRole('combobox', { name: 'By property' }).selectOption({ label: 'Retention' });
    await page.getByLabel('What it has').selectOption('from');
    await page.getByLabel('From (days)').fill('401');
    await page.getByRole('button', { name: 'Narrow down' }).click();
    await page.getByRole('button', { name: 'Remove the filter Retention from 401' }).waitFor();
    expect(new URL(page.url()).searchParams.getAll('property')).toEqual([
      'property:criticality=high',
      'property:retention>=401',
    ]);
    expect(await accessibilityFaults(page)).toEqual([]);
  },
);
