import type { ReadTime } from '@headwater/domain/reading/read-time';
import type { DomainLayer, DomainRow } from '@headwater/domain/governance/definition';
import type { Micros } from '@headwater/domain/time';
import { Field, ObjectType } from '@nestjs/graphql';
import { DomainLayerEnum } from './governance-enums.js';
import { Node } from './node.js';
import { DateTime } from './scalars.js';

@ObjectType('Domain', {
  implements: () => [Node],
  description: 'A part of the business that answers for data. Domains form a hierarchy.',
})
export class Domain extends Node {
  override readonly __typename = 'Domain';

  @Field({ description: 'What people call it.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'What it is about, in Markdown.' })
  description!: string | null;

  @Field(() => DomainLayerEnum, { nullable: true, description: 'Its own layer; null: `effectiveLayer` is inherited.' })
  layer!: DomainLayer | null;

  @Field({ description: 'Whether it is said to stand outside the organization; its parts do so with it.' })
  isExternal!: boolean;

  @Field({ description: 'Who entered it as it is.' })
  enteredBy!: string;

  @Field(() => DateTime, { description: 'Since when it is as it is.' })
  since!: Micros;

  readonly row!: DomainRow;
  /** When it is so: what it is part of and what is part of it are told as of then. */
  readonly time!: ReadTime;
}

export function toDomain(row: DomainRow, time: ReadTime): Domain {
  const { id, body, enteredBy, validFrom: since } = row;
  const { name, description, layer, isExternal } = body;
  return Object.assign(new Domain(), { id, name, description, layer, isExternal, enteredBy, since, row, time });
}
