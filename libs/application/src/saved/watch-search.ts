import { HeadwaterError } from '@headwater/domain/errors';
import { formatPosition, parsePosition } from '@headwater/domain/position';
import type { AssetChange, WatchAssetsRequest } from '../changes/watch-assets.js';
import { stoppable } from '../changes/stoppable.js';
import type { SearchNews } from './search-news.js';

export interface WatchSearchPorts {
  readonly logId: string;
  /** Changes of what the follower may see. */
  watchAssets(request: WatchAssetsRequest): AsyncGenerator<AssetChange, void, undefined>;
  /** News since that snapshot; null once the search is gone, or not followed any more. */
  news(since: number | null): Promise<SearchNews | null>;
}

/**
 * News of a saved search, each against the payload before: what is new since `since` at once, then what comes. Ends with
 * the search, or once it is followed no more. Throws CONFLICT (NOT_FOLLOWED) at its first item where it is not followed.
 */
export function watchSearch(
  ports: WatchSearchPorts,
  since: () => number | null,
): AsyncGenerator<SearchNews, void, undefined> {
  return stoppable((signal) => watch(ports, since, signal));
}

async function* watch(
  { logId, watchAssets, news }: WatchSearchPorts,
  since: () => number | null,
  signal: AbortSignal,
): AsyncGenerator<SearchNews, void, undefined> {
  let last = await news(since());
  if (last === null)
    throw new HeadwaterError('CONFLICT', 'Follow the saved search first: `followSavedSearch`', {
      reason: 'NOT_FOLLOWED',
    });
  if (isTold(last)) yield last;
  const changes = watchAssets({ filter: {}, after: formatPosition(logId, last.position) });
  signal.addEventListener('abort', () => void changes.return(), { once: true });
  if (signal.aborted) return;
  for await (const { position } of changes) {
    // One look tells what all events up to then did.
    if (parsePosition(logId, position) <= last.position) continue;
    const next: SearchNews | null = await news(last.number);
    if (next === null) return;
    if (isTold(next)) yield next;
    last = next;
  }
}

function isTold({ entered, left, changed, isRestarted }: SearchNews): boolean {
  return isRestarted || entered.length + left.length + changed.length > 0;
}
