import { asRecord, stringAt } from '../../projection/body-reader.js';
import { OWNERSHIP_RULES_ID, type OwnershipRule } from '../ownership-rules.js';
import { isIdOf } from './members.js';
import { readOwners } from './owners.js';
import { ruleList, type RuleListEdit } from './rule-list.js';

export type OwnershipRulesEdit = RuleListEdit<typeof OWNERSHIP_RULES_ID, 'rules', OwnershipRule>;

/** The rules that assign owners; one may name a domain that there is. */
export const OWNERSHIP_RULES = ruleList({
  node: OWNERSHIP_RULES_ID,
  ...({ kind: 'OWNERSHIP_RULES', member: 'rules', part: 'RULES' } as const),
  readRule,
  ruleOf: ({ namespace, name, path, tag, domain, owners }) => ({ namespace, name, path, tag, domain, owners }),
  misfit: (rules, { definitions }) =>
    rules.some(({ domain }) => domain !== null && !definitions.has(domain))
      ? { code: 'EDIT_NAMES_UNKNOWN', message: 'a rule names a domain that there is not' }
      : null,
});

function readRule(value: unknown): OwnershipRule | undefined {
  const rule = asRecord(value);
  if (rule === undefined) return undefined;
  const domain = stringAt(rule, 'domain');
  const owners = readOwners(rule);
  if ((domain !== null && !isIdOf(domain, 'DOMAIN')) || owners === undefined) return undefined;
  return {
    namespace: stringAt(rule, 'namespace'),
    name: stringAt(rule, 'name'),
    path: stringAt(rule, 'path'),
    tag: stringAt(rule, 'tag'),
    domain,
    owners,
  };
}
