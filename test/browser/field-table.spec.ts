import { beforeAll, expect, test } from 'vitest';
import { ASSET_EVENTS, ORDERS } from '../support/asset-events.js';
import { DESKTOP, openPage } from '../support/chromium.js';
import { dataOf } from '../support/graphql.js';
import { ProductInBrowser } from '../support/product-in-browser.js';

const served = ProductInBrowser.forFile();
const CELLS = ['a_column_of_a_very_long_name', 'another_one_of_the_same_length', 'and_one_more_of_them'];
const TABLE = `| ${CELLS.join(' | ')} |\n|---|---|---|\n| ${CELLS.join(' | ')} |\n\n${'x'.repeat(200)}`;

let authorization = '';
let field = '';

async function edit(mutation: string, type: string, input: object): Promise<void> {
  const document = `mutation ($input: ${type}!) { done: ${mutation}(input: $input) { __typename } }`;
  const { done } = await dataOf<{ done: { __typename: string } }>(served.url, document, { input }, { authorization });
  expect(done.__typename).toBe('EditedAsset');
}

beforeAll(async () => {
  if (!served.isRunning) return;
  authorization = `Bearer ${await served.adminToken()}`;
  await fetch(`${served.url}/api/v1/lineage/batch`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization },
    body: JSON.stringify(ASSET_EVENTS),
  });
  await served.product.caughtUp();
  const { node } = await dataOf<{ node: { fields: { edges: { node: { id: string } }[] } } }>(
    served.url,
    'query ($id: ID!) { node(id: $id) { ... on Dataset { fields(first: 1) { edges { node { id } } } } } }',
    { id: ORDERS },
    { authorization },
  );
  field = node.fields.edges[0]?.node.id ?? '';
  await edit('describeAsset', 'DescribeAssetInput', { on: field, text: TABLE });
  await edit('tagAsset', 'TagAssetInput', { on: field, tag: 'classification=personal' });
});

test('a tag of a field stays readable beside a description with a wide table and a long word', async (context) => {
  const { page, close } = await openPage(served.browser(context), DESKTOP);
  await served.signIn(page, `/asset?id=${encodeURIComponent(ORDERS)}`);
  const fields = page.getByRole('region', { name: 'Fields' });
  const tag = fields.getByRole('link', { name: 'classification=personal' }).first();
  await tag.waitFor();
  const [chip, around] = [await tag.boundingBox(), await fields.boundingBox()];
  if (chip === null || around === null) throw new Error('the table of fields is not to be seen');
  // Two lines at most, after the key; and nothing to scroll for.
  expect(chip.height).toBeLessThan(48);
  expect(chip.x + chip.width).toBeLessThanOrEqual(around.x + around.width);
  await close();
});
