import { z } from 'zod';
import { HeadwaterError } from '../errors.js';

/**
 * A dump is gzipped JSON Lines: a header, then for each table a line that opens it and a line for each row as
 * PostgreSQL's row_to_json has it (bytes as \x and hex), then a footer with what all of it must come to. Rows are
 * objects, every other line is an array whose first item says what it is.
 */
export const DUMP_FORMAT = 1;

const names = z.array(z.string().max(200)).max(10_000);
const sum = z.object({ rows: z.int().nonnegative(), sha256: z.hash('sha256') });
const sums = z.record(z.string(), sum);

const header = z.object({
  format: z.int().positive(),
  createdAt: z.iso.datetime(),
  logId: z.string(),
  /** The last position of the log; 0 of an empty one. */
  position: z.int().nonnegative(),
  /** What the database's schema was made by, oldest first: a restore makes the same one first. */
  migrations: names,
  /** First days of the months (UTC) that the log has events of. */
  months: z.array(z.iso.date()).max(100_000),
  /** Whether the keys of this installation are in the dump (seals of cursors, pseudonyms), or are made anew. */
  secrets: z.enum(['INCLUDED', 'LEFT_OUT']),
  /** Keys that personal parts of events are encrypted under and that this log has not: at most 1,000 of them. */
  keys: names,
});

const state = z.object({
  /** Where the log was when the catalog was in this state. */
  position: z.int().nonnegative(),
  /** Fingerprint of the tables and of what fills them. */
  template: z.string(),
  /** What the projection followed, as JSON. */
  settings: z.string(),
  tables: sums,
});

const footer = z.object({
  /** SHA-256 of the header's line. */
  header: z.hash('sha256'),
  tables: sums,
  /** Null where there was no catalog yet. */
  state: state.nullable(),
});

/** Number of rows of a table, and a SHA-256 of all of them. */
export type RowSum = z.infer<typeof sum>;
export type DumpHeader = z.infer<typeof header>;
/** What the catalog was, table by table. */
export type DumpedState = z.infer<typeof state>;
export type DumpFooter = z.infer<typeof footer>;

const line = z.union([
  z.tuple([z.literal('headwater-dump'), header]),
  z.tuple([z.literal('table'), z.string(), names]),
  z.tuple([z.literal('end'), footer]),
]);

/** A line that is no row. */
export type DumpLine =
  | readonly ['headwater-dump', DumpHeader]
  | readonly ['table', name: string, columns: readonly string[]]
  | readonly ['end', DumpFooter];

/** Writes a line that is no row, without its line end. */
export function dumpLine(value: DumpLine): string {
  return JSON.stringify(value);
}

/** Reads a line that is no row. Throws INVALID_INPUT. */
export function parseDumpLine(text: string): DumpLine {
  const parsed = line.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data;
  throw damaged(`a line of it makes no sense (${text.slice(0, 60)})`);
}

/** INVALID_INPUT: the file is not what a dump left there. */
export function damaged(what: string): HeadwaterError {
  return new HeadwaterError('INVALID_INPUT', `This is no complete dump of Headwater: ${what}.`, {
    reason: 'DUMP_DAMAGED',
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
