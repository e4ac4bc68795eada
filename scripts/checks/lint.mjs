import { execFile } from 'node:child_process';
import { join, relative } from 'node:path';
import { projectRoot } from '../build-project.mjs';

/** Types of the pages' queries fill the memory of one process: they have one of their own. */
const PAGES = 'apps/catalog-ui';
const HEAP_MIB = 8_192;

/** @typedef {import('eslint').ESLint.LintResult} LintResult */

/**
 * ESLint with type information over every source, test and script; warnings count as faults.
 * @param {string} root
 * @param {string[]} [patterns]
 * @returns {Promise<{ problems: string[] }>}
 */
export async function checkLint(root, patterns) {
  const results =
    root === projectRoot && patterns === undefined
      ? (await Promise.all([lintApart('pages', [PAGES]), lintApart('rest', ['.', '--ignore-pattern', PAGES])])).flat()
      : await lintHere(root, patterns ?? ['.']);
  const problems = results.flatMap(({ filePath, messages }) =>
    messages.map(
      ({ line, column, message, ruleId }) =>
        `${relative(root, filePath)}:${line}:${column} ${message} (${ruleId ?? 'parse error'})`,
    ),
  );
  return { problems };
}

/**
 * @param {string} root
 * @param {string[]} patterns
 * @returns {Promise<LintResult[]>}
 */
async function lintHere(root, patterns) {
  const { ESLint } = await import('eslint');
  const { lintRules } = await import('../../eslint.config.mjs');
  const own = root === projectRoot;
  const eslint = new ESLint({
    cwd: root,
    ...(own ? {} : { overrideConfigFile: true, overrideConfig: lintRules(root) }),
    errorOnUnmatchedPattern: false,
  });
  return eslint.lintFiles(patterns);
}

/**
 * In a process of its own.
 * @param {string} name of its cache
 * @param {string[]} words
 * @returns {Promise<LintResult[]>}
 */
function lintApart(name, words) {
  const eslint = join(projectRoot, 'node_modules', 'eslint', 'bin', 'eslint.js');
  const cache = join(projectRoot, 'node_modules', '.cache', `eslint-${name}`);
  const options = ['--format', 'json', '--cache', '--cache-location', cache, '--cache-strategy', 'content'];
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [`--max-old-space-size=${HEAP_MIB}`, eslint, ...options, ...words],
      { cwd: projectRoot, maxBuffer: 256 * 1024 * 1024 },
      (error, stdout, stderr) => {
        // 1 stands for faults, which are told in the output.
        if (error === null || error.code === 1) resolve(JSON.parse(stdout));
        else reject(new Error(stderr === '' ? error.message : stderr));
      },
    );
  });
}
