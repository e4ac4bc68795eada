import { AcceptFinding, type SettledFinding } from '@headwater/application/governance/accept-finding';
import { textOf } from '@headwater/domain/governance/accepted-findings';
import type { AccessServices } from '@headwater/platform/access/access-services';
import { ACCESS } from '@headwater/platform/tokens';
import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { AcceptFindingInput, WithdrawAcceptanceInput, type NamedFindingInput } from '../arguments/architecture-args.js';
import type { CatalogContext } from '../catalog-context.js';
import { Operation } from '../operation.guard.js';
import {
  EditFindingResult,
  toArchitectureFinding,
  type EditedFinding,
  type FindingRefusal,
} from '../types/architecture.js';
import { editedOrRefused } from './refusals.js';

const EDITS = { scope: 'catalog:edit', reads: ['CATALOG', 'GRAPH'] } as const;

/** What people say of findings about the architecture. */
@Resolver()
export class ArchitectureMutationResolver {
  constructor(
    private readonly use: AcceptFinding,
    @Inject(ACCESS) private readonly access: Pick<AccessServices, 'refusals'>,
  ) {}

  @Mutation(() => EditFindingResult, {
    description:
      'Lets a finding of the architecture stand, with a reason: it is told as accepted as long as the job reads the dataset past the same domain.',
  })
  @Operation(EDITS)
  acceptFinding(
    @Args('input', { description: 'Which, and why.' }) input: AcceptFindingInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<EditedFinding | FindingRefusal> {
    return this.#do(context, (by) =>
      this.use.accept(
        by,
        context.view.catalog,
        input,
        { ...requestOf(input), reason: input.reason },
        async (domain) => {
          const found = await context.loaders.architecture.load(domain, context.readTime({}));
          return found ?? [];
        },
      ),
    );
  }

  @Mutation(() => EditFindingResult, { description: 'Takes back that a finding may stand: it is open again.' })
  @Operation(EDITS)
  withdrawAcceptance(
    @Args('input', { description: 'Which, and why.' }) input: WithdrawAcceptanceInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<EditedFinding | FindingRefusal> {
    return this.#do(context, (by) =>
      this.use.withdraw(by, context.view.catalog, input, { ...requestOf(input), reason: input.reason ?? null }),
    );
  }

  #do(
    context: CatalogContext,
    settle: (by: NonNullable<CatalogContext['principal']>) => Promise<SettledFinding>,
  ): Promise<EditedFinding | FindingRefusal> {
    return editedOrRefused(
      context,
      this.access,
      async (by) => {
        const { key, position, isReadable } = await settle(by);
        // Past the loaders, which may remember it as it was.
        const time = context.readTime({});
        const found = isReadable ? await context.view.lineage.architectureFindings(time, key.domain) : [];
        const finding = found.find((one) => textOf(one) === textOf(key));
        return {
          finding: finding === undefined ? null : toArchitectureFinding(finding, time),
          position: context.position(position),
          isReadable,
        };
      },
      () => Promise.resolve(null),
    );
  }
}

function requestOf({ idempotencyKey = null }: NamedFindingInput) {
  return { idempotencyKey, expectedVersion: null };
}
