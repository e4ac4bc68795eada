import type { OwnershipRulesRow } from '@headwater/domain/governance/definition';
import { lineOf, ownershipFile } from '@headwater/domain/governance/ownership-file';
import type { HeldOwnershipRule, RuleOwner as DomainRuleOwner } from '@headwater/domain/governance/ownership-rules';
import type { Micros } from '@headwater/domain/time';
import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { definitionResults, type DefinitionRefusal, type EditedDefinition } from './definition-results.js';
import { Agent, toAgent, type Positions } from './facts.js';
import { DateTime } from './scalars.js';

@ObjectType({ description: 'Who answers by a rule.' })
export class RuleOwner {
  @Field(() => Agent, { description: 'Who.' })
  agent!: Agent;

  @Field({ description: 'In which role.' })
  role!: string;
}

@ObjectType({ description: 'Who answers for all assets that fulfil every condition that is not null.' })
export class OwnershipRule {
  @Field(() => Int, { description: 'Its place in the list, from 1.' })
  number!: number;

  @Field({ description: 'The rule as a line of the file.' })
  line!: string;

  @Field(() => String, { nullable: true, description: 'A glob on the namespace.' })
  namespace!: string | null;

  @Field(() => String, { nullable: true, description: 'A glob on the name.' })
  name!: string | null;

  @Field(() => String, { nullable: true, description: 'A glob on `<namespace>/<name>`.' })
  path!: string | null;

  @Field(() => String, { nullable: true, description: 'A tag: `key=value`, or a key, which stands for every value.' })
  tag!: string | null;

  @Field(() => ID, { nullable: true, description: 'The domain that they are in, or in one of its parts.' })
  domain!: string | null;

  @Field(() => [RuleOwner], { description: 'Who; none: nobody by rule.' })
  owners!: RuleOwner[];

  @Field(() => DateTime, { description: 'Since when the rule is in the list as it is.' })
  since!: Micros;

  @Field({ description: 'Who entered it as it is.' })
  enteredBy!: string;

  @Field({ description: 'Where in the log the edit is that states it.' })
  position!: string;
}

@ObjectType({ description: 'The rules that assign owners: of several that fit an asset the last one decides.' })
export class OwnershipRules {
  @Field(() => [OwnershipRule], { description: 'In their order.' })
  rules!: OwnershipRule[];

  @Field({ description: 'The same as a file in the manner of CODEOWNERS, which `setOwnershipRules` takes back.' })
  file!: string;

  @Field({ description: 'The position of its latest edit: what an edit gives as `expectedVersion`.' })
  editVersion!: string;
}

export function toOwnershipRules(row: OwnershipRulesRow | undefined, positions: Positions): OwnershipRules {
  const rules = row?.body.rules ?? [];
  return {
    rules: rules.map((rule, index) => toOwnershipRule(rule, index + 1, positions)),
    file: ownershipFile(rules),
    editVersion: positions.position(row?.position ?? 0),
  };
}

export function toOwnershipRule(rule: HeldOwnershipRule, number: number, positions: Positions): OwnershipRule {
  const { owners, position, ...rest } = rule;
  return {
    ...rest,
    number,
    line: lineOf(rule),
    owners: toRuleOwners(owners),
    position: positions.position(position),
  };
}

export function toRuleOwners(owners: readonly DomainRuleOwner[]): RuleOwner[] {
  return owners.flatMap(({ agent, role }) => {
    const known = toAgent(agent);
    return known === undefined ? [] : [{ agent: known, role }];
  });
}

export type EditedOwnershipRules = EditedDefinition<'rules', OwnershipRules>;
export type OwnershipRulesRefusal = DefinitionRefusal<OwnershipRules>;

export const SetOwnershipRulesResult = definitionResults(
  { name: 'OwnershipRules', result: 'SetOwnershipRulesResult', member: 'rules' },
  () => OwnershipRules,
  {
    result: 'The rules that were set, or why nothing was changed.',
    edited: 'Ownership rules that were set.',
    refused: 'Why the ownership rules were not set. Nothing was changed.',
    codes: 'INVALID_INPUT, MISSING_SCOPE, NO_SUCH_DOMAIN, EDITED_MEANWHILE, KEY_USED',
    member: 'As they are with the edit; null while that is not readable yet. Search and its counts follow soon.',
    faults: 'What is wrong with the input, every rule or line of it; empty where it is not the input.',
    current: 'Of EDITED_MEANWHILE: the rules as they are now, with their `editVersion`.',
  },
);
