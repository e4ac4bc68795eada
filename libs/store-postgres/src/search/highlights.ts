import type { Highlight } from '@headwater/domain/search';
import type { QueryTerm } from './query-terms.js';
import { splitWords, type Word } from './words.js';

const MAX_EXCERPT = 200;
/** Text kept before the first match of an excerpt. */
const LEAD = 60;

/** The text with where the terms stand in it; undefined when none does. A long text is cut around its first match. */
export function highlight(field: Highlight['field'], text: string, terms: readonly QueryTerm[]): Highlight | undefined {
  const first = splitWords(text).find((word) => matches(word, terms));
  if (first === undefined) return undefined;
  const excerpt = text.length <= MAX_EXCERPT ? text : cut(text, first.start);
  const ranges = splitWords(excerpt)
    .filter((word) => matches(word, terms))
    .map(({ start, end }) => [start, end] as const);
  return { field, text: excerpt, ranges };
}

function matches({ word }: Word, terms: readonly QueryTerm[]): boolean {
  return terms.some(({ prefix, similar }) => word.startsWith(prefix) || similar.includes(word));
}

function cut(text: string, match: number): string {
  const from = match <= LEAD ? 0 : text.indexOf(' ', match - LEAD) + 1 || match;
  const start = Math.min(from, match);
  const end = text.length - start <= MAX_EXCERPT ? text.length : start + MAX_EXCERPT;
  return `${start > 0 ? '…' : ''}${text.slice(start, end).toWellFormed()}${end < text.length ? '…' : ''}`;
}
