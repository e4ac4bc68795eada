import type { LogicalDatasetDefinition } from '@headwater/domain/governance/definition';
import type { LogicalRule } from '@headwater/domain/governance/logical-rules';
import type { Type } from '@nestjs/common';
import { ArgsType, Field, ID, InputType, Int } from '@nestjs/graphql';
import { EditInput, ExpectingInput, RequestInput } from './edit-args.js';
import { TimedPageOf100 } from './time-args.js';
import { idOf } from './ids.js';

const NAME = 'What people call it, in 1 to 200 characters.';
const DOMAIN = 'The domain that it is in; null: in none.';

@InputType({ description: 'A logical dataset to be.' })
export class CreateLogicalDatasetInput extends RequestInput {
  @Field(() => String, {
    nullable: true,
    description:
      'Tells it from others for good, and is what rules make: 1 to 100 letters, digits, dots, dashes and underscores, kept in lower case. None: it is made of the name.',
  })
  key?: string | null;

  @Field({ description: NAME })
  name!: string;

  @Field(() => String, { nullable: true, description: 'What it is, in Markdown.' })
  description?: string | null;

  @Field(() => ID, { nullable: true, description: DOMAIN })
  domain?: string | null;
}

@InputType({ isAbstract: true })
abstract class LogicalDatasetInput extends ExpectingInput {
  @Field(() => ID, { description: 'The logical dataset, by its id.' })
  logicalDataset!: string;
}

@InputType({ description: 'What becomes other about a logical dataset; what is absent stays as it is.' })
export class ChangeLogicalDatasetInput extends LogicalDatasetInput {
  @Field(() => String, { nullable: true, description: NAME })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'What it is, in Markdown; null takes it away.' })
  description?: string | null;

  @Field(() => ID, { nullable: true, description: DOMAIN })
  domain?: string | null;
}

@InputType({ description: 'A logical dataset to be no more.' })
export class RemoveLogicalDatasetInput extends LogicalDatasetInput {}

@InputType({ description: 'A dataset to be in a logical dataset, or to be kept out of it.' })
export class LogicalMemberInput extends EditInput {
  @Field(() => ID, { description: 'The logical dataset, by its id.' })
  logicalDataset!: string;
}

@InputType({ description: 'Of which logical dataset the datasets are that fit.' })
export class LogicalRuleInput {
  @Field(() => String, {
    nullable: true,
    description: 'A glob on the namespace: `*` for any text, `?` for one character; none: in any.',
  })
  namespace?: string | null;

  @Field({
    description:
      'A glob on the name. `{name}` stands once at most for the part that is captured, letters, digits, dashes and underscores: the first that fits, and as much of it as fits.',
  })
  name!: string;

  @Field({
    description: 'The key of the logical dataset; `{name}` is what was captured, in lower case.',
    defaultValue: '{name}',
  })
  key!: string;
}

@InputType({
  description:
    'The rules that group datasets into logical ones, all of them: the list takes the place of the one before.',
})
export class SetLogicalRulesInput extends ExpectingInput {
  @Field(() => [LogicalRuleInput], {
    description: 'In their order: of several that fit a dataset the last one decides.',
  })
  rules!: LogicalRuleInput[];
}

@ArgsType()
export class LogicalDatasetListArgs extends (TimedPageOf100 as Type<TimedPageOf100>) {
  @Field(() => String, { nullable: true, description: 'Words that name, key or description have, each somewhere.' })
  text?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only what is in this domain, or in one of its parts.' })
  domain?: string | null;
}

@ArgsType()
export class ImportanceArgs {
  @Field(() => Int, { defaultValue: 30, description: 'How many days are looked at: 1 to 3650.' })
  days!: number;
}

export function createdLogical(input: CreateLogicalDatasetInput): LogicalDatasetDefinition {
  const { name, description = null, domain = null } = input;
  return { name: name.trim(), description, domain: domain === null ? null : idOf(domain) };
}

export function changedLogical(input: ChangeLogicalDatasetInput): Partial<LogicalDatasetDefinition> {
  const { name, description, domain } = input;
  return {
    // A name cannot be taken away.
    ...(name !== undefined && { name: (name ?? '').trim() }),
    ...(description !== undefined && { description }),
    ...(domain !== undefined && { domain: domain === null ? null : idOf(domain) }),
  };
}

export function wantedLogicalRules(rules: readonly LogicalRuleInput[]): readonly LogicalRule[] {
  return rules.map(({ namespace = null, name, key }) => ({ namespace, name, key }));
}
