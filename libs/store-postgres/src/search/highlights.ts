import type { Highlight } from '@headwater/domain/search';
import type { QueryTerm } from './query-terms.js';
import { splitWords, type Word } from './words.js';

const MAX_EXCERPT = 200;
/** Text kept before the first match of an excerpt. */
const LEAD = 60;

/** The text with where the terms stand in it; undefined when none does. A long text is cut around its first match. */
export function highlight(field: Highlight['field'], text: string, terms: readonly QueryTerm[]): Highlight | undefined {
  const first = matchesIn(text, terms)[0];
  if (first === undefined) return undefined;
  const excerpt = text.length <= MAX_EXCERPT ? text : cut(text, first[0]);
  return { field, text: excerpt, ranges: matchesIn(excerpt, terms) };
}

/** Words that begin as a term does, and neighbors that do when they are read as one: `customerorders`. */
function matchesIn(text: string, terms: readonly QueryTerm[]): (readonly [start: number, end: number])[] {
  const prefixes = terms.flatMap(({ prefix, similar }) => [prefix, ...similar]);
  const words = splitWords(text);
  const ranges: (readonly [number, number])[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const length = Math.max(...prefixes.map((prefix) => wordsOf(prefix, words, at)));
    const [start, end] = [words[at]?.start, words[at + length - 1]?.end];
    if (length === 0 || start === undefined || end === undefined) continue;
    ranges.push([start, end]);
    at += length - 1;
  }
  return ranges;
}

/** How many words from this one on the prefix takes; 0 when it is not there. */
function wordsOf(prefix: string, words: readonly Word[], from: number): number {
  let joined = '';
  for (let count = 1; from + count <= words.length; count += 1) {
    joined += words[from + count - 1]?.word ?? '';
    if (joined.startsWith(prefix)) return count;
    if (!prefix.startsWith(joined)) return 0;
  }
  return 0;
}

function cut(text: string, match: number): string {
  const from = match <= LEAD ? 0 : text.indexOf(' ', match - LEAD) + 1 || match;
  const start = Math.min(from, match);
  const end = text.length - start <= MAX_EXCERPT ? text.length : start + MAX_EXCERPT;
  return `${start > 0 ? '…' : ''}${text.slice(start, end).toWellFormed()}${end < text.length ? '…' : ''}`;
}
