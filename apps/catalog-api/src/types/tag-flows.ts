import type { TagFlows as FlowsOf } from '@headwater/application/classification/map-tag-flows';
import type { FlowLink as LinkOf, FlowNode as NodeOf, FlowPlace } from '@headwater/domain/classification/tag-flows';
import type { ReadTime } from '@headwater/domain/reading/read-time';
import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { FlowPlaceKindEnum } from './governance-enums.js';
import type { Positions } from './facts.js';

@ObjectType({
  description: 'A place of a map of flows with what is in it. A field counts once, whichever values it has.',
})
export class FlowPlaceNode {
  @Field(() => ID, { description: 'Tells it from others of the map; as `open` it is opened.' })
  id!: string;

  @Field(() => FlowPlaceKindEnum, { description: 'What it is.' })
  kind!: FlowPlace['kind'];

  @Field(() => Int, {
    description: 'Fields of it that have the tag, of HIDDEN whatever has it; 0: it ends before all of them.',
  })
  fields!: number;

  @Field(() => Int, { description: 'Those of them that it was put on.' })
  sources!: number;

  @Field(() => Int, {
    description:
      'Datasets and jobs that have it as a whole: it was put there, or came along datasets where a rule says so.',
  })
  assets!: number;

  @Field(() => Int, { description: 'Fields that stand outside the organization: their domain does.' })
  outside!: number;

  @Field(() => Int, { description: 'Fields that it goes no further from.' })
  ends!: number;

  @Field(() => Int, { description: 'The least hops to it from where the tag was put.' })
  distance!: number;

  @Field(() => Int, { description: 'Of OTHERS how many places it stands for; of every other 1.' })
  places!: number;

  readonly of!: FlowPlace;
  readonly time!: ReadTime;
}

@ObjectType({ description: 'What goes from one place of a map to another, or within one.' })
export class FlowPlaceLink {
  @Field(() => ID, { description: 'The place that it comes from.' })
  from!: string;

  @Field(() => ID, { description: 'The place that it goes to.' })
  to!: string;

  @Field(() => Int, { description: 'Fields of `to` that have the tag from a field of `from`.' })
  fields!: number;

  @Field(() => Int, { description: 'Ways between two fields that masking ends.' })
  masked!: number;

  @Field(() => Int, { description: 'Ways between two fields that end for another reason.' })
  stopped!: number;
}

@ObjectType({ description: 'The ways of a tag from where it was put to where it ends.' })
export class TagFlows {
  @Field(() => [FlowPlaceNode], { description: 'The nearest first, then the largest.' })
  nodes!: FlowPlaceNode[];

  @Field(() => [FlowPlaceLink], { description: 'All between the places of the map, those of most fields first.' })
  links!: readonly LinkOf[];

  @Field(() => Int, { description: 'Fields that have the tag, and whatever has it that you may not see.' })
  totalFields!: number;

  @Field(() => Int, { description: 'Datasets and jobs that have it as a whole, of those that you may see.' })
  totalAssets!: number;

  @Field(() => Int, { description: 'Fields that have it outside the organization.' })
  totalOutside!: number;

  @Field({ description: 'The position of the log that the graph stood at.' })
  position!: string;
}

export function toTagFlows(flows: FlowsOf, time: ReadTime, positions: Positions): TagFlows {
  return {
    ...flows,
    nodes: flows.nodes.map((node) => toNode(node, time)),
    position: positions.position(flows.position),
  };
}

function toNode({ place, ...counts }: NodeOf, time: ReadTime): FlowPlaceNode {
  return Object.assign(new FlowPlaceNode(), { ...place, ...counts, of: place, time });
}
