import type { CollectionPlan as Plan } from '@headwater/application/collection/plan-collection';
import type { CollectionGoal } from '@headwater/domain/collection/choose-places';
import type {
  CollectionOption as Option,
  PlannedDataset,
  PlannedRead,
} from '@headwater/domain/collection/collection-plan';
import type { JoinReason } from '@headwater/domain/collection/join-keys';
import type { NodeId } from '@headwater/domain/identifiers';
import type { Micros } from '@headwater/domain/time';
import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { CollectionGoalEnum, JoinReasonEnum } from './discovery-enums.js';
import { Agent, TagAssignment, toCarriedAssignment, toTagAssignment, type Positions } from './facts.js';
import { DateTime } from './scalars.js';

@ObjectType({ description: 'A field to read, and which of the wanted ones it stands for.' })
export class CollectedField {
  @Field(() => ID, { description: 'NodeId of the field that is wanted.' })
  target!: string;

  @Field(() => ID, { description: 'NodeId of the field to read: the wanted one, or one with the same values.' })
  id!: string;

  @Field(() => [ID], {
    description:
      'Copies from the wanted field up to where both come from, and down to the one to read; both ends included. What you may not see is opaque.',
  })
  via!: readonly string[];

  @Field(() => ID, { description: 'The one of `via` that both ends are copies of: values flow from it to either end.' })
  commonSource!: string;

  @Field(() => Int, {
    description: 'How many copies lie between it and the field that all of them come from; 0: there.',
  })
  stepsFromSource!: number;

  @Field(() => [TagAssignment], {
    description: 'The tags that were put on it, then those that came along its lineage.',
  })
  tags!: TagAssignment[];
}

@ObjectType({ description: 'A dataset to read.' })
export class CollectedDataset {
  @Field(() => ID, { description: 'Its NodeId.' })
  id!: string;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When its latest version was made; null where no run is known to have written one.',
  })
  freshAt!: Micros | null;

  @Field(() => Int, { description: 'From 1: joins connect the datasets of one group, and no key connects two groups.' })
  group!: number;

  @Field(() => [CollectedField], { description: 'What to read of it, in the order of the targets.' })
  fields!: CollectedField[];
}

@ObjectType({ description: 'Two fields that two datasets may be joined on.' })
export class CollectionKey {
  @Field(() => ID, { description: 'NodeId of the field of the left dataset.' })
  left!: string;

  @Field(() => ID, { description: 'NodeId of the field of the right dataset.' })
  right!: string;

  @Field(() => Int, { description: 'How much speaks for it, 1 to 15: what comes from one field outweighs any name.' })
  score!: number;

  @Field(() => [JoinReasonEnum], { description: 'What speaks for it.' })
  reasons!: readonly JoinReason[];

  @Field(() => ID, {
    nullable: true,
    description: 'The field whose values both have; null where no lineage says that they come from one.',
  })
  source!: string | null;
}

@ObjectType({ description: 'How two datasets of a plan are put together.' })
export class CollectionJoin {
  @Field(() => ID, { description: 'NodeId of one dataset.' })
  left!: string;

  @Field(() => ID, { description: 'NodeId of the other one.' })
  right!: string;

  @Field(() => [CollectionKey], { description: 'What they may be joined on, the strongest first: at most three.' })
  keys!: CollectionKey[];
}

@ObjectType({ description: 'Components that a plan touches.' })
export class CollectionComponents {
  @Field(() => Int, { description: 'Datasets that are read.' })
  read!: number;

  @Field(() => Int, { description: 'Jobs that are made: the one that collects.' })
  created!: number;

  @Field(() => Int, {
    description: 'Producers that have to be changed to pass a key on: one for each group of datasets but the first.',
  })
  changed!: number;

  @Field(() => Int, { description: 'All of them.' })
  total!: number;
}

@ObjectType({ description: 'Whom to ask, and for what.' })
export class CollectionContact {
  @Field(() => Agent, { description: 'Who answers for the datasets.' })
  agent!: Agent;

