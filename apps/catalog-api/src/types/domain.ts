import type { ReadTime } from '@headwater/domain/reading/read-time';
import type { DomainRow } from '@headwater/domain/governance/definition';
import type { Micros } from '@headwater/domain/time';
import { Field, ObjectType } from '@nestjs/graphql';
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
  const { name, description } = body;
  return Object.assign(new Domain(), { id, name, description, enteredBy, since, row, time });
}
