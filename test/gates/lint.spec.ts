import { expect, test } from 'vitest';
import { checkFormat } from '../../scripts/checks/format.mjs';
import { checkLint } from '../../scripts/checks/lint.mjs';
import { plantTree } from './planted-tree.js';

async function faults(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  return (await checkLint(plantTree(files).root, ['libs', 'apps'])).problems;
}

test('process.env is refused outside the configuration, and allowed inside it', async () => {
  const text = `export const port = process.env['PORT'] ?? '4000';\n`;
  const found = await faults({ 'libs/platform/src/listen.ts': text, 'libs/platform/src/config.ts': text });
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(
    /^libs\/platform\/src\/listen\.ts:1:\d+ Only libs\/platform\/src\/config\.ts reads process\.env/,
  );
});

test('time and randomness are refused in the domain and in use cases', async () => {
  const text = [
    `import { randomUUID } from 'node:crypto';`,
    'export const now = Date.now();',
    'export const today = new Date();',
    'export const parsed = new Date(0);',
    'export const dice = Math.random();',
    'export const id = randomUUID();',
    '',
  ].join('\n');
  for (const lib of ['domain', 'application']) {
    const found = await faults({ [`libs/${lib}/src/clock.ts`]: text });
    expect(found.map((line) => Number(line.split(':')[1]))).toEqual([2, 3, 5, 6]);
  }
  expect(await faults({ 'libs/platform/src/clock.ts': text })).toEqual([]);
});

test('a planted any, a floating promise and a re-export of everything are each refused', async () => {
  const found = await faults({
    'libs/domain/src/loose.ts': 'export function loose(value: any): void {\n  void value;\n}\n',
    'libs/domain/src/floating.ts': 'export function floating(): void {\n  Promise.resolve(1);\n}\n',
    'libs/domain/src/everything.ts': `export * from './loose.js';\n`,
  });
  expect(found.join('\n')).toContain('no-explicit-any');
  expect(found.join('\n')).toContain('no-floating-promises');
  expect(found.join('\n')).toContain('No barrels');
});

test('what reads the whole catalog is refused in the API, but where the views of callers are made', async () => {
  const text = [
    `import { TraceLineage } from '@headwater/application/lineage/trace-lineage';`,
    `import { walkLineage } from '@headwater/domain/traversal/walk-lineage';`,
    `import { CATALOG_READER, CLOCK, EVENT_LOG } from '@headwater/platform/tokens';`,
    `import type { TraceLineageRequest } from '@headwater/application/lineage/trace-lineage';`,
    'export const used = [TraceLineage, walkLineage, CATALOG_READER, CLOCK, EVENT_LOG];',
    'export type Used = TraceLineageRequest;',
    '',
  ].join('\n');
  const found = await faults({
    'apps/catalog-api/src/resolvers/any.resolver.ts': text,
    'apps/catalog-api/src/use-cases.module.ts': text,
  });
  const refused = found.filter((line) => line.includes('Read through the view'));
  expect(refused.map((line) => line.split(':').slice(0, 2).join(':'))).toEqual([
    'apps/catalog-api/src/resolvers/any.resolver.ts:1',
    'apps/catalog-api/src/resolvers/any.resolver.ts:2',
    'apps/catalog-api/src/resolvers/any.resolver.ts:3',
    'apps/catalog-api/src/resolvers/any.resolver.ts:3',
  ]);
});

test('a file of 401 lines and a note to finish later are refused', async () => {
  // In two halves, so that this file is not refused itself.
  const note = ['TO', 'DO'].join('');
  const found = await faults({
    'libs/domain/src/long.ts': 'export {};\n'.padEnd(11 + 400, '\n'),
    'libs/domain/src/later.ts': `// ${note}: finish\nexport {};\n`,
  });
  expect(found.join('\n')).toContain('max-lines');
  expect(found.join('\n')).toContain('no-warning-comments');
});

test('an unformatted file is named', async () => {
  const tree = plantTree({ 'libs/domain/src/neat.ts': `export const neat = 'yes';\n` });
  tree.write('libs/domain/src/untidy.ts', 'export const untidy   = "yes"\n');
  const { problems } = await checkFormat(tree.root);
  expect(problems.join('\n')).toContain('libs/domain/src/untidy.ts');
  expect(problems.join('\n')).not.toContain('neat.ts');
});
