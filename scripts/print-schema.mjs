// The GraphQL schema as the catalog API serves it, in SDL: printed, or written where it is checked in with --write.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './build-project.mjs';
import { runProgram } from './checks/run-program.mjs';

const program = 'apps/catalog-api/dist/print-schema.js';

/**
 * Prints the schema of the built catalog API; a build must have run before. The program either prints by itself or
 * exports `printSchema()`.
 * @param {string} root
 * @returns {Promise<{ sdl: string } | { problem: string }>}
 */
export async function printedSchema(root) {
  if (!existsSync(join(root, program))) return { problem: `${program} is missing: run "npm run build" first` };
  const source = `const m = await import(${JSON.stringify(join(root, program))}); if (m.printSchema) process.stdout.write(await m.printSchema(), () => process.exit(0));`;
  const { ok, stdout, output } = await runProgram(root, ['--input-type=module', '--eval', source]);
  if (!ok || stdout.trim() === '') return { problem: `${program} printed no schema:\n${output}` };
  return { sdl: `${stdout.trim()}\n` };
}

if (process.argv[1] === import.meta.filename) {
  const printed = await printedSchema(projectRoot);
  if ('problem' in printed) {
    process.stderr.write(`${printed.problem}\n`);
    process.exitCode = 1;
  } else if (process.argv.includes('--write')) {
    writeFileSync(join(projectRoot, 'apps/catalog-api/schema.graphql'), printed.sdl);
  } else {
    process.stdout.write(printed.sdl);
  }
}
