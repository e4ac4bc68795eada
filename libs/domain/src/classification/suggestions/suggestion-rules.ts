import type { NodeId } from '../../identifiers.js';
import type { Micros } from '../../time.js';

/** There is one list of rules: the definition with this id. */
export const SUGGESTION_RULES_ID = 'rules:tag-suggestions' as NodeId;

export const MOST_SUGGESTION_RULES = 200;

/** What an organization adds to the rules that come with the catalog: names of fields that suggest a tag, or none. */
export interface SuggestionRule {
  /** A glob on the name of the field, case aside: `*_email`, `kd_nr`. */
  readonly name: string;
  /** A glob on its type as schemas have it, case and lengths aside; null: any type. */
  readonly type: string | null;
  /** `key` or `key=value`; null: nothing is suggested for what fits. */
  readonly tag: string | null;
}

export interface HeldSuggestionRule extends SuggestionRule {
  readonly since: Micros;
  readonly enteredBy: string;
  readonly position: number;
}

export interface SuggestionRules {
  /** Those that say that nothing is suggested outrank the others. */
  readonly rules: readonly HeldSuggestionRule[];
}
