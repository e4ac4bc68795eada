import { createHash } from 'node:crypto';
import type { SearchFilter } from '@headwater/domain/search';

/** What a document can be filtered by; each stands in its words as `=<letter><md5 of the value>`. */
export const FILTER_LETTERS = { kind: 'k', namespace: 'n', tag: 't', owner: 'o', hasOwner: 'h' } as const;

type FilterName = keyof typeof FILTER_LETTERS;

/** The lexeme that a document with this value has. Hashed, since a lexeme has at most 2 kB. */
export function filterLexeme(name: FilterName, value: string): string {
  return `=${FILTER_LETTERS[name]}${createHash('md5').update(value).digest('hex')}`;
}

/** SQL for the same lexeme of a text expression. */
export function filterSql(name: FilterName, expression: string): string {
  return `'=${FILTER_LETTERS[name]}' || md5(${expression})`;
}

/** The tsquery that documents of a filter match; '' when it excludes nothing. `updatedAfter` is no part of it. */
export function filterQuery(filter: SearchFilter): string {
  const owned = quoteLexeme(filterLexeme('hasOwner', 'true'));
  const terms = [
    anyOf('kind', filter.kinds),
    anyOf('namespace', filter.namespaces),
    anyOf('tag', filter.tags),
    anyOf('owner', filter.owners),
    filter.hasOwner === undefined ? '' : filter.hasOwner ? owned : `!${owned}`,
  ];
  return terms.filter((term) => term !== '').join(' & ');
}

function anyOf(name: FilterName, values: readonly string[] | undefined): string {
  if (values === undefined || values.length === 0) return '';
  return `(${values.map((value) => quoteLexeme(filterLexeme(name, value))).join(' | ')})`;
}

/** A lexeme as tsquery's text takes it. */
export function quoteLexeme(lexeme: string): string {
  return `'${lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}
