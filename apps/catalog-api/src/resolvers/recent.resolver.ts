import { LookAtAssets } from '@headwater/application/saved/look-at-assets';
import { coded, HeadwaterError } from '@headwater/domain/errors';
import { editOutline } from '@headwater/domain/governance/edit-outline';
import type { NodeId } from '@headwater/domain/identifiers';
import { Args, Context, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { checkPart, PartArgs } from '../arguments/edit-job-args.js';
import { idOf } from '../arguments/ids.js';
import { changePlaceOf, RecentChangesArgs } from '../arguments/saved-search-args.js';
import type { CatalogContext } from '../catalog-context.js';
import { changesWithAssets, signedIn } from '../loaders/saved-searches.js';
import { Operation } from '../operation.guard.js';
import { Viewer } from '../types/access.js';
import { toAsset } from '../types/asset.js';
import { Event, toEvent } from '../types/event.js';
import { RecentChange } from '../types/recent-change.js';
import { RecentView, RecordedViews } from '../types/recent-view.js';

const MOST_VIEWS = 50;
/** What one person looked at is read back so far. */
const MOST_READ = 300;

/** What was changed lately, by whom. */
@Resolver(() => RecentChange)
export class RecentChangeResolver {
  @Query(() => [RecentChange], {
    description: 'What people edited and whose schema changed lately, the latest first: each asset once a kind.',
  })
  @Operation({ scope: 'catalog:read', reads: ['CATALOG'] })
  async recentlyChanged(
    @Args() { kinds, since, after, most: wanted }: RecentChangesArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<RecentChange[]> {
    const { most } = checkPart({ skip: 0, most: wanted });
    const filter = {
      after: since ?? 0,
      ...(typeof after === 'string' && { behind: changePlaceOf(after) }),
      ...(kinds && kinds.length > 0 && { kinds }),
    };
    return changesWithAssets(context, await context.view.catalog.recentChanges(filter, most));
  }

  @ResolveField(() => String, {
    nullable: true,
    description: 'The name of who made the edit, or of the producer that stated the schema; null where it is not told.',
  })
  async by(
    @Parent() { position, producer }: RecentChange,
    @Context('catalog') { loaders }: CatalogContext,
  ): Promise<string | null> {
    if (position === null) return producer;
    const stored = await loaders.storedEvents.load(position);
    return stored === undefined ? null : (editOutline(stored.bytes)?.by ?? null);
  }

  @ResolveField(() => Event, {
    nullable: true,
    description: 'Of an edit the event that says what was edited and why; null for a schema.',
  })
  async event(
    @Parent() { position }: RecentChange,
    @Context('catalog') context: CatalogContext,
  ): Promise<Event | null> {
    const view = position === null ? undefined : await context.loaders.events.load(position);
    return view === undefined ? null : toEvent(context.position(view.position), view);
  }
}

/** What people look at. */
@Resolver(() => Viewer)
export class ViewsResolver {
  constructor(private readonly looks: LookAtAssets) {}

  @Mutation(() => RecordedViews, {
    description:
      'Says that the caller looked at assets: for pages that show them. Nobody else is told who looked at what; how often anybody did counts for ranking.',
  })
  @Operation({ scope: 'catalog:read' })
  async recordViews(
    @Args('ids', { type: () => [ID], description: 'Datasets and jobs, at most 50.' }) ids: string[],
    @Context('catalog') context: CatalogContext,
  ): Promise<RecordedViews> {
    if (ids.length > MOST_VIEWS)
      throw new HeadwaterError('INVALID_INPUT', `Record at most ${String(MOST_VIEWS)} views at once`, {
        faults: [
          {
            pointer: '/ids',
            ...coded('TOO_MANY', `must have at most ${String(MOST_VIEWS)} ids`, { most: MOST_VIEWS }),
          },
        ],
      });
    const rows = await Promise.all(ids.map((id) => context.loaders.assets.load(idOf(id))));
    const recorded = await this.looks.record(
      signedIn(context),
      rows.filter((row) => row !== undefined),
    );
    return { recorded };
  }

  @ResolveField(() => [RecentView], {
    description: 'What the caller looked at lately, the latest first; what may not be seen any more is left out.',
  })
  async recentlyViewed(@Args() args: PartArgs, @Context('catalog') context: CatalogContext): Promise<RecentView[]> {
    const { skip, most } = checkPart(args);
    const views = await this.looks.recent(signedIn(context), MOST_READ);
    const rows = await Promise.all(views.map(({ id }) => context.loaders.assets.load(id)));
    const once = new Map<NodeId, RecentView>();
    for (const [index, { at }] of views.entries()) {
      const row = rows[index];
      if (row !== undefined && row.deletedAt === null && !once.has(row.id))
        once.set(row.id, { asset: toAsset(row), at });
    }
    return [...once.values()].slice(skip, skip + most);
  }
}
