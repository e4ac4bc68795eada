import type { ChangedOwner, RulesPreview } from '@headwater/application/governance/preview-ownership-rules';
import type { AssetRow } from '@headwater/domain/catalog';
import { lineOf } from '@headwater/domain/governance/ownership-file';
import { Field, Int, ObjectType } from '@nestjs/graphql';
import { Asset, toAsset } from './asset.js';
import { RuleOwner, toRuleOwners } from './ownership-rules.js';

@ObjectType({ description: 'An ownership rule that is new, other, or at another place among those that are.' })
export class PreviewedOwnershipRule {
  @Field(() => Int, { description: 'Its place in the list, from 1.' })
  number!: number;

  @Field({ description: 'The rule as a line of the file.' })
  line!: string;

  @Field(() => Int, {
    description: 'For how many assets it would be the rule that decides; 0: it fits none, or a later rule always does.',
  })
  decides!: number;
}

@ObjectType({ description: 'An asset for which others would answer.' })
export class PreviewedOwners {
  @Field(() => Asset, { description: 'The dataset or the job.' })
  asset!: Asset;

  @Field(() => Int, { nullable: true, description: 'The place of the rule that would decide; null: none fits it.' })
  rule!: number | null;

  @Field(() => [RuleOwner], { description: 'Who answers for it now, by whatever says so.' })
  before!: RuleOwner[];

  @Field(() => [RuleOwner], { description: 'Who would.' })
  after!: RuleOwner[];
}

@ObjectType({ description: 'What other ownership rules would change.' })
export class OwnershipRulesPreview {
  @Field(() => [PreviewedOwnershipRule], { description: 'The rules that are not as they were, in their order.' })
  rules!: PreviewedOwnershipRule[];

  @Field(() => Int, { description: 'For how many assets others would answer.' })
  total!: number;

  @Field(() => Int, { description: 'How many of them have no owner and would get one.' })
  gained!: number;

  @Field(() => Int, { description: 'How many of them have an owner and would be left without.' })
  lost!: number;

  readonly changed!: readonly ChangedOwner[];
}

export function toOwnershipRulesPreview({ rules, changed, gained, lost }: RulesPreview): OwnershipRulesPreview {
  return {
    rules: rules.map(({ rule, number, decides }) => ({ number, decides, line: lineOf(rule) })),
    ...{ total: changed.length, gained, lost, changed },
  };
}

export function toPreviewedOwners({ number, before, after }: ChangedOwner, row: AssetRow): PreviewedOwners {
  return { asset: toAsset(row), rule: number, before: toRuleOwners(before), after: toRuleOwners(after) };
}
