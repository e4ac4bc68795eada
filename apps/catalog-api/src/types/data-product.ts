import type { FactRow } from '@headwater/domain/catalog';
import type { DataProductRow, DataProductStatus } from '@headwater/domain/governance/definition';
import type { ReadTime } from '@headwater/domain/reading/read-time';
import type { Micros } from '@headwater/domain/time';
import { Field, ObjectType } from '@nestjs/graphql';
import { Dataset, Job } from './asset.js';
import { definitionResults, type DefinitionRefusal, type EditedDefinition } from './definition-results.js';
import { DataProductStatusEnum } from './governance-enums.js';
import { originOf, StatedFact, type Positions } from './facts.js';
import { Node } from './node.js';
import { DateTime } from './scalars.js';

@ObjectType('DataProduct', {
  implements: () => [Node],
  description: 'What a team offers others: its output ports are datasets.',
})
export class DataProduct extends Node {
  override readonly __typename = 'DataProduct';

  @Field({ description: 'What people call it.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'What it offers, in Markdown.' })
  description!: string | null;

  @Field(() => DataProductStatusEnum, { description: 'How far it is.' })
  status!: DataProductStatus;

  @Field({ description: 'Who entered it as it is.' })
  enteredBy!: string;

  @Field(() => DateTime, { description: 'Since when it is as it is.' })
  since!: Micros;

  readonly row!: DataProductRow;
  /** When it is so: its domain, its ports and who reads them are told as of then. */
  readonly time!: ReadTime;
}

@ObjectType({ description: 'That a dataset is an output port of a data product.' })
export class OutputPort extends StatedFact {
  @Field(() => Dataset, { description: 'The dataset.' })
  dataset!: Dataset;
}

@ObjectType({ description: 'A job that reads output ports of a data product, and writes none of them.' })
export class DataProductConsumer {
  @Field(() => Job, { description: 'The job.' })
  job!: Job;

  @Field(() => [Dataset], { description: 'The output ports that it reads, by id.' })
  ports!: readonly Dataset[];
}

export function toDataProduct(row: DataProductRow, time: ReadTime): DataProduct {
  const { id, body, enteredBy, validFrom: since } = row;
  const { name, description, status } = body;
  return Object.assign(new DataProduct(), { id, name, description, status, enteredBy, since, row, time });
}

export function toOutputPort(fact: FactRow, dataset: Dataset, positions: Positions): OutputPort {
  return { dataset, ...originOf(fact, positions) };
}

export type EditedDataProduct = EditedDefinition<'product', DataProduct> & { readonly id: string };
export type DataProductRefusal = DefinitionRefusal<DataProduct>;

export const EditDataProductResult = definitionResults(
  { name: 'DataProduct', result: 'EditDataProductResult', member: 'product' },
  () => DataProduct,
  {
    result: 'The edited data product, or why nothing was changed.',
    edited: 'An edit of a data product that was made.',
    refused: 'Why a data product was not edited. Nothing was changed.',
    codes:
      'INVALID_INPUT, MISSING_SCOPE, NO_SUCH_DATA_PRODUCT, NO_SUCH_DOMAIN, DATA_PRODUCT_EXISTS, DATA_PRODUCT_IN_USE, EDITED_MEANWHILE, KEY_USED',
    id: 'The data product that was edited.',
    member: 'As it is with the edit once that is readable; null where it was removed, or is not readable yet.',
    faults: 'What is wrong with the input; empty where it is not the input.',
    current: 'Of EDITED_MEANWHILE: the data product as it is now, with its `editVersion`.',
  },
);
