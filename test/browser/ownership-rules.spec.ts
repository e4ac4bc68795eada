import { expect } from 'vitest';
import { accessibilityFaults, DESKTOP, PHONE } from '../support/chromium.js';
import { ExampleInBrowser } from '../support/example-in-browser.js';

const example = new ExampleInBrowser([]);
const at = (): string => `${example.url}/ownership-rules`;

for (const [name, options] of [
  ['dark, on a phone', { ...PHONE, colorScheme: 'dark' }],
  ['light', { ...DESKTOP }],
] as const)
  example.inPage(
    `what other rules would change is seen before they are set (${name})`,
    async (page) => {
      await page.goto(at());
      const file = page.getByRole('textbox', { name: 'Rules' });
      const before = await file.inputValue();
      await file.fill(`${before}kafka* nobody\nname:claims team\n`);
      await page.getByRole('button', { name: 'Preview' }).click();
      const alert = page.getByRole('alert');
      await alert.getByText(/^line \d+: "nobody" is no owner/).waitFor();
      await alert.getByText(/^line \d+: "team" is no owner/).waitFor();
      await file.fill(`${before}* team:everything\n`);
      expect(await alert.count()).toBe(0);
      await page.getByRole('button', { name: 'Preview' }).click();
      const changes = page.getByRole('form', { name: 'What would change' });
      await changes.getByText(/^Others would answer for \d+ assets\./).waitFor();
      await changes.getByText('* team:everything').waitFor();
      await changes.getByRole('link', { name: 'everything (Owner)' }).first().waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      expect(await accessibilityFaults(page)).toEqual([]);
    },
    options,
  );

example.inPage(
  'rules that somebody else set meanwhile are shown, and mine go on top only when I say so',
  async (page) => {
    await page.goto(at());
    const file = page.getByRole('textbox', { name: 'Rules' });
    const before = await file.inputValue();
    const other = await page.context().newPage();
    await other.goto(at());
    const set = async (on: typeof page, text: string): Promise<void> => {
      await on.getByRole('textbox', { name: 'Rules' }).fill(text);
      await on.getByRole('button', { name: 'Preview' }).click();
      await on.getByLabel('Because').fill('the council says so');
      await on.getByRole('button', { name: 'Set the rules' }).click();
    };
    await set(other, `${before}* team:first\n`);
    await other.getByText('The rules are set.').waitFor();
    await other.getByRole('table', { name: 'Rules as they are' }).getByText('* team:first').waitFor();
    await set(page, `${before}* team:second\n`);
    const alert = page.getByRole('alert');
    await alert.getByText('* team:first').waitFor();
    await alert.getByRole('button', { name: 'Preview mine on top' }).click();
    await page.getByRole('button', { name: 'Set the rules' }).click();
    await page.getByText('The rules are set.').waitFor();
    await page.getByRole('table', { name: 'Rules as they are' }).getByText('* team:second').waitFor();
    expect(await page.getByText('* team:first').count()).toBe(0);
  },
);
