import type { LogicalDatasetRow } from '@headwater/domain/governance/definition';
import type { LogicalMembership as Membership } from '@headwater/domain/governance/logical-membership';
import type { ReadTime } from '@headwater/domain/reading/read-time';
import type { Micros } from '@headwater/domain/time';
import { Field, ObjectType } from '@nestjs/graphql';
import { Dataset } from './asset.js';
import { definitionResults, type DefinitionRefusal, type EditedDefinition } from './definition-results.js';
import { originOf, StatedFact, type Positions } from './facts.js';
import { LogicalRule, toLogicalRule } from './logical-rules.js';
import { Node } from './node.js';
import { DateTime } from './scalars.js';

@ObjectType('LogicalDataset', {
  implements: () => [Node],
  description:
    'What several datasets carry, such as a topic, the files it is kept in and the table it is loaded into. It is told to whoever may see one of its members.',
})
export class LogicalDataset extends Node {
  override readonly __typename = 'LogicalDataset';

  @Field({ description: 'What people call it.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'What it is, in Markdown.' })
  description!: string | null;

  @Field({ description: 'Who entered it as it is.' })
  enteredBy!: string;

  @Field(() => DateTime, { description: 'Since when it is as it is.' })
  since!: Micros;

  readonly row!: LogicalDatasetRow;
  /** When it is so: its domain and its members are told as of then. */
  readonly time!: ReadTime;
}

@ObjectType({ description: 'That a dataset is in a logical dataset, and which edit or rule says so.' })
export class LogicalMembership extends StatedFact {
  @Field(() => LogicalDataset, { description: 'The logical dataset.' })
  logicalDataset!: LogicalDataset;

  @Field(() => LogicalRule, {
    nullable: true,
    description: 'Of a RULE: the rule, for whoever may see the whole catalog.',
  })
  rule!: LogicalRule | null;
}

@ObjectType({ description: 'A dataset that is in a logical dataset.' })
export class LogicalMember {
  @Field(() => Dataset, { description: 'The dataset.' })
  dataset!: Dataset;

  @Field(() => LogicalMembership, { description: 'Why it is in it, and since when.' })
  because!: LogicalMembership;
}

@ObjectType({ description: 'A dataset that an edit keeps out of a logical dataset, whatever rules say.' })
export class ExcludedDataset {
  @Field(() => Dataset, { description: 'The dataset.' })
  dataset!: Dataset;

  @Field(() => String, {
    nullable: true,
    description: 'Why, in the words of who took it out; null where they said none.',
  })
  reason!: string | null;

  @Field({ description: 'Who took it out.' })
  enteredBy!: string;

  @Field(() => DateTime, { description: 'Since when.' })
  since!: Micros;

  @Field({ description: 'Where in the log the edit is.' })
  position!: string;
}

export interface MembershipTold extends Positions {
  /** Whether rules, which may name what the viewer does not see, are told word by word. */
  readonly seesAll: boolean;
}

export function toLogicalDataset(row: LogicalDatasetRow, time: ReadTime): LogicalDataset {
  const { id, body, enteredBy, validFrom: since } = row;
  const { name, description } = body;
  return Object.assign(new LogicalDataset(), { id, name, description, enteredBy, since, row, time });
}

/** `time` is when it is so. */
export function toLogicalMembership(
  { logical, since, by }: Membership,
  time: ReadTime,
  told: MembershipTold,
): LogicalMembership {
  const logicalDataset = toLogicalDataset(logical, time);
  if ('fact' in by) return { ...originOf(by.fact, told), logicalDataset, rule: null };
  const { rule, number } = by.rule;
  const { enteredBy, position, name, namespace, key } = rule;
  const words = told.seesAll ? `, "${namespace ?? '*'} ${name}" to "${key}",` : '';
  return {
    ...{ source: 'RULE', producer: enteredBy, since, until: null, position: told.position(position) },
    because: `By rule ${String(number)}${words} entered by ${enteredBy} in event ${String(position)}`,
    logicalDataset,
    rule: told.seesAll ? toLogicalRule(rule, number, told) : null,
  };
}

export type EditedLogicalDataset = EditedDefinition<'logicalDataset', LogicalDataset> & { readonly id: string };
export type LogicalDatasetRefusal = DefinitionRefusal<LogicalDataset>;

export const EditLogicalDatasetResult = definitionResults(
  { name: 'LogicalDataset', result: 'EditLogicalDatasetResult', member: 'logicalDataset' },
  () => LogicalDataset,
  {
    result: 'The edited logical dataset, or why nothing was changed.',
    edited: 'An edit of a logical dataset that was made.',
    refused: 'Why a logical dataset was not edited. Nothing was changed.',
    codes:
      'INVALID_INPUT, MISSING_SCOPE, NO_SUCH_LOGICAL_DATASET, NO_SUCH_DOMAIN, LOGICAL_DATASET_EXISTS, LOGICAL_DATASET_IN_USE, EDITED_MEANWHILE, KEY_USED',
    id: 'The logical dataset that was edited.',
    member: 'As it is with the edit once that is readable; null where it was removed, or is not readable yet.',
    faults: 'What is wrong with the input; empty where it is not the input.',
    current: 'Of EDITED_MEANWHILE: the logical dataset as it is now, with its `editVersion`.',
  },
);
