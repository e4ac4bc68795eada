import type { SearchOrder } from '@headwater/domain/search';
import { ArgsType, Field } from '@nestjs/graphql';
import { SearchOrderEnum } from '../types/discovery-enums.js';
import { EventFilter, FindingFilter, SearchFilter } from './filters.js';
import { PageOf20 } from './page-args.js';
import { RunFilter } from './run-filter.js';

@ArgsType()
export class SearchArgs extends PageOf20 {
  @Field(() => String, {
    nullable: true,
    defaultValue: '',
    description: 'The words, up to 500 characters; none: everything.',
  })
  query?: string | null;

  @Field(() => SearchFilter, { nullable: true, description: 'What the hits must have.' })
  filter?: SearchFilter | null;

  @Field(() => SearchOrderEnum, { nullable: true, defaultValue: 'RELEVANCE', description: 'How the hits are ordered.' })
  orderBy?: SearchOrder | null;
}

@ArgsType()
export class EventListArgs extends PageOf20 {
  @Field(() => EventFilter, { nullable: true, description: 'Which events; none: all.' })
  filter?: EventFilter | null;
}

@ArgsType()
export class FindingListArgs extends PageOf20 {
  @Field(() => FindingFilter, { nullable: true, description: 'Which findings; none: all.' })
  filter?: FindingFilter | null;
}

@ArgsType()
export class RunListArgs extends PageOf20 {
  @Field(() => RunFilter, { nullable: true, description: 'Which runs; none: all.' })
  filter?: RunFilter | null;
}

@ArgsType()
export class AssetChangedArgs {
  @Field(() => SearchFilter, { nullable: true, description: 'Which assets; none: all.' })
  filter?: SearchFilter | null;

  @Field(() => String, {
    nullable: true,
    description: 'A position to catch up from, such as the one of the last payload; null begins now.',
  })
  after?: string | null;
}
