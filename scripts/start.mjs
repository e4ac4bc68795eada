import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildOrExit, projectRoot } from './build-project.mjs';
import { endWithParent } from './end-with-parent.mjs';
import { ensureInstalledOrExit } from './ensure-installed.mjs';

/**
 * Installs, builds and runs one of standalone's programs with this command's arguments. It runs in this very process,
 * so that signals, exit codes and a `kill` reach it as if it had been started directly.
 * @param {string} program a file of apps/standalone/dist
 */
export async function runStandalone(program) {
  await ensureInstalledOrExit();
  buildOrExit();
  const main = join(projectRoot, 'apps', 'standalone', 'dist', program);
  if (!existsSync(main)) {
    process.stderr.write(`${main} is missing after the build. Run "npm run build -- --force", then try again.\n`);
    process.exit(1);
  }
  endWithParent();
  process.setSourceMapsEnabled(true);
  process.argv[1] = main;
  await import(pathToFileURL(main).href);
}

if (process.argv[1] === import.meta.filename) await runStandalone('main.js');
