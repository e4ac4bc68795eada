import { HeadwaterError } from '@headwater/domain/errors';
import { setTimeout as sleep } from 'node:timers/promises';
import { stoppable } from '../changes/stoppable.js';
import { NEWS_NOT_KEPT, type SearchNews } from './search-news.js';

export interface WatchSearchPorts {
  /** How far the catalog is, each time that it is further: what a search finds depends on more than on assets. */
  readonly watchPosition: (after: number) => AsyncGenerator<number, void, undefined>;
  /** News since that snapshot; null once the search is gone, or not followed any more. */
  readonly news: (since: number | null) => Promise<SearchNews | null>;
  /** Lies between two looks; absent: two seconds. Resolves early once the signal aborts. */
  readonly pause?: (signal: AbortSignal) => Promise<void>;
}

/** A look runs the whole search: one that is written to without end is not run without end. */
const PAUSE_MS = 2_000;

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
  { watchPosition, news, pause = pauseBetween }: WatchSearchPorts,
  since: () => number | null,
  signal: AbortSignal,
): AsyncGenerator<SearchNews, void, undefined> {
  let last = await news(since());
  if (last === null)
    throw new HeadwaterError('CONFLICT', 'Follow the saved search first: `followSavedSearch`', {
      reason: 'NOT_FOLLOWED',
    });
  if (isTold(last)) yield last;
  const positions = watchPosition(last.position);
  signal.addEventListener('abort', () => void positions.return(), { once: true });
  const isOver = (): boolean => signal.aborted;
  if (isOver()) return;
  for await (const position of positions) {
    // One look tells what all events up to then did.
    if (position <= last.position) continue;
    await pause(signal);
    if (isOver()) return;
    const next = await newsBehind(news, last.number);
    if (next === null) return;
    if (isTold(next)) yield next;
    last = next;
  }
}

/** Who was slow for so long that the snapshot is gone goes on from what was seen. */
async function newsBehind(news: WatchSearchPorts['news'], number: number): Promise<SearchNews | null> {
  try {
    return await news(number);
  } catch (error) {
    if (error instanceof HeadwaterError && error.reason === NEWS_NOT_KEPT) return news(null);
    throw error;
  }
}

async function pauseBetween(signal: AbortSignal): Promise<void> {
  // Rejects only where the signal aborts.
  await sleep(PAUSE_MS, undefined, { signal }).catch(() => undefined);
}

function isTold({ entered, left, changed, isRestarted }: SearchNews): boolean {
  return isRestarted || entered.length + left.length + changed.length > 0;
}
