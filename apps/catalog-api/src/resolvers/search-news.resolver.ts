import { FollowSearches } from '@headwater/application/saved/search-news';
import { KeepSearches } from '@headwater/application/saved/keep-searches';
import { watchSearch } from '@headwater/application/saved/watch-search';
import type { Logger } from '@headwater/platform/logging/logger';
import { LOGGER } from '@headwater/platform/tokens';
import { Inject } from '@nestjs/common';
import { Args, Context, Parent, ResolveField, Resolver, Subscription } from '@nestjs/graphql';
import { checkPart, PartArgs } from '../arguments/edit-job-args.js';
import { SearchNewsArgs, snapshotOf } from '../arguments/saved-search-args.js';
import type { CatalogContext } from '../catalog-context.js';
import { assetsOf, changesWithAssets, newsViewIn, signedIn } from '../loaders/saved-searches.js';
import { Operation } from '../operation.guard.js';
import { OpenSubscriptions } from '../subscriptions/open-subscriptions.js';
import type { SocketOperations } from '../subscriptions/socket-operations.js';
import { Asset } from '../types/asset.js';
import { RecentChange } from '../types/recent-change.js';
import { SearchNews, toSearchNews } from '../types/saved-search.js';

/** What the context of a subscription holds besides. */
interface RunningOperation {
  readonly id: string;
  readonly operations: SocketOperations;
}

/** What is new of a saved search, as its lists and as it happens. */
@Resolver(() => SearchNews)
export class SearchNewsResolver {
  constructor(
    private readonly kept: KeepSearches,
    private readonly follows: FollowSearches,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly open: OpenSubscriptions,
  ) {}

  @ResolveField(() => [Asset], { description: 'What it finds that it did not find.' })
  entered(
    @Parent() { news }: SearchNews,
    @Args() part: PartArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<Asset[]> {
    return assetsOf(context, partOf(news.entered, part));
  }

  @ResolveField(() => [Asset], { description: 'What it found and does not find any more; deleted ones, too.' })
  left(
    @Parent() { news }: SearchNews,
    @Args() part: PartArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<Asset[]> {
    return assetsOf(context, partOf(news.left, part));
  }

  @ResolveField(() => [RecentChange], {
    description: 'Of what it found and finds: who edited what, and new schemas; the latest first.',
  })
  changed(
    @Parent() { news }: SearchNews,
    @Args() part: PartArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<RecentChange[]> {
    return changesWithAssets(context, partOf(news.changed, part));
  }

  @Subscription(() => SearchNews, {
    description:
      'News of a saved search that you follow, as they happen: each payload since the one before, the first since `since`, or since you saw its news last. Ends with the search, or once you follow it no more.',
  })
  @Operation({ scope: 'catalog:read' })
  savedSearchNews(
    @Args() { id, since }: SearchNewsArgs,
    @Context('catalog') context: CatalogContext,
    @Context() { id: operation, operations }: RunningOperation,
  ): AsyncGenerator<{ savedSearchNews: SearchNews }> {
    const by = signedIn(context);
    const news = watchSearch(
      {
        watchPosition: (after) => context.view.watchPosition(after),
        news: async (from) => {
          const search = await this.kept.read(by, id);
          return search === null ? null : this.follows.news(by, newsViewIn(context), search, from);
        },
      },
      () => (since === null || since === undefined ? null : snapshotOf(since, 'since')),
    );
    const hangUp = (): void => {
      operations.hangUp();
    };
    return this.open.add(news, (item) => ({ savedSearchNews: toSearchNews(item) }), {
      ...{ traceId: context.traceId, logger: this.logger, signal: operations.signal(operation), hangUp },
    });
  }
}

function partOf<T>(all: readonly T[], part: PartArgs): readonly T[] {
  const { skip, most } = checkPart(part);
  return all.slice(skip, skip + most);
}
