import { existsSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { filesUnder, projectRoot } from '../build-project.mjs';
import { runProgram, saidLines, tool } from './run-program.mjs';

const vagueNames = ['utils', 'util', 'helpers', 'helper', 'common', 'manager', 'misc', 'info', 'data'];
const checkedFolders = ['apps', 'libs', 'test', 'scripts'];

/**
 * File names that say nothing, and barrels.
 * @param {readonly string[]} paths relative to the project
 * @returns {string[]} one complaint each
 */
export function badFileNames(paths) {
  return paths.flatMap((path) => {
    if (!/\.([cm]?[jt]sx?|py)$/.test(path)) return [];
    const name = basename(path).replace(/\..*$/, '');
    const words = name.split(/[-_]/);
    if (vagueNames.includes(name) || vagueNames.includes(words.at(-1) ?? '')) {
      return [`${path}: "${name}" does not say what the file is for`];
    }
    if (name === 'index') return [`${path}: no barrels; name the file for what it defines`];
    if (!/\.py$/.test(path) && !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) return [`${path}: file names are kebab-case`];
    return [];
  });
}

/**
 * The dependency rules of ARCHITECTURE.md and the rules for file names.
 * @param {string} root
 * @returns {Promise<{ problems: string[], note?: string }>}
 */
export async function checkLayers(root) {
  const folders = checkedFolders.filter((name) => existsSync(join(root, name)));
  const paths = folders.flatMap((name) => filesUnder(join(root, name))).map((path) => relative(root, path));
  const named = badFileNames(paths.filter((path) => !path.includes('/generated/') && !path.includes('/fixtures/')));

  const config = join(projectRoot, '.dependency-cruiser.cjs');
  const { stdout, output } = await runProgram(root, [
    tool('dependency-cruiser/bin/dependency-cruise.mjs'),
    ...['--config', config, '--output-type', 'json', ...folders],
  ]);
  /** @type {{ modules: unknown[], summary: { violations: any[], totalDependenciesCruised: number } }} */
  let result;
  try {
    result = JSON.parse(stdout);
  } catch {
    return { problems: [...named, 'dependency-cruiser gave no result:', ...saidLines(output)] };
  }
  const crossed = result.summary.violations.map(({ from, to, rule, cycle }) => {
    const way = cycle ? [from, ...cycle.map((step) => step.name ?? step)].join(' -> ') : `${from} -> ${to}`;
    return `${rule.name}: ${way}`;
  });
  return {
    problems: [...named, ...crossed],
    note: `${result.modules.length} modules, ${result.summary.totalDependenciesCruised} dependencies`,
  };
}
