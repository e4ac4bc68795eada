import { TAG_RULES_ID, type TagRule } from '../classification/tag-rules.js';
import { kindOf, parseNodeId, type NodeId } from '../identifiers.js';
import { arrayAt, asRecord, nameAt, recordAt, recordsAt, stringAt, type Body } from '../projection/body-reader.js';
import type { DomainDefinition } from './definition.js';
import { editBytes, readEdit, type EditHead } from './edit-head.js';
import { OWNERSHIP_RULES_ID, type OwnershipRule, type RuleOwner } from './ownership-rules.js';

const EDIT = 'definition';

/** One edit of one definition, from its receipt on. */
export type DefinitionEdit = DomainEdit | OwnershipRulesEdit | TagRulesEdit;

export type DomainEdit = EditHead & { readonly node: NodeId } & DomainChange;

/** A domain comes to be, some of it becomes other, or it is no more. */
export type DomainChange =
  | { readonly action: 'CREATE'; readonly body: DomainDefinition }
  /** What is absent stays as it is. */
  | { readonly action: 'CHANGE'; readonly body: Partial<DomainDefinition> }
  | { readonly action: 'REMOVE' };

/** The whole list in place of the one before. */
export type OwnershipRulesEdit = EditHead & {
  readonly node: typeof OWNERSHIP_RULES_ID;
  readonly action: 'REPLACE';
  readonly rules: readonly OwnershipRule[];
};

export type TagRulesEdit = EditHead & {
  readonly node: typeof TAG_RULES_ID;
  readonly action: 'REPLACE';
  readonly tagRules: readonly TagRule[];
};

/** The EDIT event of the log that says so. */
export function definitionEditBytes(edit: DefinitionEdit): Uint8Array {
  return editBytes(EDIT, edit);
}

/** The edit that an EDIT event holds; undefined where it is about something else. Total. */
export function readDefinitionEdit(bytes: Uint8Array): DefinitionEdit | undefined {
  const read = readEdit(bytes, EDIT);
  if (read === undefined) return undefined;
  switch (stringAt(read.body, 'node')) {
    case OWNERSHIP_RULES_ID:
      return readRules(read);
    case TAG_RULES_ID:
      return readTagRules(read);
    default:
      return readDomain(read);
  }
}

interface Read {
  readonly body: Body;
  readonly head: EditHead;
}

function readDomain({ body: edit, head }: Read): DomainEdit | undefined {
  const node = stringAt(edit, 'node');
  if (!isDomain(node)) return undefined;
  const action = stringAt(edit, 'action');
  if (action === 'REMOVE') return { ...head, node, action };
  const body = readBody(recordAt(edit, 'body') ?? {});
  if (body === undefined) return undefined;
  if (action === 'CHANGE') return { ...head, node, action, body };
  const { name, description = null, parent = null } = body;
  return action === 'CREATE' && name !== undefined
    ? { ...head, node, action, body: { name, description, parent } }
    : undefined;
}

function readBody(given: Body): Partial<DomainDefinition> | undefined {
  const name = nameAt(given, 'name');
  const parent = stringAt(given, 'parent');
  if (('name' in given && name === null) || (parent !== null && !isDomain(parent))) return undefined;
  return {
    ...(name !== null && { name }),
    ...('description' in given && { description: stringAt(given, 'description') }),
    ...('parent' in given && { parent }),
  };
}

function readRules({ body, head }: Read): OwnershipRulesEdit | undefined {
  const given = arrayAt(body, 'rules');
  const rules = given.map(readRule).filter((rule) => rule !== undefined);
  if (stringAt(body, 'action') !== 'REPLACE' || rules.length < given.length) return undefined;
  return { ...head, node: OWNERSHIP_RULES_ID, action: 'REPLACE', rules };
}

function readRule(value: unknown): OwnershipRule | undefined {
  const rule = asRecord(value);
  if (rule === undefined) return undefined;
  const domain = stringAt(rule, 'domain');
  const owners = recordsAt(rule, 'owners').map(readOwner);
  const readable = owners.filter((owner) => owner !== undefined);
  if ((domain !== null && !isDomain(domain)) || readable.length < arrayAt(rule, 'owners').length) return undefined;
  return {
    namespace: stringAt(rule, 'namespace'),
    name: stringAt(rule, 'name'),
    path: stringAt(rule, 'path'),
    tag: stringAt(rule, 'tag'),
    domain,
    owners: readable,
  };
}

function readTagRules({ body, head }: Read): TagRulesEdit | undefined {
  const given = arrayAt(body, 'tagRules');
  const tagRules = given.map(readTagRule).filter((rule) => rule !== undefined);
  if (stringAt(body, 'action') !== 'REPLACE' || tagRules.length < given.length) return undefined;
  return { ...head, node: TAG_RULES_ID, action: 'REPLACE', tagRules };
}

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
  };
}

function readOwner(owner: Body): RuleOwner | undefined {
  const agent = stringAt(owner, 'agent');
  const role = nameAt(owner, 'role');
  return agent === null || kindOf(agent) !== 'AGENT' || role === null ? undefined : { agent: agent as NodeId, role };
}

function isDomain(id: string | null): id is NodeId {
  return id !== null && kindOf(id) === 'DOMAIN' && parseNodeId(id) !== undefined;
}
