import { join, relative } from 'node:path';
import { projectRoot } from '../build-project.mjs';

/**
 * ESLint with type information over every source, test and script; warnings count as faults.
 * @param {string} root
 * @param {string[]} [patterns]
 * @returns {Promise<{ problems: string[] }>}
 */
export async function checkLint(root, patterns = ['.']) {
  const { ESLint } = await import('eslint');
  const { lintRules } = await import('../../eslint.config.mjs');
  const own = root === projectRoot;
  const eslint = new ESLint({
    cwd: root,
    ...(own ? {} : { overrideConfigFile: true, overrideConfig: lintRules(root) }),
    cache: own,
    cacheLocation: join(projectRoot, 'node_modules', '.cache', 'eslint'),
    cacheStrategy: 'content',
    errorOnUnmatchedPattern: false,
  });
  const results = await eslint.lintFiles(patterns);
  const problems = results.flatMap(({ filePath, messages }) =>
    messages.map(
      ({ line, column, message, ruleId }) =>
        `${relative(root, filePath)}:${line}:${column} ${message} (${ruleId ?? 'parse error'})`,
    ),
  );
  return { problems };
}
