import type { HeldOwner } from '@headwater/domain/governance/definition';
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

export function toDefinedOwners(owners: readonly HeldOwner[], positions: Positions): DefinedOwner[] {
  return owners.flatMap(({ agent: id, role, since, enteredBy, position }) => {
    const agent = toAgent(id);
    return agent === undefined ? [] : [{ agent, role, since, enteredBy, position: positions.position(position) }];
  });
}
