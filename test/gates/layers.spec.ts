import { expect, test } from 'vitest';
import { badFileNames, checkLayers } from '../../scripts/checks/layers.mjs';
import { plantTree } from './planted-tree.js';

const clean = {
  'libs/domain/src/identifiers.ts': `import { createHash } from 'node:crypto';\nexport const id = createHash('sha256').digest('hex');\n`,
  'libs/application/src/find-dataset.ts': `import { id } from '@headwater/domain/identifiers';\nexport const found = id;\n`,
  'libs/store-postgres/src/postgres-log.ts': `import pg from 'pg';\nimport { id } from '@headwater/domain/identifiers';\nexport const log = [pg, id];\n`,
  'apps/standalone/src/main.ts': `import { log } from '@headwater/store-postgres/postgres-log';\nexport const main = log;\n`,
};

test('a tree that keeps the layers passes', async () => {
  expect((await checkLayers(plantTree(clean).root)).problems).toEqual([]);
});

test('every layer rule fails on a planted violation', async () => {
  const planted = {
    'domain-is-plain': ['libs/domain/src/a.ts', `import fs from 'node:fs';\nexport const a = fs;\n`],
    'domain-specs-stay-inside': ['libs/domain/src/b.spec.ts', `import '@headwater/store-postgres/postgres-log';\n`],
    'causal-is-plain': ['libs/causal/src/c.ts', `import '@headwater/domain/identifiers';\n`],
    'application-imports-domain-only': [
      'libs/application/src/d.ts',
      `import '@headwater/store-postgres/postgres-log';\n`,
    ],
    'application-needs-no-packages': ['libs/application/src/e.ts', `import 'neo4j-driver';\n`],
    'stores-import-domain-only': ['libs/store-neo4j/src/f.ts', `import '@headwater/store-postgres/postgres-log';\n`],
    'contract-imports-domain-only': ['libs/store-contract/src/g.ts', `import '@headwater/application/find-dataset';\n`],
    'contract-for-tests-only': ['libs/store-postgres/src/h.ts', `import '@headwater/store-contract/g';\n`],
    'platform-below-apps': ['libs/platform/src/i.ts', `import '@headwater/store-postgres/postgres-log';\n`],
    'platform-specs-below-apps': ['libs/platform/src/i.spec.ts', `import '@headwater/store-postgres/postgres-log';\n`],
    'libs-never-import-apps': ['libs/platform/src/j.ts', `import '@headwater/standalone/main';\n`],
    'apps-stand-alone': ['apps/worker/src/k.ts', `import '@headwater/standalone/main';\n`],
    'stores-in-composition-roots-only': ['apps/worker/src/l.ts', `import '@headwater/store-postgres/postgres-log';\n`],
    'neo4j-driver-in-store-neo4j-only': ['libs/store-postgres/src/m.ts', `import 'neo4j-driver';\n`],
    'pg-and-prisma-in-store-postgres-only': ['apps/worker/src/n.ts', `import 'pg';\n`],
    'nest-and-graphql-in-apps-and-platform-only': ['libs/store-postgres/src/o.ts', `import '@nestjs/common';\n`],
    'no-cycles': ['apps/worker/src/p.ts', `import './q.js';\nexport const p = 1;\n`],
  } as const;
  const tree = plantTree({
    ...clean,
    ...Object.fromEntries(Object.values(planted)),
    'apps/worker/src/q.ts': `import './p.js';\nexport const q = 1;\n`,
  });
  const { problems } = await checkLayers(tree.root);
  for (const [rule, [file]] of Object.entries(planted)) {
    const found = problems.filter((problem) => problem.startsWith(`${rule}: `) && problem.includes(file));
    expect(found, `${rule} in ${file}`).not.toEqual([]);
  }
});

test('a file name that says nothing is refused, wherever it stands', () => {
  const names = ['utils', 'string-helpers', 'common', 'manager', 'misc', 'info', 'data', 'index', 'FindDataset'];
  for (const name of names) expect(badFileNames([`libs/domain/src/${name}.ts`]), name).toHaveLength(1);
  expect(badFileNames(['libs/domain/src/find-dataset.ts', 'libs/domain/src/dataset.spec.ts'])).toEqual([]);
});

test('the layer check also reads file names', async () => {
  const tree = plantTree({ ...clean, 'libs/application/src/utils.ts': 'export const x = 1;\n' });
  expect((await checkLayers(tree.root)).problems).toEqual([
    'libs/application/src/utils.ts: "utils" does not say what the file is for',
  ]);
});
