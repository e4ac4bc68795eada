import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesUnder } from '../build-project.mjs';
import { testTitles } from './test-titles.mjs';

const table = 'docs/openlineage-facets.md';
const schemas = 'libs/domain/src/openlineage/generated/schemas';

/**
 * The facets that OpenLineage publishes: the name of the schema's definition, and the key it stands under in an event.
 * @param {string} root
 * @returns {{ definition: string, name: string }[]}
 */
export function publishedFacets(root) {
  return filesUnder(join(root, schemas))
    .filter((path) => path.includes('/facets/') && path.endsWith('.json'))
    .flatMap((path) =>
      Object.entries(JSON.parse(readFileSync(path, 'utf8')).properties ?? {}).flatMap(([name, value]) =>
        // The lineage facet is one of two definitions, by where it stands.
        [value, ...(value.anyOf ?? [])]
          .filter(({ $ref }) => $ref !== undefined)
          .map(({ $ref }) => ({ definition: String($ref).split('/').at(-1) ?? '', name })),
      ),
    );
}

/** @param {string} line @returns {string[]} */
const cells = (line) =>
  line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));

/** @param {string} text @returns {string[]} what stands in backticks */
const spans = (text) => [...text.matchAll(/`([^`]+)`/g)].map((match) => match[1]);

/**
 * The rows of every Markdown table that has a column "Test": the first cell, and the test titles in backticks.
 * @param {string} markdown
 * @returns {{ subject: string, tests: string[] }[]}
 */
export function facetRows(markdown) {
  /** @type {{ subject: string, tests: string[] }[]} */
  const rows = [];
  let testColumn = -1;
  for (const line of markdown.split('\n')) {
    if (!line.trimStart().startsWith('|')) testColumn = -1;
    else if (testColumn < 0) testColumn = cells(line).findIndex((cell) => /^tests?$/i.test(cell));
    else if (!/^[\s|:-]+$/.test(line)) {
      rows.push({ subject: cells(line)[0] ?? '', tests: spans(cells(line)[testColumn] ?? '') });
    }
  }
  return rows;
}

/**
 * What is wrong with the table: a published facet without a row, a row without a test, a title that no test has.
 * @param {readonly { definition: string, name: string }[]} facets
 * @param {readonly { subject: string, tests: readonly string[] }[]} rows
 * @param {ReadonlySet<string>} titles
 * @returns {string[]}
 */
export function facetTableProblems(facets, rows, titles) {
  const listed = new Set(rows.flatMap(({ subject }) => subject.match(/[A-Za-z]+Facet\b/g) ?? []));
  return [
    ...facets
      .filter(({ definition }) => !listed.has(definition))
      .map(({ definition, name }) => `no row for ${definition} (\`${name}\`)`),
    ...rows.filter(({ tests }) => tests.length === 0).map(({ subject }) => `${subject} names no test`),
    ...rows.flatMap(({ subject, tests }) =>
      tests.filter((title) => !titles.has(title)).map((title) => `${subject}: no test is titled "${title}"`),
    ),
  ];
}

/**
 * Every facet that OpenLineage publishes has a row saying what becomes of it and which test shows that.
 * @param {string} root
 * @returns {Promise<{ problems: string[], note?: string }>}
 */
export async function checkFacets(root) {
  const facets = publishedFacets(root);
  if (facets.length === 0) return { problems: [`no facet schemas under ${schemas}`] };
  if (!existsSync(join(root, table))) return { problems: [`${table} is missing`] };
  const rows = facetRows(readFileSync(join(root, table), 'utf8'));
  const titles = new Set(testTitles(root).map(({ title }) => title));
  const problems = facetTableProblems(facets, rows, titles).map((problem) => `${table}: ${problem}`);
  return { problems, note: `${facets.length} facets, ${rows.length} rows` };
}
