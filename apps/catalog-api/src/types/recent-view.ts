import type { Micros } from '@headwater/domain/time';
import { Field, Int, ObjectType } from '@nestjs/graphql';
import { Asset } from './asset.js';
import { DateTime } from './scalars.js';

@ObjectType({ description: 'An asset that the caller looked at. Nobody else is told.' })
export class RecentView {
  @Field(() => Asset, { description: 'The dataset or the job.' })
  asset!: Asset;

  @Field(() => DateTime, { description: 'When it was looked at last.' })
  at!: Micros;
}

@ObjectType({ description: 'Views that were counted.' })
export class RecordedViews {
  @Field(() => Int, {
    description:
      'How many of the assets were counted, each once in half an hour: those that are there and may be seen, none where views are not kept.',
  })
  recorded!: number;
}
