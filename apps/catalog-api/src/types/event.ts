import type { EventView } from '@headwater/domain/catalog-reader';
import type { CatalogEventKind } from '@headwater/domain/events';
import type { FindingRow } from '@headwater/domain/catalog';
import type { Micros } from '@headwater/domain/time';
import { Field, ObjectType } from '@nestjs/graphql';
import { EventKindEnum } from './enums.js';
import { DateTime } from './scalars.js';

@ObjectType({ description: 'An entry of the log: an event as it was received.' })
export class Event {
  @Field({ description: 'Its place in the log: the log id, a dot and a number that grows with every entry.' })
  position!: string;

  @Field(() => EventKindEnum, { description: 'What it is about.' })
  kind!: CatalogEventKind;

  @Field(() => DateTime, { description: 'When it first reached the server.' })
  receivedAt!: Micros;

  @Field(() => DateTime, { description: 'When it was written to the log: the record time of what follows from it.' })
  recordedAt!: Micros;

  @Field(() => DateTime, {
    nullable: true,
    description: 'The time that it counts for: its own, unless that lies in the future. Null until it is projected.',
  })
  effectiveAt!: Micros | null;

  readonly number!: number;
}

@ObjectType({ description: 'Something in an event that could not be taken at its word. Findings never stop an event.' })
export class Finding {
  @Field({ description: 'What it is, as a stable upper-case code.' })
  code!: string;

  @Field({ description: 'Where in the event, as an RFC 6901 pointer.' })
  pointer!: string;

  @Field({ description: 'The same in words.' })
  message!: string;

  @Field(() => DateTime, { description: 'When the event was written to the log.' })
  recordedAt!: Micros;

  readonly row!: FindingRow;
}

export function toEvent(logPosition: string, view: EventView): Event {
  const { kind, receivedAt, recordedAt, effectiveAt, position: number } = view;
  return { position: logPosition, kind, receivedAt, recordedAt, effectiveAt, number };
}

export function toFinding(row: FindingRow): Finding {
  const { code, pointer, message, recordedAt } = row;
  return { code, pointer, message, recordedAt, row };
}
