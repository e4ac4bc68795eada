import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toGlob } from './glob.js';

const letters = fc.array(fc.constantFrom('a', 'b', '/', '.', '😀', '\n'), { maxLength: 8 }).map((all) => all.join(''));
const patterns = fc
  .array(fc.constantFrom('a', 'b', '/', '.', '😀', '*', '?', '**'), { maxLength: 8 })
  .map((all) => all.join(''));

/** The same by a regular expression, which may take very long for long texts. */
function byExpression(pattern: string, text: string): boolean {
  const source = [...pattern].map((char) =>
    char === '*' ? '.*' : char === '?' ? '.' : char.replace(/[\\^$.*+?()[\]{}|/]/u, String.raw`\$&`),
  );
  return new RegExp(`^${source.join('')}$`, 'su').test(text);
}

test('a glob matches what the expression for it does', () => {
  fc.assert(
    fc.property(patterns, letters, (pattern, text) => {
      expect(toGlob(pattern).matches(text)).toBe(byExpression(pattern, text));
    }),
    { numRuns: 3_000 },
  );
});

test.each([
  ['', '', true],
  ['', 'a', false],
  ['*', '', true],
  ['claims.*', 'claims.raw/2026', true],
  ['claims.*', 'claims', false],
  ['*.raw', 'claims.raw', true],
  ['a?c', 'abc', true],
  ['a?c', 'ac', false],
  ['*ab*ab*', 'ab', false],
])('%j fits %j: %s', (pattern, text, fits) => {
  expect(toGlob(pattern).matches(text)).toBe(fits);
});
