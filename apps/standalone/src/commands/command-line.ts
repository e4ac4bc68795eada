import type { AccessParts, Asker } from '@headwater/application/access/access-parts';
import { CLI_PRINCIPAL } from '@headwater/application/access/principals';
import type { CatalogReader } from '@headwater/domain/catalog-reader';
import { HeadwaterError } from '@headwater/domain/errors';
import type { Page, PageRequest } from '@headwater/domain/page';
import { MICROS_PER_HOUR, MICROS_PER_MINUTE, type Micros } from '@headwater/domain/time';

/** Whoever runs the command line; it has no address. */
export const CLI_ASKER: Asker = { principal: CLI_PRINCIPAL, address: null };

/** Results, which may be captured, apart from what is said to the person about them. */
export interface Output {
  result(line: string): void;
  say(line: string): void;
}

/** A command whose words were understood: what is left is to do it. */
export type AccessCommand = (parts: AccessParts, output: Output, catalog: DomainNames) => Promise<void>;

/** What is defined in the catalog, read where a command asks for it. */
export type DomainNames = Pick<CatalogReader, 'definitions'>;

/** The words of a command make no sense: it ends with 2 and the message. */
export class UsageError extends Error {}

const UNITS: Readonly<Record<string, Micros>> = {
  m: MICROS_PER_MINUTE,
  h: MICROS_PER_HOUR,
  d: 24 * MICROS_PER_HOUR,
  w: 7 * 24 * MICROS_PER_HOUR,
};

/** `30m`, `24h`, `90d`, `2w`. */
export function durationOf(option: string, text: string): Micros {
  const [, digits = '', unit = ''] = /^(\d{1,6})([mhdw])$/.exec(text) ?? [];
  const factor = UNITS[unit];
  if (factor === undefined) throw new UsageError(`${option} must be a time such as 30m, 24h, 90d or 2w, not "${text}"`);
  return Number(digits) * factor;
}

/** Comma-separated values; null where the option was not given. */
export function listOf(text: string | undefined): readonly string[] | null {
  if (text === undefined) return null;
  return text
    .split(',')
    .map((value) => value.trim())
    .filter((value) => value !== '');
}

/** A word that a command cannot do without. */
export function needed(what: string, word: string | undefined): string {
  if (word === undefined || word.trim() === '') throw new UsageError(`${what} is missing`);
  return word;
}

/** Every item of a list that is read in pages. */
export async function allOf<T>(read: (page: PageRequest) => Promise<Page<T>>): Promise<readonly T[]> {
  const all: T[] = [];
  let after: string | null = null;
  for (;;) {
    const page: Page<T> = await read({ first: 100, after });
    all.push(...page.items.map(({ item }) => item));
    after = page.items.at(-1)?.cursor ?? null;
    if (!page.hasNextPage || after === null) return all;
  }
}

/** Rows under their headings, in columns as wide as they need to be. */
export function tableOf(headings: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const lines = [headings, ...rows];
  const widths = headings.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** Minutes are enough for people; UTC. */
export function timeOf(at: Micros | null, none: string): string {
  return at === null ? none : `${new Date(at / 1000).toISOString().slice(0, 16)}Z`;
}

export function globsText(globs: readonly string[] | null): string {
  return globs === null ? 'all' : globs.join(',');
}

/** What went wrong, with each fault under the name of the option that it is about. */
export function explain(error: HeadwaterError): string {
  const faults = error.faults.map(({ pointer, detail }) => {
    const [, field = '', ...path] = pointer.split('/');
    const [index] = path;
    const isListed = path.length === 1 && /^\d+$/.test(index ?? '');
    const place = isListed
      ? `, number ${String(Number(index) + 1)},`
      : path.length === 0
        ? ''
        : ` at /${path.join('/')}`;
    return `  --${field === 'expiresAt' ? 'expires' : field}${place} ${detail}`;
  });
  return [error.message, ...faults].join('\n');
}
