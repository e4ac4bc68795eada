// npm test [-- --unit] [-- --no-unexplained-skips] [-- any argument of vitest]
import { buildProject, projectRoot } from './build-project.mjs';
import { ensureInstalledOrExit } from './ensure-installed.mjs';

/** @param {string} flag @param {string[]} args @returns {boolean} whether it was there; it is taken out */
function take(flag, args) {
  const at = args.indexOf(flag);
  if (at >= 0) args.splice(at, 1);
  return at >= 0;
}

/** @param {{ passed: number, failed: number }} counts */
function finish({ passed, failed }) {
  process.stdout.write(`${passed} passed, ${failed} failed\n`, () => process.exit(failed > 0 || passed === 0 ? 1 : 0));
}

const args = process.argv.slice(2);
const unitOnly = take('--unit', args);
const explainSkips = take('--no-unexplained-skips', args);

await ensureInstalledOrExit();
// Fault and end-to-end tests start the built program; unit tests read the sources.
const ready = unitOnly ? { ok: true, output: '' } : buildProject();
if (!ready.ok) {
  process.stderr.write(`${ready.output}\nThe build failed, so no test ran; the errors are above.\n`);
  finish({ passed: 0, failed: 1 });
} else {
  const { parseCLI, startVitest } = await import('vitest/node');
  const { CountReporter } = await import('./count-reporter.mjs');
  const { filter, options } = parseCLI(['vitest', 'run', ...args]);
  const counter = new CountReporter(projectRoot);
  const reporters = [...(options.reporters?.length ? options.reporters : ['default']), counter];
  const scope = unitOnly && filter.length === 0 ? ['libs/', 'apps/'] : filter;
  const vitest = await startVitest('test', scope, {
    ...options,
    root: projectRoot,
    run: true,
    watch: false,
    reporters,
  });
  await vitest.close();

  const filtered = options.testNamePattern !== undefined;
  const listed = filtered ? counter.skipped.filter(({ reason }) => reason !== undefined) : counter.skipped;
  if (listed.length > 0) process.stdout.write(`\nSkipped:\n`);
  for (const { test, reason } of listed) process.stdout.write(`  ${test}\n    ${reason ?? 'no reason given'}\n`);
  const unexplained = explainSkips ? listed.filter(({ reason }) => reason === undefined).length : 0;
  if (unexplained > 0) process.stdout.write(`${unexplained} skipped without a reason: each counts as failed.\n`);
  const failed = counter.failed + unexplained;
  if (counter.passed + failed === 0) process.stdout.write('No test ran, which counts as a failure.\n');
  // Vitest sets the exit code for what belongs to no test, such as a server that does not stop.
  const elsewhere = counter.passed === 0 || (process.exitCode ?? 0) !== 0;
  finish({ passed: counter.passed, failed: failed === 0 && elsewhere ? 1 : failed });
}
