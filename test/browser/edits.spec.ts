import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { ExampleInBrowser } from '../support/example-in-browser.js';

const example = new ExampleInBrowser([]);

example.inPage('all results of a search are edited as one job, after a look at what that comes to', async (page) => {
  await page.goto(`${example.url}/search?q=claims&kind=DATASET`);
  await page.getByRole('link', { name: 'Edit all results' }).click();
  await page.getByRole('combobox', { name: 'Put on tags' }).fill('reviewed');
  await page.keyboard.press('Enter');
  await page.getByLabel('Because').fill('yearly review');
  await page.getByRole('button', { name: 'Preview' }).click();
  const plan = page
    .getByRole('region', { name: 'Preview' })
    .or(page.locator('section', { hasText: 'would be edited' }));
  await plan.first().waitFor();
  const shown = await plan.first().innerText();
  expect(shown).toContain('Tag (reviewed) set');
  const total = Number(/(\d+) assets would be edited/.exec(shown)?.[1]);
  expect(total).toBeGreaterThan(1);
  await page.getByRole('button', { name: `Edit ${String(total)} assets` }).click();
  await page.getByText(`${String(total)} edits made`).waitFor();
  expect(page.url()).toMatch(/\/edits\?job=[0-9a-f]{32}$/);
  expect(await page.getByRole('table').innerText()).toContain('Made');
  await page.getByRole('link', { name: 'All edits of many assets' }).click();
  await page.getByRole('link', { name: 'Tag (reviewed) set' }).waitFor();
  expect(await page.getByRole('table').innerText()).toContain('yearly review');
});

example.inPage('a property of all results is set, and its values are taken away', async (page) => {
  const choose = async (what: string): Promise<void> => {
    await page.goto(`${example.url}/edits?search=1&q=customers_masked&kind=DATASET`);
    const property = page.getByRole('group', { name: 'A property of them' });
    await property.getByLabel('Property').selectOption({ label: 'Retention' });
    await property.getByLabel('What becomes of it').selectOption({ label: what });
  };
  await choose('Set its values');
  await page.getByLabel('Value').fill('soon');
  await page.getByRole('button', { name: 'Preview' }).click();
  await page.getByText('must be a number').waitFor();
  await page.getByLabel('Value').fill('45');
  await page.getByRole('button', { name: 'Preview' }).click();
  await page.getByRole('button', { name: /^Edit (one asset|\d+ assets)$/ }).click();
  await page.getByText(/edits? made$/).waitFor();
  await choose('Take its values away');
  await page.getByRole('button', { name: 'Preview' }).click();
  await page.getByRole('button', { name: /^Edit (one asset|\d+ assets)$/ }).click();
  await page.getByText(/edits? made$/).waitFor();
});

