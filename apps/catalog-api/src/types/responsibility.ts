import { Field, ObjectType } from '@nestjs/graphql';
import { Asset } from './asset.js';
import { PageInfo, type Connection, type Edge } from './connection.js';
import { EffectiveOwner } from './effective-owners.js';

@ObjectType({ description: 'One asset that an agent answers for, and as what.' })
export class Responsibility {
  @Field(() => Asset, { description: 'The dataset or the job.' })
  asset!: Asset;

  @Field(() => [EffectiveOwner], {
    description: 'Each role of the agent, and which edit, rule or facet says so; nobody stronger is named in it.',
  })
  roles!: EffectiveOwner[];
}

@ObjectType({ description: 'One Responsibility of a page.' })
export class ResponsibilityEdge implements Edge<Responsibility> {
  @Field({ description: 'Opaque position of this item: as `after` it continues behind it.' })
  cursor!: string;

  @Field(() => Responsibility, { description: 'The Responsibility.' })
  node!: Responsibility;
}

@ObjectType({ description: 'A page of Responsibilities (Relay connections).' })
export class ResponsibilityConnection implements Connection<Responsibility, ResponsibilityEdge> {
  @Field(() => [ResponsibilityEdge], { description: 'The items with their cursors, in the order of the list.' })
  edges!: ResponsibilityEdge[];

  @Field(() => PageInfo, { description: 'Where this page stands in the list.' })
  pageInfo!: PageInfo;

  readonly count!: () => Promise<number>;
}
