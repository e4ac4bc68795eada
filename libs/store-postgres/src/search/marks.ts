/** Where a word stands, from the weightiest place down. */
export type Place = 'display' | 'name' | 'field' | 'text' | 'scope';

/**
 * Every word of a document stands in it plain, for what matches, and once more behind the mark of its best place, for how
 * well: display name, rest of the full name, fields, descriptions. Tags and namespace are the rest.
 */
export const MARKS: Readonly<Record<Exclude<Place, 'scope'>, string>> = {
  display: '#',
  name: '/',
  field: '+',
  text: '~',
};

/** Marks of whole names without their separators: of the asset, full or displayed, and of its fields. */
export const WHOLE = { name: '!', field: '=' } as const;

/** Mark of the key of a term of the glossary, of an owner or of a data product: what it is called may change without the document. */
export const TERM = '^';

/** A lexeme has at most 2 kB; what of a longer word is kept, in characters. */
export const MAX_WORD = 200;

/** A lexeme as tsquery's text takes it. */
export function quoteLexeme(lexeme: string): string {
  return `'${lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}
