import { roleNamed } from '@headwater/domain/governance/owner-roles';
import { AnswerOwnership } from '@headwater/application/governance/answer-ownership';
import { HeadwaterError } from '@headwater/domain/errors';
import type { AccessServices } from '@headwater/platform/access/access-services';
import { ACCESS } from '@headwater/platform/tokens';
import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { ConfirmOwnershipInput, DeclineOwnershipInput } from '../arguments/edit-args.js';
import { idOf } from '../arguments/ids.js';
import type { CatalogContext } from '../catalog-context.js';
import { Operation } from '../operation.guard.js';
import { EditAssetResult, type EditedAsset, type EditRefusal } from '../types/edit-results.js';
import { assetNow } from './edit.mutation.resolver.js';
import { editedOrRefused } from './refusals.js';

// The owner itself need not be an editor: the use case asks for one or the other.
const ANSWERS = { scope: 'catalog:read' } as const;

/** What owners say of what they answer for: each an event of the log. */
@Resolver()
export class OwnershipAnswerResolver {
  constructor(
    private readonly answer: AnswerOwnership,
    @Inject(ACCESS) private readonly access: Pick<AccessServices, 'refusals'>,
  ) {}

  @Mutation(() => EditAssetResult, {
    description:
      'Confirms that somebody answers for a dataset or a job: by themself, or by whoever may edit it in their place.',
  })
  @Operation(ANSWERS)
  confirmOwnership(
    @Args('input', { description: 'Who, and for what.' }) input: ConfirmOwnershipInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<EditedAsset | EditRefusal> {
    return this.#do(context, input, null);
  }

  @Mutation(() => EditAssetResult, {
    description:
      'Declines that somebody answers for a dataset or a job: by themself, or by whoever may edit it in their place. They answer no more, until it is confirmed or somebody enters them again.',
  })
  @Operation(ANSWERS)
  declineOwnership(
    @Args('input', { description: 'Who, for what, and why.' }) input: DeclineOwnershipInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<EditedAsset | EditRefusal> {
    return this.#do(context, input, input.why.trim());
  }

  #do(
    context: CatalogContext,
    input: ConfirmOwnershipInput,
    declinedFor: string | null,
  ): Promise<EditedAsset | EditRefusal> {
    const { on, agent, role, reason = null, expectedVersion = null, idempotencyKey = null } = input;
    const wanted = {
      on,
      agent: idOf(agent),
      role: roleNamed(role),
      declinedFor,
      reason,
      expectedVersion,
      idempotencyKey,
    };
    return editedOrRefused(
      context,
      this.access,
      async (by) => {
        const { asset, position, isReadable, removedTags } = await this.answer.execute(
          by,
          context.view.catalog,
          wanted,
        );
        const answered = await assetNow(context, asset);
        if (answered === null) throw new HeadwaterError('INTERNAL', 'the catalog lacks an asset that was just edited');
        return { asset: answered, position: context.position(position), isReadable, removedTags };
      },
      () => assetNow(context, on),
    );
  }
}
