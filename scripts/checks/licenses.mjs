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
  'PSF-2.0',
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

/** What the pages for browsers are bundled from: shipped as files of ours, though nobody installs it. */
const BUNDLED = {
  'apps/catalog-api': ['@graphiql/toolkit', 'graphiql', 'graphql-ws', 'react', 'react-dom'],
  'apps/catalog-ui': [
    ...['@mantine/charts', '@mantine/core', '@mantine/hooks', '@mantine/spotlight', '@tabler/icons-react'],
    ...['@urql/core', '@xyflow/react', 'gql.tada', 'graphql', 'graphql-ws', 'i18next', 'react'],
    ...['react-dom', 'react-i18next', 'react-markdown', 'recharts', 'rehype-sanitize', 'urql', 'wouter'],
  ],
};

/** What these bring along that only ever runs while one builds. */
const BUILD_ONLY = new Set([
  'typescript',
  '@types/react',
  '@types/react-dom',
  '@0no-co/graphqlsp',
  '@gql.tada/cli-utils',
]);

/**
 * @typedef {{ path: string, name: string, version: string, license: string, isBundled: boolean }} ShippedPackage
 */

/**
 * The packages that end up in the pages: those named above and all that they depend on.
 * @param {Record<string, any>} packages of the lock file
 * @returns {Set<string>} paths
 */
function bundledPaths(packages) {
  const found = new Set();
  const visit = (/** @type {string} */ from, /** @type {string} */ name) => {
    for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')))) {
      const path = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
      if (packages[path] !== undefined) {
        if (found.has(path) || BUILD_ONLY.has(name)) return;
        found.add(path);
        const { dependencies = {}, peerDependencies = {} } = packages[path];
        for (const next of Object.keys({ ...peerDependencies, ...dependencies })) visit(path, next);
        return;
      }
      if (folder === '') return;
    }
  };
  for (const [workspace, names] of Object.entries(BUNDLED)) for (const name of names) visit(workspace, name);
  return found;
}

/**
 * Every package that is installed without development dependencies or bundled into the pages, by what its own
 * package.json says.
 * @param {string} root
 * @returns {ShippedPackage[]}
 */
export function shippedPackages(root) {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const bundled = bundledPaths(lock.packages);
  const packages = [];
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (!path.includes('node_modules/') || (entry.dev && !bundled.has(path)) || entry.link) continue;
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const file = join(root, path, 'package.json');
    // Optional packages of other platforms are not here; the lock file knows their license.
    const manifest = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
    packages.push({
      path,
      name,
      version: entry.version,
      license: licenseOf(root, path, name, manifest, entry),
      isBundled: entry.dev === true,
    });
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
