import type { DataProductDefinition, DataProductStatus } from '@headwater/domain/governance/definition';
import type { Type } from '@nestjs/common';
import { ArgsType, Field, ID, InputType } from '@nestjs/graphql';
import { DataProductStatusEnum } from '../types/governance-enums.js';
import { EditInput, ExpectingInput, RequestInput } from './edit-args.js';
import { RuleOwnerInput, toOwners } from './ownership-rule-args.js';
import { TimedPageOf100 } from './time-args.js';
import { idOf } from './ids.js';

const NAME = 'What people call it, in 1 to 200 characters.';
const DOMAIN = 'The domain that it is in; null: in none.';
const STATUS = 'How far it is.';
const OWNERS = 'Who answers for it, at most 50.';

@InputType({ description: 'A data product to be.' })
export class CreateDataProductInput extends RequestInput {
  @Field(() => String, {
    nullable: true,
    description:
      'Tells it from others for good: 1 to 100 letters, digits, dots, dashes and underscores. None: it is made of the name.',
  })
  key?: string | null;

  @Field({ description: NAME })
  name!: string;

  @Field(() => String, { nullable: true, description: 'What it offers, in Markdown.' })
  description?: string | null;

  @Field(() => ID, { nullable: true, description: DOMAIN })
  domain?: string | null;

  @Field(() => DataProductStatusEnum, { description: STATUS, defaultValue: 'PROPOSED' })
  status!: DataProductStatus;

  @Field(() => [RuleOwnerInput], { description: OWNERS, defaultValue: [] })
  owners!: RuleOwnerInput[];
}

@InputType({ isAbstract: true })
abstract class DataProductInput extends ExpectingInput {
  @Field(() => ID, { description: 'The data product, by its id.' })
  product!: string;
}

@InputType({ description: 'What becomes other about a data product; what is absent stays as it is.' })
export class ChangeDataProductInput extends DataProductInput {
  @Field(() => String, { nullable: true, description: NAME })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'What it offers, in Markdown; null takes it away.' })
  description?: string | null;

  @Field(() => ID, { nullable: true, description: DOMAIN })
  domain?: string | null;

  @Field(() => DataProductStatusEnum, { nullable: true, description: STATUS })
  status?: DataProductStatus | null;

  @Field(() => [RuleOwnerInput], { nullable: true, description: `${OWNERS} They take the place of those before.` })
  owners?: RuleOwnerInput[] | null;
}

@InputType({ description: 'A data product to be no more.' })
export class RemoveDataProductInput extends DataProductInput {}

@InputType({ description: 'A dataset to be an output port of a data product, or to be one no more.' })
export class OutputPortInput extends EditInput {
  @Field(() => ID, { description: 'The data product, by its id.' })
  product!: string;
}

@ArgsType()
export class DataProductListArgs extends (TimedPageOf100 as Type<TimedPageOf100>) {
  @Field(() => ID, { nullable: true, description: 'Only what is in this domain, or in one of its parts.' })
  domain?: string | null;

  @Field(() => [DataProductStatusEnum], { nullable: true, description: 'Only those of one of these; none: of any.' })
  statuses?: DataProductStatus[] | null;
}

export function createdProduct(input: CreateDataProductInput): DataProductDefinition {
  const { name, description = null, domain = null, status, owners } = input;
  return {
    ...{ name: name.trim(), description, status },
    domain: domain === null ? null : idOf(domain),
    owners: toOwners(owners),
  };
}

export function changedProduct(input: ChangeDataProductInput): Partial<DataProductDefinition> {
  const { name, description, domain, status, owners } = input;
  return {
    // A name cannot be taken away.
    ...(name !== undefined && { name: (name ?? '').trim() }),
    ...(description !== undefined && { description }),
    ...(domain !== undefined && { domain: domain === null ? null : idOf(domain) }),
    ...(status !== undefined && status !== null && { status }),
    ...(owners !== undefined && { owners: toOwners(owners ?? []) }),
  };
}
