import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { projectRoot } from '../build-project.mjs';
import { runProgram, saidLines, tool } from './run-program.mjs';

/**
 * What is generated from OpenLineage's schemas, from that of decisions, and from ours for the pages, is what the generators write today.
 * @param {string} root
 * @returns {Promise<{ problems: string[] }>}
 */
export async function checkGenerated(root) {
  const found = await Promise.all([
    checkValidators(root, 'scripts/generate-openlineage.mjs'),
    checkValidators(root, 'scripts/generate-decision.mjs'),
    checkPagesTypes(root),
  ]);
  return { problems: found.flatMap(({ problems }) => problems) };
}

/** @param {string} root */
async function checkPagesTypes(root) {
  const folder = join(root, 'apps', 'catalog-ui');
  const kept = join(folder, 'src', 'graphql', 'generated', 'graphql-env.d.ts');
  if (!existsSync(folder)) return { problems: [] };
  if (!existsSync(kept)) return { problems: [`${relative(root, kept)} is missing`] };
  const fresh = join(mkdtempSync(join(tmpdir(), 'headwater-types-')), 'graphql-env.d.ts');
  const args = [
    tool('gql.tada/bin/cli.js'),
    'generate-output',
    '--tsconfig',
    join(folder, 'tsconfig.json'),
    '-o',
    fresh,
  ];
  const { ok, output } = await runProgram(folder, args);
  if (!ok) return { problems: saidLines(output) };
  const isSame = readFileSync(fresh, 'utf8') === readFileSync(kept, 'utf8');
  rmSync(dirname(fresh), { recursive: true, force: true });
  if (isSame) return { problems: [] };
  return {
    problems: [`${relative(root, kept)} is not of this SDL: run "npx gql.tada generate-output" in apps/catalog-ui.`],
  };
}

/** @param {string} root @param {string} script */
async function checkValidators(root, script) {
  const program = join(root, script);
  if (!existsSync(program)) return { problems: [`${script} is missing`] };
  const { ok, output } = await runProgram(root, [program, '--check']);
  if (ok) return { problems: [] };
  return { problems: [...saidLines(output), `Run "node ${script}" and read the difference.`] };
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
