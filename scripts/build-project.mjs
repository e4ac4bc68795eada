import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const compiler = fileURLToPath(new URL('compile-sources.mjs', import.meta.url));
export const projectRoot = dirname(dirname(fileURLToPath(import.meta.url)));

const skipped = new Set(['node_modules', 'dist', 'coverage', '.git']);

/**
 * Every file below a folder, build output and dependencies left out, in a stable order.
 * @param {string} folder
 * @returns {string[]} absolute paths
 */
export function filesUnder(folder) {
  if (!existsSync(folder)) return [];
  /** @type {string[]} */
  const found = [];
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (skipped.has(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) found.push(...filesUnder(path));
    else found.push(path);
  }
  return found.sort();
}

/** @param {string} root @returns {string[]} the workspace folders that hold code */
function workspaces(root) {
  return ['libs', 'apps']
    .flatMap((group) => {
      const folder = join(root, group);
      return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
    })
    .filter((folder) => existsSync(join(folder, 'tsconfig.json')));
}

/**
 * A digest of what the build reads: path, size and time of every source file. It changes when a build is due, and
 * costs a few milliseconds, where asking the compiler costs half a second.
 * @param {string} root
 */
export function sourceFingerprint(root) {
  const inputs = [
    ...workspaces(root).flatMap((folder) => [join(folder, 'tsconfig.json'), ...filesUnder(join(folder, 'src'))]),
    ...filesUnder(join(root, 'prisma')),
    ...filesUnder(editorFolder(root)),
    ...filesUnder(join(root, 'apps', 'catalog-ui', 'public')),
    ...['index.html', 'vite.config.mjs'].map((name) => join(root, 'apps', 'catalog-ui', name)),
    ...['tsconfig.json', 'tsconfig.base.json', 'package-lock.json'].map((name) => join(root, name)),
  ].filter((path) => !path.endsWith('.spec.ts') && existsSync(path));
  const hash = createHash('sha256');
  for (const path of inputs) {
    const { size, mtimeMs } = statSync(path);
    hash.update(`${relative(root, path)}\0${size}\0${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

/** @param {string} root */
function outputsPresent(root) {
  return workspaces(root).every(
    (folder) => filesUnder(join(folder, 'src')).length === 0 || existsSync(join(folder, 'dist', '.tsbuildinfo')),
  );
}

/**
 * Captures the output; where `isTold`, all but what the script tells on standard error while it works.
 * @param {string} root
 * @param {string[]} args
 * @param {boolean} [isTold]
 */
function runNode(root, args, isTold = false) {
  const stdio = /** @type {const} */ (['ignore', 'pipe', isTold ? 'inherit' : 'pipe']);
  const result = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', stdio: [...stdio] });
  const output = `${result.stdout}${result.stderr ?? ''}${result.error?.message ?? ''}`;
  return { ok: result.status === 0, output };
}

/** @param {string} root @returns {string} where the GraphQL editor is bundled from */
const editorFolder = (root) => join(root, 'apps', 'catalog-api', 'ide');

/** @param {string} root @param {(line: string) => void} say */
function bundleEditor(root, say) {
  const script = join(editorFolder(root), 'build.mjs');
  if (!existsSync(script)) return { ok: true, output: '' };
  if (!existsSync(join(root, 'apps', 'catalog-api', 'dist', 'editor'))) say('Build: bundling the editor for queries.');
  return runNode(root, [script]);
}

/** What the catalog's pages are bundled from, beside the packages. @param {string} root */
function pagesFingerprint(root) {
  const folder = join(root, 'apps', 'catalog-ui');
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  for (const path of [
    join(folder, 'index.html'),
    join(folder, 'vite.config.mjs'),
    ...filesUnder(join(folder, 'src')),
    ...filesUnder(join(folder, 'public')),
  ]) {
    if (!/\.spec\.tsx?$/.test(path)) hash.update(`${relative(root, path)}\0`).update(readFileSync(path));
  }
  return hash.digest('hex');
}

/** @param {string} root @param {(line: string) => void} say */
function bundlePages(root, say) {
  const folder = join(root, 'apps', 'catalog-ui');
  if (!existsSync(join(folder, 'vite.config.mjs'))) return { ok: true, output: '' };
  const stamp = join(folder, 'dist', '.bundled');
  const wanted = pagesFingerprint(root);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return { ok: true, output: '' };
  say('Build: bundling the pages.');
  const bundled = runNode(root, [
    'node_modules/vite/bin/vite.js',
    'build',
    '--config',
    join(folder, 'vite.config.mjs'),
  ]);
  if (bundled.ok) writeFileSync(stamp, wanted);
  return bundled;
}

/**
 * Brings dist of every workspace up to date: the TypeScript project references, then the editor and the pages. Does
 * nothing when no source changed since the last successful build.
 * @param {{ root?: string, say?: (line: string) => void, force?: boolean }} [options]
 * @returns {{ ok: boolean, built: boolean, output: string }}
 */
export function buildProject(options = {}) {
  const root = options.root ?? projectRoot;
  const say = options.say ?? ((line) => void process.stderr.write(`${line}\n`));
  const stamp = join(root, 'node_modules', '.cache', 'headwater', 'built');
  const have = existsSync(stamp) ? readFileSync(stamp, 'utf8') : undefined;
  if (!options.force && have === sourceFingerprint(root) && outputsPresent(root)) {
    return { ok: true, built: false, output: '' };
  }
  const startedAt = Date.now();
  // Taken before compiling: a file saved meanwhile makes the next start build again.
  const compiledFrom = sourceFingerprint(root);
  const compiled = runNode(root, [compiler, ...(options.force ? ['--force'] : [])], true);
  if (!compiled.ok) {
    rmSync(stamp, { force: true });
    return { ok: false, built: false, output: compiled.output };
  }
  const bundled = bundleEditor(root, say);
  if (!bundled.ok) return { ok: false, built: false, output: bundled.output };
  const pages = bundlePages(root, say);
  if (!pages.ok) return { ok: false, built: false, output: pages.output };
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, compiledFrom);
  say(`Build: done in ${((Date.now() - startedAt) / 1000).toFixed(1)} s.`);
  return { ok: true, built: true, output: compiled.output };
}

/** `buildProject` for the entry scripts: compiler errors are printed and end the process. */
export function buildOrExit() {
  const result = buildProject();
  if (result.ok) return;
  process.stderr.write(`${result.output}\nThe build failed; the errors are above.\n`);
  process.exit(1);
}
