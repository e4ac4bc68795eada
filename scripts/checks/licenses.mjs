import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Licenses that what we ship may have: permissive ones only (SPDX identifiers). */
const PERMISSIVE = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'PostgreSQL',
  'Python-2.0',
  'Unlicense',
  'WTFPL',
  'Zlib',
]);

/** Packages whose package.json names no license; what their license file says. */
const STATED_IN_A_FILE = new Map([
  ['passport-http-bearer', { license: 'MIT', file: 'LICENSE' }],
  ['pause', { license: 'MIT', file: 'Readme.md' }],
]);

/**
 * @typedef {{ path: string, name: string, version: string, license: string }} ShippedPackage
 */

/**
 * Every package that is installed without development dependencies, by what its own package.json says.
 * @param {string} root
 * @returns {ShippedPackage[]}
 */
export function shippedPackages(root) {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const packages = [];
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (!path.includes('node_modules/') || entry.dev || entry.link) continue;
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const file = join(root, path, 'package.json');
    // Optional packages of other platforms are not here; the lock file knows their license.
    const manifest = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
    packages.push({ path, name, version: entry.version, license: licenseOf(root, path, name, manifest, entry) });
  }
  return packages.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** @returns {string} an SPDX expression, or '' where none is known */
function licenseOf(root, path, name, manifest, entry) {
  const stated = manifest.license ?? entry.license ?? manifest.licenses?.map((one) => one.type ?? one).join(' OR ');
  if (typeof stated === 'string' && stated !== '') return stated;
  if (typeof stated?.type === 'string') return stated.type;
  const known = STATED_IN_A_FILE.get(name);
  return known !== undefined && existsSync(join(root, path, known.file)) ? known.license : '';
}

/** @param {string} expression an SPDX expression @returns {boolean} whether it can be taken under a permissive license */
export function isPermissive(expression) {
  const bare = expression.replaceAll(/[()]/g, ' ').trim();
  return bare
    .split(/\s+OR\s+/i)
    .some((choice) => choice.split(/\s+AND\s+/i).every((one) => PERMISSIVE.has(one.trim())));
}

/** What we ship is under permissive licenses and recorded with its integrity. @param {string} root */
export function checkLicenses(root) {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const shipped = shippedPackages(root);
  const problems = shipped
    .filter(({ license }) => !isPermissive(license))
    .map(
      ({ name, version, license }) =>
        `${name} ${version}: ${license === '' ? 'no license known' : license} is not a permissive license`,
    );
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (path.includes('node_modules/') && !entry.link && typeof entry.integrity !== 'string')
      problems.push(`${path}: the lock file has no integrity; install it again with npm 10 or later`);
  }
  return { problems, note: `${String(shipped.length)} packages` };
}
