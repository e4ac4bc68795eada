import type { ProducerView } from '@headwater/domain/reading/event-reader';
import type { Micros } from '@headwater/domain/time';
import { Field, Int, ObjectType } from '@nestjs/graphql';
import { DateTime } from './scalars.js';

/*
 * Counts and times of who sees the whole catalog come from the projection. Everybody else has them of the events that
 * they may see, which takes the bytes of each, and so of the latest ones only: a count over all would tell that there is
 * more, and no producer, when last heard.
 */
@ObjectType({ description: 'A system that sends events, as you may know of it.' })
export class Producer {
  @Field(() => String, {
    nullable: true,
    description: 'Its name as it stands in its events; null for events that name none.',
  })
  producer!: string | null;

  @Field(() => DateTime, { description: 'When the first of its events reached the server, of those that you may see.' })
  firstSeenAt!: Micros;

  @Field(() => DateTime, {
    description: 'When the latest of its events reached the server, of those that you may see.',
  })
  lastSeenAt!: Micros;

  @Field(() => Int, { description: 'How many events it sent, of those that you may see.' })
  events!: number;

  @Field(() => Int, { description: 'How much in them could not be taken at its word, of what you may see.' })
  findings!: number;

  @Field({
    description:
      'False: at least so many, and perhaps first seen earlier. Who may see a part of the catalog only has the latest events looked through.',
  })
  isExact!: boolean;
}

export function toProducer({ key: _key, ...view }: ProducerView): Producer {
  return view;
}
