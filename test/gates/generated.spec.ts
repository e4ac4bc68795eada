import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkGenerated, checkMigrations } from '../../scripts/checks/generated.mjs';
import { plantTree } from './planted-tree.js';

test('the check stage shows a table that has no migration as SQL', async () => {
  const tree = plantTree({});
  tree.copy('prisma');
  appendFileSync(
    join(tree.root, 'prisma/schema.prisma'),
    '\nmodel Planted {\n  id Int @id\n\n  @@map("planted")\n  @@schema("public")\n}\n',
  );
  expect((await checkMigrations(tree.root)).problems.join('\n')).toContain('CREATE TABLE "planted"');
});

test('a generated file that was edited by hand is named', async () => {
  const generated = 'libs/domain/src/openlineage/generated';
  const tree = plantTree({ 'libs/domain/src/planted.ts': 'export {};\n' });
  for (const script of ['generate-openlineage', 'generate-decision', 'standalone-validators'])
    tree.copy(`scripts/${script}.mjs`);
  tree.copy(generated);
  tree.copy('libs/domain/src/decisions');
  expect((await checkGenerated(tree.root)).problems).toEqual([]);
  appendFileSync(join(tree.root, generated, 'facet-validators.ts'), '// edited\n');
  expect((await checkGenerated(tree.root)).problems.join('\n')).toContain('facet-validators.ts');
  appendFileSync(join(tree.root, 'libs/domain/src/decisions/schemas/decision-1-0-0.json'), '\n');
  expect((await checkGenerated(tree.root)).problems.join('\n')).toContain('decision-schema.ts');
});
