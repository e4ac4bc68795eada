import type { Logger } from '@headwater/platform/logging/logger';
import { LOGGER } from '@headwater/platform/tokens';
import { Inject } from '@nestjs/common';
import { Args, Context, Resolver, Subscription } from '@nestjs/graphql';
import { toSearchFilter } from '../arguments/filters.js';
import { AssetChangedArgs } from '../arguments/list-args.js';
import { LineageChangedArgs } from '../arguments/lineage-args.js';
import type { CatalogContext } from '../catalog-context.js';
import { Operation } from '../operation.guard.js';
import { OpenSubscriptions } from '../subscriptions/open-subscriptions.js';
import { AssetChange, LineageChange, toAssetChange, toLineageChange } from '../types/changes.js';

@Resolver()
export class ChangesResolver {
  constructor(
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly open: OpenSubscriptions,
  ) {}

  @Subscription(() => AssetChange, { description: 'Datasets and jobs as they change, one payload an event.' })
  @Operation({ scope: 'catalog:read' })
  assetChanged(
    @Args() args: AssetChangedArgs,
    @Context('catalog') context: CatalogContext,
  ): AsyncGenerator<{ assetChanged: AssetChange }> {
    const changes = context.view.watchAssets({ filter: toSearchFilter(args.filter), after: args.after ?? undefined });
    return this.open.add(changes, (change) => ({ assetChanged: toAssetChange(change) }), context.traceId, this.logger);
  }

  @Subscription(() => LineageChange, {
    description: 'What a lineage gains and loses, as it happens. An unknown root is waited for.',
  })
  @Operation({ scope: 'catalog:read' })
  lineageChanged(
    @Args() args: LineageChangedArgs,
    @Context('catalog') context: CatalogContext,
  ): AsyncGenerator<{ lineageChanged: LineageChange }> {
    const changes = context.view.lineage.watch({
      root: args.root,
      direction: args.direction ?? 'BOTH',
      depth: args.depth ?? 5,
      after: args.after ?? undefined,
    });
    const map = (change: Parameters<typeof toLineageChange>[0]) => ({ lineageChanged: toLineageChange(change) });
    return this.open.add(changes, map, context.traceId, this.logger);
  }
}
