import { join } from 'node:path';
import { runnerImport } from 'vite';
import { projectRoot } from './build-project.mjs';

/**
 * Loads a TypeScript module of this repository from its source, so that development tools and test processes work
 * while other packages do not compile.
 * @param {string} path relative to the repository
 * @returns {Promise<Record<string, any>>}
 */
export async function importSource(path) {
  const { module } = await runnerImport(join(projectRoot, path), {
    root: projectRoot,
    configFile: false,
    logLevel: 'error',
    resolve: { conditions: ['source'] },
    ssr: { resolve: { conditions: ['source', 'module', 'node', 'development|production'] } },
  });
  return /** @type {Record<string, any>} */ (module);
}
