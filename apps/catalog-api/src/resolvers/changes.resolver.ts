import { coded, HeadwaterError } from '@headwater/domain/errors';
import type { Logger } from '@headwater/platform/logging/logger';
import { LOGGER } from '@headwater/platform/tokens';
import { Inject } from '@nestjs/common';
import { Args, Context, Resolver, Subscription } from '@nestjs/graphql';
import { toSearchFilter } from '../arguments/filters.js';
import { partsIn } from '../loaders/terms.js';
import { AssetChangedArgs } from '../arguments/list-args.js';
import { LineageChangedArgs } from '../arguments/lineage-args.js';
import type { CatalogContext } from '../catalog-context.js';
import { Operation } from '../operation.guard.js';
import { OpenSubscriptions, type SubscriptionParts } from '../subscriptions/open-subscriptions.js';
import type { SocketOperations } from '../subscriptions/socket-operations.js';
import { AssetChange, LineageChange, toAssetChange, toLineageChange } from '../types/changes.js';

/** What the context of a subscription holds besides. */
interface RunningOperation {
  readonly id: string;
  readonly operations: SocketOperations;
}

@Resolver()
export class ChangesResolver {
  constructor(
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly open: OpenSubscriptions,
  ) {}

  @Subscription(() => AssetChange, { description: 'Datasets and jobs as they change, one payload an event.' })
  @Operation({ scope: 'catalog:read' })
  async assetChanged(
    @Args() args: AssetChangedArgs,
    @Context('catalog') context: CatalogContext,
    @Context() operation: RunningOperation,
  ): Promise<AsyncGenerator<{ assetChanged: AssetChange }>> {
    if (args.filter?.carriedTags === true)
      throw new HeadwaterError('INVALID_INPUT', 'What a tag came to is not watched', {
        faults: [
          {
            pointer: '/filter/carriedTags',
            ...coded('LEFT_OUT', 'must be left out: what tags were put on is watched'),
          },
        ],
      });
    const filter = await toSearchFilter(args.filter, partsIn(context));
    const changes = context.view.watchAssets({ filter, after: args.after ?? undefined });
    const map = (change: Parameters<typeof toAssetChange>[0]) => ({ assetChanged: toAssetChange(change) });
    return this.open.add(changes, map, this.#parts(context, operation));
  }

  @Subscription(() => LineageChange, {
    description: 'What a lineage gains and loses, as it happens. An unknown root is waited for.',
  })
  @Operation({ scope: 'catalog:read' })
  lineageChanged(
    @Args() args: LineageChangedArgs,
    @Context('catalog') context: CatalogContext,
    @Context() operation: RunningOperation,
  ): AsyncGenerator<{ lineageChanged: LineageChange }> {
    const changes = context.view.lineage.watch({
      root: args.root,
      direction: args.direction ?? 'BOTH',
      depth: args.depth ?? 5,
      after: args.after ?? undefined,
    });
    const map = (change: Parameters<typeof toLineageChange>[0]) => ({ lineageChanged: toLineageChange(change) });
    return this.open.add(changes, map, this.#parts(context, operation));
  }

  #parts({ traceId }: CatalogContext, { id, operations }: RunningOperation): SubscriptionParts {
    const hangUp = (): void => {
      operations.hangUp();
    };
    return { traceId, logger: this.logger, signal: operations.signal(id), hangUp };
  }
}
