import type { RefusedEventFilter as DomainFilter } from '@headwater/domain/refused-event';
import { ArgsType, Field, ID, InputType, Int } from '@nestjs/graphql';
import { PageOf20 } from './page-args.js';
import { boundsOf, Period } from './time-args.js';

@InputType({ description: 'Every given member must hold.' })
export class RefusedEventFilter {
  @Field(() => [Int], {
    nullable: true,
    description: 'Events that were answered with one of these statuses; an empty list: with any.',
  })
  statuses?: number[] | null;

  @Field(() => ID, { nullable: true, description: 'What this caller sent, as `viewer.id`.' })
  actor?: string | null;

  @Field(() => String, { nullable: true, description: 'What came from this address.' })
  address?: string | null;

  @Field(() => Period, { nullable: true, description: 'Lines whose last event came in this period.' })
  period?: Period | null;
}

@ArgsType()
export class RefusedEventListArgs extends PageOf20 {
  @Field(() => RefusedEventFilter, { nullable: true, description: 'Which lines; none: all.' })
  filter?: RefusedEventFilter | null;
}

/** INVALID_INPUT for a period that ends before it begins. */
export function toRefusedEventFilter({ statuses, actor, address, period }: RefusedEventFilter): DomainFilter {
  return {
    ...(statuses && statuses.length > 0 ? { statuses } : {}),
    ...(typeof actor === 'string' ? { actor } : {}),
    ...(typeof address === 'string' ? { address } : {}),
    ...boundsOf(period),
  };
}
