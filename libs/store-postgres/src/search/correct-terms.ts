import type { NamespaceRule } from '@headwater/domain/access/namespace-rule';
import { allowsNamespace, ruleParameter } from '../catalog/namespace-sql.js';
import type { ProjectionDatabase, Statement } from '../catalog/projection-database.js';
import type { QueryTerm } from './query-terms.js';

/** Words that differ by this many slips are not meant, whatever their length. */
const MAX_SLIPS = 3;

/** Words spelled alike that are searched for in place of one. */
const MAX_SIMILAR = 5;

// A word that stands only in documents the caller may not see is none: not even its absence may be told by what is taken
// in its place.
const isSeen = (query: string): string => `($3::jsonb IS NULL OR EXISTS (
        SELECT FROM @.search_document s JOIN @.search_group g ON g.key = s.group_key
        WHERE s.words @@ (${query})::tsquery AND ${allowsNamespace('$3', 'g.namespace')}))`;

// Words that share trigrams. Swapped letters leave a short word few of them, so what one slip explains is looked up too.
const SIMILAR: Statement = {
  name: 'search_similar_words',
  sql: `
    SELECT u.n::int AS n, near.word, known.word IS NOT NULL AS "isKnown"
    FROM unnest($1::text[]) WITH ORDINALITY AS u(word, n)
    LEFT JOIN LATERAL (
      SELECT k.word FROM @.search_word k
      WHERE k.word LIKE u.word || '%' AND ${isSeen(`quote_literal(u.word) || ':*'`)} LIMIT 1
    ) known ON true
    LEFT JOIN LATERAL (
      (SELECT k.word FROM @.search_word k WHERE k.word % u.word AND ${isSeen('quote_literal(k.word)')}
       ORDER BY similarity(k.word, u.word) DESC, 1 LIMIT 50)
      UNION
      SELECT k.word FROM jsonb_array_elements_text($2::jsonb -> (u.n::int - 1)) AS v(word)
      JOIN @.search_word k ON k.word = v.word AND ${isSeen('quote_literal(k.word)')}
    ) near ON known.word IS NULL
    ORDER BY u.n, near.word`,
};

/** Those of the terms that the catalog knows, with words of it in place of misspelled ones. */
export async function knownTerms(
  database: ProjectionDatabase,
  terms: readonly QueryTerm[],
  within: NamespaceRule | undefined,
): Promise<readonly QueryTerm[]> {
  const words = terms.map(({ prefix }) => prefix);
  const rows = await database.rows<{ n: number; word: string | null; isKnown: boolean }>(SIMILAR, [
    words,
    JSON.stringify(words.map(slipsOf)),
    ruleParameter(within),
  ]);
  return terms.flatMap((term, index) => {
    const near = rows.filter(({ n }) => n === index + 1);
    // Words with digits are not kept: whether they are known is not known.
    if (near.some(({ isKnown }) => isKnown) || /\d/.test(term.prefix)) return [term];
    const similar = nearest(
      term.prefix,
      near.flatMap(({ word }) => word ?? []),
    );
    return similar.length === 0 ? [] : [{ ...term, similar }];
  });
}

/** What a word becomes when two neighbors are swapped or one letter is left out. */
function slipsOf(word: string): string[] {
  const letters = [...word].slice(0, 40);
  const edit = (at: number, count: number, ...put: readonly (string | undefined)[]): string =>
    letters.toSpliced(at, count, ...put.map((letter) => letter ?? '')).join('');
  return letters.flatMap((letter, at) => [edit(at, 1), edit(at, 2, letters[at + 1], letter)]);
}

/** Those of the words that are the fewest slips away. */
function nearest(typed: string, words: readonly string[]): string[] {
  const limit = Math.min(MAX_SLIPS, Math.max(1, Math.floor(typed.length / 3)));
  const near = words
    .map((word) => ({ word, slips: slipsBetween(typed, word) }))
    .filter(({ slips }) => slips <= limit)
    .sort((a, b) => a.slips - b.slips);
  const best = near[0]?.slips ?? 0;
  return near
    .filter(({ slips }) => slips === best)
    .slice(0, MAX_SIMILAR)
    .map(({ word }) => word);
}

/** Letters to add, leave out, change or swap with their neighbor, so that what was typed begins or is the word. */
export function slipsBetween(typed: string, word: string): number {
  const from = [...typed];
  const to = [...word];
  let beforeLast: number[] = [];
  let last = to.map((_, index) => index);
  last.push(to.length);
  for (const [row, letter] of from.entries()) {
    const current = [row + 1];
    for (const [column, wanted] of to.entries()) {
      const changed = (last[column] ?? 0) + (letter === wanted ? 0 : 1);
      const swapped =
        row > 0 && column > 0 && letter === to[column - 1] && from[row - 1] === wanted
          ? (beforeLast[column - 1] ?? 0) + 1
          : Infinity;
      current.push(Math.min(changed, swapped, (last[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    beforeLast = last;
    last = current;
  }
  // A word that is still being typed is no slip, but the whole word is nearer than one that goes on.
  const whole = last[to.length] ?? Infinity;
  const begun = Math.min(...last.slice(Math.min(from.length, to.length)));
  return Math.min(whole, begun + 0.5);
}
