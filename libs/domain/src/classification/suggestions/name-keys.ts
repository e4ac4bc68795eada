import { canonicalName } from '../../collection/canonical-name.js';
import { fullWordsOf, singular } from './name-words.js';

/** Names that are short for several words. As parts of longer names they may mean something else. */
const ABBREVIATIONS: Readonly<Record<string, readonly string[]>> = { uid: ['id', 'user'] };

/** What names of one meaning may have in common. */
export interface NameKeys {
  /** The same for every spelling of a name: `canonicalName`. */
  readonly canonical: string;
  /**
   * Its words written out, singular and sorted: the same for `cust_addr`, `customerAddress` and `address_customer`,
   * and for `uid` and `user_id`.
   */
  readonly wordKey: string;
}

export function nameKeys(name: string): NameKeys {
  const canonical = canonicalName(name);
  const abbreviated = Object.hasOwn(ABBREVIATIONS, canonical) ? ABBREVIATIONS[canonical] : undefined;
  const words = abbreviated ?? fullWordsOf(name).map(singular).sort();
  return { canonical, wordKey: words.length === 0 ? canonical : words.join(' ') };
}
