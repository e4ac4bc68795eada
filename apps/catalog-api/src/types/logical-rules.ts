import type { LogicalRulesRow } from '@headwater/domain/governance/definition';
import type { HeldLogicalRule } from '@headwater/domain/governance/logical-rules';
import type { Micros } from '@headwater/domain/time';
import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { Dataset } from './asset.js';
import { definitionResults, type DefinitionRefusal, type EditedDefinition } from './definition-results.js';
import type { Positions } from './facts.js';
import { DateTime } from './scalars.js';

@ObjectType({ description: 'Of which logical dataset the datasets are that fit.' })
export class LogicalRule {
  @Field(() => Int, { description: 'Its place in the list, from 1.' })
  number!: number;

  @Field(() => String, { nullable: true, description: 'A glob on the namespace; null: in any.' })
  namespace!: string | null;

  @Field({ description: 'A glob on the name, with `{name}` for the part that is captured.' })
  name!: string;

  @Field({ description: 'The key of the logical dataset, with `{name}` for what was captured, in lower case.' })
  key!: string;

  @Field(() => DateTime, { description: 'Since when the rule is in the list as it is.' })
  since!: Micros;

  @Field({ description: 'Who entered it as it is.' })
  enteredBy!: string;

  @Field({ description: 'Where in the log the edit is that states it.' })
  position!: string;
}

@ObjectType({
  description: 'The rules that group datasets into logical ones: of several that fit a dataset the last one decides.',
})
export class LogicalRules {
  @Field(() => [LogicalRule], { description: 'In their order.' })
  rules!: LogicalRule[];

  @Field({ description: 'The position of its latest edit: what an edit gives as `expectedVersion`.' })
  editVersion!: string;
}

@ObjectType({ description: 'What a list of rules would make of one logical dataset.' })
export class LogicalRulesPreview {
  @Field(() => ID, { description: 'The logical dataset, by the id that it has or would have.' })
  logicalDataset!: string;

  @Field({ description: 'False: none is defined with this key, so that the rules make no members until one is.' })
  isDefined!: boolean;

  @Field(() => Int, {
    description: 'How many members it would have, by rules and by edits; of an undefined one what fits.',
  })
  memberCount!: number;

  @Field(() => Int, { description: 'How many of these are no members of it now, if it is defined.' })
  joiningCount!: number;

  @Field(() => Int, { description: 'How many members of now would be none.' })
  leavingCount!: number;

  @Field(() => [Dataset], {
    description: 'The first of those that would join, by id; of an undefined one of what fits.',
  })
  joining!: readonly Dataset[];

  @Field(() => [Dataset], { description: 'The first of those that would leave, by id.' })
  leaving!: readonly Dataset[];
}

export function toLogicalRules(row: LogicalRulesRow | undefined, positions: Positions): LogicalRules {
  const rules = (row?.body.rules ?? []).map((rule, index) => toLogicalRule(rule, index + 1, positions));
  return { rules, editVersion: positions.position(row?.position ?? 0) };
}

export function toLogicalRule(rule: HeldLogicalRule, number: number, positions: Positions): LogicalRule {
  return { ...rule, number, position: positions.position(rule.position) };
}

export type EditedLogicalRules = EditedDefinition<'rules', LogicalRules>;
export type LogicalRulesRefusal = DefinitionRefusal<LogicalRules>;

export const SetLogicalRulesResult = definitionResults(
  { name: 'LogicalRules', result: 'SetLogicalRulesResult', member: 'rules' },
  () => LogicalRules,
  {
    result: 'The rules that were set, or why nothing was changed.',
    edited: 'Rules for logical datasets that were set.',
    refused: 'Why the rules for logical datasets were not set. Nothing was changed.',
    codes: 'INVALID_INPUT, MISSING_SCOPE, EDITED_MEANWHILE, KEY_USED',
    member: 'As they are with the edit; null while that is not readable yet.',
    faults: 'What is wrong with the input, every rule of it; empty where it is not the input.',
    current: 'Of EDITED_MEANWHILE: the rules as they are now, with their `editVersion`.',
  },
);
