import { kindOf, parseNodeId, type NodeId } from '../identifiers.js';
import { nameAt, recordAt, stringAt, type Body } from '../projection/body-reader.js';
import type { DomainDefinition } from './definition.js';
import { editBytes, readEdit, type EditHead } from './edit-head.js';

const EDIT = 'definition';

/** One edit of one definition, from its receipt on: it comes to be, some of it becomes other, or it is no more. */
export type DefinitionEdit = EditHead & { readonly node: NodeId } & DefinitionChange;

export type DefinitionChange =
  | { readonly action: 'CREATE'; readonly body: DomainDefinition }
  /** What is absent stays as it is. */
  | { readonly action: 'CHANGE'; readonly body: Partial<DomainDefinition> }
  | { readonly action: 'REMOVE' };

/** The EDIT event of the log that says so. */
export function definitionEditBytes(edit: DefinitionEdit): Uint8Array {
  return editBytes(EDIT, edit);
}

/** The edit that an EDIT event holds; undefined where it is about something else. Total. */
export function readDefinitionEdit(bytes: Uint8Array): DefinitionEdit | undefined {
  const read = readEdit(bytes, EDIT);
  const node = read === undefined ? null : stringAt(read.body, 'node');
  if (read === undefined || !isDomain(node)) return undefined;
  const action = stringAt(read.body, 'action');
  if (action === 'REMOVE') return { ...read.head, node, action };
  const body = readBody(recordAt(read.body, 'body') ?? {});
  if (body === undefined) return undefined;
  if (action === 'CHANGE') return { ...read.head, node, action, body };
  const { name, description = null, parent = null } = body;
  return action === 'CREATE' && name !== undefined
    ? { ...read.head, node, action, body: { name, description, parent } }
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

function isDomain(id: string | null): id is NodeId {
  return id !== null && kindOf(id) === 'DOMAIN' && parseNodeId(id) !== undefined;
}
