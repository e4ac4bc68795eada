import { hash128, nodeKey, parseNodeId, type NodeId, type NodeKey } from '../../identifiers.js';
import type { Micros } from '../../time.js';

/** What says that two ids are one agent (or, APART, that they are not): the same address, the same subject of sign-in, or a person. */
export type AgentBasis = 'E_MAIL' | 'SUBJECT' | 'EDIT' | 'APART';

/**
 * Where a statement comes from: the name that an agent is called by, its definition, a sign-in, an edit of two agents, or (SPLIT) an edit
 * that took out of an agent the id by way of which the two were one.
 */
export type AgentSource = 'NAME' | 'DEFINITION' | 'SIGN_IN' | 'EDIT' | 'SPLIT';

/** An address or a subject of an agent; of EDIT and APART `value` is the id of another agent, the greater of the two. */
export interface AgentIdentity {
  readonly agentId: NodeId;
  readonly basis: AgentBasis;
  readonly value: string;
}

/** An identity on the record axis. */
export interface AgentStatement extends AgentIdentity {
  readonly rowId: string;
  readonly agentKey: NodeKey;
  /** The same for all agents that the statement may make one: of the address, the subject, or of the other agent. */
  readonly valueKey: NodeKey;
  readonly source: AgentSource;
  /** Name of who entered it; null where nobody did. */
  readonly enteredBy: string | null;
  readonly reason: string | null;
  /** The event that states it first. */
  readonly position: number;
  readonly recordedFrom: Micros;
  readonly recordedTo: Micros | null;
}

/** Agents of different sorts are never one by rule: a team may have the address of who leads it. */
export type AgentSort = 'PERSON' | 'TEAM' | 'SERVICE';

const SORTS: Readonly<Record<string, AgentSort>> = {
  team: 'TEAM',
  group: 'TEAM',
  service: 'SERVICE',
  app: 'SERVICE',
  bot: 'SERVICE',
};

const ADDRESS = /^[^\s@]+@[^\s@]+$/;

/** By the kind in the id, without regard to case: whoever is no team and no service is a person. */
export function sortOfAgent(id: NodeId): AgentSort {
  const [kind = ''] = parseNodeId(id)?.segments ?? [];
  const key = kind.toLowerCase();
  return Object.hasOwn(SORTS, key) ? (SORTS[key] ?? 'PERSON') : 'PERSON';
}

const PEOPLE = new Set(['user', 'person']);

/** What the kind in the id leaves no doubt about; null for kinds that do not tell, such as `owner`. */
export function certainSortOf(id: NodeId): AgentSort | null {
  const sort = sortOfAgent(id);
  if (sort !== 'PERSON') return sort;
  const [kind = ''] = parseNodeId(id)?.segments ?? [];
  return PEOPLE.has(kind.toLowerCase()) ? 'PERSON' : null;
}

/** Whether a text has the form of an e-mail address. */
export function isAddress(text: string): boolean {
  return ADDRESS.test(text.trim());
}

/** An address as it is compared: trimmed, and without regard to case in all of it, since no mail server tells cases apart. */
export function addressOf(text: string): string {
  return text.trim().normalize('NFC').toLowerCase();
}

/** A subject as it is compared: OpenID Connect Core §2 has it case-sensitive. */
export function subjectOf(text: string): string {
  return text.trim().normalize('NFC');
}

/** What the id alone tells: the address that an agent is called by, and of kind `user` the subject. */
export function identitiesByName(id: NodeId): readonly AgentIdentity[] {
  const [kind = '', name = ''] = parseNodeId(id)?.segments ?? [];
  return [
    ...(isAddress(name) ? [{ agentId: id, basis: 'E_MAIL', value: addressOf(name) } as const] : []),
    ...(kind === 'user' && name.trim() !== ''
      ? [{ agentId: id, basis: 'SUBJECT', value: subjectOf(name) } as const]
      : []),
  ];
}

/** What a definition or a sign-in tells. */
export function identitiesOf(
  id: NodeId,
  { email, subject }: { readonly email: string | null; readonly subject: string | null },
): readonly AgentIdentity[] {
  return [
    ...(email === null ? [] : [{ agentId: id, basis: 'E_MAIL', value: addressOf(email) } as const]),
    ...(subject === null ? [] : [{ agentId: id, basis: 'SUBJECT', value: subjectOf(subject) } as const]),
  ];
}

/** The key under which agents meet that a statement may make one. */
export function valueKeyOf({ agentId, basis, value }: AgentIdentity): NodeKey {
  if (basis === 'EDIT' || basis === 'APART') return nodeKey(value as NodeId);
  return hash128(`AGENT|${basis}|${sortOfAgent(agentId)}|${value}`) as NodeKey;
}
