import type { Micros } from '@headwater/domain/time';
import type { LineageDirection, LineageGranularity, Side } from '@headwater/domain/traversal/lineage-answer';
import { ArgsType, Field, ID, Int } from '@nestjs/graphql';
import { LineageDirectionEnum, LineageGranularityEnum, LineageSideEnum } from '../types/lineage-enums.js';
import { DateTime } from '../types/scalars.js';
import { Period, TimeArgs } from './time-args.js';

const ROOT = 'NodeId of what is asked about, any name of merged datasets, or a bare run id.';
const DIRECTION = 'Which way to look.';
const DEPTH = 'How many hops at most: between datasets at DATASET, single edges elsewhere; 0 to 100.';
const GRANULARITY = 'What the nodes are.';
const KNOWN_AT = 'Only what was recorded by then counts; null means all that is known.';

@ArgsType()
export class LineageArgs extends TimeArgs {
  @Field(() => ID, { description: ROOT })
  root!: string;

  @Field(() => LineageDirectionEnum, { nullable: true, defaultValue: 'BOTH', description: DIRECTION })
  direction?: LineageDirection | null;

  @Field(() => Int, { nullable: true, defaultValue: 5, description: DEPTH })
  depth?: number | null;

  @Field(() => LineageGranularityEnum, { nullable: true, defaultValue: 'JOB', description: GRANULARITY })
  granularity?: LineageGranularity | null;

  @Field(() => Period, { nullable: true, description: 'Everything that held at some moment of it; not with `asOf`.' })
  between?: Period | null;

  @Field(() => Int, {
    nullable: true,
    defaultValue: 1000,
    description: 'How many nodes one answer holds at most: 1 to 5000.',
  })
  maxNodes?: number | null;

  @Field(() => String, { nullable: true, description: 'The `endCursor` of the answer to the same question before.' })
  after?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'Whether edges along which shown jobs, or runs, trigger each other are added; no data flows there.',
  })
  control?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description:
      'Whether logical datasets stand for their members: the root is a logical dataset then, or the one that it is in, and the walk begins at all of its members. At DATASET and JOB; one page, without `endCursor`.',
  })
  logical?: boolean | null;
}

@ArgsType()
export class LineageDiffArgs {
  @Field(() => ID, { description: ROOT })
  root!: string;

  @Field(() => LineageDirectionEnum, { nullable: true, defaultValue: 'BOTH', description: DIRECTION })
  direction?: LineageDirection | null;

  @Field(() => Int, { nullable: true, defaultValue: 5, description: DEPTH })
  depth?: number | null;

  @Field(() => LineageGranularityEnum, { nullable: true, defaultValue: 'JOB', description: GRANULARITY })
  granularity?: LineageGranularity | null;

  @Field(() => DateTime, { description: 'The earlier moment.' })
  from!: Micros;

  @Field(() => DateTime, { description: 'The later moment.' })
  to!: Micros;

  @Field(() => DateTime, { nullable: true, description: KNOWN_AT })
  knownAt?: Micros | null;
}

@ArgsType()
export class PathsArgs extends TimeArgs {
  @Field(() => ID, { description: 'NodeId where the data starts.' })
  from!: string;

  @Field(() => ID, { description: 'NodeId where it arrives.' })
  to!: string;

  @Field(() => LineageGranularityEnum, { nullable: true, defaultValue: 'JOB', description: GRANULARITY })
  granularity?: LineageGranularity | null;

  @Field(() => Int, { nullable: true, defaultValue: 5, description: 'How many paths at most: 1 to 50.' })
  limit?: number | null;
}

@ArgsType()
export class ImpactArgs extends TimeArgs {
  @Field(() => ID, { description: ROOT })
  root!: string;

  @Field(() => LineageSideEnum, {
    nullable: true,
    defaultValue: 'DOWNSTREAM',
    description: 'On which side to look: what a change of it would reach, or what a fault of it may come from.',
  })
  side?: Side | null;

  @Field(() => Int, {
    nullable: true,
    defaultValue: 5000,
    description: 'How many nodes one answer holds at most: 1 to 5000.',
  })
  maxNodes?: number | null;
}

@ArgsType()
export class LineageChangedArgs {
  @Field(() => ID, { description: 'NodeId of what is watched; any name of merged datasets. Nothing need have it yet.' })
  root!: string;

  @Field(() => LineageDirectionEnum, { nullable: true, defaultValue: 'BOTH', description: DIRECTION })
  direction?: LineageDirection | null;

  @Field(() => Int, { nullable: true, defaultValue: 5, description: DEPTH })
  depth?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'A position to catch up from, such as the one of the last payload; null begins now.',
  })
  after?: string | null;
}

@ArgsType()
export class ReachArgs extends TimeArgs {
  @Field(() => Int, {
    nullable: true,
    defaultValue: 1000,
    description: 'How many places one answer holds at most: 1 to 5000.',
  })
  maxNodes?: number | null;

  @Field(() => String, { nullable: true, description: 'The `endCursor` of the answer to the same question before.' })
  after?: string | null;
}

@ArgsType()
export class TagReachArgs extends ReachArgs {
  @Field({ description: 'The tag: `key=value`, or a bare key for it and each of its values.' })
  tag!: string;
}

@ArgsType()
export class FieldReachArgs extends ReachArgs {
  @Field(() => ID, { description: 'NodeId of the field; any name of merged datasets.' })
  field!: string;
}

// Not `first`: their number is of the whole answer, and not of each of its places, as the cost of a query would take it.
@ArgsType()
export class StopArgs {
  @Field(() => Int, { defaultValue: 0, description: 'How many to pass over.' })
  skip!: number;

  @Field(() => Int, { defaultValue: 100, description: 'How many at most: 1 to 1000.' })
  most!: number;
}
