import type { Held } from '@headwater/domain/governance/held';
import type {
  ClaimedOwner,
  EffectiveOwners as Effective,
  OwnerSource,
} from '@headwater/domain/governance/effective-owners';
import type { InheritedOwner } from '@headwater/domain/governance/inherited-owners';
import { readAnswerDetail } from '@headwater/domain/governance/owner-answers';
import type { ReadTime } from '@headwater/domain/reading/read-time';
import type { Micros } from '@headwater/domain/time';
import { Field, ObjectType } from '@nestjs/graphql';
import { toDataProduct, type DataProduct } from './data-product.js';
import { toDomain, type Domain } from './domain.js';
import { Agent, originOf, StatedFact, toAgent, type Positions } from './facts.js';
import { Node } from './node.js';
import { OwnershipRule, toOwnershipRule } from './ownership-rules.js';
import { DateTime } from './scalars.js';

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

  @Field(() => Node, {
    nullable: true,
    description: 'Of a DOMAIN or a DATA_PRODUCT: the Domain or the DataProduct that it is inherited from.',
  })
  inheritedFrom!: Domain | DataProduct | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the owner, or somebody in its place, last confirmed it as it is; null where nobody did.',
  })
  confirmedAt!: Micros | null;

  @Field(() => String, { nullable: true, description: 'Who confirmed it.' })
  confirmedBy!: string | null;
}

@ObjectType({ description: 'An owner that declined to answer for an asset in a role.' })
export class DeclinedOwner {
  @Field(() => EffectiveOwner, { description: 'The strongest of what says that it answers for it.' })
  claim!: EffectiveOwner;

  @Field({ description: 'Why it does not.' })
  why!: string;

  @Field(() => DateTime, { description: 'Since when.' })
  declinedAt!: Micros;

  @Field(() => String, { nullable: true, description: 'Who declined: the owner, or somebody in its place.' })
  declinedBy!: string | null;

  @Field({ description: 'Where in the log the edit is that says so.' })
  position!: string;
}

@ObjectType({ description: 'Who answers for an asset: of each role those whom the strongest source names.' })
export class EffectiveOwners {
  @Field(() => [EffectiveOwner], { description: 'Who answers, edits before rules before facets.' })
  owners!: EffectiveOwner[];

  @Field(() => [EffectiveOwner], {
    description: 'Who is stated to as well, and does not count: something stronger names owners of the same role.',
  })
  overruled!: EffectiveOwner[];

  @Field(() => [DeclinedOwner], { description: 'Who declined, and answers no more until somebody enters them again.' })
  declined!: DeclinedOwner[];
}

export interface OwnersTold extends Positions {
  /** Whether rules, which may name what the viewer does not see, are told word by word. */
  readonly seesAll: boolean;
}

/** `time` is when it is so. */
export function toEffectiveOwners(found: Omit<Effective, 'same'>, told: OwnersTold, time: ReadTime): EffectiveOwners {
  const toldOf = (claims: readonly ClaimedOwner[]): EffectiveOwner[] =>
    claims.flatMap((claim) => {
      const agent = toAgent(claim.agent);
      if (agent === undefined) return [];
      const { role, since } = claim;
      const confirmed = {
        confirmedAt: claim.confirmation?.validFrom ?? null,
        confirmedBy: claim.confirmation?.producer ?? null,
      };
      return [{ agent, role, rule: null, inheritedFrom: null, ...basisOf(claim, told, time), since, ...confirmed }];
    });
  const declined = found.declined.flatMap(({ claim, decline }) =>
    toldOf([claim]).map((one) => ({
      ...{ claim: one, declinedAt: decline.validFrom, declinedBy: decline.producer },
      ...{ why: readAnswerDetail(decline.detail).why, position: told.position(decline.position) },
    })),
  );
  return { owners: toldOf(found.owners), overruled: toldOf(found.overruled), declined };
}

function basisOf(
  { by }: ClaimedOwner,
  told: OwnersTold,
  time: ReadTime,
): StatedFact & Partial<Pick<EffectiveOwner, 'rule' | 'inheritedFrom'>> {
  if ('fact' in by) return originOf(by.fact, told);
  if ('inherited' in by) return inheritedBasis(by.inherited, told, time);
  const { rule, number } = by.rule;
  const shown = toOwnershipRule(rule, number, told);
  const line = told.seesAll ? `, "${shown.line}",` : '';
  return {
    ...originOfHeld('RULE', `By rule ${number}${line}`, rule, told),
    rule: told.seesAll ? shown : null,
  };
}

function inheritedBasis({ from, owner }: InheritedOwner, told: OwnersTold, time: ReadTime): ReturnType<typeof basisOf> {
  const what = from.kind === 'DOMAIN' ? 'domain' : 'data product';
  return {
    ...originOfHeld(from.kind, `As owner of the ${what} "${from.body.name}"`, owner, told),
    inheritedFrom: from.kind === 'DOMAIN' ? toDomain(from, time) : toDataProduct(from, time),
  };
}

function originOfHeld(
  source: OwnerSource,
  how: string,
  { enteredBy, position, since }: Held,
  told: OwnersTold,
): StatedFact {
  return {
    ...{ source, producer: enteredBy, since, until: null },
    because: `${how} entered by ${enteredBy} in event ${position}`,
    position: told.position(position),
  };
}
