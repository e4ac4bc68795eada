import { FollowSearches } from '@headwater/application/saved/search-news';
import { KeepSearches } from '@headwater/application/saved/keep-searches';
import { LookAtAssets } from '@headwater/application/saved/look-at-assets';
import type { SavedSearchStore } from '@headwater/domain/saved/saved-search';
import type { ViewStore } from '@headwater/domain/saved/view-store';
import type { AccessServices } from '@headwater/platform/access/access-services';
import type { Config } from '@headwater/platform/config';
import { ACCESS, CONFIG, SAVED_SEARCHES, VIEWS } from '@headwater/platform/tokens';
import type { FactoryProvider } from '@nestjs/common';

/** What users keep for themselves. */
export const savedUseCases: readonly FactoryProvider[] = [
  {
    provide: KeepSearches,
    inject: [SAVED_SEARCHES, ACCESS],
    useFactory: (searches: SavedSearchStore, { parts: { clock, ids } }: AccessServices) =>
      new KeepSearches({ searches, clock, ids }),
  },
  {
    provide: FollowSearches,
    inject: [SAVED_SEARCHES, ACCESS],
    useFactory: (searches: SavedSearchStore, { parts: { clock } }: AccessServices) =>
      new FollowSearches(searches, clock),
  },
  {
    provide: LookAtAssets,
    inject: [VIEWS, ACCESS, CONFIG],
    useFactory: (views: ViewStore, { parts: { clock } }: AccessServices, { catalog }: Config) =>
      new LookAtAssets(views, clock, catalog.viewRetentionDays),
  },
];
