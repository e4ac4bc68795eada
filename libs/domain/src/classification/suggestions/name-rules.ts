import { KEY_RULES } from './key-rules.js';
import type { NameRule } from './name-rule.js';
import { PERSON_RULES } from './person-rules.js';

/** The rules that come with the catalog. */
export const NAME_RULES: readonly NameRule[] = [...PERSON_RULES, ...KEY_RULES];
