import { Principal } from '@headwater/domain/access/principal';
import { datasetId, nodeKey } from '@headwater/domain/identifiers';
import type { RecentChange } from '@headwater/domain/reading/recent-change-reader';
import type { SavedSearch, SearchSnapshot } from '@headwater/domain/saved/saved-search';
import { expect, test } from 'vitest';
import { FollowSearches, type NewsView } from './search-news.js';

const READER = new Principal({ id: 'ann', kind: 'USER', name: 'Ann', grants: [] });
const ASSET = datasetId('open', 'busy');
const SEARCH: SavedSearch = {
  ...{ id: 'f0', owner: 'ann', ownerName: 'Ann', name: 'Busy', text: 'busy', filter: {}, order: 'NAME' },
  ...{ isShared: false, version: 1, createdAt: 0, updatedAt: 0 },
};
const SEEN: SearchSnapshot = { number: 1, position: 1, recordedAt: 1, takenAt: 1, version: 1, matches: [ASSET] };

function changesOf(count: number): readonly RecentChange[] {
  return Array.from({ length: count }, (_, n) => ({
    ...{ asset: ASSET, kind: 'EDIT' as const, at: 5_000 - n, position: 5_000 - n, producer: null },
    ...{ fieldsAdded: [], fieldsRemoved: [] },
  }));
}

async function newsOf(count: number) {
  const view: NewsView = {
    catalog: {
      assets: () => Promise.resolve(new Map()),
      recentChanges: (_, most) => Promise.resolve(changesOf(count).slice(0, most)),
      recordedAtBehind: () => Promise.resolve(null),
      status: () => Promise.resolve({ generation: 1, position: 5_000, recordedAt: 5_000, oldestChange: null }),
    },
    search: { matching: () => Promise.resolve([{ id: ASSET, memberKeys: [nodeKey(ASSET)] }]) },
    expand: (filter) => Promise.resolve(filter),
  };
  const searches = {
    ...{ follow: () => Promise.resolve('MADE' as const), unfollow: () => Promise.resolve() },
    ...{ followed: () => Promise.resolve(new Set<string>()), see: () => Promise.resolve(true) },
    ...{ snapshot: () => Promise.resolve(SEEN), latest: () => Promise.resolve(SEEN), keep: () => Promise.resolve(2) },
  };
  return new FollowSearches(searches, { now: () => 6_000 }).news(READER, view, SEARCH, null);
}

test('more changes than are told are told of', async () => {
  const all = await newsOf(1_000);
  expect(all).toMatchObject({ isComplete: true, number: 2 });
  expect(all?.changed).toHaveLength(1_000);
  const cut = await newsOf(1_001);
  expect(cut).toMatchObject({ isComplete: false, number: 2 });
  expect(cut?.changed).toHaveLength(1_000);
});
