import type { Principal } from '@headwater/domain/access/principal';
import { coded, HeadwaterError, type InputFault } from '@headwater/domain/errors';
import { isAddress, sortOfAgent } from '@headwater/domain/governance/agents/agent-identity';
import type { AgentDefinition } from '@headwater/domain/governance/definition';
import type { NamedChange } from '@headwater/domain/governance/definitions/named-definition';
import type { NodeId } from '@headwater/domain/identifiers';
import { nowBy } from '@headwater/domain/traversal/moment';
import { textFault } from '../access/access-parts.js';
import { agentFault, markdownFault } from './check-change.js';
import { conflict, EditNamed, type MadeNamedEdit } from './edit-named.js';
import { mayDefine } from './record-definition.js';
import type { EditPorts, EditRequest } from './record-edit.js';
import { makesTeamCycle, type TeamsView } from './team-cycles.js';

const MOST_MEMBERS = 500;
const CYCLE = 'A team cannot be a member of itself, nor of one of its own members.';

/** Enters people, teams and services. */
export class EditAgent extends EditNamed<AgentDefinition> {
  constructor(ports: EditPorts) {
    super(ports, {
      ...{ one: 'agent', many: 'Agents', keyed: 'id', members: 'name, description, email, subject or members' },
      idOf: (key) => key as NodeId,
      idFault: agentFault,
      faultsOf,
      refusals: {
        cycle: CYCLE,
        used: 'A team has it as a member. Take it out of the team first.',
        unknown: () =>
          new HeadwaterError('NOT_FOUND', 'A member has not been entered. Enter it with createAgent first.', {
            reason: 'NO_SUCH_AGENT',
          }),
      },
      edit: (head, node, change) => ({ ...head, node, ...withSortedMembers(change) }),
    });
  }

  /** An agent is entered under the id that it is named by. Throws as {@link EditNamed.create} does, and as {@link changeIn}. */
  async enter(
    principal: Principal,
    view: TeamsView,
    id: NodeId,
    body: AgentDefinition,
    request: EditRequest,
  ): Promise<MadeNamedEdit> {
    await this.#refuseCycle(principal, view, id, body.members);
    return this.define(principal, id, { action: 'CREATE', body }, request, [
      ...agentFault('/agent', id),
      ...memberFault(id, body.members),
    ]);
  }

  /** Throws as {@link EditNamed.change} does, AGENT_CYCLE also where the team has itself by another of its ids. */
  async changeIn(
    principal: Principal,
    view: TeamsView,
    id: NodeId,
    body: Partial<AgentDefinition>,
    request: EditRequest,
  ): Promise<MadeNamedEdit> {
    await this.#refuseCycle(principal, view, id, body.members ?? []);
    return this.change(principal, id, body, request);
  }

  override change(
    principal: Principal,
    id: NodeId,
    body: Partial<AgentDefinition>,
    request: EditRequest,
  ): Promise<MadeNamedEdit> {
    const isEmpty = Object.keys(body).length === 0;
    const faults = isEmpty
      ? [{ pointer: '', ...coded('NO_CHANGE', `must say what to change: ${this.rules.members}`) }]
      : [];
    return this.define(principal, id, { action: 'CHANGE', body }, request, [
      ...faults,
      ...memberFault(id, body.members ?? []),
    ]);
  }

  /** What has other faults is refused for them. */
  async #refuseCycle(principal: Principal, view: TeamsView, team: NodeId, members: readonly NodeId[]): Promise<void> {
    if (members.length === 0 || !mayDefine(principal) || faultsOf({ members }).length > 0) return;
    if (agentFault('/agent', team).length + memberFault(team, members).length > 0) return;
    if (await makesTeamCycle(view, { team, members }, nowBy(this.ports.clock))) throw conflict('AGENT_CYCLE', CYCLE);
  }
}

function faultsOf({ name, description, email, subject, members = [] }: Partial<AgentDefinition>): InputFault[] {
  return [
    ...(name === undefined ? [] : textFault('/name', name)),
    ...(description === undefined || description === null ? [] : markdownFault('/description', description)),
    ...(email === undefined || email === null ? [] : addressFault(email)),
    ...(subject === undefined || subject === null ? [] : textFault('/subject', subject)),
    ...(members.length > MOST_MEMBERS
      ? [
          {
            pointer: '/members',
            ...coded('TOO_MANY', `must have at most ${String(MOST_MEMBERS)} agents`, { most: MOST_MEMBERS }),
          },
        ]
      : members.flatMap((member, index) => agentFault(`/members/${String(index)}`, member))),
  ];
}

function addressFault(email: string): readonly InputFault[] {
  if (textFault('/email', email).length > 0) return textFault('/email', email);
  return isAddress(email)
    ? []
    : [{ pointer: '/email', ...coded('NO_ADDRESS', 'must be an e-mail address, such as jo@example.org') }];
}

function memberFault(id: NodeId, members: readonly NodeId[]): readonly InputFault[] {
  if (members.length === 0 || sortOfAgent(id) === 'TEAM') return [];
  return [
    {
      pointer: '/members',
      ...coded('ONLY_TEAMS', 'must be empty: only a team has members, such as agent:team:claims'),
    },
  ];
}

function withSortedMembers(change: NamedChange<AgentDefinition>): NamedChange<AgentDefinition> {
  if (change.action === 'REMOVE' || change.body.members === undefined) return change;
  const members = [...new Set(change.body.members)].sort();
  return { ...change, body: { ...change.body, members } } as NamedChange<AgentDefinition>;
}
