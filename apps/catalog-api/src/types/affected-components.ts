import type { ComponentChangeKind } from '@headwater/domain/reading/component-reader';
import type { Micros } from '@headwater/domain/time';
import { Field, Int, ObjectType } from '@nestjs/graphql';
import { Asset } from './asset.js';
import { PageInfo, type Connection, type Edge } from './connection.js';
import { ComponentChangeKindEnum } from './lineage-enums.js';
import { DateTime } from './scalars.js';

@ObjectType({ description: 'How many components of a kind came, and how many others changed.' })
export class ComponentCounts {
  @Field(() => Int, { description: 'Heard of for the first time in the period.' })
  created!: number;

  @Field(() => Int, { description: 'There before, and changed or dropped in the period.' })
  changed!: number;
}

@ObjectType({ description: 'One thing that became of a component.' })
export class ComponentChange {
  @Field(() => ComponentChangeKindEnum, { description: 'What.' })
  kind!: ComponentChangeKind;

  @Field(() => DateTime, { description: 'When it first was so in the period.' })
  at!: Micros;
}

@ObjectType({ description: 'A dataset or a job that came, changed or went.' })
export class AffectedComponent {
  @Field(() => Asset, { description: 'It, as it is now.' })
  asset!: Asset;

  @Field(() => [ComponentChange], { description: 'What became of it, each kind once.' })
  changes!: ComponentChange[];
}

@ObjectType({ description: 'One AffectedComponent of a page.' })
export class AffectedComponentEdge implements Edge<AffectedComponent> {
  @Field({ description: 'Opaque position of this item: as `after` it continues behind it.' })
  cursor!: string;

  @Field(() => AffectedComponent, { description: 'The AffectedComponent.' })
  node!: AffectedComponent;
}

@ObjectType({ description: 'Datasets and jobs that came, changed or went in a period, counted and listed by id.' })
export class AffectedComponents implements Connection<AffectedComponent, AffectedComponentEdge> {
  @Field(() => ComponentCounts, { description: 'Of all that match, whatever the page: datasets.' })
  datasets!: ComponentCounts;

  @Field(() => ComponentCounts, { description: 'Of all that match, whatever the page: jobs.' })
  jobs!: ComponentCounts;

  @Field(() => [AffectedComponentEdge], { description: 'The items with their cursors, in the order of the list.' })
  edges!: AffectedComponentEdge[];

  @Field(() => PageInfo, { description: 'Where this page stands in the list.' })
  pageInfo!: PageInfo;
}
