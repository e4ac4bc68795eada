import type { TagFlowRequest } from '@headwater/application/classification/map-tag-flows';
import type { ArchitectureFindingKind } from '@headwater/domain/governance/architecture-findings';
import type { Type } from '@nestjs/common';
import { ArgsType, Field, ID, InputType, Int } from '@nestjs/graphql';
import { ArchitectureFindingKindEnum, FlowGroupingEnum } from '../types/enums.js';
import { PartArgs } from './edit-job-args.js';
import { TimeArgs, TimedPageOf20 } from './time-args.js';

const KINDS = 'Only those of one of these; none: of any.';
const ACCEPTED = 'True: only those that somebody has accepted; false: only open ones; null: both.';
const DOMAIN = 'Only those in which this domain or a part of it is read or reads; none: of every one.';

@ArgsType()
export class ArchitectureFindingArgs extends (TimedPageOf20 as Type<TimedPageOf20>) {
  @Field(() => [ArchitectureFindingKindEnum], { nullable: true, description: KINDS })
  kinds?: ArchitectureFindingKind[] | null;

  @Field(() => ID, { nullable: true, description: DOMAIN })
  domain?: string | null;

  @Field(() => Boolean, { nullable: true, description: ACCEPTED })
  isAccepted?: boolean | null;
}

@ArgsType()
export class FindingPartArgs extends PartArgs {
  @Field(() => Boolean, { nullable: true, description: ACCEPTED })
  isAccepted?: boolean | null;
}

/** A finding as `architectureFindings` tells it. */
@InputType({ isAbstract: true })
export abstract class NamedFindingInput {
  @Field(() => ArchitectureFindingKindEnum, { description: 'What is not as meant.' })
  kind!: ArchitectureFindingKind;

  @Field(() => ID, { description: 'The `domain` of the finding.' })
  domain!: string;

  @Field(() => ID, { description: 'The job that reads.' })
  job!: string;

  @Field(() => ID, { description: 'The dataset that it reads.' })
  dataset!: string;

  @Field(() => ID, {
    nullable: true,
    description:
      'Names this request, in 1 to 200 characters, so that it can be sent again: the same edit of yours under the same key is made once.',
  })
  idempotencyKey?: string | null;
}

@InputType({ description: 'A finding that may stand.' })
export class AcceptFindingInput extends NamedFindingInput {
  @Field(() => String, { description: 'Why it may stand, for whoever asks later: 1 to 200 characters.' })
  reason!: string;
}

@InputType({ description: 'A finding that is to be open again.' })
export class WithdrawAcceptanceInput extends NamedFindingInput {
  @Field(() => String, { nullable: true, description: 'Why, for whoever asks later: 1 to 200 characters.' })
  reason?: string | null;
}

@ArgsType()
export class ArchitectureCountArgs extends TimeArgs {
  @Field(() => ID, { nullable: true, description: DOMAIN })
  domain?: string | null;
}

@ArgsType()
export class TagFlowArgs extends TimeArgs {
  @Field({ description: 'The tag: `key=value`, or a bare key for it and each of its values.' })
  tag!: string;

  @Field(() => FlowGroupingEnum, { defaultValue: 'DOMAIN', description: 'What the places of the map are.' })
  by!: TagFlowRequest['by'];

  @Field(() => [String], {
    defaultValue: [],
    description: 'Ids of places of this map to open, at most 10: their datasets stand for themselves.',
  })
  open!: string[];

  // Not `first`: the map has as many links as it has, and cost would take it for a list of lists.
  @Field(() => Int, {
    defaultValue: 30,
    description: 'How many places at most, from 1 to 60; all that are smaller are one more.',
  })
  most!: number;
}
