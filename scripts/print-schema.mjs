// Writes apps/catalog-api/schema.graphql from the types of the built GraphQL API; with --check only compares.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const app = join(dirname(dirname(fileURLToPath(import.meta.url))), 'apps', 'catalog-api');
const built = join(app, 'dist', 'print-schema.js');
const file = join(app, 'schema.graphql');

if (!existsSync(built)) {
  process.stderr.write('The GraphQL API is not built: run `npm run build` first.\n');
  process.exit(1);
}
const { printSchema } = await import(pathToFileURL(built).href);
const sdl = await printSchema();
const present = existsSync(file) ? readFileSync(file, 'utf8') : '';

if (!process.argv.includes('--check')) {
  writeFileSync(file, sdl);
  process.stderr.write(present === sdl ? 'schema.graphql: up to date.\n' : 'schema.graphql: written.\n');
} else if (present !== sdl) {
  const [is, should] = [present.split('\n'), sdl.split('\n')];
  const line = should.findIndex((text, index) => text !== is[index]);
  process.stderr.write(
    `schema.graphql differs from the types, first at line ${line + 1}:\n- ${is[line] ?? ''}\n+ ${should[line] ?? ''}\n` +
      'Run `node scripts/print-schema.mjs` and commit the file.\n',
  );
  process.exitCode = 1;
}
