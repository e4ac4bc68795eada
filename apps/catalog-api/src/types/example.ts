import { Field, Int, ObjectType } from '@nestjs/graphql';

@ObjectType({ description: 'The example, taken in.' })
export class LoadedExample {
  @Field(() => Int, { description: 'How many events it has, those that were here before among them.' })
  events!: number;

  @Field(() => Int, {
    description:
      'How many edits it has (domains, terms, data products, owners); 0 where you may not edit the whole catalog: then there are none.',
  })
  edits!: number;

  @Field({ description: 'Where the last of them is in the log: `headwater-position` for whoever reads next.' })
  position!: string;
}
