import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const root = dirname(fileURLToPath(import.meta.url));
const outDir = join(root, 'dist', 'app');
const MIN_COMPRESSED = 1_024;

/** Writes a `.gz` beside each file that is worth it, so that the server compresses nothing. */
const compressed = {
  name: 'compressed',
  closeBundle() {
    for (const name of readdirSync(outDir, { recursive: true, encoding: 'utf8' })) {
      const file = join(outDir, name);
      if (!/\.(css|html|js|svg)$/.test(name) || statSync(file).size < MIN_COMPRESSED) continue;
      writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 9 }));
    }
  },
};

/**
 * Writes beside `index.html` a page for each that is loaded late (`lineage.html` for /lineage): the same, with links that
 * let the browser fetch its code at once instead of when the first code has run.
 */
const pagesByPath = {
  name: 'pages-by-path',
  generateBundle: {
    order: /** @type {const} */ ('post'),
    /** @type {import('vite').Rollup.Plugin['generateBundle'] & Function} */
    handler(_options, bundle) {
      const page = bundle['index.html'];
      if (page?.type !== 'asset') throw new Error('index.html is not in the bundle');
      const html = String(page.source);
      for (const output of Object.values(bundle)) {
        if (output.type !== 'chunk' || !output.isDynamicEntry) continue;
        const [, name] = /src\/pages\/([^/]+)\/\1-page\.tsx$/.exec(output.facadeModuleId ?? '') ?? [];
        if (name === undefined) continue;
        const files = [output.fileName, ...output.imports].filter((file) => !html.includes(`"/ui/${file}"`));
        const links = files.map((file) => `    <link rel="modulepreload" crossorigin href="/ui/${file}">\n`);
        const source = html.replace('  </head>', `${links.join('')}  </head>`);
        this.emitFile({ type: 'asset', fileName: `${name}.html`, source });
      }
    },
  },
};

export default defineConfig({
  root,
  base: '/ui/',
  logLevel: 'error',
  plugins: [react(), pagesByPath, compressed],
  worker: { format: 'es' },
  resolve: { dedupe: ['react', 'react-dom', 'graphql'] },
  server: { proxy: { '/graphql': { target: 'http://127.0.0.1:4000', ws: true } } },
  build: {
    outDir,
    emptyOutDir: true,
    target: 'es2022',
    // light-dark() as it stands: rewritten, it would not follow the scheme that the viewer chooses.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    chunkSizeWarningLimit: 1_000,
    modulePreload: { polyfill: false },
    // Data URLs would need a wider content security policy than files of our own.
    assetsInlineLimit: 0,
  },
});
