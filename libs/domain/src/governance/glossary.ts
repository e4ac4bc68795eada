import type { NodeId } from '../identifiers.js';
import { decodeCursor, encodeCursor, type Page, type PageRequest } from '../page.js';
import type { TermRow, TermStatus } from './definition.js';

export interface TermFilter {
  /** Words that the name or one synonym has all of, begun or whole; '' excludes nothing. */
  readonly text: string;
  /** Only what is one level below; null: whatever is above. */
  readonly parent: NodeId | null;
  /** Empty: of any. */
  readonly statuses: readonly TermStatus[];
}

/** Terms that fit, by name and then by id. */
export function termsLike(terms: readonly TermRow[], { text, parent, statuses }: TermFilter): readonly TermRow[] {
  const words = wordsOf(text);
  const isCalled = (name: string): boolean => {
    const spoken = wordsOf(name);
    return words.every((word) => spoken.some((one) => one.startsWith(word)));
  };
  return terms
    .filter(
      ({ body }) =>
        (parent === null || body.parent === parent) &&
        (statuses.length === 0 || statuses.includes(body.status)) &&
        [body.name, ...body.synonyms].some(isCalled),
    )
    .sort((a, b) => compare(placeOf(a), placeOf(b)));
}

/** A page of terms that {@link termsLike} gave. INVALID_INPUT for a cursor of another list. */
export function pageOfTerms(terms: readonly TermRow[], { first, after }: PageRequest): Page<TermRow> {
  const [name, id] = after === null ? [null, null] : decodeCursor('terms', after, ['string', 'string']);
  const place = [String(name), String(id)] as const;
  const behind = after === null ? terms : terms.filter((term) => compare(placeOf(term), place) > 0);
  const items = behind.slice(0, first).map((item) => ({ cursor: encodeCursor('terms', placeOf(item)), item }));
  return { items, hasNextPage: behind.length > first };
}

type Place = readonly [name: string, id: string];

function placeOf({ id, body }: TermRow): Place {
  return [body.name.toLowerCase(), id];
}

function compare([name, id]: Place, [otherName, otherId]: Place): number {
  if (name !== otherName) return name < otherName ? -1 : 1;
  return id === otherId ? 0 : id < otherId ? -1 : 1;
}

function wordsOf(text: string): readonly string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}
