import { buildProject } from './build-project.mjs';
import { ensureInstalledOrExit } from './ensure-installed.mjs';

await ensureInstalledOrExit();
const { ok, built, output } = buildProject({ force: process.argv.includes('--force') });
process.stderr.write(
  ok ? (built ? '' : 'Build: up to date.\n') : `${output}\nThe build failed; the errors are above.\n`,
);
process.exitCode = ok ? 0 : 1;
