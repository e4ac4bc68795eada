import type { ReachAnswer } from '@headwater/application/classification/trace-tags';
import { isHiddenId } from '@headwater/domain/access/sight';
import type { StopReason } from '@headwater/domain/classification/carriage';
import type { ReachStop, TagPlace } from '@headwater/domain/classification/tag-reach';
import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { StopReasonEnum } from './governance-enums.js';
import { Tag, TagAssignment, toCarriedAssignment, toTag, toTagAssignment, type Positions } from './facts.js';
import { Transformation } from './lineage.js';

@ObjectType({ description: 'One place that a tag is in, or that values get to.' })
export class ReachedPlace {
  @Field(() => ID, { description: 'NodeId of the field, dataset or job; opaque where you may not see it.' })
  id!: string;

  @Field({ description: 'Whether you may not know what it is.' })
  hidden!: boolean;

  @Field(() => Int, { description: 'Hops between fields, or between datasets, from where it began; 0: there.' })
  distance!: number;

  @Field(() => [ID], {
    description:
      'The fields on the way, or the datasets and the jobs between them, from where it began to here, by the shortest way.',
  })
  via!: readonly string[];

  @Field(() => TagAssignment, {
    nullable: true,
    description: 'The tag as it holds here; null where values were asked about.',
  })
  assignment!: TagAssignment | null;
}

@ObjectType({ description: 'Where a tag, or the values of a field, do not go on.' })
export class ReachStopped {
  @Field(() => ID, { description: 'NodeId of the field or dataset that has it.' })
  from!: string;

  @Field(() => ID, { description: 'NodeId of the field or dataset that does not get it this way.' })
  to!: string;

  @Field(() => Tag, { nullable: true, description: 'Which tag; null where values were asked about.' })
  tag!: Tag | null;

  @Field(() => StopReasonEnum, { description: 'What ends it.' })
  because!: StopReason;

  @Field(() => [Transformation], { description: 'What happens between the two, as far as it was stated.' })
  transformations!: Transformation[];

  @Field(() => String, { nullable: true, description: 'Of NOT_HERE who said so; null for every other reason.' })
  enteredBy!: string | null;

  @Field(() => String, { nullable: true, description: 'Of NOT_HERE why, in their words.' })
  reason!: string | null;
}

@ObjectType({ description: 'Everywhere that a tag is, or that the values of a field get to.' })
export class TagReach {
  @Field(() => [ReachedPlace], { description: 'The nearest first, then by id; what is hidden last at its distance.' })
  places!: ReachedPlace[];

  @Field(() => Int, { description: 'How many places there are in all.' })
  total!: number;

  @Field(() => Int, { description: 'At how many places it ends.' })
  totalStops!: number;

  @Field(() => String, {
    nullable: true,
    description: 'Where to go on: the `after` of the next answer; null at the end.',
  })
  endCursor!: string | null;

  @Field({ description: 'The position of the log that the graph stood at.' })
  position!: string;

  readonly stopped!: readonly ReachStop[];
}

export function toTagReach({ places, total, stops, endCursor, moment }: ReachAnswer, positions: Positions): TagReach {
  return {
    places: places.map((place) => toPlace(place, positions)),
    total,
    totalStops: stops.length,
    stopped: stops,
    endCursor,
    position: positions.position(moment.position),
  };
}

function toPlace({ node: id, distance, via, origin, span }: TagPlace, positions: Positions): ReachedPlace {
  return { id, hidden: isHiddenId(id), distance, via, assignment: assignmentOf() };

  function assignmentOf(): TagAssignment | null {
    if (origin === null || span === null) return null;
    return distance === 0 ? toTagAssignment(origin, positions) : toCarriedAssignment({ origin, via, span }, positions);
  }
}

export function toReachStopped({ from, to, tag, because, transformations, saidBy }: ReachStop): ReachStopped {
  return {
    ...{ from, to, because },
    tag: tag === null ? null : toTag(tag),
    transformations: [...transformations],
    enteredBy: saidBy?.producer ?? null,
    reason: saidBy?.detail ?? null,
  };
}
