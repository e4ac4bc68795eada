import type { RunEventType } from '@headwater/domain/events';
import type { RefusedEventRow } from '@headwater/domain/refused-event';
import type { Micros } from '@headwater/domain/time';
import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionTypes } from './connection.js';
import { RunEventTypeEnum } from './lineage-enums.js';
import { DateTime } from './scalars.js';

const AS_READ = 'as far as it could be read, and cut where it is long; of several events the latest’s';

@ObjectType({
  description:
    'What one sender was refused for one reason within a minute. The events themselves are not kept; lines go after 30 days, or when 1,000 later ones have come.',
})
export class RefusedEvent {
  @Field(() => ID, { description: 'Identifies it.' })
  id!: string;

  @Field(() => DateTime, { description: 'When the first of the events came.' })
  firstAt!: Micros;

  @Field(() => DateTime, { description: 'When the last of the events came.' })
  lastAt!: Micros;

  @Field(() => Int, { description: 'How many events were refused.' })
  count!: number;

  @Field(() => ID, { nullable: true, description: 'Who sent them, as `viewer.id`; null where senders count together.' })
  actor!: string | null;

  @Field(() => String, { nullable: true, description: 'The name of the token or person that sent them.' })
  actorName!: string | null;

  @Field(() => String, { nullable: true, description: 'From which address; null where senders count together.' })
  address!: string | null;

  @Field({ description: 'Where they were sent to.' })
  path!: string;

  @Field(() => Int, { description: 'The HTTP status; in a batch, the one that the event alone would have got.' })
  status!: number;

  @Field({ description: 'Why, as a stable upper-case code.' })
  code!: string;

  @Field({ description: 'What the sender was told, without quotes of what was sent.' })
  message!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Where in the event, as an RFC 6901 pointer; null for the event as a whole.',
  })
  pointer!: string | null;

  @Field(() => String, { nullable: true, description: `Its producer, ${AS_READ}.` })
  producer!: string | null;

  @Field(() => RunEventTypeEnum, { nullable: true, description: `What it says of its run, ${AS_READ}.` })
  eventType!: RunEventType | null;

  @Field(() => String, { nullable: true, description: `The namespace of its job, ${AS_READ}.` })
  jobNamespace!: string | null;

  @Field(() => String, { nullable: true, description: `The name of its job, ${AS_READ}.` })
  jobName!: string | null;

  @Field(() => String, { nullable: true, description: `The id of its run, ${AS_READ}.` })
  runId!: string | null;

  @Field(() => String, { nullable: true, description: `The namespace of the dataset that it is about, ${AS_READ}.` })
  datasetNamespace!: string | null;

  @Field(() => String, { nullable: true, description: `The name of the dataset that it is about, ${AS_READ}.` })
  datasetName!: string | null;
}

export const RefusedEventConnection = connectionTypes(() => RefusedEvent, 'RefusedEvent');

export function toRefusedEvent({ outline, ...row }: RefusedEventRow): RefusedEvent {
  return { ...row, ...outline };
}
