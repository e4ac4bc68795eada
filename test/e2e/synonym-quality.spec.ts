import type { LabelledField } from '@headwater/domain/classification/suggestions/suggestion-quality';
import { canonicalName } from '@headwater/domain/collection/canonical-name';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { labelledFields } from '../support/labelled-fields.js';
import { CatalogApp } from './catalog-app.js';
import { facet, runEvent, runId } from './catalog-events.js';

interface Suggestion {
  readonly names: readonly { readonly name: string }[];
  readonly evidence: readonly string[];
}

/** Here the label is what a name means: names with one label are synonyms, `-` is like no other. */
const FIELDS = labelledFields('synonyms');
const SCHEMAS = [...new Set(FIELDS.map(({ schema }) => schema))];

let catalog: CatalogApp;
beforeAll(async () => {
  catalog = await CatalogApp.start({ auth: 'on' });
  const tables = new Map<string, LabelledField[]>();
  for (const one of FIELDS) {
    const key = JSON.stringify([one.schema, one.dataset]);
    tables.set(key, [...(tables.get(key) ?? []), one]);
  }
  await catalog.take(
    [...tables.values()].map((fields, at) => {
      const [{ schema: namespace, dataset: name } = { schema: '', dataset: '' }] = fields;
      const schema = facet({ fields: fields.map(({ field, type }) => ({ name: field, type })) });
      return runEvent({
        ...{ job: `load_${namespace}_${name}`, runId: runId(at + 1), at: '2026-03-01T10:00:00Z' },
        outputs: [{ namespace, name, facets: { schema } }],
      });
    }),
  );
});
afterAll(() => catalog.close());

async function suggested(schema: string): Promise<readonly Suggestion[]> {
  const { synonymSuggestions } = await catalog.data<{
    synonymSuggestions: { readonly edges: readonly { readonly node: Suggestion }[] };
  }>(
    '{ synonymSuggestions(first: 100) { edges { node { names { name } evidence } } } }',
    {},
    await catalog.readerOf([schema]),
  );
  return synonymSuggestions.edges.map(({ node }) => node);
}

const pairsOf = (names: readonly string[]): readonly string[] => {
  const all = [...new Set(names.map(canonicalName))].sort();
  return all.flatMap((one, at) => all.slice(at + 1).map((other) => `${one} ${other}`));
};

/** Pairs of names that mean the same in a schema. */
function synonymsOf(schema: string): ReadonlySet<string> {
  const named = new Map<string, string[]>();
  for (const { field, tag, schema: of } of FIELDS)
    if (of === schema && tag !== null) named.set(tag, [...(named.get(tag) ?? []), field]);
  return new Set([...named.values()].flatMap(pairsOf));
}

test('of labelled schemas most of what is suggested is right, by words and by initials', async () => {
  const counts = {
    SAME_WORDS: { right: [] as string[], wrong: [] as string[] },
    INITIALS: { right: [] as string[], wrong: [] as string[] },
  };
  const missed: string[] = [];
  for (const schema of SCHEMAS) {
    const open = new Set(synonymsOf(schema));
    for (const { names, evidence } of await suggested(schema))
      for (const pair of pairsOf(names.map(({ name }) => name))) {
        const of = counts[evidence.includes('INITIALS') ? 'INITIALS' : 'SAME_WORDS'];
        of[synonymsOf(schema).has(pair) ? 'right' : 'wrong'].push(pair);
        open.delete(pair);
      }
    missed.push(...open);
  }
  for (const [evidence, { right, wrong }] of Object.entries(counts))
    process.stdout.write(`${evidence}: right ${right.join(', ')}; wrong ${wrong.join(', ')}\n`);
  process.stdout.write(`missed: ${missed.join(', ')}\n`);
  const precision = ({ right, wrong }: (typeof counts)['INITIALS']): number =>
    right.length / (right.length + wrong.length);
  expect(precision(counts.SAME_WORDS)).toBe(1);
  expect(precision(counts.INITIALS)).toBeGreaterThanOrEqual(0.6);
});
