import type { TagRule } from '@headwater/domain/classification/tag-rules';
import { Field, InputType } from '@nestjs/graphql';
import { ExpectingInput } from './edit-args.js';

@InputType({ description: 'How a tag goes along lineage.' })
export class TagRuleInput {
  @Field({
    description: 'The tag: `key=value`, a key for each of its values, or `*` for every tag that no other rule names.',
  })
  tag!: string;

  @Field({ description: 'False: it stays where it is put.', defaultValue: true })
  isCarried!: boolean;

  @Field({
    description: 'Whether it goes along where values only decide about others: filters, joins, sorting.',
    defaultValue: false,
  })
  throughIndirect!: boolean;

  @Field(() => [String], {
    description: 'Subtypes of transformations that end it even if they do not say that they mask, such as AGGREGATION.',
    defaultValue: [],
  })
  stopSubtypes!: string[];

  @Field({
    description:
      'Whether it goes along from dataset to dataset, through the jobs between them, where it is put on a dataset.',
    defaultValue: false,
  })
  alongDatasets!: boolean;
}

@InputType({
  description: 'The rules how tags go along lineage, all of them: the list takes the place of the one before.',
})
export class SetTagRulesInput extends ExpectingInput {
  @Field(() => [TagRuleInput], { description: 'One for a tag at most; the one that names most of a tag decides.' })
  rules!: TagRuleInput[];
}

export function wantedTagRules({ rules }: SetTagRulesInput): readonly TagRule[] {
  return rules.map(({ tag, isCarried, throughIndirect, stopSubtypes, alongDatasets }) => ({
    ...{ tag, isCarried, throughIndirect, stopSubtypes },
    ...(alongDatasets && { alongDatasets }),
  }));
}
