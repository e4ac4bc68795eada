// npm run check [-- --only format,lint]
import { ensureInstalledOrExit } from './ensure-installed.mjs';
import { projectRoot } from './build-project.mjs';

const stages = [
  ['format', async () => (await import('./checks/format.mjs')).checkFormat(projectRoot)],
  ['generated', async () => (await import('./checks/generated.mjs')).checkGenerated(projectRoot)],
  ['types', async () => (await import('./checks/types.mjs')).checkTypes(projectRoot)],
  ['lint', async () => (await import('./checks/lint.mjs')).checkLint(projectRoot)],
  ['layers', async () => (await import('./checks/layers.mjs')).checkLayers(projectRoot)],
  ['sdl', async () => (await import('./checks/schema.mjs')).checkSchemaDrift(projectRoot)],
  ['breaking', async () => (await import('./checks/schema.mjs')).checkBreakingChanges(projectRoot)],
  ['migrations', async () => (await import('./checks/generated.mjs')).checkMigrations(projectRoot)],
  ['rules', async () => (await import('./checks/rules.mjs')).checkRules(projectRoot)],
  ['facets', async () => (await import('./checks/facets.mjs')).checkFacets(projectRoot)],
  ['licenses', async () => (await import('./checks/licenses.mjs')).checkLicenses(projectRoot)],
  ['settings', async () => (await import('./checks/settings.mjs')).checkSettings(projectRoot)],
];

/** @param {string[]} args @returns {string[] | undefined} the stages asked for; undefined for all */
function chosen(args) {
  const at = args.findIndex((arg) => arg === '--only' || arg.startsWith('--only='));
  if (at < 0) return undefined;
  const value = args[at]?.includes('=') ? args[at].split('=')[1] : args[at + 1];
  return (value ?? '').split(',');
}

await ensureInstalledOrExit();
const only = chosen(process.argv.slice(2));
const unknown = only?.filter((name) => !stages.some(([stage]) => stage === name)) ?? [];
if (unknown.length > 0) {
  process.stderr.write(
    `No such stage: ${unknown.join(', ')}. There are: ${stages.map(([name]) => name).join(', ')}.\n`,
  );
  process.exit(2);
}

let passed = 0;
let failed = 0;
for (const [name, run] of stages.filter(([stage]) => only?.includes(stage) ?? true)) {
  const startedAt = performance.now();
  let result;
  try {
    result = await run();
  } catch (error) {
    result = { problems: [error instanceof Error ? (error.stack ?? error.message) : String(error)] };
  }
  const ok = result.problems.length === 0;
  if (ok) passed += 1;
  else failed += 1;
  const time = `${((performance.now() - startedAt) / 1000).toFixed(1)} s`.padStart(7);
  process.stdout.write(`${ok ? 'ok  ' : 'FAIL'} ${time}  ${name}${result.note ? ` (${result.note})` : ''}\n`);
  for (const problem of result.problems) process.stdout.write(`       ${problem}\n`);
}
process.stdout.write(`${passed} passed, ${failed} failed\n`, () => process.exit(failed > 0 ? 1 : 0));
