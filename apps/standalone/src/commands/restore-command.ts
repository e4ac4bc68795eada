import type { DumpedState } from '@headwater/domain/dump/dump-format';
import { HeadwaterError } from '@headwater/domain/errors';
import type { Config } from '@headwater/platform/config';
import type { Logger } from '@headwater/platform/logging/logger';
import { restoreDump } from '@headwater/store-postgres/dump/restore-dump';
import { stateDigest, stateSum } from '@headwater/store-postgres/dump/state-digest';
import { generationSchema, templateFingerprint } from '@headwater/store-postgres/migrate/generations';
import { rebuild } from '../rebuild.js';
import { openDatabase, openStores, type Stores } from '../stores.js';
import { contentOf, withSource } from './dump-command.js';
import { withBar } from './progress.js';

const ROWS_A_LINE = 100_000;

/**
 * `restore <file>`: loads a dump into the empty database of the settings, builds the catalog from its log, and compares
 * that with what the dump says the catalog was. Throws INTERNAL (STATE_DIFFERS) where it is not the same.
 */
export async function restore(file: string, config: Config, logger: Logger): Promise<void> {
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const database = await openDatabase(config, logger, say);
  let said = 0;
  const onProgress = (rows: number): void => {
    if (rows - said < ROWS_A_LINE) return;
    said = rows;
    say(`loaded ${String(rows)} rows`);
  };
  const read = await withSource(file, (source) => restoreDump(source, { url: database.url, onProgress })).finally(() =>
    database.stop(),
  );
  for (const line of contentOf(read)) say(line);
  say('All of it is loaded, and every digest is right. The catalog is built from the log now; npm start does it, too.');
  const stores = await openStores(config, logger, say);
  try {
    say(await buildAndCompare(stores, logger, read.footer.state));
  } finally {
    await stores.close();
  }
}

async function buildAndCompare(stores: Stores, logger: Logger, wanted: DumpedState | null): Promise<string> {
  let found: DumpedState | undefined;
  const at = wanted?.position ?? 0;
  await withBar({ stores, what: 'building', stream: process.stderr }, (onProgress) =>
    rebuild(stores, logger, {
      onProgress,
      pause: { at, reached: async (generation) => void (found = await stateOf(stores, generation)) },
    }),
  );
  if (wanted === null || found === undefined) return 'Restored. There was no catalog to compare with.';
  if (wanted.template !== found.template) return 'Restored. The catalog was made by another version: not compared.';
  if (wanted.settings !== found.settings) {
    return 'Restored. The catalog did not follow its latest rules yet, this one does: not compared.';
  }
  const names = Object.keys(wanted.tables).filter((name) => found?.tables[name] !== undefined);
  const others = names.filter((name) => wanted.tables[name]?.sha256 !== found?.tables[name]?.sha256);
  if (others.length === 0)
    return `Restored. The catalog is what it was: ${String(names.length)} tables with equal digests, state ${stateSum(found)}.`;
  throw new HeadwaterError(
    'INTERNAL',
    `The log is restored and right, but the catalog built from it differs from the dumped one in ${others.join(', ')}. Please report this: it must not happen.`,
    { reason: 'STATE_DIFFERS' },
  );
}

async function stateOf(stores: Stores, generation: number): Promise<DumpedState> {
  const client = await stores.pool.connect();
  try {
    await client.query(`BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY`);
    await client.query(`SET LOCAL TimeZone = 'UTC'; SET LOCAL extra_float_digits = 1; SET LOCAL bytea_output = 'hex'`);
    return {
      template: await templateFingerprint(client),
      ...(await stateDigest(client, generationSchema(generation))),
    };
  } finally {
    await client.query('COMMIT').finally(() => {
      client.release();
    });
  }
}
