import { readFileSync } from 'node:fs';
import { exampleEdits } from '@headwater/standalone/example/governance';
import { exampleEvents } from '@headwater/standalone/example/insurance-claims';
import { afterAll, describe, expect, test } from 'vitest';
import { CatalogApp } from './catalog-app.js';

/** Guides that tell one story from beginning to end, each answer behind its question. */
const STORIES = [
  ...['discover.md', 'domains.md', 'import-export.md', 'logical-datasets.md', 'many-assets.md', 'own.md'],
  ...['properties.md', 'reports.md', 'saved-searches.md'],
];

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
    const known: Record<string, string> = {};
    for (const { line, document, answer } of steps) {
      const said = await catalog.whileProjecting(catalog.data<object>(document, given(document, known)));
      learn(said, known);
      expect(said, `${file}:${String(line)}`).toMatchObject(answer as object);
      // What a mutation started is done before the next question.
      await jobsEnded(catalog);
    }
  });
});

/** Of what answers before told, what a document declares. */
function given(document: string, known: Readonly<Record<string, string>>): object {
  return Object.fromEntries(
    Object.entries(known).filter(([name]) => document.includes(`($${name}:`) || document.includes(`, $${name}:`)),
  );
}

/** Ids that the program makes are others each time: the latest is remembered, and the latest cursor. */
function learn(said: unknown, known: Record<string, string>): void {
  if (typeof said !== 'object' || said === null) return;
  for (const [name, value] of Object.entries(said)) {
    if (typeof value === 'string' && (name === 'cursor' || (name === 'id' && /^[0-9a-f]{32}$/.test(value))))
      known[name] = value;
    else learn(value, known);
  }
}

async function jobsEnded(catalog: CatalogApp): Promise<void> {
  for (;;) {
    await catalog.catchUp();
    const { rows } = await catalog.apiPool.query(
      `SELECT FROM edit_job WHERE ended_at IS NULL UNION ALL SELECT FROM report WHERE ended_at IS NULL`,
    );
    if (rows.length === 0) return;
  }
}
