import { existsSync } from 'node:fs';
import { link, open, rename, rm } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { DumpFooter, DumpHeader } from '@headwater/domain/dump/dump-format';
import { isFileError } from '@headwater/store-postgres/dump/file-error';
import { readDump, type ReadDump } from '@headwater/store-postgres/dump/read-dump';
import { stateSum } from '@headwater/store-postgres/dump/state-digest';
import { writeDump } from '@headwater/store-postgres/dump/write-dump';
import type { Stores } from '../stores.js';
import { needed, UsageError } from './command-line.js';
import { withBar } from './progress.js';

/** `dump <file>`: words that were understood. */
export interface DumpWords {
  /** `-` stands for standard output. */
  readonly file: string;
  readonly withSecrets: boolean;
}

/** Words of `dump`. Throws UsageError. */
export function dumpWords(words: readonly string[]): DumpWords {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: { 'without-secrets': { type: 'boolean' } },
  });
  return { file: theOne(positionals), withSecrets: values['without-secrets'] !== true };
}

/** The file that `verify` and `restore` are told of. Throws UsageError. */
export function fileOf(words: readonly string[]): string {
  return theOne(parseArgs({ args: [...words], allowPositionals: true, options: {} }).positionals);
}

function theOne(positionals: readonly string[]): string {
  if (positionals.length > 1) throw new UsageError('one file at a time');
  return needed('the name of the file (- stands for the standard stream)', positionals[0]);
}

/** Writes a dump beside its name first, so that a file of that name is a whole one. Throws UsageError where there is one. */
export async function dump(stores: Stores, { file, withSecrets }: DumpWords, createdAt: Date): Promise<void> {
  if (file !== '-' && existsSync(file)) throw new UsageError(`${file} is there already: name another, or remove it`);
  const { url } = stores;
  const partial = `${file}.${String(process.pid)}.part`;
  try {
    const written = await withBar({ stores, what: 'dumping', stream: process.stderr }, async (onProgress) => {
      // Whoever can read it can read everything that was ever accepted.
      const destination =
        file === '-' ? process.stdout : (await open(partial, 'wx', 0o600)).createWriteStream({ flush: true });
      return writeDump(destination, { url, createdAt, withSecrets, onProgress });
    });
    if (file !== '-') await publish(partial, file);
    for (const line of [...contentOf(written), ...needsOf(written.header)]) process.stderr.write(`${line}\n`);
  } catch (error) {
    if (file !== '-') await rm(partial, { force: true });
    throw isFileError(error) ? new UsageError(`${file} cannot be written: ${error.message}`) : error;
  }
}

/** Gives a whole file its name, and takes it from none that came meanwhile. */
async function publish(partial: string, file: string): Promise<void> {
  try {
    await link(partial, file);
    await rm(partial);
  } catch (error) {
    if (isFileError(error) && error.code === 'EEXIST') throw error;
    // Not every file system has links.
    await rename(partial, file);
  }
}

/** `verify <file>`: reads all of a dump, and says what is in it. Throws INVALID_INPUT, UsageError. */
export async function verify(file: string): Promise<void> {
  const nothing = (): Promise<void> => Promise.resolve();
  const read = await withSource(file, (source) => readDump(source, { header: nothing, table: nothing, rows: nothing }));
  for (const line of [...contentOf(read), ...needsOf(read.header)]) process.stdout.write(`${line}\n`);
}

/** A file, or standard input, as a stream. Throws UsageError where it cannot be read. */
export async function withSource<T>(file: string, use: (source: NodeJS.ReadableStream) => Promise<T>): Promise<T> {
  try {
    return await use(file === '-' ? process.stdin : (await open(file)).createReadStream());
  } catch (error) {
    throw isFileError(error) ? new UsageError(`${file} cannot be read: ${error.message}`) : error;
  }
}

/** What a dump holds, in lines for people. */
export function contentOf({ header, footer, digest }: ReadDump): readonly string[] {
  const catalog =
    footer.state === null ? 'none yet' : `as of position ${String(footer.state.position)}, ${rowsOf(footer)}`;
  return [
    `log      ${header.logId}.${String(header.position)}, dumped ${header.createdAt}`,
    `catalog  ${catalog}`,
    ...(footer.state === null ? [] : [`state    ${stateSum(footer.state)}`]),
    `digest   ${digest}`,
  ];
}

function rowsOf({ state }: DumpFooter): string {
  const rows = Object.values(state?.tables ?? {}).reduce((total, table) => total + table.rows, 0);
  return `${String(rows)} rows in ${String(Object.keys(state?.tables ?? {}).length)} tables`;
}

function needsOf({ secrets, keys }: DumpHeader): readonly string[] {
  return [
    secrets === 'INCLUDED'
      ? 'It holds the keys of this installation (seals of cursors and of sign-in): keep it as you keep the database.'
      : 'The keys of this installation are not in it: a restore makes new ones, and cursors and pseudonyms change.',
    ...(keys.length === 0
      ? ['A restore needs no further keys. Settings (HEADWATER_…, DATABASE_URL, NEO4J_…) are not in it.']
      : [`A restore needs these keys of personal parts: ${keys.join(', ')}`]),
  ];
}
