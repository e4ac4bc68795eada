import type { Need as DomainNeed, NeedKind } from '@headwater/application/saved/read-needs';
import type { NodeId } from '@headwater/domain/identifiers';
import { Field, Int, ObjectType } from '@nestjs/graphql';
import { NeedKindEnum } from './discovery-enums.js';

@ObjectType({ description: 'Something of which what the caller answers for is in need.' })
export class Need {
  @Field(() => NeedKindEnum, { description: 'What.' })
  kind!: NeedKind;

  @Field(() => Int, { description: 'How many there are: ownerships, suggestions, findings or assets.' })
  total!: number;

  @Field({ description: 'False where not all that the caller answers for was looked at, so that there may be more.' })
  isComplete!: boolean;

  readonly assetIds!: readonly NodeId[];
}

export function toNeed({ kind, total, isComplete, assets }: DomainNeed): Need {
  return { kind, total, isComplete, assetIds: assets };
}
