import { canonicalName } from '../../collection/canonical-name.js';
import { fullWordsOf, singular, wordsOf } from './name-words.js';

/** What names of one meaning may have in common. */
export interface NameKeys {
  /** The same for every spelling of a name: `canonicalName`. */
  readonly canonical: string;
  /**
   * Its words written out, singular and sorted, numbers behind them in their order: the same for `cust_addr`,
   * `customerAddress` and `address_customer`, and not for `f0_1` and `f1_0`.
   */
  readonly wordKey: string;
  /**
   * What it is in short, as canonical names: the initials of all its words but the last, and that one. `uid` of
   * `user_id`, `cno` and `cnumber` of `cust_no`. None of names of one word, and none that is a word by itself.
   */
  readonly shortForms: readonly string[];
}

const NUMBER = /^\d+$/;
const SHORTEST = 3;
const MOST_WORDS = 5;

/** Words that names are made of, and that look like initials: `page` is not the age of a patient. */
const WORDS: ReadonlySet<string> = new Set([
  ...['paid', 'bid', 'void', 'acid', 'avid', 'grid', 'said', 'raid', 'maid', 'laid'],
  ...['page', 'wage', 'stage', 'image', 'usage', 'cage', 'rage', 'sage', 'zip', 'ship', 'tip', 'clip', 'trip', 'vip'],
  ...[
    'part',
    'cart',
    'start',
    'chart',
    'smart',
    'crate',
    'grate',
    'prate',
    'irate',
    'price',
    'date',
    'update',
    'state',
  ],
  ...[
    'send',
    'spend',
    'trend',
    'vend',
    'call',
    'small',
    'wall',
    'hall',
    'load',
    'lead',
    'read',
    'plan',
    'slot',
    'plot',
  ],
  ...['online', 'cline', 'pline', 'storey', 'money', 'monkey', 'turkey', 'block', 'clock', 'stock', 'flag', 'slag'],
  ...['point', 'print', 'grant', 'brand', 'grand', 'stand', 'island', 'event', 'agent', 'score', 'store', 'scope'],
]);

export function nameKeys(name: string): NameKeys {
  const words = fullWordsOf(name).map(singular);
  const sorted = [...words.filter((word) => !NUMBER.test(word)).sort(), ...words.filter((word) => NUMBER.test(word))];
  const canonical = canonicalName(name);
  const short = [wordsOf(name), words].map(shortOf).filter((form) => form !== null && form !== canonical);
  return {
    canonical,
    wordKey: sorted.length === 0 ? canonical : sorted.join(' '),
    shortForms: [...new Set(short)].filter((form) => form !== null),
  };
}

function shortOf(words: readonly string[]): string | null {
  const last = words.at(-1);
  if (last === undefined || last.length < 2 || words.length < 2 || words.length > MOST_WORDS) return null;
  if (words.some((word) => NUMBER.test(word))) return null;
  const short = `${words
    .slice(0, -1)
    .map((word) => String.fromCodePoint(word.codePointAt(0) ?? 0))
    .join('')}${last}`;
  return short.length < SHORTEST || WORDS.has(short) ? null : short;
}
