import type { EventView } from '@headwater/domain/reading/event-reader';
import type { CatalogEventKind, EventOutline, RunEventType } from '@headwater/domain/events';
import type { FindingRow } from '@headwater/domain/catalog';
import { datasetId, jobId } from '@headwater/domain/identifiers';
import type { Micros } from '@headwater/domain/time';
import { Field, ID, ObjectType } from '@nestjs/graphql';
import type { EditOutline } from '@headwater/domain/governance/edit-outline';
import type { EditedPart as DomainPart } from '@headwater/domain/governance/edited-part';
import { EditActionEnum, EditedPartEnum } from './governance-enums.js';
import { EventKindEnum, RunEventTypeEnum } from './lineage-enums.js';
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

@ObjectType({ description: 'Something that an edit says is so, or is no more.' })
export class EditedPart {
  @Field(() => EditActionEnum, { description: 'Which of both.' })
  action!: DomainPart['action'];

  @Field(() => EditedPartEnum, { description: 'What of it.' })
  part!: DomainPart['part'];

  @Field(() => ID, { description: 'NodeId of the asset, the field or the domain.' })
  on!: string;

  @Field(() => String, {
    nullable: true,
    description: 'A name or text, or the NodeId of an owner or a domain; null where it is whatever was entered.',
  })
  value!: string | null;

  @Field(() => String, { nullable: true, description: 'The role of an owner; null elsewhere, and for every role.' })
  detail!: string | null;
}

@ObjectType({ description: 'What an event says of itself, names as they were sent: enough for a line of a list.' })
export class EventSummary {
  @Field(() => String, {
    nullable: true,
    description: 'Who sent it, as it says, or made the edit; null where it does not say.',
  })
  producer!: string | null;

  @Field(() => RunEventTypeEnum, {
    nullable: true,
    description: 'What it says of its run; null where it says nothing.',
  })
  eventType!: RunEventType | null;

  @Field(() => String, { nullable: true, description: 'The namespace of its job; null for an event without one.' })
  jobNamespace!: string | null;

  @Field(() => String, { nullable: true, description: 'The name of its job; null for an event without one.' })
  jobName!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The id of its run as a lower-case UUID; null for an event without one.',
  })
  runId!: string | null;

  @Field(() => String, { nullable: true, description: 'The namespace of the dataset that it alone is about.' })
  datasetNamespace!: string | null;

  @Field(() => String, { nullable: true, description: 'The name of the dataset that it alone is about.' })
  datasetName!: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'NodeId of the job, dataset or domain that it is about, as sent: known to the catalog once it is projected.',
  })
  subjectId!: string | null;

  @Field(() => [EditedPart], { description: 'Of an edit what it says; empty for what producers send.' })
  edits!: readonly EditedPart[];

  @Field(() => String, { nullable: true, description: 'Of an edit why it was made, where that was said.' })
  reason!: string | null;
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

export function toEventSummary(outline: EventOutline): EventSummary {
  const { jobNamespace, jobName, datasetNamespace, datasetName } = outline;
  const job = jobNamespace === null || jobName === null ? null : jobId(jobNamespace, jobName);
  const dataset = datasetNamespace === null || datasetName === null ? null : datasetId(datasetNamespace, datasetName);
  return { ...outline, subjectId: job ?? dataset, edits: [], reason: null };
}

export function toEditSummary({ by, reason, subject, parts }: EditOutline): EventSummary {
  const none = { eventType: null, jobNamespace: null, jobName: null, runId: null };
  return {
    ...{ ...none, datasetNamespace: null, datasetName: null },
    ...{ producer: by, subjectId: subject, edits: parts, reason },
  };
}

export function toFinding(row: FindingRow): Finding {
  const { code, pointer, message, recordedAt } = row;
  return { code, pointer, message, recordedAt, row };
}
