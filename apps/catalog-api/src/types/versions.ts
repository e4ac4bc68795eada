import type { DefinitionRow } from '@headwater/domain/governance/definition';
import type { Micros } from '@headwater/domain/time';
import { Field, ObjectType } from '@nestjs/graphql';
import { StatedFact, type Positions } from './facts.js';
import { DateTime } from './scalars.js';

@ObjectType({
  description: 'What a domain, a term, a data product, a logical dataset or a property was from one edit to the next.',
})
export class DefinitionVersion {
  @Field({ description: 'What it was called.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'What it was about, in Markdown.' })
  description!: string | null;

  @Field(() => DateTime, { description: 'Since when it was so.' })
  since!: Micros;

  @Field(() => DateTime, { nullable: true, description: 'Until when; null while it is so.' })
  until!: Micros | null;

  @Field({ description: 'Who entered it.' })
  enteredBy!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Why, in the words of who entered it; null where they said none.',
  })
  reason!: string | null;

  @Field({ description: 'Where in the log the edit is.' })
  position!: string;
}

@ObjectType({ description: 'What something was described as for some time.' })
export class DescriptionVersion extends StatedFact {
  @Field({ description: 'The description; of an edit it is Markdown.' })
  text!: string;

  @Field(() => String, { nullable: true, description: 'Of an edit why it was entered; null where nobody said.' })
  reason!: string | null;
}

export function toDefinitionVersion(
  { body, validFrom: since, validTo: until, enteredBy, position }: DefinitionRow,
  reason: string | null,
  positions: Positions,
): DefinitionVersion | undefined {
  if (!('name' in body)) return undefined;
  const { name, description } = body;
  return { name, description, since, until, enteredBy, reason, position: positions.position(position) };
}
