// Bundles the GraphQL editor into dist/editor, so that GET /graphql works without any other host.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';

const folder = dirname(fileURLToPath(import.meta.url));
const output = join(folder, '..', 'dist', 'editor');
const require = createRequire(import.meta.url);

/** A digest of the sources and of the bundled packages' versions. */
function fingerprint() {
  const hash = createHash('sha256');
  for (const name of readdirSync(folder).sort()) hash.update(`${name}\0`).update(readFileSync(join(folder, name)));
  for (const name of ['graphiql', 'react', 'react-dom']) {
    hash.update(JSON.parse(readFileSync(require.resolve(`${name}/package.json`), 'utf8')).version);
  }
  return hash.digest('hex');
}

/**
 * Writes dist/editor unless it is up to date.
 * @param {{ force?: boolean }} [options]
 * @returns {Promise<boolean>} whether anything was built
 */
export async function buildIde(options = {}) {
  const stamp = join(output, '.built');
  const wanted = fingerprint();
  if (!options.force && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return false;
  await build({
    root: folder,
    configFile: false,
    base: '/graphql/ide/',
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    worker: { format: 'es' },
    // Several copies of graphql would refuse each other's schemas.
    resolve: { dedupe: ['graphql', 'react', 'react-dom'] },
    build: {
      outDir: output,
      emptyOutDir: true,
      target: 'es2022',
      chunkSizeWarningLimit: 8_000,
      modulePreload: { polyfill: false },
      // Data URLs would need a wider content security policy than files of our own.
      assetsInlineLimit: 0,
    },
  });
  mkdirSync(output, { recursive: true });
  writeFileSync(stamp, wanted);
  return true;
}

if (process.argv[1] && pathToFileURL(process.argv[1]).href === import.meta.url) {
  const built = await buildIde({ force: process.argv.includes('--force') });
  process.stderr.write(built ? 'GraphQL editor: built.\n' : 'GraphQL editor: up to date.\n');
}
