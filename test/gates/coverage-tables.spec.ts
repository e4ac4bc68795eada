import { expect, test } from 'vitest';
import { checkFacets } from '../../scripts/checks/facets.mjs';
import { checkRules } from '../../scripts/checks/rules.mjs';
import { titlesIn } from '../../scripts/checks/test-titles.mjs';
import { plantTree } from './planted-tree.js';

const specs = {
  'libs/domain/src/accept.spec.ts': [
    `test('1. an event is taken', () => {});`,
    `it.each([1])('2. a batch of %s', () => {});`,
    `describe('3. only a group', () => { test('schema becomes fields', () => {}); });`,
    `// test('4. only a comment', () => {});`,
    'test(`5. a limit of ${1} byte`, () => {});',
    '',
  ].join('\n'),
};

test('titles are read from the syntax: groups and comments are no tests', () => {
  expect(titlesIn('x.ts', specs['libs/domain/src/accept.spec.ts'])).toEqual([
    '1. an event is taken',
    '2. a batch of %s',
    'schema becomes fields',
    '5. a limit of ${…} byte',
  ]);
});

test('a rule without a test is named', async () => {
  const rules = [1, 2, 3, 4, 5].map((number) => ({ number, rule: `rule ${number}` }));
  const tree = plantTree({ ...specs, 'test/gates/rules.json': JSON.stringify(rules) });
  expect((await checkRules(tree.root)).problems.slice(1)).toEqual(['  3. rule 3', '  4. rule 4']);
});

const schemas = 'libs/domain/src/openlineage/generated/schemas/facets';
const facet = (definition: string, name: string): Record<string, string> => ({
  [`${schemas}/${definition}.json`]: JSON.stringify({ properties: { [name]: { $ref: `#/$defs/${definition}` } } }),
});
const facetTree = (table: string) =>
  plantTree({
    ...specs,
    ...facet('SchemaDatasetFacet', 'schema'),
    ...facet('TagsRunFacet', 'tags'),
    'docs/openlineage-facets.md': `| Specification | Becomes | Test |\n| --- | --- | --- |\n${table}`,
  });
const schemaRow = '| `SchemaDatasetFacet.fields[].name` | Field | `schema becomes fields` |\n';

test('a table with a row and an existing test for every published facet passes', async () => {
  const tree = facetTree(`${schemaRow}| \`TagsRunFacet\` | stored only | \`1. an event is taken\` |\n`);
  expect((await checkFacets(tree.root)).problems).toEqual([]);
});

test('a facet without a row, a row without a test and a title that no test has are named', async () => {
  expect((await checkFacets(facetTree(schemaRow).root)).problems).toEqual([
    'docs/openlineage-facets.md: no row for TagsRunFacet (`tags`)',
  ]);
  const untested = facetTree(`${schemaRow}| \`TagsRunFacet\` | stored only | later |\n`);
  expect((await checkFacets(untested.root)).problems).toEqual([
    'docs/openlineage-facets.md: `TagsRunFacet` names no test',
  ]);
  const invented = facetTree(`${schemaRow}| \`TagsRunFacet\` | stored only | \`a test nobody wrote\` |\n`);
  expect((await checkFacets(invented.root)).problems).toEqual([
    'docs/openlineage-facets.md: `TagsRunFacet`: no test is titled "a test nobody wrote"',
  ]);
});
