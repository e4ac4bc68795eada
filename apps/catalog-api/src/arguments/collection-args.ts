import { ArgsType, Field, ID } from '@nestjs/graphql';

@ArgsType()
export class CollectionPlanArgs {
  @Field(() => [ID], {
    description: 'NodeIds of the fields that are wanted, any name of merged datasets: 1 to 30.',
  })
  targets!: string[];
}
