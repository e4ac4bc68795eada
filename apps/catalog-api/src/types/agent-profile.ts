import type { AgentBasis, AgentStatement } from '@headwater/domain/governance/agents/agent-identity';
import type { AgentRow } from '@headwater/domain/governance/definition';
import type { NodeId } from '@headwater/domain/identifiers';
import type { ReadTime } from '@headwater/domain/reading/read-time';
import type { Micros } from '@headwater/domain/time';
import { Field, ID, ObjectType } from '@nestjs/graphql';
import { connectionTypes } from './connection.js';
import { definitionResults, type DefinitionRefusal, type EditedDefinition } from './definition-results.js';
import { AgentBasisEnum } from './governance-enums.js';
import { Agent, toAgent, type Positions } from './facts.js';
import { DateTime } from './scalars.js';

@ObjectType({ isAbstract: true })
abstract class StatedOfAgent {
  @Field(() => String, { nullable: true, description: 'Who entered it; null where nobody did.' })
  enteredBy!: string | null;

  @Field(() => String, { nullable: true, description: 'Why, in their words.' })
  reason!: string | null;

  @Field({ description: 'Where in the log the event is that states it first.' })
  position!: string;

  @Field(() => DateTime, { description: 'When it became known.' })
  recordedAt!: Micros;
}

@ObjectType({ description: 'What joins an id with others of one agent.' })
export class AgentIdentity extends StatedOfAgent {
  @Field(() => AgentBasisEnum, { description: 'What kind of statement it is.' })
  basis!: Exclude<AgentBasis, 'APART'>;

  @Field({ description: 'The address or the subject as they are compared, or the id that it was merged with.' })
  value!: string;

  @Field({ description: 'The same in a sentence.' })
  because!: string;
}

@ObjectType({ description: 'One of the ids by which an agent is known.' })
export class AgentName {
  @Field(() => ID, { description: 'The id; it stands for the agent wherever it is given.' })
  id!: string;

  @Field(() => [AgentIdentity], { description: 'What joins it with the others, oldest first.' })
  identities!: AgentIdentity[];
}

@ObjectType({ description: 'That somebody split an id from another: whatever else says so, they are not one agent.' })
export class AgentsApart extends StatedOfAgent {
  @Field(() => ID, { description: 'An id of the agent.' })
  id!: string;

  @Field(() => Agent, { description: 'Whom it was split from.' })
  from!: Agent;
}

@ObjectType({ description: 'A person, a team or a service as somebody entered it.' })
export class EnteredAgent {
  @Field(() => ID, { description: 'The id that it was entered under.' })
  id!: string;

  @Field({ description: 'What people call it.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Who or what it is, in Markdown.' })
  description!: string | null;

  @Field(() => String, { nullable: true, description: 'Its address, as entered.' })
  email!: string | null;

  @Field(() => String, { nullable: true, description: 'The subject under which it signs in.' })
  subject!: string | null;

  @Field(() => [ID], { description: 'Of a team who is in it, as entered, by id.' })
  memberIds!: readonly NodeId[];

  @Field({ description: 'Who entered it so.' })
  enteredBy!: string;

  @Field({ description: 'The position of its latest edit: what an edit gives as `expectedVersion`.' })
  editVersion!: string;

  @Field(() => DateTime, { description: 'Since when it is so.' })
  since!: Micros;
}

/** An agent under all of its ids. The members that cost more are read by its resolver. */
@ObjectType({ description: 'An agent under all ids that it is known by, and what is known of it.' })
export class AgentProfile {
  @Field(() => Agent, { description: 'The agent by its canonical id: the smallest of all, as known then.' })
  agent!: Agent;

  @Field({ description: 'What people call it: as entered, else its name.' })
  displayName!: string;

  @Field(() => [EnteredAgent], { description: 'As what its ids were entered; none where nobody did.' })
  entered!: EnteredAgent[];

  ids!: readonly NodeId[];
  rows!: readonly AgentRow[];
  time!: ReadTime;
}

export type EditedAgent = EditedDefinition<'agent', AgentProfile> & { readonly id: string };
export type AgentRefusal = DefinitionRefusal<AgentProfile>;
export const EnteredAgentConnection = connectionTypes(() => EnteredAgent, 'EnteredAgent');

export const EditAgentResult = definitionResults(
  { name: 'Agent', result: 'EditAgentResult', member: 'agent' },
  () => AgentProfile,
  {
    result: 'The edited agent, or why nothing was changed.',
    edited: 'An edit of an agent that was made.',
    refused: 'Why an agent was not edited. Nothing was changed.',
    codes:
      'INVALID_INPUT, MISSING_SCOPE, NO_SUCH_AGENT, AGENT_EXISTS, AGENT_CYCLE, AGENT_IN_USE, AGENTS_ARE_ONE, AGENTS_OF_OTHER_SORTS, AGENT_IS_ALONE, EDITED_MEANWHILE, KEY_USED',
    id: 'The id that was edited.',
    member:
      'As it is with the edit once that is readable; null where nothing names it any more, or it is not readable yet.',
    faults: 'What is wrong with the input; empty where it is not the input.',
    current: 'Of EDITED_MEANWHILE: the agent as it is now.',
  },
);

export function toEnteredAgent({ id, body, enteredBy, position, validFrom: since }: AgentRow, positions: Positions) {
  const { name, description, email, subject, members: memberIds } = body;
  const editVersion = positions.position(position);
  const told = { id, name, description, email, subject, memberIds, enteredBy, editVersion, since };
  return Object.assign(new EnteredAgent(), told);
}

/** What is stated of one id, from its side. Nobody named the two ids of a SPLIT: they are told together with `ids` only. */
export function toIdentity(
  statement: AgentStatement,
  id: NodeId,
  ids: readonly NodeId[],
  positions: Positions,
): AgentIdentity[] {
  const { basis, agentId, value, source } = statement;
  if (source === 'SPLIT' && !(ids.includes(agentId) && ids.includes(value as NodeId))) return [];
  if (basis === 'APART' || (agentId !== id && (basis !== 'EDIT' || value !== id))) return [];
  const told = basis === 'EDIT' && value === id ? agentId : value;
  return [{ ...statedOf(statement, positions), basis, value: told, because: because(statement, told) }];
}

/** Null where it is about neither. */
export function toApart(statement: AgentStatement, ids: readonly NodeId[], positions: Positions): AgentsApart | null {
  const { basis, agentId, value } = statement;
  if (basis !== 'APART') return null;
  const [own, other] = ids.includes(agentId) ? [agentId, value as NodeId] : [value as NodeId, agentId];
  const from = toAgent(other);
  return from === undefined || !ids.includes(own) ? null : { ...statedOf(statement, positions), id: own, from };
}

function statedOf({ enteredBy, reason, position, recordedFrom }: AgentStatement, positions: Positions): StatedOfAgent {
  return { enteredBy, reason, position: positions.position(position), recordedAt: recordedFrom };
}

function because({ basis, source, enteredBy, position }: AgentStatement, value: string): string {
  const at = `in event ${String(position)}`;
  const by = `by ${enteredBy ?? 'somebody'} ${at}`;
  if (source === 'SPLIT') return `Stayed one with ${value} when another id was split off ${by}`;
  if (basis === 'EDIT') return `Merged with ${value} ${by}`;
  const what = basis === 'E_MAIL' ? `the address ${value}` : `the subject ${value}`;
  if (source === 'NAME') return `Called by ${what}, first ${at}`;
  return source === 'SIGN_IN' ? `Signed in with ${what} ${at}` : `Entered with ${what} ${by}`;
}
