import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { checkBreakingChanges, checkSchemaDrift } from '../../scripts/checks/schema.mjs';
import { plantTree, type PlantedTree } from './planted-tree.js';

const sdl = `type Query {\n  dataset(name: String!): Dataset\n}\n\ntype Dataset {\n  name: String!\n  owner: String\n}\n`;

/** A catalog API whose built program prints `served`, with `checkedIn` as its schema file. */
function catalogApi(served: string, checkedIn: string, published = sdl): PlantedTree {
  return plantTree({
    'apps/catalog-api/src/print-schema.ts': 'export {};\n',
    'apps/catalog-api/dist/print-schema.js': `export const printSchema = async () => ${JSON.stringify(served)};\n`,
    'apps/catalog-api/schema.graphql': checkedIn,
    'apps/catalog-api/schema.published.graphql': published,
    'docs/adr/0001-release.md': `The SDL of this release: ${createHash('sha256').update(sdl).digest('hex')}\n`,
  });
}

test('a schema file that says what the API serves passes', async () => {
  expect((await checkSchemaDrift(catalogApi(sdl, sdl).root)).problems).toEqual([]);
});

test('a schema that changed without its file names the first line that differs', async () => {
  const changed = sdl.replace('owner: String', 'owner: String!');
  const { problems } = await checkSchemaDrift(catalogApi(changed, sdl).root);
  expect(problems.slice(0, 3)).toEqual([
    'apps/catalog-api/schema.graphql differs from what the API serves, first at line 7:',
    '  checked in:   owner: String',
    '  served:       owner: String!',
  ]);
});

test('a schema file that ends early or late differs too', async () => {
  expect((await checkSchemaDrift(catalogApi(sdl, `${sdl}# more\n`).root)).problems).not.toEqual([]);
  expect((await checkSchemaDrift(catalogApi(`${sdl}scalar More\n`, sdl).root)).problems).not.toEqual([]);
});

test('a catalog API whose schema cannot be printed fails, and an absent app does not', async () => {
  const silent = plantTree({ 'apps/catalog-api/src/app.ts': 'export {};\n' });
  expect((await checkSchemaDrift(silent.root)).problems).not.toEqual([]);
  expect((await checkBreakingChanges(silent.root)).problems).not.toEqual([]);
  const absent = plantTree({});
  expect((await checkSchemaDrift(absent.root)).problems).toEqual([]);
  expect((await checkBreakingChanges(absent.root)).problems).toEqual([]);
});

test('taking a field away, or making an argument required, breaks clients; adding does not', async () => {
  const without = sdl.replace('  owner: String\n', '');
  expect((await checkBreakingChanges(catalogApi(without, without).root)).problems[0]).toBe(
    'FIELD_REMOVED: Dataset.owner was removed.',
  );
  const required = sdl.replace('name: String!)', 'name: String!, at: String!)');
  expect((await checkBreakingChanges(catalogApi(required, required).root)).problems[0]).toMatch(/^REQUIRED_ARG_ADDED/);
  const more = sdl.replace('owner: String', 'owner: String\n  tags: [String!]');
  expect((await checkBreakingChanges(catalogApi(more, more).root)).problems).toEqual([]);
});

test('a published schema that changed without a decision record is refused', async () => {
  const without = sdl.replace('  owner: String\n', '');
  const { problems } = await checkBreakingChanges(catalogApi(without, without, without).root);
  expect(problems).toEqual([
    'apps/catalog-api/schema.published.graphql has changed, and no record in docs/adr names its SHA-256: only a release does that',
  ]);
});
