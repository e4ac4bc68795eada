import { withSchemaEngine } from './schema-engine.js';
import { migrationsList, PRISMA_DIRECTORY, readSchemaFiles } from './migration-files.js';

/**
 * The SQL that leads from the database that the migrations make to the one that `prisma/*.prisma` describe; undefined
 * when they agree. `url` names a server on which a scratch database may be created; it is dropped again.
 */
export async function schemaDiff(url: string, directory: string = PRISMA_DIRECTORY): Promise<string | undefined> {
  const request = {
    from: { tag: 'migrations' as const, ...migrationsList(directory) },
    to: { tag: 'schemaDatamodel' as const, files: [...readSchemaFiles(directory)] },
    script: true,
    exitCode: true,
    filters: { externalTables: [], externalEnums: [] },
    // Not in the published type, but the engine insists on it: the adapter makes the scratch database.
    shadowDatabaseUrl: null,
  };
  const { exitCode, stdout } = await withSchemaEngine(url, directory, (engine) => engine.diff(request));
  return exitCode === 0 ? undefined : (stdout ?? '');
}
