import { join } from 'node:path';
import { existsSync } from 'node:fs';
import { projectRoot } from '../build-project.mjs';
import { runProgram, saidLines, tool } from './run-program.mjs';

/**
 * Every file is formatted as prettier writes it.
 * @param {string} root
 * @returns {Promise<{ problems: string[] }>}
 */
export async function checkFormat(root) {
  const ignore = [root, projectRoot].map((folder) => join(folder, '.prettierignore')).find((path) => existsSync(path));
  const { ok, output } = await runProgram(root, [
    tool('prettier/bin/prettier.cjs'),
    ...['--check', '.', '--log-level', 'warn', '--config', join(projectRoot, '.prettierrc.json')],
    ...(ignore ? ['--ignore-path', ignore] : []),
    ...(root === projectRoot ? ['--cache'] : []),
  ]);
  if (ok) return { problems: [] };
  return { problems: [...saidLines(output), 'Run "npm run format".'] };
}
