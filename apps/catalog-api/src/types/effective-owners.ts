import type { ClaimedOwner, EffectiveOwners as Effective } from '@headwater/domain/governance/effective-owners';
import { Field, ObjectType } from '@nestjs/graphql';
import { Agent, originOf, StatedFact, toAgent, type Positions } from './facts.js';
import { OwnershipRule, toOwnershipRule } from './ownership-rules.js';

@ObjectType({ description: 'Who answers for an asset in one role, and which edit, rule or facet says so.' })
export class EffectiveOwner extends StatedFact {
  @Field(() => Agent, { description: 'Who.' })
  agent!: Agent;

  @Field({ description: 'In which role; OWNER where none was stated.' })
  role!: string;

  @Field(() => OwnershipRule, {
    nullable: true,
    description: 'Of a RULE: the rule, for whoever may see the whole catalog.',
  })
  rule!: OwnershipRule | null;
}

@ObjectType({ description: 'Who answers for an asset: of each role those whom the strongest source names.' })
export class EffectiveOwners {
  @Field(() => [EffectiveOwner], { description: 'Who answers, edits before rules before facets.' })
  owners!: EffectiveOwner[];

  @Field(() => [EffectiveOwner], {
    description: 'Who is stated to as well, and does not count: something stronger names owners of the same role.',
  })
  overruled!: EffectiveOwner[];
}

/** `seesAll`: whether rules, which may name what the viewer does not see, are told word by word. */
export function toEffectiveOwners(found: Effective, positions: Positions, seesAll: boolean): EffectiveOwners {
  const told = (claims: readonly ClaimedOwner[]): EffectiveOwner[] =>
    claims.flatMap((claim) => {
      const agent = toAgent(claim.agent);
      return agent === undefined ? [] : [toEffectiveOwner(claim, agent, positions, seesAll)];
    });
  return { owners: told(found.owners), overruled: told(found.overruled) };
}

function toEffectiveOwner(claim: ClaimedOwner, agent: Agent, positions: Positions, seesAll: boolean): EffectiveOwner {
  const { role, since, by } = claim;
  if ('fact' in by) return { ...originOf(by.fact, positions), agent, role, rule: null };
  const { rule, number } = by.rule;
  const told = toOwnershipRule(rule, number, positions);
  const line = seesAll ? `, "${told.line}",` : '';
  const because = `By rule ${number}${line} entered by ${rule.enteredBy} in event ${rule.position}`;
  const origin = { source: 'RULE', because, producer: rule.enteredBy, position: told.position, until: null } as const;
  return { ...origin, since, agent, role, rule: seesAll ? told : null };
}
