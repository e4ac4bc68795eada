import { Field, Float, Int, ObjectType } from '@nestjs/graphql';
import { Dataset } from './asset.js';

@ObjectType({ description: 'A dataset whose schema has much in common with that of another.' })
export class SimilarDataset {
  @Field(() => Dataset, { description: 'The dataset.' })
  dataset!: Dataset;

  @Field(() => Float, {
    description:
      'How similar, 0.1 to 1: what the names of fields that both have weigh, of what all names weigh. A rare name weighs more than a frequent one.',
  })
  score!: number;

  @Field(() => Int, {
    description: 'How many names of fields both have, those of one concept as one, with types that fit.',
  })
  shared!: number;

  @Field(() => [String], {
    description: 'Some of these names as the first dataset spells them, the rarest first, at most ten.',
  })
  sharedFields!: string[];
}

@ObjectType({ description: 'A dataset that jobs read together with another.' })
export class TogetherDataset {
  @Field(() => Dataset, { description: 'The dataset.' })
  dataset!: Dataset;

  @Field(() => Int, { description: 'How many jobs read both now: of those that you may see.' })
  jobs!: number;

  @Field(() => Int, {
    description: 'How many of the latest 1,000 runs within 30 days that read the first dataset read this one too.',
  })
  recentRuns!: number;
}
