import { createHash, createHmac, type Hash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import {
  damaged,
  DUMP_FORMAT,
  parseDumpLine,
  type DumpFooter,
  type DumpHeader,
  type DumpLine,
  type RowSum,
} from '@headwater/domain/dump/dump-format';
import { HeadwaterError } from '@headwater/domain/errors';
import { DUMPED_TABLES, LOG_TABLE, META_TABLE, tablesSince } from './dump-tables.js';

/** What is done with a dump while it is read; each call is waited for. */
export interface DumpVisitor {
  header(header: DumpHeader): Promise<void>;
  table(name: string, columns: readonly string[]): Promise<void>;
  /** Some rows of the table that was told of last, as JSON. */
  rows(name: string, rows: readonly string[]): Promise<void>;
}

export interface ReadDump {
  readonly header: DumpHeader;
  readonly footer: DumpFooter;
  /** As `writeDump` gave it. */
  readonly digest: string;
}

const ROWS_A_CALL = 1_000;
const BYTES_A_CALL = 4 * 1024 * 1024;

/**
 * Reads a dump to its end and checks all of it: digests of header and tables, the digest of each event under the log's
 * own key, and that no event is missing. Nothing of it is proven before this returns. Throws INVALID_INPUT (DUMP_DAMAGED,
 * DUMP_IS_NEWER) and what `visitor` throws.
 */
export async function readDump(source: NodeJS.ReadableStream, visitor: DumpVisitor): Promise<ReadDump> {
  const reading = new Reading(visitor);
  let failure: unknown;
  try {
    await pipeline(source, createGunzip(), async (chunks: AsyncIterable<Buffer>) => {
      try {
        for await (const line of linesOf(chunks)) await reading.take(line);
      } catch (error) {
        failure = error;
        throw error;
      }
    });
  } catch (error) {
    // Whoever throws in a pipeline may be told of as a stream that closed too early.
    const cause = failure ?? error;
    throw isOfCompression(cause) ? damaged('it is cut off, or no gzip file') : cause;
  }
  return reading.end();
}

class Reading {
  readonly #visitor: DumpVisitor;
  #header: { readonly value: DumpHeader; readonly sha256: string } | undefined;
  #footer: { readonly value: DumpFooter; readonly sha256: string } | undefined;
  #table: { readonly name: string; readonly sum: Hash; rows: number } | undefined;
  readonly #sums = new Map<string, RowSum>();
  #waiting: string[] = [];
  #waitingBytes = 0;
  #digestKey: Buffer | undefined;

  constructor(visitor: DumpVisitor) {
    this.#visitor = visitor;
  }

  async take(line: string): Promise<void> {
    if (this.#footer !== undefined) throw damaged('something stands behind its end');
    if (!line.startsWith('{')) return this.#takeControl(line, parseDumpLine(line));
    if (this.#table === undefined) throw damaged('a row stands outside of a table');
    const { name, sum } = this.#table;
    sum.update(line).update('\n');
    this.#table.rows += 1;
    if (name === META_TABLE) this.#digestKey = bytesOf(rowOf(line)['digest_key']);
    else if (name === LOG_TABLE) this.#checkEvent(line, this.#table.rows);
    this.#waiting.push(line);
    this.#waitingBytes += line.length;
    if (this.#waiting.length >= ROWS_A_CALL || this.#waitingBytes >= BYTES_A_CALL) await this.#flush();
  }

  end(): ReadDump {
    const [header, footer] = [this.#header, this.#footer];
    if (header === undefined || footer === undefined) throw damaged('its end is missing');
    if (footer.value.header !== header.sha256) throw damaged('its header was changed');
    for (const { name } of tablesSince(header.value.migrations)) {
      const [wanted, found] = [footer.value.tables[name], this.#sums.get(name)];
      if (wanted === undefined || found === undefined) throw damaged(`table ${name} is missing`);
      if (wanted.sha256 !== found.sha256) throw damaged(`table ${name} was changed`);
    }
    const events = this.#sums.get(LOG_TABLE)?.rows;
    if (events !== header.value.position) throw damaged(`${String(events)} of ${String(header.value.position)} events`);
    return { header: header.value, footer: footer.value, digest: footer.sha256 };
  }

  async #takeControl(text: string, line: DumpLine): Promise<void> {
    await this.#flush();
    if ((line[0] === 'headwater-dump') !== (this.#header === undefined))
      throw damaged('it does not begin with a header');
    switch (line[0]) {
      case 'headwater-dump':
        if (line[1].format > DUMP_FORMAT) throw isNewer();
        this.#header = { value: line[1], sha256: sha256(`${text}\n`) };
        return this.#visitor.header(line[1]);
      case 'table':
        this.#closeTable();
        if (!DUMPED_TABLES.some(({ name }) => name === line[1])) throw isNewer();
        this.#table = { name: line[1], sum: createHash('sha256'), rows: 0 };
        return this.#visitor.table(line[1], line[2]);
      case 'end':
        this.#closeTable();
        this.#footer = { value: line[1], sha256: sha256(text) };
    }
  }

  #closeTable(): void {
    if (this.#table === undefined) return;
    const { name, sum, rows } = this.#table;
    if (this.#sums.has(name)) throw damaged(`table ${name} is there twice`);
    this.#sums.set(name, { rows, sha256: sum.digest('hex') });
    this.#table = undefined;
  }

  async #flush(): Promise<void> {
    if (this.#table === undefined || this.#waiting.length === 0) return;
    const rows = this.#waiting;
    this.#waiting = [];
    this.#waitingBytes = 0;
    await this.#visitor.rows(this.#table.name, rows);
  }

  /** An event is what was accepted if its bytes give its digest; what stands there for an encrypted part is a digest of it. */
  #checkEvent(line: string, place: number): void {
    const { position, digest, body } = rowOf(line);
    if (this.#digestKey === undefined) throw damaged('the key of its digests is missing');
    if (position !== place) throw damaged(`event ${String(place)} is missing`);
    const found = createHmac('sha256', this.#digestKey).update(bytesOf(body)).digest();
    if (!found.equals(bytesOf(digest))) throw damaged(`event ${String(place)} is not what was accepted`);
  }
}

function isNewer(): HeadwaterError {
  return new HeadwaterError(
    'INVALID_INPUT',
    'This dump was made by a newer version of Headwater: restore it with that.',
    {
      reason: 'DUMP_IS_NEWER',
    },
  );
}

async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let begun: Buffer[] = [];
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      yield Buffer.concat([...begun, chunk.subarray(from, end)]).toString('utf8');
      begun = [];
      from = end + 1;
    }
    if (from < chunk.length) begun.push(chunk.subarray(from));
  }
  if (begun.length > 0) throw damaged('it ends within a line');
}

function rowOf(line: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    throw damaged('a row of it makes no sense');
  }
}

function bytesOf(value: unknown): Buffer {
  if (typeof value !== 'string' || !value.startsWith('\\x')) throw damaged('bytes of a row make no sense');
  return Buffer.from(value.slice(2), 'hex');
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function isOfCompression(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && code.startsWith('Z_');
}
