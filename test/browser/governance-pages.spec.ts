import { expect } from 'vitest';
import { accessibilityFaults, PHONE } from '../support/chromium.js';
import { ExampleInBrowser } from '../support/example-in-browser.js';

const example = new ExampleInBrowser([]);
const asset = (id: string): string => `${example.url}/asset?id=${encodeURIComponent(id)}`;
const POLICIES = 'dataset:postgres%3A%2F%2Fwarehouse.insurance.example%3A5432:insurance.policy.policies';

example.inPage(
  'a finding is accepted with a reason only, is found among the accepted, and opened again',
  async (page) => {
    await page.goto(`${example.url}/governance/architecture`);
    await page.getByRole('button', { name: 'Accept that calculate-payouts reads claims.triaged' }).click();
    const dialog = page.getByRole('dialog', { name: 'Accept a finding' });
    await dialog.getByRole('button', { name: 'Accept' }).click();
    await dialog.getByRole('alert').waitFor();
    await dialog.getByLabel('Why it may stand').fill('until the record has it');
    await page.keyboard.press('Enter');
    await page.getByText('Accepted: calculate-payouts reads claims.triaged.').waitFor();
    await page.getByText('There are no open findings here.').waitFor();
    await page.getByLabel('Shown').selectOption('Accepted ones');
    await page.getByText('until the record has it').waitFor();
    await page.getByText('payouts begin with the decision of the triage').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByLabel('Finding', { exact: true }).selectOption('Bypasses the ports');
    await page
      .getByRole('button', { name: 'Withdraw that calculate-payouts may read claims.triaged: Bypasses the ports' })
      .click();
    await page.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click();
    await page.getByText('No finding is accepted here.').waitFor();
  },
);

example.inPage('whom nothing names has a page, and is entered there, with members, and changed', async (page) => {
  await page.goto(asset('agent:team:night-shift'));
  await page.getByRole('heading', { name: 'Not entered yet' }).waitFor();
  expect(await page.getByText('Nothing has this id').count()).toBe(0);
  await page.getByRole('button', { name: 'Enter who it is' }).click();
  const dialog = page.getByRole('dialog', { name: 'Enter who night-shift is' });
  await dialog.getByRole('button', { name: 'Enter' }).click();
  await dialog.getByText('Say what people call it.').waitFor();
  await dialog.getByLabel('What people call it').fill('Night shift');
  await dialog.getByRole('combobox', { name: 'Members' }).click();
  await page.keyboard.type('noor');
  await page.getByRole('option', { name: /Noor de Vries/ }).click();
  expect(await accessibilityFaults(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Enter' }).click();
  await page.getByRole('heading', { name: 'Night shift', level: 1 }).waitFor();
  await page.getByRole('link', { name: 'Noor de Vries' }).waitFor();
  await page.getByText('Nothing that you may see.').waitFor();
  await page.getByRole('button', { name: 'Change', exact: true }).click();
  const change = page.getByRole('dialog', { name: 'Change Night shift' });
  await change.getByRole('button', { name: 'Save' }).click();
  await change.getByText('Nothing is other than before.').waitFor();
  await change.getByLabel('E-mail').fill('no address');
  await change.getByRole('button', { name: 'Save' }).click();
  await change.getByText(/must be an e-mail address/).waitFor();
  await change.getByLabel('E-mail').fill('night@insurance.example');
  await change.getByRole('button', { name: 'Save' }).click();
  await page.getByText('night@insurance.example').first().waitFor();
  await page.goto(`${example.url}/governance/agents?q=night`);
  await page.getByRole('link', { name: 'Night shift' }).waitFor();
});

example.inPage('a dataset is put into a logical dataset on its page, and taken out again', async (page) => {
  await page.goto(asset(POLICIES));
  await page.getByText('In no logical dataset').waitFor();
  await page.getByRole('button', { name: 'Put into one' }).click();
  const form = page.getByRole('form', { name: 'Put into a logical dataset' });
  await form.getByRole('combobox', { name: 'Logical dataset' }).click();
  await page.keyboard.type('Cl');
  await page.getByRole('option', { name: 'Claims' }).click();
  await form.getByRole('button', { name: 'Save' }).click();
  await page.getByText('It is in the logical dataset Claims now.').waitFor();
  await page.getByRole('link', { name: 'Claims', exact: true }).waitFor();
  await page.getByRole('button', { name: 'Take out of Claims' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await page.getByText('In no logical dataset').waitFor();
});

example.inPage('rules for tags are set as a whole; what is wrong stands at its rule', async (page) => {
  await page.goto(`${example.url}/governance/tag-rules`);
  await page.getByRole('button', { name: 'Add a rule' }).click();
  const rule = page.getByRole('group', { name: 'Rule 2' });
  await page.getByRole('button', { name: 'Set the rules' }).click();
  await rule.getByText(/must have 1 to 200 characters/).waitFor();
  await rule.getByRole('textbox', { name: 'Tag' }).fill('classification');
  await rule.getByLabel('Also where values only decide about others: filters, joins, sorting').check();
  await page.getByRole('button', { name: 'Set the rules' }).click();
  await page.getByText('The rules are set.').waitFor();
  await page.getByRole('cell', { name: 'along fields, through filters and joins' }).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
});

example.inPage(
  'rules of logical datasets are moved, looked at and set, on a phone too',
  async (page) => {
    await page.goto(`${example.url}/governance/logical-rules`);
    await page.getByRole('button', { name: 'Add a rule' }).click();
    const rule = page.getByRole('group', { name: 'Rule 3' });
    await rule.getByLabel('Name of the dataset').fill('insurance.policy.{name}');
    await page.getByRole('button', { name: 'Move rule 3 up' }).click();
    expect(await page.getByRole('group', { name: 'Rule 2' }).getByLabel('Name of the dataset').inputValue()).toBe(
      'insurance.policy.{name}',
    );
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByText('policies (not defined: no members until it is)').waitFor();
    await page.getByRole('button', { name: 'Set the rules' }).click();
    await page.getByText('The rules are set.').waitFor();
    await page.getByText('* insurance.policy.{name} → {name}').waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect(await accessibilityFaults(page)).toEqual([]);
  },
  PHONE,
);
