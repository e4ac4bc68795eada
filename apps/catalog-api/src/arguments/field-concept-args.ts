import type { FieldConcept } from '@headwater/domain/collection/field-concepts';
import { Field, InputType } from '@nestjs/graphql';
import { ExpectingInput } from './edit-args.js';

@InputType({ description: 'Names of fields that mean the same, or that do not.' })
export class FieldConceptInput {
  @Field({ description: 'What it is called, in 1 to 200 characters.' })
  name!: string;

  @Field(() => [String], {
    description: 'The names: 2 to 50 that differ by more than case, `_` and `-`. A name is of one concept at most.',
  })
  names!: string[];

  @Field({ description: 'False: they do not mean the same, and are not to be suggested again.', defaultValue: true })
  isOne!: boolean;
}

@InputType({
  description: 'Which names of fields mean the same, all of it: the list takes the place of the one before.',
})
export class SetFieldConceptsInput extends ExpectingInput {
  @Field(() => [FieldConceptInput], { description: 'At most 1,000.' })
  concepts!: FieldConceptInput[];
}

export function wantedConcepts({ concepts }: SetFieldConceptsInput): readonly FieldConcept[] {
  return concepts.map(({ name, names, isOne }) => ({ name, names, isOne }));
}