example.inPage('what is wrong with the input is told, and an edit in between brings another preview', async (page) => {
  await page.goto(`${example.url}/edits?search=1&q=&kind=DATASET`);
  await page.getByRole('button', { name: 'Preview' }).click();
  await page.getByText('must say at least one thing to change').waitFor();
  await page.getByRole('combobox', { name: 'Put on tags' }).fill('gold');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Preview' }).click();
  const start = page.getByRole('button', { name: /^Edit \d+ assets$/ });
  await start.waitFor();
  const edited = await page.evaluate(async () => {
    const ask = async (query: string, variables: object): Promise<unknown> => {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch('/graphql', { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
      return answer.json();
    };
    const found = (await ask('{ search(filter: { kinds: [DATASET] }, first: 1) { edges { node { id } } } }', {})) as {
      data: { search: { edges: { node: { id: string } }[] } };
    };
    const on = found.data.search.edges[0]?.node.id;
    return ask('mutation ($input: TagAssetInput!) { tagAsset(input: $input) { __typename } }', {
      input: { on, tag: 'theirs' },
    });
  });
  expect(JSON.stringify(edited)).toContain('EditedAsset');
  await start.click();
  await page.getByText('this is not what you looked at any more').waitFor();
  await start.click();
  await page.getByText(/^\d+ edits made$/).waitFor();
});

example.inPage('results of a search are deleted as one job', async (page) => {
  const ask = async (choice: string): Promise<void> => {
    await page.goto(`${example.url}/edits?search=1&q=customers_masked&kind=DATASET`);
    await page.getByLabel('Deleting').selectOption({ label: choice });
    await page.getByRole('button', { name: 'Preview' }).click();
  };
  const names = async (): Promise<readonly string[]> => {
    const query =
      '{ search(query: "customers_masked", filter: { kinds: [DATASET] }) { edges { node { displayName } } } }';
    const answer = await page.request.post(`${example.url}/graphql`, { data: { query } });
    const { data } = (await answer.json()) as {
      data: { search: { edges: readonly { node: { displayName: string } }[] } };
    };
    return data.search.edges.map(({ node }) => node.displayName);
  };
  await page.goto(example.url);
  expect(await names()).toContain('customers_masked');
  await ask('Delete them');
  await page.getByRole('button', { name: /^Edit (one|\d+) assets?$/ }).click();
  await page.getByText(/edits? made/).waitFor();
  await expect.poll(names, { timeout: 20_000 }).not.toContain('customers_masked');
});

example.inPage('what somebody answers for is handed over', async (page) => {
  // Producers name it; others answer by a rule or a domain alone.
  const owner = 'agent:team:claims-triage';
  await page.goto(`${example.url}/asset?id=${encodeURIComponent(owner)}`);
  await page.getByRole('link', { name: 'Hand over' }).click();
  await page.getByRole('button', { name: 'Preview' }).click();
  await page.getByText('Say who it is.').waitFor();
  await page.getByLabel('Kind').selectOption('team');
  await page.getByLabel('Name', { exact: true }).fill('successors');
  await page.getByRole('button', { name: 'Preview' }).click();
  await page.getByRole('button', { name: /^Edit (one|\d+) assets?$/ }).click();
  await page.getByText(/edits? made/).waitFor();
  await page.goto(`${example.url}/asset?id=agent:team:successors`);
  await page.getByRole('listitem').first().waitFor();
  await page.goto(`${example.url}/asset?id=${encodeURIComponent(owner)}`);
  await page.getByText('Nobody has entered who this is').waitFor();
});

example.inPage('what somebody answers for by rule alone is handed over', async (page) => {
  await page.goto(`${example.url}/asset?id=agent:user:noor`);
  await page.getByRole('link', { name: 'Hand over' }).click();
  await page.getByLabel('Kind').selectOption('user');
  await page.getByLabel('Name', { exact: true }).fill('omar');
  await page.getByRole('button', { name: 'Preview' }).click();
  await page.getByRole('button', { name: 'Hand over' }).click();
  await page
    .getByText(/^All that .* goes to/)
    .first()
    .waitFor();
  await page.goto(`${example.url}/asset?id=agent:user:omar`);
  await page.getByRole('listitem').first().waitFor();
});

example.inPage('what a search finds is exported, and imported with a change and a bad row', async (page) => {
  await page.goto(`${example.url}/search?q=rate-sheet`);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export as CSV' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('assets.csv');
  const file = readFileSync(await download.path(), 'utf8');
  const [header = '', asset = ''] = file.split('\n');
  expect(header).toBe('id,kind,namespace,name,field,description,domain,owners,tags,terms,properties');
  expect(asset).toContain('status=deprecated');
  await page.goto(`${example.url}/edits`);
  await page.getByRole('link', { name: 'Import a file' }).click();
  await page.getByRole('button', { name: 'Preview' }).click();
  await page.getByText('Choose a file first.').waitFor();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'File' }).click();
  const changed = `${file.replace('status=deprecated', 'status=deprecated|seen')}dataset:nowhere:gone,,,,,,,,,,\n`;
  await (await chooser).setFiles({ name: 'assets.csv', mimeType: 'text/csv', buffer: Buffer.from(changed) });
  await page.getByLabel('Because').fill('from a spreadsheet');
  await page.getByRole('button', { name: 'Preview' }).click();
  await page.getByText('One row is left out.').waitFor();
  await page.getByText('Id: is of an asset that is not in the catalog').waitFor();
  await page.getByText('Tag (seen) set').waitFor();
  await page.getByRole('button', { name: 'Edit one asset' }).click();
  await page.getByText('One edit made').waitFor();
  await page.getByRole('link', { name: 'All edits of many assets' }).click();
  await page.getByRole('link', { name: 'What a file says of each asset' }).waitFor();
});
