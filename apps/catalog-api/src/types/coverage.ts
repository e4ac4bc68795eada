import type { Coverage as DomainCoverageCounts } from '@headwater/domain/governance/coverage';
import { Field, Int, ObjectType } from '@nestjs/graphql';
import { Domain } from './domain.js';

@ObjectType({ description: 'How many datasets and jobs there are, and how many of them are governed.' })
export class CoverageCounts {
  @Field(() => Int, { description: 'How many there are.' })
  assets!: number;

  @Field(() => Int, { description: 'How many of them somebody answers for: by edits, rules or facets.' })
  owned!: number;

  @Field(() => Int, { description: 'How many of them have one of the tags asked for, or a field with it.' })
  tagged!: number;
}

@ObjectType({ description: 'How much of a domain and all its parts is governed.' })
export class DomainCoverage {
  @Field(() => Domain, { nullable: true, description: 'The domain; null: what is in none.' })
  domain!: Domain | null;

  @Field(() => CoverageCounts, { description: 'What is in it and in its parts.' })
  counts!: DomainCoverageCounts;
}

@ObjectType({ description: 'How much of the catalog is governed, as search counts it: of what you may see.' })
export class Coverage {
  @Field(() => CoverageCounts, { description: 'Of everything, once.' })
  total!: DomainCoverageCounts;

  @Field(() => [DomainCoverage], {
    description:
      'Of every domain with its parts, by id; last what is in none. What is in a part counts in each above it.',
  })
  domains!: DomainCoverage[];
}
