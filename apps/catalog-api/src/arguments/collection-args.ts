import type { Micros } from '@headwater/domain/time';
import { ArgsType, Field, ID } from '@nestjs/graphql';
import { DateTime } from '../types/scalars.js';
import { SearchFilter } from './filters.js';
import { PageOf100 } from './page-args.js';

@ArgsType()
export class CollectionPlanArgs {
  @Field(() => [ID], {
    description: 'NodeIds of the fields that are wanted, any name of merged datasets: 1 to 30.',
  })
  targets!: string[];
}

@ArgsType()
export class AffectedComponentArgs extends PageOf100 {
  @Field(() => DateTime, { description: 'The first moment of the period.' })
  from!: Micros;

  @Field(() => DateTime, { description: 'The first moment behind it; later than `from`.' })
  to!: Micros;

  @Field(() => SearchFilter, {
    nullable: true,
    description:
      'Which datasets and jobs, by what is so now; none: all. Tags, owners and domains leave out what is gone.',
  })
  filter?: SearchFilter | null;
}
