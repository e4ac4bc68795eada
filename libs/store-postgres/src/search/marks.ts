/** Where a word stands, from the weightiest place down; each word of a document is kept once, behind its best mark. */
export const PLACES = ['display', 'name', 'field', 'text', 'scope'] as const;

export type Place = (typeof PLACES)[number];

/** The first character of each lexeme: display name, rest of the full name, fields, descriptions, tags and namespace. */
export const MARKS: Readonly<Record<Place, string>> = { display: '#', name: '/', field: '+', text: '~', scope: '^' };

/** Marks of whole names without their separators: of the asset, full or displayed, and of its fields. */
export const WHOLE = { name: '!', field: '=' } as const;

/** A lexeme has at most 2 kB; what of a longer word is kept, in characters. */
export const MAX_WORD = 200;

/** A lexeme as tsquery's text takes it. */
export function quoteLexeme(lexeme: string): string {
  return `'${lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}
