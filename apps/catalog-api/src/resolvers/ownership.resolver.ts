import { EditOwnershipRules } from '@headwater/application/governance/edit-ownership-rules';
import { PreviewOwnershipRules } from '@headwater/application/governance/preview-ownership-rules';
import { lacking } from '@headwater/application/access/lacking';
import { respellNodeId } from '@headwater/domain/identifiers';
import type { AccessServices } from '@headwater/platform/access/access-services';
import { ACCESS } from '@headwater/platform/tokens';
import { Inject } from '@nestjs/common';
import { Args, Context, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { editRequest } from '../arguments/domain-args.js';
import { checkPart, PartArgs } from '../arguments/edit-job-args.js';
import { OwnershipRulesInput, SetOwnershipRulesInput, wantedRules } from '../arguments/ownership-rule-args.js';
import { TimeArgs } from '../arguments/time-args.js';
import type { CatalogContext } from '../catalog-context.js';
import { Operation } from '../operation.guard.js';
import { Asset } from '../types/asset.js';
import { EffectiveOwners, toEffectiveOwners } from '../types/effective-owners.js';
import {
  OwnershipRules,
  SetOwnershipRulesResult,
  toOwnershipRules,
  type EditedOwnershipRules,
  type OwnershipRulesRefusal,
} from '../types/ownership-rules.js';
import {
  OwnershipRulesPreview,
  PreviewedOwners,
  toOwnershipRulesPreview,
  toPreviewedOwners,
} from '../types/ownership-rules-preview.js';
import { editedOrRefused } from './refusals.js';

const READS = { scope: 'catalog:read', reads: ['CATALOG'] } as const;

/** Who answers for what by rule, and in the end. */
@Resolver()
export class OwnershipResolver {
  constructor(
    private readonly edit: EditOwnershipRules,
    private readonly preview: PreviewOwnershipRules,
    @Inject(ACCESS) private readonly access: Pick<AccessServices, 'refusals'>,
  ) {}

  @Query(() => EffectiveOwners, {
    nullable: true,
    description: 'Who answers for a dataset or a job, and which edit, rule or facet says so; null for an unknown one.',
  })
  @Operation(READS)
  async effectiveOwners(
    @Args('asset', { type: () => ID, description: 'The dataset or the job, by its id.' }) asset: string,
    @Args() given: TimeArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<EffectiveOwners | null> {
    const id = respellNodeId(asset);
    const time = context.readTime(given);
    const found = id === undefined ? undefined : await context.loaders.owners.load(id, time);
    return found === undefined ? null : toEffectiveOwners(found, context, time);
  }

  @Query(() => OwnershipRules, {
    description: 'The rules that assign owners. They name what there is: for whoever may see the whole catalog.',
  })
  @Operation(READS)
  async ownershipRules(@Args() given: TimeArgs, @Context('catalog') context: CatalogContext): Promise<OwnershipRules> {
    requireSight(context);
    return rulesAt(context, given);
  }

  @Query(() => OwnershipRulesPreview, {
    description:
      'For which assets others would answer if the rules were these; nothing is changed. It reads as many assets as a rule that changes may fit.',
  })
  @Operation(READS)
  async previewOwnershipRules(
    @Args('input', { description: 'The rules.' }) input: OwnershipRulesInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<OwnershipRulesPreview> {
    requireSight(context);
    return toOwnershipRulesPreview(await this.preview.execute(context.view.catalog, wantedRules(input)));
  }

  @Mutation(() => SetOwnershipRulesResult, {
    description: 'Sets the rules that assign owners: all of them, or none where one of them is wrong.',
  })
  @Operation({ scope: 'catalog:edit' })
  setOwnershipRules(
    @Args('input', { description: 'The rules.' }) input: SetOwnershipRulesInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<EditedOwnershipRules | OwnershipRulesRefusal> {
    return editedOrRefused(
      context,
      this.access,
      async (by) => {
        const { catalog } = context.view;
        const made = await this.edit.execute(by, catalog, wantedRules(input), editRequest(input));
        const { position, isReadable } = made;
        const rules = isReadable ? await rulesAt(context, {}) : null;
        return { rules, position: context.position(position), isReadable };
      },
      () => rulesAt(context, {}),
    );
  }
}

@Resolver(() => OwnershipRulesPreview)
export class OwnershipRulesPreviewResolver {
  @ResolveField(() => [PreviewedOwners], { description: 'A part of the assets for which others would, by name.' })
  async assets(
    @Parent() { changed }: OwnershipRulesPreview,
    @Args() given: PartArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<PreviewedOwners[]> {
    const { skip, most } = checkPart(given);
    const found = await Promise.all(
      changed.slice(skip, skip + most).map(async (change) => {
        const row = await context.loaders.assets.load(change.asset);
        return row === undefined ? [] : [toPreviewedOwners(change, row)];
      }),
    );
    return found.flat();
  }
}

@Resolver(() => Asset)
export class AssetOwnersResolver {
  @ResolveField(() => EffectiveOwners, {
    description:
      'Who answers for it: of each role those whom edits name, else the rules, facets, data products, domains.',
  })
  async effectiveOwners(
    @Parent() asset: Asset,
    @Args() given: TimeArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<EffectiveOwners> {
    const time = context.readTime(given);
    const found = await context.loaders.owners.load(asset.row.id, time);
    return toEffectiveOwners(found ?? { owners: [], overruled: [], declined: [] }, context, time);
  }
}

function requireSight({ principal, seesAll }: CatalogContext): void {
  if (principal === null || seesAll) return;
  throw lacking(principal, 'Ownership rules are of the whole catalog, and you may see a part of it', {
    scope: 'catalog:read',
  });
}

/** Past the loaders, which may remember them as they were. */
async function rulesAt(context: CatalogContext, given: TimeArgs): Promise<OwnershipRules> {
  const [row] = await context.view.catalog.definitionsOf('OWNERSHIP_RULES', context.readTime(given));
  return toOwnershipRules(row, context);
}
