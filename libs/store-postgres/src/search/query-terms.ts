import type { NamespaceRule } from '@headwater/domain/access/namespace-rule';
import { allowsNamespace, ruleParameter } from '../catalog/namespace-sql.js';
import type { ProjectionDatabase, Statement } from '../catalog/projection-database.js';
import { quoteLexeme } from './document-filters.js';
import { splitWords, stemOf } from './words.js';

/** More words than this narrow nothing down any more. */
const MAX_WORDS = 12;

/** One word of a query: what it matches, each as a prefix or as a whole word. */
export interface QueryTerm {
  readonly prefix: string;
  /** Known words that are spelled alike, where nothing known begins with the prefix. */
  readonly similar: readonly string[];
}

/** The words of a query text, each once. */
export function termsOf(text: string): QueryTerm[] {
  const words = splitWords(text).map(({ word }) => stemOf(word));
  return [...new Set(words)].slice(0, MAX_WORDS).map((prefix) => ({ prefix, similar: [] }));
}

/** The tsquery that has all terms; with mark `#` it asks for words of the display name. */
export function queryOf(terms: readonly QueryTerm[], mark = ''): string {
  return terms
    .map(({ prefix, similar }) => {
      const whole = similar.map((word) => quoteLexeme(mark + word));
      return `(${[`${quoteLexeme(mark + prefix)}:*`, ...whole].join(' | ')})`;
    })
    .join(' & ');
}

// A word that only stands in documents the caller may not see is none: not even its absence may be told by what is
// taken in its place.
const isSeen = (query: string): string => `($2::jsonb IS NULL OR EXISTS (
        SELECT FROM @.search_document s WHERE s.words @@ (${query})::tsquery AND ${allowsNamespace('$2', 's.namespace')}))`;

const SIMILAR: Statement = {
  name: 'search_similar_words',
  sql: `
    SELECT u.n::int AS n, near.word, near.similarity FROM unnest($1::text[]) WITH ORDINALITY AS u(word, n)
    CROSS JOIN LATERAL (
      SELECT k.word, similarity(k.word, u.word) AS similarity FROM @.search_word k
      WHERE k.word % u.word AND ${isSeen('quote_literal(k.word)')} ORDER BY 2 DESC, 1 LIMIT 5
    ) near
    WHERE NOT EXISTS (SELECT FROM @.search_word k WHERE k.word LIKE u.word || '%')
      OR NOT ${isSeen(`quote_literal(u.word) || ':*'`)}
    ORDER BY u.n, near.similarity DESC, near.word`,
};

/** Alternatives much worse than the best one are noise. */
const CLOSE_TO_BEST = 0.75;

/** The terms with words of the catalog in place of misspelled ones; undefined when there is nothing to replace. */
export async function correctTerms(
  database: ProjectionDatabase,
  terms: readonly QueryTerm[],
  within: NamespaceRule | undefined,
): Promise<readonly QueryTerm[] | undefined> {
  if (terms.length === 0) return undefined;
  const rows = await database.rows<{ n: number; word: string; similarity: number }>(SIMILAR, [
    terms.map(({ prefix }) => prefix),
    ruleParameter(within),
  ]);
  if (rows.length === 0) return undefined;
  return terms.map(({ prefix }, index) => {
    const near = rows.filter(({ n }) => n === index + 1);
    const best = near[0]?.similarity ?? 0;
    const similar = near.filter(({ similarity }) => similarity >= best * CLOSE_TO_BEST).map(({ word }) => word);
    return { prefix, similar };
  });
}
