import { canonicalName } from '../../collection/canonical-name.js';
import { fullWordsOf, singular } from './name-words.js';

/** What names of one meaning may have in common. */
export interface NameKeys {
  /** The same for every spelling of a name: `canonicalName`. */
  readonly canonical: string;
  /** Its words written out, singular and sorted: the same for `cust_addr`, `customerAddress` and `address_customer`. */
  readonly wordKey: string;
}

export function nameKeys(name: string): NameKeys {
  const words = fullWordsOf(name).map(singular).sort();
  const canonical = canonicalName(name);
  return { canonical, wordKey: words.length === 0 ? canonical : words.join(' ') };
}
