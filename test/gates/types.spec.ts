import { expect, test } from 'vitest';
import { checkTypes } from '../../scripts/checks/types.mjs';
import { plantTree, type PlantedTree } from './planted-tree.js';

/** A product of one workspace with a test beside it. */
function product(source: string, spec: string): PlantedTree {
  const tree = plantTree({ 'libs/domain/src/time.ts': source, 'test/time.spec.ts': spec });
  tree.write('package.json', JSON.stringify({ type: 'module' }));
  tree.write('tsconfig.json', JSON.stringify({ files: [], references: [{ path: 'libs/domain' }] }));
  const tests = {
    extends: './tsconfig.base.json',
    compilerOptions: { composite: false, declarationMap: false, noEmit: true },
    include: ['test'],
  };
  tree.write('tsconfig.tests.json', JSON.stringify(tests));
  return tree;
}

const source = 'export const hour: number = 60;\n';
const spec = 'export const minutes: number = 60;\n';

test('sources and tests whose types fit pass', async () => {
  expect((await checkTypes(product(source, spec).root)).problems).toEqual([]);
});

test('a wrong type in a source and one in a test are each refused', async () => {
  const inSource = await checkTypes(product(source.replace('60', `'60'`), spec).root);
  expect(inSource.problems.join('\n')).toMatch(/^libs\/domain\/src\/time\.ts\(1,14\): error TS2322/);
  const inTest = await checkTypes(product(source, spec.replace('60', `'60'`)).root);
  expect(inTest.problems.join('\n')).toMatch(/^test\/time\.spec\.ts\(1,14\): error TS2322/);
});
