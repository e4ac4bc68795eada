import { expect } from 'vitest';
import { accessibilityFaults, DESKTOP, PHONE } from '../support/chromium.js';
import { ExampleInBrowser } from '../support/example-in-browser.js';

const example = new ExampleInBrowser([]);
const PAYOUTS = 'dataset:postgres%3A%2F%2Fwarehouse.insurance.example%3A5432:insurance.payout.payouts';
const at = (id: string): string => `${example.url}/asset?id=${encodeURIComponent(id)}`;

example.inPage('that somebody answers for an asset is confirmed, and told with who confirmed it', async (page) => {
  await page.goto(at(PAYOUTS));
  await page.getByRole('button', { name: 'Confirm that ben is Technical owner' }).click();
  await page.getByText(/^Confirmed by/).waitFor();
  await page.goto(at(PAYOUTS));
  await page.getByText(/^Confirmed by/).waitFor();
});

example.inPage('it is declined with a reason only, and told where another owner is looked for', async (page) => {
  await page.goto(at(PAYOUTS));
  await page.getByRole('button', { name: 'Decline that Data office is Owner' }).click();
  const dialog = page.getByRole('dialog', { name: 'Decline that Data office is Owner' });
  await dialog.getByRole('button', { name: 'Decline' }).click();
  await dialog.getByText('Say why').first().waitFor();
  await dialog.getByLabel('Why').fill('payouts have a team of their own');
  await page.keyboard.press('Enter');
  await page.getByText('payouts have a team of their own').waitFor();
  expect(await page.getByRole('button', { name: 'Decline that Data office is Owner' }).count()).toBe(0);
});

for (const [name, options] of [
  ['dark, on a phone', { ...PHONE, colorScheme: 'dark' }],
  ['light', { ...DESKTOP }],
] as const)
  example.inPage(
    `an owner who was confirmed and one who declined can be read by everybody (${name})`,
    async (page) => {
      await page.goto(at(PAYOUTS));
      await page.getByText('payouts have a team of their own').waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.goto(at('agent:user:ben'));
      await page.getByRole('listitem').first().waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
    },
    options,
  );
