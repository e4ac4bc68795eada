import { SUGGESTION_RULES_ID, type SuggestionRule } from '../../classification/suggestions/suggestion-rules.js';
import { asRecord, nameAt, stringAt } from '../../projection/body-reader.js';
import { ruleList, type RuleListEdit } from './rule-list.js';

export type SuggestionRulesEdit = RuleListEdit<typeof SUGGESTION_RULES_ID, 'suggestionRules', SuggestionRule>;

/** What an organization adds to the rules that suggest tags. */
export const SUGGESTION_RULES = ruleList({
  node: SUGGESTION_RULES_ID,
  ...({ kind: 'SUGGESTION_RULES', member: 'suggestionRules', part: 'SUGGESTION_RULES' } as const),
  readRule: readSuggestionRule,
  ruleOf: ({ name, type, tag }) => ({ name, type, tag }),
  misfit: () => null,
});

function readSuggestionRule(value: unknown): SuggestionRule | undefined {
  const rule = asRecord(value);
  const name = rule === undefined ? null : nameAt(rule, 'name');
  return rule === undefined || name === null
    ? undefined
    : { name, type: stringAt(rule, 'type'), tag: stringAt(rule, 'tag') };
}
