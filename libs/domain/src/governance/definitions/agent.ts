import { kindOf, type NodeId } from '../../identifiers.js';
import { arrayAt, stringAt } from '../../projection/body-reader.js';
import { isAddress, sortOfAgent } from '../agents/agent-identity.js';
import type { AgentDefinition } from '../definition.js';
import type { DefinitionWorld } from './definition-module.js';
import { DESCRIPTION, NAME, type Member } from './members.js';
import { namedDefinition, type NamedChange, type NamedEdit } from './named-definition.js';

export type AgentChange = NamedChange<AgentDefinition>;
export type AgentEdit = NamedEdit<AgentDefinition>;

const E_MAIL: Member<string | null> = {
  part: 'E_MAIL',
  read: (given, key) => {
    const text = stringAt(given, key);
    return text === null || isAddress(text) ? text : undefined;
  },
  absent: null,
  tell: (address) => address,
};

const SUBJECT: Member<string | null> = { part: 'SUBJECT', read: stringAt, absent: null, tell: (subject) => subject };

const MEMBERS: Member<readonly NodeId[]> = {
  part: 'MEMBERS',
  read: (given, key) => {
    const ids = arrayAt(given, key);
    const agents = ids.filter((id): id is NodeId => typeof id === 'string' && kindOf(id) === 'AGENT');
    return agents.length < ids.length ? undefined : agents;
  },
  absent: [],
  tell: (members) => (members.length === 0 ? null : members.join(', ')),
};

/** People, teams and services: a team has members that are defined, none is within itself, and none is removed that a team has. */
export const AGENTS = namedDefinition<AgentDefinition>({
  kind: 'AGENT',
  members: { name: NAME, description: DESCRIPTION, email: E_MAIL, subject: SUBJECT, members: MEMBERS },
  misfit({ members }, node, { definitions }) {
    if (members.length > 0 && sortOfAgent(node) !== 'TEAM')
      return { code: 'EDIT_OF_OTHER_KIND', message: 'an edit gives members to an agent that is no team' };
    if (isWithin(node, members, definitions))
      return { code: 'EDIT_MAKES_CYCLE', message: 'an edit makes a team a member of itself' };
    if (members.some((member) => !definitions.has(member)))
      return { code: 'EDIT_NAMES_UNKNOWN', message: 'an edit makes an agent a member that nobody entered' };
    return null;
  },
  usesOf(node, { definitions }) {
    const teams = [...definitions.values()].filter((row) => row.kind === 'AGENT' && row.body.members.includes(node));
    return Promise.resolve(teams.length === 0 ? null : `${String(teams.length)} teams`);
  },
});

function isWithin(node: NodeId, members: readonly NodeId[], definitions: DefinitionWorld['definitions']): boolean {
  const seen = new Set<NodeId>();
  const open = [...members];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === node) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    const row = definitions.get(id);
    if (row?.kind === 'AGENT') open.push(...row.body.members);
  }
  return false;
}
