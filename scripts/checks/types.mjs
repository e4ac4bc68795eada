import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram, saidLines, tool } from './run-program.mjs';

/**
 * The compiler over the product (project references) and then over the tests, those of the pages by themselves.
 * @param {string} root
 * @returns {Promise<{ problems: string[] }>}
 */
export async function checkTypes(root) {
  const product = await runProgram(root, [tool('typescript/bin/tsc'), '-b', '--pretty', 'false']);
  if (!product.ok) return { problems: saidLines(product.output) };
  const problems = [];
  for (const project of ['tsconfig.tests.json', 'apps/catalog-ui/tsconfig.specs.json']) {
    if (!existsSync(join(root, project))) continue;
    const tests = await runProgram(root, [tool('typescript/bin/tsc'), '-p', project, '--pretty', 'false']);
    if (!tests.ok) problems.push(...saidLines(tests.output));
  }
  return { problems };
}
