import { roleNamed } from '@headwater/domain/governance/owner-roles';
import type { WantedRules } from '@headwater/application/governance/edit-ownership-rules';
import { coded, HeadwaterError } from '@headwater/domain/errors';
import type { OwnershipRule, RuleOwner } from '@headwater/domain/governance/ownership-rules';
import { Field, ID, InputType, PickType } from '@nestjs/graphql';
import { ExpectingInput } from './edit-args.js';
import { idOf } from './ids.js';

@InputType({ description: 'Who answers by a rule.' })
export class RuleOwnerInput {
  @Field(() => ID, { description: 'Who: `agent:<kind>:<name>`, such as `agent:team:claims`.' })
  agent!: string;

  @Field({ description: 'In which role: OWNER, TECHNICAL_OWNER, STEWARD or one of your own.', defaultValue: 'OWNER' })
  role!: string;
}

@InputType({ description: 'Who answers for all assets that fulfil every condition that is given.' })
export class OwnershipRuleInput {
  @Field(() => String, {
    nullable: true,
    description: 'A glob on the namespace: `*` for any text, `?` for one character.',
  })
  namespace?: string | null;

  @Field(() => String, { nullable: true, description: 'A glob on the name.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'A glob on `<namespace>/<name>`.' })
  path?: string | null;

  @Field(() => String, { nullable: true, description: 'A tag: `key=value`, or a key, which stands for every value.' })
  tag?: string | null;

  @Field(() => ID, { nullable: true, description: 'The domain that they are in, or in one of its parts.' })
  domain?: string | null;

  @Field(() => [RuleOwnerInput], {
    description: 'Who; none: what the rule fits has no owner by rule, whatever the rules before it say.',
  })
  owners!: RuleOwnerInput[];
}

@InputType({ description: 'The rules that assign owners, all of them: the list takes the place of the one before.' })
export class SetOwnershipRulesInput extends ExpectingInput {
  @Field(() => [OwnershipRuleInput], {
    nullable: true,
    description: 'In their order: of several that fit an asset the last one decides. Either these or a file.',
  })
  rules?: OwnershipRuleInput[] | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The same as a file in the manner of CODEOWNERS: a line is what it fits (`claims.*`, `postgres://warehouse*/public.*`, `tag:pii`, `domain:claims`) and then who (`team:claims`, `ana@example.com`, `STEWARD=@org/privacy`).',
  })
  file?: string | null;
}

@InputType({ description: 'Rules that assign owners, all of them.' })
export class OwnershipRulesInput extends PickType(SetOwnershipRulesInput, ['rules', 'file'] as const) {}

/** Throws INVALID_INPUT where it gives both or neither. */
export function wantedRules({ rules = null, file = null }: OwnershipRulesInput): WantedRules {
  if ((rules === null) === (file === null))
    throw new HeadwaterError('INVALID_INPUT', 'Give the rules either one by one or as a file', {
      faults: [
        {
          pointer: '',
          ...coded('ONE_OF_TWO', 'must have either rules or file', { one: 'rules', other: 'file' }),
        },
      ],
    });
  return file === null ? { rules: (rules ?? []).map(toRule) } : { file };
}

export function toOwners(owners: readonly RuleOwnerInput[]): readonly RuleOwner[] {
  return owners.map(({ agent, role }) => ({ agent: idOf(agent), role: roleNamed(role) }));
}

function toRule(input: OwnershipRuleInput): OwnershipRule {
  const { namespace = null, name = null, path = null, tag = null, domain = null, owners } = input;
  return {
    ...{ namespace, name, path, tag },
    domain: domain === null ? null : idOf(domain),
    owners: toOwners(owners),
  };
}
