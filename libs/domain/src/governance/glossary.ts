import type { NodeId } from '../identifiers.js';
import type { Page, PageRequest } from '../page.js';
import { pageByName, sortedByName } from './by-name.js';
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
  return sortedByName(
    terms.filter(
      ({ body }) =>
        (parent === null || body.parent === parent) &&
        (statuses.length === 0 || statuses.includes(body.status)) &&
        [body.name, ...body.synonyms].some(isCalled),
    ),
  );
}

/** A page of terms that {@link termsLike} gave. INVALID_INPUT for a cursor of another list. */
export function pageOfTerms(terms: readonly TermRow[], page: PageRequest): Page<TermRow> {
  return pageByName('terms', terms, page);
}

function wordsOf(text: string): readonly string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}
