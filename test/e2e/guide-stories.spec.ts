import { readFileSync } from 'node:fs';
import { exampleEdits } from '@headwater/standalone/example/governance';
import { exampleEvents } from '@headwater/standalone/example/insurance-claims';
import { afterAll, describe, expect, test } from 'vitest';
import { CatalogApp } from './catalog-app.js';

/** Guides that tell one story from beginning to end, each answer behind its question. */
const STORIES = ['discover.md', 'import-export.md', 'many-assets.md', 'own.md', 'properties.md'];

interface Step {
  readonly line: number;
  readonly document: string;
  readonly answer: unknown;
}

/** Documents, each with the answer that stands behind it. */
function stepsIn(text: string): readonly Step[] {
  return [...text.matchAll(/^```graphql\n(.*?)^```\s+^```json\n(.*?)^```$/gms)].map(
    ({ index, 1: document = '', 2: answer = '' }) => ({
      line: text.slice(0, index).split('\n').length + 1,
      document,
      answer: JSON.parse(answer) as unknown,
    }),
  );
}

describe.each(STORIES)('the story of docs/guides/%s', (file) => {
  const text = readFileSync(new URL(`../../docs/guides/${file}`, import.meta.url), 'utf8');
  const steps = stepsIn(text);
  let catalog: CatalogApp | undefined;
  afterAll(() => catalog?.close());

  test('every question has its answer behind it', () => {
    expect(steps).toHaveLength(text.match(/^```graphql$/gm)?.length ?? 0);
  });

  test('is told by the program as it stands there', async () => {
    catalog = await CatalogApp.start();
    await catalog.take([...exampleEvents(Date.now() * 1000)] as readonly object[]);
    await catalog.takeEdits(exampleEdits());
    for (const { line, document, answer } of steps) {
      const said = await catalog.whileProjecting(catalog.data<object>(document));
      expect(said, `${file}:${String(line)}`).toMatchObject(answer as object);
      // What a mutation started is done before the next question.
      await jobsEnded(catalog);
    }
  });
});

async function jobsEnded(catalog: CatalogApp): Promise<void> {
  for (;;) {
    await catalog.catchUp();
    const { rows } = await catalog.apiPool.query('SELECT FROM edit_job WHERE ended_at IS NULL');
    if (rows.length === 0) return;
  }
}
