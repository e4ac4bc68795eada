import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { accessibilityFaults, DESKTOP, PHONE } from '../support/chromium.js';
import { ask } from '../support/graphql.js';
import { ProductInBrowser } from '../support/product-in-browser.js';

const served = ProductInBrowser.forFile({ content: 'example' });
const WAREHOUSE = 'dataset:postgres%3A%2F%2Fwarehouse.insurance.example%3A5432';
const [CLAIMS, PAYOUTS] = [`${WAREHOUSE}:insurance.claims.claims`, `${WAREHOUSE}:insurance.payout.payouts`];
const DOMAIN = 'domain:claim-handling';
const at = (id: string): string => `/asset?id=${encodeURIComponent(id)}`;

async function made<T>(mutation: string, input: object): Promise<T> {
  const { data, errors } = await ask<{ done: T }>(
    served.url,
    mutation,
    { input },
    { authorization: `Bearer ${await served.adminToken()}` },
  );
  expect(errors).toEqual([]);
  return (data as { done: T }).done;
}

/** A token that reads the catalog, and its text. */
function reader(): Promise<{ readonly text: string; readonly token: { readonly id: string } }> {
  const mutation = `mutation ($input: CreateTokenInput!) { done: createToken(input: $input) {
    ... on CreatedToken { text token { id } } } }`;
  return made(mutation, { name: 'ann', owner: 'tests', scopes: ['CATALOG_READ'] });
}

async function signIn(page: Page, token: string, next: string): Promise<void> {
  await page.goto(`${served.url}/auth/sign-in?next=${encodeURIComponent(next)}`);
  await page.locator('#token').fill(token);
  await page.locator('form button').click();
  await page.waitForURL(`${served.url}${next}`);
}

for (const [name, options] of [
  ['dark, on a phone', { ...PHONE, colorScheme: 'dark' }],
  ['light', { ...DESKTOP }],
] as const)
  test(`a role is bound by a domain, and the list names it (${name})`, async (context) => {
    const page = await served.browser(context).newPage(options);
    const { token } = await reader();
    await served.signIn(page, '/operations/members');
    await page.getByRole('button', { name: 'Bind a role' }).click();
    const dialog = page.getByRole('dialog', { name: 'Bind a role' });
    await dialog.getByLabel('Whom', { exact: true }).selectOption('token');
    await dialog.getByLabel('For whom').fill(token.id);
    expect(await dialog.getByLabel('Edits in').count()).toBe(0);
    await dialog.getByLabel('Role', { exact: true }).selectOption('STEWARD');
    await dialog.getByRole('combobox', { name: 'Edits in' }).fill('handling');
    await page.getByRole('option', { name: /Claim handling/ }).click();
    expect(await accessibilityFaults(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Bind a role' }).click();
    await page.getByText(`The role Steward is bound for token:${token.id}.`).waitFor();
    await page.getByRole('link', { name: 'Claim handling' }).first().waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.context().close();
  });

test('who edits in a domain is offered to edit there and nowhere else', async (context) => {
  const { text, token } = await reader();
  const grant = `mutation ($input: GrantRoleInput!) { done: grantRole(input: $input) { ... on RoleBinding { role } } }`;
  const wanted = { subject: `token:${token.id}`, role: 'EDITOR', domain: DOMAIN };
  expect(await made(grant, wanted)).toEqual({ role: 'EDITOR' });
  const page = await served.browser(context).newPage({ ...DESKTOP });
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  await signIn(page, text, at(CLAIMS));
  await button('Add owner').waitFor();
  await page.goto(`${served.url}${at(PAYOUTS)}`);
  await page.getByRole('heading', { name: 'Owners' }).waitFor();
  expect(await button('Add owner').count()).toBe(0);
  await page.goto(`${served.url}${at(DOMAIN)}`);
  await button('Change').waitFor();
  expect(await button('Remove').count()).toBe(0);
  await page.goto(`${served.url}${at('domain:payouts')}`);
  await page.getByRole('heading', { name: 'Payouts' }).waitFor();
  expect(await button('Change').count()).toBe(0);
  await page.goto(`${served.url}/glossary`);
  await page.getByRole('heading', { name: 'Glossary' }).waitFor();
  expect(await button('New term').count()).toBe(0);
  await page.context().close();
});
