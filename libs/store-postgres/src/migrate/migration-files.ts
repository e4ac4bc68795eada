import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's `prisma` folder; `src` and `dist` lie equally deep. */
export const PRISMA_DIRECTORY = fileURLToPath(new URL('../../../../prisma/', import.meta.url));

export interface MigrationFile {
  /** Folder name, `<yyyymmddhhmmss>_<name>`; the order of names is the order of application. */
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the script in hex, as Prisma records it. */
  readonly checksum: string;
}

/** The migrations of `directory`, oldest first. */
export function readMigrations(directory: string = PRISMA_DIRECTORY): readonly MigrationFile[] {
  const folder = path.join(directory, 'migrations');
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = readFileSync(path.join(folder, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    });
}

/** Every `*.prisma` file of `directory` as the engine takes them: name and content. */
export function readSchemaFiles(directory: string = PRISMA_DIRECTORY): readonly { path: string; content: string }[] {
  return readdirSync(directory)
    .filter((name) => name.endsWith('.prisma'))
    .sort()
    .map((name) => ({ path: name, content: readFileSync(path.join(directory, name), 'utf8') }));
}

/** The migrations in the engine's own shape, `upTo` being the last of them. */
export function migrationsList(directory: string = PRISMA_DIRECTORY, upTo?: string) {
  const migrations = readMigrations(directory).filter(({ name }) => upTo === undefined || name <= upTo);
  return {
    baseDir: path.join(directory, 'migrations'),
    lockfile: {
      path: './migration_lock.toml',
      content: readFileSync(path.join(directory, 'migrations', 'migration_lock.toml'), 'utf8'),
    },
    shadowDbInitScript: '',
    migrationDirectories: migrations.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: sql } },
    })),
  };
}
