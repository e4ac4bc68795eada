import type { HeldOwner } from '@headwater/domain/governance/definition';
import type { NodeId } from '@headwater/domain/identifiers';
import type { Micros } from '@headwater/domain/time';
import { Field, ObjectType } from '@nestjs/graphql';
import { Agent, toAgent, type Positions } from './facts.js';
import { DateTime } from './scalars.js';

@ObjectType({ description: 'Who answers for a domain or a data product.' })
export class DefinedOwner {
  @Field(() => Agent, { description: 'Who.' })
  agent!: Agent;

  @Field({ description: 'In which role.' })
  role!: string;

  @Field(() => DateTime, { description: 'Since when.' })
  since!: Micros;

  @Field({ description: 'Who entered it.' })
  enteredBy!: string;

  @Field({ description: 'Where in the log the edit is that states it.' })
  position!: string;
}

/** Each agent once in a role, by its canonical id; `same` tells it. */
export function toDefinedOwners(
  owners: readonly HeldOwner[],
  positions: Positions,
  same: (agent: NodeId) => NodeId,
): DefinedOwner[] {
  const once = new Map<string, HeldOwner>();
  for (const owner of owners) {
    const agent = same(owner.agent);
    const key = JSON.stringify([agent, owner.role]);
    if (!once.has(key)) once.set(key, { ...owner, agent });
  }
  return [...once.values()].flatMap(({ agent: id, role, since, enteredBy, position }) => {
    const agent = toAgent(id);
    return agent === undefined ? [] : [{ agent, role, since, enteredBy, position: positions.position(position) }];
  });
}
