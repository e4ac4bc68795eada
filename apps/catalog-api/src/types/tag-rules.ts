import type { HeldTagRule } from '@headwater/domain/classification/tag-rules';
import type { TagRulesRow } from '@headwater/domain/governance/definition';
import type { Micros } from '@headwater/domain/time';
import { Field, ObjectType } from '@nestjs/graphql';
import { definitionResults, type DefinitionRefusal, type EditedDefinition } from './definition-results.js';
import type { Positions } from './facts.js';
import { DateTime } from './scalars.js';

@ObjectType({ description: 'How a tag goes along lineage.' })
export class TagRule {
  @Field({
    description: 'The tag: `key=value`, a key for each of its values, or `*` for every tag that no other rule names.',
  })
  tag!: string;

  @Field({ description: 'False: it stays where it is put.' })
  isCarried!: boolean;

  @Field({ description: 'Whether it goes along where values only decide about others: filters, joins, sorting.' })
  throughIndirect!: boolean;

  @Field(() => [String], {
    description: 'Subtypes of transformations that end it even if they do not say that they mask.',
  })
  stopSubtypes!: readonly string[];

  @Field({ description: 'Whether it goes along from dataset to dataset where it is put on one.' })
  alongDatasets!: boolean;

  @Field(() => DateTime, { description: 'Since when the rule is in the list as it is.' })
  since!: Micros;

  @Field({ description: 'Who entered it as it is.' })
  enteredBy!: string;

  @Field({ description: 'Where in the log the edit is that states it.' })
  position!: string;
}

@ObjectType({
  description:
    'The rules how tags go along lineage. Without one a tag goes along all DIRECT, unmasked ways of fields, and stays on its dataset.',
})
export class TagRules {
  @Field(() => [TagRule], {
    description: 'As they were set; of several that fit a tag the one that names most of it decides.',
  })
  rules!: TagRule[];

  @Field({ description: 'The position of its latest edit: what an edit gives as `expectedVersion`.' })
  editVersion!: string;
}

export function toTagRules(row: TagRulesRow | undefined, positions: Positions): TagRules {
  const toRule = (rule: HeldTagRule): TagRule => ({
    ...rule,
    alongDatasets: rule.alongDatasets === true,
    position: positions.position(rule.position),
  });
  return { rules: (row?.body.rules ?? []).map(toRule), editVersion: positions.position(row?.position ?? 0) };
}

export type EditedTagRules = EditedDefinition<'rules', TagRules>;
export type TagRulesRefusal = DefinitionRefusal<TagRules>;

export const SetTagRulesResult = definitionResults(
  { name: 'TagRules', result: 'SetTagRulesResult', member: 'rules' },
  () => TagRules,
  {
    result: 'The rules that were set, or why nothing was changed.',
    edited: 'Rules for tags that were set.',
    refused: 'Why the rules for tags were not set. Nothing was changed.',
    codes: 'INVALID_INPUT, MISSING_SCOPE, EDITED_MEANWHILE, KEY_USED',
    member: 'As they are with the edit; null while that is not readable yet.',
    faults: 'What is wrong with the input, every rule of it; empty where it is not the input.',
    current: 'Of EDITED_MEANWHILE: the rules as they are now, with their `editVersion`.',
  },
);
