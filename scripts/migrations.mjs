import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { projectRoot } from './build-project.mjs';
import { importSource } from './import-source.mjs';

const usage = `Usage: node scripts/migrations.mjs <command>
  new <name>   write prisma/migrations/<time>_<name> with what prisma/*.prisma have and the migrations lack
  drift        exit 2, with the difference as SQL, when prisma/*.prisma and the migrations differ
  --prisma <folder>   the folder of *.prisma and migrations, prisma unless told
TEST_DATABASE_URL names a server for the scratch database; without it an embedded one is started.`;

const { values, positionals } = parseArgs({ allowPositionals: true, options: { prisma: { type: 'string' } } });
const directory = resolve(values.prisma ?? join(projectRoot, 'prisma'));

/** @template T @param {(url: string) => Promise<T>} use */
async function withServer(use) {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return use(given);
  const { startEmbeddedPostgres } = await importSource('libs/store-postgres/src/embedded/embedded-postgres.ts');
  const dataDir = mkdtempSync(join(tmpdir(), 'headwater-migrations-'));
  try {
    const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };
    const server = await startEmbeddedPostgres({ dataDir, settings });
    try {
      return await use(server.url);
    } finally {
      await server.stop();
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** @param {string[]} words @returns {Promise<number>} the exit code */
async function main([command, name = '']) {
  if (command !== 'drift' && !(command === 'new' && /^[a-z][a-z0-9_]*$/.test(name))) {
    console.error(usage);
    return 64;
  }
  const { schemaDiff } = await importSource('libs/store-postgres/src/migrate/schema-diff.ts');
  const sql = await withServer((url) => schemaDiff(url, directory));
  if (sql === undefined) {
    console.log('The migrations make what prisma/*.prisma describe.');
    return 0;
  }
  if (command === 'drift') {
    console.error(`prisma/*.prisma and the migrations differ by:\n${sql}\nRun: node scripts/migrations.mjs new <name>`);
    return 2;
  }
  const folder = join(directory, 'migrations', `${new Date().toISOString().replace(/\D/g, '').slice(0, 14)}_${name}`);
  mkdirSync(folder);
  writeFileSync(join(folder, 'migration.sql'), sql);
  console.log(`Wrote ${folder}/migration.sql; read it before you commit it.`);
  return 0;
}

process.exitCode = await main(positionals).catch((error) => {
  console.error(error);
  return 1;
});