  @Field(() => [String], { description: 'In which roles.' })
  roles!: string[];

  @Field(() => [ID], { description: 'NodeIds of the datasets of the plan that they answer for.' })
  datasets!: string[];
}

@ObjectType({ description: 'One way to collect the fields, and what it costs.' })
export class CollectionOption {
  @Field(() => [CollectionGoalEnum], { description: 'What no other choice is better at.' })
  goals!: readonly CollectionGoal[];

  @Field(() => [CollectedDataset], { description: 'What to read, by group and then by id.' })
  datasets!: CollectedDataset[];

  @Field(() => [CollectionJoin], { description: 'How it is put together: one join fewer than datasets in each group.' })
  joins!: CollectionJoin[];

  @Field(() => CollectionComponents, { description: 'How many components it touches.' })
  components!: CollectionComponents;

  @Field(() => DateTime, {
    nullable: true,
    description: 'How fresh all of it is: the `freshAt` of the oldest dataset; null where that of one is not known.',
  })
  freshAt!: Micros | null;

  @Field(() => Int, { description: 'How many fields to read carry a tag that says how sensitive they are.' })
  sensitiveFields!: number;

  @Field(() => Int, { description: 'How many copies lie between what is read and its sources, over all fields.' })
  stepsFromSources!: number;

  @Field({ description: 'Whether nothing is better; false where there is too much to choose from to be sure.' })
  isOptimal!: boolean;

  readonly datasetIds!: readonly NodeId[];
}

@ObjectType({ description: 'How fields that somebody wants in one table can be collected.' })
export class CollectionPlan {
  @Field(() => [ID], { description: 'NodeIds of the fields that are wanted, each once.' })
  targets!: readonly string[];

  @Field(() => CollectionOption, { description: 'The way that touches the fewest components.' })
  plan!: CollectionOption;

  @Field(() => [CollectionOption], { description: 'Other ways, each the best at something else.' })
  alternatives!: CollectionOption[];

  @Field({ description: 'Whether everything that the fields may be read from was looked at.' })
  isComplete!: boolean;

  @Field({ description: 'The position of the log that the graph stood at.' })
  position!: string;
}

const MOST_KEYS = 3;

export function toCollectionPlan(
  { targets, options, isComplete, position }: Plan,
  positions: Positions,
): CollectionPlan {
  const [plan, ...alternatives] = options.map((option) => toOption(option, positions));
  if (plan === undefined) throw new RangeError('a plan has one option at least');
  return { targets, plan, alternatives, isComplete, position: positions.position(position) };
}

function toOption(option: Option, positions: Positions): CollectionOption {
  const { goals, joins, components, freshAt, sensitiveFields, stepsFromSources, isOptimal } = option;
  return {
    ...{ goals, freshAt, sensitiveFields, stepsFromSources, isOptimal },
    components: { ...components, total: components.read + components.created + components.changed },
    datasets: option.datasets.map((dataset) => toDataset(dataset, positions)),
    joins: joins.map(({ left, right, keys }) => ({
      left,
      right,
      keys: keys.slice(0, MOST_KEYS).map((key) => ({ ...key })),
    })),
    datasetIds: option.datasets.map(({ dataset }) => dataset),
  };
}

function toDataset({ dataset: id, freshAt, group, reads }: PlannedDataset, positions: Positions): CollectedDataset {
  return { id, freshAt, group, fields: reads.map((read) => toCollectedField(read, positions)) };
}

function toCollectedField(
  { target, field: id, via, commonSource, depth, tags }: PlannedRead,
  positions: Positions,
): CollectedField {
  return {
    ...{ target, id, via, commonSource, stepsFromSource: depth },
    tags: [
      ...tags.put.map((fact) => toTagAssignment(fact, positions)),
      ...tags.carried.map((tag) => toCarriedAssignment(tag, positions)),
    ],
  };
}
