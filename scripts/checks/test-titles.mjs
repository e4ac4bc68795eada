import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { filesUnder } from '../build-project.mjs';

const declaring = new Set(['test', 'it']);

/** @param {ts.Expression} callee @returns {string | undefined} the name that `test.skipIf(x)`, `test.each(y)` start with */
function rootName(callee) {
  if (ts.isIdentifier(callee)) return callee.text;
  if (ts.isPropertyAccessExpression(callee) || ts.isCallExpression(callee)) return rootName(callee.expression);
  if (ts.isTaggedTemplateExpression(callee)) return rootName(callee.tag);
  return undefined;
}

/** @param {ts.Expression | undefined} argument */
function titleOf(argument) {
  if (!argument) return undefined;
  if (ts.isStringLiteralLike(argument)) return argument.text;
  if (ts.isTemplateExpression(argument)) {
    return argument.head.text + argument.templateSpans.map((span) => `\${…}${span.literal.text}`).join('');
  }
  return undefined;
}

/**
 * The titles of the tests a file declares, read from its syntax; a value inside a title shows as `${…}`.
 * @param {string} path for messages
 * @param {string} text
 * @returns {string[]}
 */
export function titlesIn(path, text) {
  /** @type {string[]} */
  const titles = [];
  const visit = (/** @type {ts.Node} */ node) => {
    if (ts.isCallExpression(node) && declaring.has(rootName(node.expression) ?? '')) {
      const title = titleOf(node.arguments[0]);
      if (title !== undefined) titles.push(title);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, false, ts.ScriptKind.TS));
  return titles;
}

/**
 * Every test of the project: specs beside the sources, the contract suites, and what stands under test.
 * @param {string} root
 * @returns {{ file: string, title: string }[]}
 */
export function testTitles(root) {
  const files = ['apps', 'libs', 'test']
    .flatMap((name) => (existsSync(join(root, name)) ? filesUnder(join(root, name)) : []))
    .filter((path) => /\.spec\.ts$|\.contract\.ts$/.test(path) || /store-contract\/src\/.*\.ts$/.test(path))
    .filter((path) => !path.includes('/fixtures/'));
  return files.flatMap((path) =>
    titlesIn(path, readFileSync(path, 'utf8')).map((title) => ({ file: relative(root, path), title })),
  );
}
