import type { RecentChange as DomainChange, RecentChangeKind } from '@headwater/domain/reading/recent-change-reader';
import type { Micros } from '@headwater/domain/time';
import { Field, ObjectType } from '@nestjs/graphql';
import { changeCursor } from '../arguments/saved-search-args.js';
import { Asset } from './asset.js';
import { RecentChangeKindEnum } from './discovery-enums.js';
import { DateTime } from './scalars.js';

@ObjectType({ description: 'The latest change of a kind of one asset.' })
export class RecentChange {
  @Field(() => Asset, { description: 'The dataset or the job, as it is now.' })
  asset!: Asset;

  @Field(() => RecentChangeKindEnum, { description: 'What changed.' })
  kind!: RecentChangeKind;

  @Field(() => DateTime, { description: 'When it was written to the log.' })
  at!: Micros;

  @Field({ description: 'Its place in `recentlyChanged`: as `after` the list goes on behind it.' })
  cursor!: string;

  @Field(() => [String], {
    description: 'Of a schema the fields that the one before had not; of the first schema all. Dots separate segments.',
  })
  fieldsAdded!: readonly string[];

  @Field(() => [String], { description: 'Of a schema the fields that the one before had.' })
  fieldsRemoved!: readonly string[];

  readonly position!: number | null;
  readonly producer!: string | null;
}

export function toRecentChange(change: DomainChange, asset: Asset): RecentChange {
  const { kind, at, position, producer, fieldsAdded, fieldsRemoved } = change;
  return { asset, kind, at, cursor: changeCursor(change), position, producer, fieldsAdded, fieldsRemoved };
}
