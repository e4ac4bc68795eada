import { StartEdits } from '@headwater/application/governance/bulk/start-edits';
import { exportAssets } from '@headwater/application/governance/transfer/export-assets';
import { planImport, refuseRows, type ImportPlan } from '@headwater/application/governance/transfer/plan-import';
import type { Principal } from '@headwater/domain/access/principal';
import type { AccessServices } from '@headwater/platform/access/access-services';
import { ACCESS } from '@headwater/platform/tokens';
import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { ExportAssetsArgs, ImportAssetsInput } from '../arguments/asset-file-args.js';
import { editRequest } from '../arguments/domain-args.js';
import { PartArgs } from '../arguments/edit-job-args.js';
import { toSearchFilter } from '../arguments/filters.js';
import { toPageRequest } from '../arguments/page-args.js';
import type { CatalogContext } from '../catalog-context.js';
import { partsIn } from '../loaders/terms.js';
import { Operation } from '../operation.guard.js';
import {
  AssetFilePart,
  ImportAssetsResult,
  ImportedAssets,
  toImportedAssets,
  type AssetImportRefusal,
} from '../types/asset-file.js';
import { PlannedEdit } from '../types/edit-jobs.js';
import { partOf } from './edit-job.resolver.js';
import { editedOrRefused } from './refusals.js';

/** What is entered of assets and fields, as a file. */
@Resolver()
export class AssetFileResolver {
  constructor(
    private readonly start: StartEdits,
    @Inject(ACCESS) private readonly access: Pick<AccessServices, 'refusals'>,
  ) {}

  @Query(() => AssetFilePart, {
    description:
      'All assets that a search finds, by name, with owners, tags, terms, domain and description, as a file which `importAssets` takes back.',
  })
  @Operation({ scope: 'catalog:read', reads: ['CATALOG'] })
  async exportAssets(
    @Args() args: ExportAssetsArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<AssetFilePart> {
    const { query, format, withFields } = args;
    const filter = await toSearchFilter(args.filter, partsIn(context));
    const wanted = { text: query ?? '', filter, format, withFields };
    return exportAssets(context.view, wanted, toPageRequest(args, 100), context.readTime({}));
  }

  @Mutation(() => ImportAssetsResult, {
    description: 'Makes what a file says of assets and fields so, as one job: each asset is an event of its own.',
  })
  @Operation({ scope: 'catalog:edit' })
  importAssets(
    @Args('input', { description: 'The file, and how it is taken.' }) input: ImportAssetsInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<ImportedAssets | AssetImportRefusal> {
    const { file, format, mode, isPreview } = input;
    const planned = (by: Principal): Promise<ImportPlan> =>
      planImport(context.view.catalog, context.rightsOf(by), { file, format }, context.readTime({}));
    return editedOrRefused(
      context,
      this.access,
      async (by) => {
        if (!isPreview) {
          const wanted = { file, format, mode };
          const rights = context.rightsOf(by);
          const { job, plan } = await this.start.fromFile(rights, context.view.catalog, wanted, editRequest(input));
          return toImportedAssets(plan, false, job);
        }
        const plan = await planned(by);
        if (mode === 'ALL_OR_NONE') refuseRows(plan.rejected);
        return toImportedAssets(plan, true, null);
      },
      async () => (context.principal === null ? null : toImportedAssets(await planned(context.principal), true, null)),
    );
  }
}

@Resolver(() => ImportedAssets)
export class ImportedAssetsResolver {
  @ResolveField(() => [PlannedEdit], { description: 'What is done to which asset, by id.' })
  edits(@Parent() { planned }: ImportedAssets, @Args() part: PartArgs): PlannedEdit[] {
    return partOf(planned, part);
  }
}
