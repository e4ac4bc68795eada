import { expect, test } from 'vitest';
import { checkLicenses } from '../../scripts/checks/licenses.mjs';
import { plantTree } from './planted-tree.js';

const INTEGRITY = 'sha512-AAAA';

/** Problems of a tree whose lock file has these packages. */
function problemsOf(packages: Readonly<Record<string, unknown>>): readonly string[] {
  const lock = { lockfileVersion: 3, packages: { '': { name: 'planted' }, ...packages } };
  return checkLicenses(plantTree({ 'package-lock.json': JSON.stringify(lock) }).root).problems;
}

test('permissive licenses pass, also as a choice, and what is only built with may have any', () => {
  expect(
    problemsOf({
      'node_modules/a': { version: '1.0.0', license: 'MIT', integrity: INTEGRITY },
      'node_modules/b': { version: '1.0.0', license: '(GPL-3.0 OR Apache-2.0)', integrity: INTEGRITY },
      'node_modules/c': { version: '1.0.0', license: 'GPL-3.0', integrity: INTEGRITY, dev: true },
    }),
  ).toEqual([]);
});

test('a package under another license, one without any, and one without integrity are named', () => {
  expect(
    problemsOf({
      'node_modules/a': { version: '1.0.0', license: 'AGPL-3.0-only', integrity: INTEGRITY },
      'node_modules/b': { version: '2.0.0', integrity: INTEGRITY },
      'node_modules/c': { version: '3.0.0', license: 'MIT AND EPL-2.0', integrity: INTEGRITY },
      'node_modules/d': { version: '4.0.0', license: 'MIT' },
    }),
  ).toEqual([
    'a 1.0.0: AGPL-3.0-only is not a permissive license',
    'b 2.0.0: no license known is not a permissive license',
    'c 3.0.0: MIT AND EPL-2.0 is not a permissive license',
    'node_modules/d: the lock file has no integrity; install it again with npm 10 or later',
  ]);
});
