import { expect } from 'vitest';
import { accessibilityFaults, DESKTOP, PHONE } from '../support/chromium.js';
import { ExampleInBrowser } from '../support/example-in-browser.js';

const example = new ExampleInBrowser([]);
const at = (id: string): string => `${example.url}/asset?id=${encodeURIComponent(id)}`;

example.inPage('an agent is told under all its names, each with why, and with its teams', async (page) => {
  await page.goto(at('agent:user:ines.moreira'));
  await page.getByRole('heading', { name: 'Ines Ferreira', level: 1 }).waitFor();
  await page.getByText('Merged with ines.moreira (user)').waitFor();
  await page.getByText('Address ines.ferreira@insurance.example').waitFor();
  await page.getByRole('link', { name: 'Data office' }).click();
  await page.getByRole('heading', { name: 'Data office', level: 1 }).waitFor();
  await page.getByRole('link', { name: 'noor' }).waitFor();
});

example.inPage('a name is split off with a reason only, and merged again', async (page) => {
  await page.goto(at('agent:user:ines'));
  await page.getByRole('button', { name: 'Split off ines.moreira (user)' }).click();
  const dialog = page.getByRole('dialog', { name: 'Split off ines.moreira (user)' });
  await dialog.getByRole('button', { name: 'Split off' }).click();
  await dialog.getByRole('alert').waitFor();
  await dialog.getByLabel('Why').fill('a namesake');
  await page.keyboard.press('Enter');
  await page.getByText('ines (user) is kept apart from ines.moreira (user)').waitFor();
  expect(await page.getByRole('button', { name: 'Split off ines.moreira (user)' }).count()).toBe(0);
  await page.getByRole('button', { name: 'Merge with another' }).click();
  const merge = page.getByRole('dialog', { name: 'Merge with another' });
  await merge.getByLabel('Name').fill('ines.moreira');
  await merge.getByLabel('Why').fill('no namesake after all');
  await page.keyboard.press('Enter');
  await page.getByText('no namesake after all').first().waitFor();
  expect(await page.getByText('is kept apart from').count()).toBe(0);
});

for (const [name, options] of [
  ['dark, on a phone', { ...PHONE, colorScheme: 'dark' }],
  ['light', { ...DESKTOP }],
] as const)
  example.inPage(
    `agents and teams can be read by everybody (${name})`,
    async (page) => {
      for (const [id, heading] of [
        ['agent:user:ines', 'Ines Ferreira'],
        ['agent:team:data-office', 'Data office'],
      ] as const) {
        await page.goto(at(id));
        await page.getByRole('heading', { name: heading, level: 1 }).waitFor();
        await page.getByRole('heading', { name: 'Known as' }).waitFor();
        expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
        expect(await accessibilityFaults(page)).toEqual([]);
      }
    },
    options,
  );
