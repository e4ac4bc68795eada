import { HeadwaterError } from '@headwater/domain/errors';
import { createUnionType, Field, ObjectType } from '@nestjs/graphql';
import { Asset } from './asset.js';
import { AccessFault, FaultParameter, isExpected } from './access-results.js';

@ObjectType({ description: 'An edit that was made.' })
export class EditedAsset {
  @Field(() => Asset, { description: 'What was edited, or whose field; as it is with the edit once that is readable.' })
  asset!: Asset;

  @Field({ description: 'Where the edit is in the log: `headwater-position` for whoever reads elsewhere.' })
  position!: string;

  @Field({
    description:
      'False where the catalog or the graph is behind: the edit is kept, and shows once both have come so far.',
  })
  isReadable!: boolean;

  @Field(() => [String], {
    description:
      'Of `untagAsset` the tags that it had and that were taken off, of a bare key all of that key; empty where it had none: then none comes along to it any more.',
  })
  removedTags!: readonly string[];
}

@ObjectType({ description: 'Why an edit was not made. Nothing was changed.' })
export class EditRefusal {
  @Field({
    description:
      'A stable upper-case code: INVALID_INPUT, NO_SUCH_ASSET, NO_SUCH_FIELD, NO_SUCH_DOMAIN, NO_SUCH_TERM, NO_SUCH_DATA_PRODUCT, NO_SUCH_LOGICAL_DATASET, IN_OTHER_LOGICAL_DATASET, NO_SUCH_PROPERTY, PROPERTY_CHANGED, NO_SUCH_OWNERSHIP, MISSING_SCOPE, EDITED_MEANWHILE, KEY_USED, ALREADY_DELETED, NOT_DELETED; others may come.',
  })
  reason!: string;

  @Field({ description: 'The same in words.' })
  message!: string;

  @Field(() => [FaultParameter], {
    nullable: true,
    description:
      'What `message` speaks of, to word it in another language by `reason`: of EDITED_MEANWHILE `by`, who edited it, where that is known.',
  })
  parameters?: readonly FaultParameter[] | null;

  @Field(() => [AccessFault], { description: 'What is wrong with the input; empty where it is not the input.' })
  faults!: readonly AccessFault[];

  @Field(() => Asset, {
    nullable: true,
    description: 'Of EDITED_MEANWHILE: the asset as it is now, with its `editVersion`.',
  })
  current!: Asset | null;
}

export const EditAssetResult = createUnionType({
  name: 'EditAssetResult',
  description: 'The edited asset, or why nothing was changed.',
  types: () => [EditedAsset, EditRefusal] as const,
  resolveType: (value: object) => ('reason' in value ? EditRefusal : EditedAsset),
});

/** An expected failure of an edit as the typed refusal that it is; undefined for every other error. */
export function toEditRefusal(error: unknown): Omit<EditRefusal, 'current'> | undefined {
  if (!(error instanceof HeadwaterError) || !isExpected(error)) return undefined;
  const { category, reason, message, faults, facts } = error;
  const parameters = Object.entries(facts).flatMap(([name, value]) =>
    typeof value === 'string' ? [{ name, value }] : [],
  );
  return { reason: reason ?? category, message, faults, parameters: parameters.length === 0 ? null : parameters };
}
