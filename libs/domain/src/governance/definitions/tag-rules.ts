import { TAG_RULES_ID, type TagRule } from '../../classification/tag-rules.js';
import { arrayAt, asRecord, nameAt } from '../../projection/body-reader.js';
import { ruleList, type RuleListEdit } from './rule-list.js';

export type TagRulesEdit = RuleListEdit<typeof TAG_RULES_ID, 'tagRules', TagRule>;

/** The rules how tags go along lineage. */
export const TAG_RULES = ruleList({
  node: TAG_RULES_ID,
  ...({ kind: 'TAG_RULES', member: 'tagRules', part: 'TAG_RULES' } as const),
  readRule: readTagRule,
  ruleOf: ({ tag, isCarried, throughIndirect, stopSubtypes, alongDatasets }) => ({
    ...{ tag, isCarried, throughIndirect, stopSubtypes },
    ...(alongDatasets === true && { alongDatasets }),
  }),
  misfit: () => null,
});

function readTagRule(value: unknown): TagRule | undefined {
  const rule = asRecord(value);
  const tag = rule === undefined ? null : nameAt(rule, 'tag');
  if (rule === undefined || tag === null) return undefined;
  const subtypes = arrayAt(rule, 'stopSubtypes').filter((one) => typeof one === 'string');
  return {
    tag,
    isCarried: rule['isCarried'] !== false,
    throughIndirect: rule['throughIndirect'] === true,
    stopSubtypes: subtypes,
    // Lists from before there was such a member stay as they were.
    ...(rule['alongDatasets'] === true && { alongDatasets: true }),
  };
}
