import { kindOf, type NodeId } from '../../identifiers.js';
import { arrayAt, asRecord, nameAt, recordsAt, stringAt, type Body } from '../../projection/body-reader.js';
import { OWNERSHIP_RULES_ID, type OwnershipRule, type RuleOwner } from '../ownership-rules.js';
import { isIdOf } from './members.js';
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

/** The owners that a body names; undefined where one of them is none. Total. */
export function readOwners(body: Body): readonly RuleOwner[] | undefined {
  const owners = recordsAt(body, 'owners').map(readOwner);
  const readable = owners.filter((owner) => owner !== undefined);
  return readable.length < arrayAt(body, 'owners').length ? undefined : readable;
}

function readOwner(owner: Body): RuleOwner | undefined {
  const agent = stringAt(owner, 'agent');
  const role = nameAt(owner, 'role');
  return agent === null || kindOf(agent) !== 'AGENT' || role === null ? undefined : { agent: agent as NodeId, role };
}
