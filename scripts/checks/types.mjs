import { runProgram, saidLines, tool } from './run-program.mjs';

/**
 * The compiler over the product (project references) and then over the tests.
 * @param {string} root
 * @returns {Promise<{ problems: string[] }>}
 */
export async function checkTypes(root) {
  const product = await runProgram(root, [tool('typescript/bin/tsc'), '-b', '--pretty', 'false']);
  if (!product.ok) return { problems: saidLines(product.output) };
  const tests = await runProgram(root, [
    ...[tool('typescript/bin/tsc'), '-p', 'tsconfig.tests.json', '--pretty', 'false'],
  ]);
  return { problems: tests.ok ? [] : saidLines(tests.output) };
}
