import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSchema, parse, validate } from 'graphql';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const GUIDES = path.join(ROOT, 'docs', 'guides');
const schema = buildSchema(readFileSync(path.join(ROOT, 'apps', 'catalog-api', 'schema.graphql'), 'utf8'));

/** Documents in a text, each with the line that it begins in. */
function documentsIn(text: string): readonly { readonly line: number; readonly document: string }[] {
  return [...text.matchAll(/^```graphql\n(.*?)^```$/gms)].map(({ index, 1: document = '' }) => ({
    line: text.slice(0, index).split('\n').length + 1,
    document,
  }));
}

const faultsOf = (document: string): readonly string[] =>
  validate(schema, parse(document)).map(({ message }) => message);

const documents = readdirSync(GUIDES).flatMap((file) =>
  documentsIn(readFileSync(path.join(GUIDES, file), 'utf8')).map(({ line, document }) => ({
    place: `${file}:${String(line)}`,
    document,
  })),
);

test.each(documents)('the document in docs/guides/$place is one of the schema', ({ document }) => {
  expect(faultsOf(document)).toEqual([]);
});

test('guides have documents, and one that the schema does not know is told', () => {
  expect(documents.length).toBeGreaterThan(10);
  expect(faultsOf('{ lineage(root: "x") { nope } }')).toEqual([expect.stringContaining('nope')]);
});
