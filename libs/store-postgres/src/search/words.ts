/** One word of a text: lower case without accents, and where it stands in UTF-16 units. */
export interface Word {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

const COMBINING = /[\u0300-\u036f]/g;
const ALPHANUMERIC = /[\p{L}\p{N}\p{M}]+/gu;
// Inside a run of letters: `customerOrders` and `HTTPServer` have two words each.
const CASE_BOUNDARY = /(?<=[\p{Ll}0-9]\p{M}*)(?=\p{Lu})|(?<=\p{Lu}\p{M}*)(?=\p{Lu}\p{M}*\p{Ll})/u;

/** The words of a name or sentence, split at case and at everything that is no letter or digit. */
export function splitWords(text: string): Word[] {
  const words: Word[] = [];
  for (const run of text.matchAll(ALPHANUMERIC)) {
    let start = run.index;
    for (const part of run[0].split(CASE_BOUNDARY)) {
      const word = foldWord(part);
      if (word !== '') words.push({ word, start, end: start + part.length });
      start += part.length;
    }
  }
  return words;
}

/** Lower case, accents taken off. */
function foldWord(part: string): string {
  return part.normalize('NFD').replaceAll(COMBINING, '').toLowerCase();
}

const ENDINGS: readonly (readonly [ending: RegExp, kept: number])[] = [
  // `polic` begins policy and policies, `batch` begins batch and batches.
  [/[a-z]{2}ies$/, -3],
  [/(?:ss|x|z|ch|sh)es$/, -2],
  [/[^s]s$/, -1],
  // `scor` begins score, scored and scoring.
  [/[a-z]{4}ing$/, -3],
  [/[a-z]{4}ed$/, -2],
];

/** The beginning that a word shares with its other forms, so that `policies` finds `policy` and `policies` both. */
export function stemOf(word: string): string {
  if (word.length <= 3) return word;
  const [, kept] = ENDINGS.find(([ending]) => ending.test(word)) ?? [];
  return kept === undefined ? word : word.slice(0, kept);
}

const strip = (expression: string): string => `CASE WHEN ${expression} ~ '[^\\x01-\\x7f]'
    THEN regexp_replace(normalize(${expression}, NFD), '[\\u0300-\\u036f]', '', 'g') ELSE ${expression} END`;

/** SQL for the words of a text expression as {@link splitWords} finds them, separated by spaces. */
export function splitSql(expression: string): string {
  const spaced = `regexp_replace(regexp_replace(${strip(expression)}, '([[:lower:]0-9])([[:upper:]])', '\\1 \\2', 'g'),
    '([[:upper:]])([[:upper:]][[:lower:]])', '\\1 \\2', 'g')`;
  return `lower(regexp_replace(${spaced}, '[^[:alnum:]]+', ' ', 'g'))`;
}

/** SQL for a text's runs of letters and digits unsplit, separated by spaces: how names are typed in a hurry. */
export function unsplitSql(expression: string): string {
  return `lower(regexp_replace(${strip(expression)}, '[^[:alnum:]]+', ' ', 'g'))`;
}

/** SQL for a text's letters and digits in one. */
export function joinedSql(expression: string): string {
  return `lower(regexp_replace(${strip(expression)}, '[^[:alnum:]]+', '', 'g'))`;
}

/** SQL for the text of one percent-encoded segment of a NodeId. */
export function decodedSql(expression: string): string {
  return `CASE WHEN strpos(${expression}, '%') = 0 THEN ${expression} ELSE (
    SELECT convert_from(string_agg(
      CASE WHEN length(r.part[1]) = 3 THEN decode(substr(r.part[1], 2), 'hex') ELSE convert_to(r.part[1], 'UTF8') END,
      ''::bytea ORDER BY r.n), 'UTF8')
    FROM regexp_matches(${expression}, '%[0-9A-Fa-f]{2}|.', 'g') WITH ORDINALITY AS r(part, n)) END`;
}
