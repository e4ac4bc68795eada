import { asRecord, nameAt, stringAt } from '../../projection/body-reader.js';
import { LOGICAL_RULES_ID, type LogicalRule } from '../logical-rules.js';
import { ruleList, type RuleListEdit } from './rule-list.js';

export type LogicalRulesEdit = RuleListEdit<typeof LOGICAL_RULES_ID, 'logicalRules', LogicalRule>;

/** The rules that make datasets members of logical datasets by their names. */
export const LOGICAL_RULES = ruleList({
  node: LOGICAL_RULES_ID,
  ...({ kind: 'LOGICAL_RULES', member: 'logicalRules', part: 'LOGICAL_RULES' } as const),
  readRule: readLogicalRule,
  ruleOf: ({ namespace, name, key }) => ({ namespace, name, key }),
  // A key that nothing is defined for yet says nothing until something is.
  misfit: () => null,
});

function readLogicalRule(value: unknown): LogicalRule | undefined {
  const rule = asRecord(value);
  const name = rule === undefined ? null : nameAt(rule, 'name');
  const key = rule === undefined ? null : nameAt(rule, 'key');
  return rule === undefined || name === null || key === null
    ? undefined
    : { namespace: stringAt(rule, 'namespace'), name, key };
}
