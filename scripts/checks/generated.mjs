import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../build-project.mjs';
import { runProgram, saidLines } from './run-program.mjs';

/**
 * What is generated from OpenLineage's schemas is what the generator writes today.
 * @param {string} root
 * @returns {Promise<{ problems: string[] }>}
 */
export async function checkGenerated(root) {
  const program = join(root, 'scripts/generate-openlineage.mjs');
  if (!existsSync(program)) return { problems: ['scripts/generate-openlineage.mjs is missing'] };
  const { ok, output } = await runProgram(root, [program, '--check']);
  if (ok) return { problems: [] };
  return { problems: [...saidLines(output), 'Run "node scripts/generate-openlineage.mjs" and read the difference.'] };
}

/**
 * The migrations lead to exactly the tables that prisma/*.prisma describe.
 * @param {string} root
 * @returns {Promise<{ problems: string[] }>}
 */
export async function checkMigrations(root) {
  const program = join(projectRoot, 'scripts/migrations.mjs');
  if (!existsSync(program)) return { problems: ['scripts/migrations.mjs is missing'] };
  const { ok, output } = await runProgram(projectRoot, [program, 'drift', '--prisma', join(root, 'prisma')]);
  return { problems: ok ? [] : saidLines(output) };
}
