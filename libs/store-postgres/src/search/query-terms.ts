import { MARKS, MAX_WORD, quoteLexeme, TERM, WHOLE } from './marks.js';
import type { NodeKey } from '@headwater/domain/identifiers';
import { splitWords, stemOf } from './words.js';

/** More words than this narrow nothing down any more. */
const MAX_WORDS = 12;

/** Words in all combinations that one query asks for, at most: four of five are five combinations. */
const MAX_COMBINED = 20;

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** Words of questions, which name nothing. Left out where others remain. */
const QUESTION_WORDS = set(
  'a an and are by for from how in is it of on or that the this to what when where which who with',
);

/** What everything is. Where other words remain they exclude nothing, but rank what has them. */
const KIND_WORDS = set('column columns data dataset datasets field fields table tables');

/** One word of a query: it matches what begins with it, or with a similar word; a number of one or two digits, itself. */
export interface QueryTerm {
  readonly prefix: string;
  /** Known words that are spelled alike, where nothing known begins with the prefix. */
  readonly similar: readonly string[];
}

/** Whether a name has all of these words, begun at least. */
export function isNamed(name: string, words: readonly QueryTerm[]): boolean {
  const spoken = splitWords(name).map(({ word }) => word);
  return words.every(({ prefix }) => spoken.some((word) => word.startsWith(prefix)));
}

/** The words of a query text that matches must have, each once. */
export function termsOf(text: string): QueryTerm[] {
  return toTerms(without(KIND_WORDS, spokenWords(text)));
}

function spokenWords(text: string): readonly string[] {
  const words = splitWords(text).map(({ word }) => word);
  return without(QUESTION_WORDS, words);
}

function without(left: ReadonlySet<string>, words: readonly string[]): readonly string[] {
  const others = words.filter((word) => !left.has(word));
  return others.length > 0 ? others : words;
}

function toTerms(words: readonly string[]): QueryTerm[] {
  const prefixes = words.map((word) => [...stemOf(word)].slice(0, MAX_WORD).join(''));
  return [...new Set(prefixes)].slice(0, MAX_WORDS).map((prefix) => ({ prefix, similar: [] }));
}

/** What a text asks for: all words of at least one of the combinations. */
export interface WordQuery {
  /** The text as whole names are kept, in one: as written, then with fewer and fewer of the words that exclude nothing. */
  readonly joined: readonly string[];
  /** The terms as written, with those that exclude nothing. */
  readonly written: readonly QueryTerm[];
  readonly terms: readonly QueryTerm[];
  readonly combinations: readonly (readonly QueryTerm[])[];
  /** Keys of terms of the glossary, agents and data products that are called so: what has one of them matches, too. */
  readonly glossary: readonly NodeKey[];
  /** Other names of fields that mean what the text names, as whole names are kept. */
  readonly synonyms: readonly string[];
}

/** The query that asks for `count` of the terms, whichever; undefined where that is too many combinations to ask for. */
export function queryFor(text: string, terms: readonly QueryTerm[], count = terms.length): WordQuery | undefined {
  const combinations = choose(terms, count, MAX_COMBINED + 1);
  if (combinations.length > 1 && combinations.length * count > MAX_COMBINED) return undefined;
  const spoken = spokenWords(text);
  const names = [splitWords(text).map(({ word }) => word), spoken, without(KIND_WORDS, spoken)];
  const joined = names.map((words) => [...words.join('')].slice(0, MAX_WORD).join(''));
  return { joined: [...new Set(joined)], written: toTerms(spoken), terms, combinations, glossary: [], synonyms: [] };
}

function choose<T>(items: readonly T[], count: number, limit: number): T[][] {
  if (count === 0) return [[]];
  const chosen: T[][] = [];
  for (const [index, item] of items.entries()) {
    for (const rest of choose(items.slice(index + 1), count - 1, limit)) {
      if (chosen.length < limit) chosen.push([item, ...rest]);
    }
  }
  return chosen;
}

/** tsqueries for how well an asset matches, best first: what matches one of them may match those behind it too. */
export function tiersOf({ joined, written, terms, combinations, glossary, synonyms }: WordQuery): readonly string[] {
  const { display, name, field, text } = MARKS;
  const whole = joined.map((word) => quoteLexeme(WHOLE.name + word));
  const anywhere = inPlaces(combinations, ['']);
  // Of what has a part of the words only, no more is asked: each further tier would read all of it again.
  if (combinations.length > 1) return [...whole, inPlaces(combinations, [display]), anywhere];
  return [
    ...whole,
    ...(written.length > terms.length ? [`(${anywhere}) & ${inPlaces([written], [display, name])}`] : []),
    inPlaces(combinations, [display]),
    inPlaces(combinations, [display, name]),
    joined.map((word) => quoteLexeme(WHOLE.field + word)).join(' | '),
    // The name is of the matter, and what else was said is true of it. Of one word that is the name itself.
    ...(terms.length > 1 ? [`(${anywhere}) & (${terms.map((term) => inPlace(term, [display])).join(' | ')})`] : []),
    inPlaces(combinations, [display, name, field]),
    ...(synonyms.length > 0 ? [namedAs(synonyms)] : []),
    ...(glossary.length > 0 ? [havingTerms(glossary)] : []),
    inPlaces(combinations, [display, name, field, text]),
    anywhere,
  ];
}

/** The tsquery of all that match; every tier is part of it. */
export function matchOf({ joined, combinations, glossary, synonyms }: WordQuery): string {
  const whole = joined.flatMap((word) => Object.values(WHOLE).map((mark) => quoteLexeme(mark + word)));
  const having = glossary.length > 0 ? [havingTerms(glossary)] : [];
  const meant = synonyms.length > 0 ? [namedAs(synonyms)] : [];
  return [inPlaces(combinations, ['']), ...whole, ...having, ...meant].join(' | ');
}

function namedAs(names: readonly string[]): string {
  return names.map((name) => quoteLexeme(WHOLE.field + name)).join(' | ');
}

function havingTerms(keys: readonly NodeKey[]): string {
  return keys.map((key) => quoteLexeme(TERM + key)).join(' | ');
}

/** tsqueries for suggestions: names that begin with the text, names that have its words. */
export function suggestionTiersOf({ joined, combinations }: WordQuery): readonly string[] {
  const words = inPlaces(combinations, [MARKS.display]);
  return [`${quoteLexeme(WHOLE.name + (joined[0] ?? ''))}:* & (${words})`, words];
}

function inPlaces(combinations: WordQuery['combinations'], marks: readonly string[]): string {
  return combinations.map((terms) => `(${terms.map((term) => inPlace(term, marks)).join(' & ')})`).join(' | ');
}

function inPlace({ prefix, similar }: QueryTerm, marks: readonly string[]): string {
  // Thousands of numbers begin with one digit or two, and nobody means them.
  const ending = /^\d{1,2}$/.test(prefix) ? '' : ':*';
  const words = marks.flatMap((mark) => [prefix, ...similar].map((word) => `${quoteLexeme(mark + word)}${ending}`));
  return `(${words.join(' | ')})`;
}
