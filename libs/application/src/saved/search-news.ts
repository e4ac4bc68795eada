import type { Principal } from '@headwater/domain/access/principal';
import type { CatalogReader } from '@headwater/domain/catalog-reader';
import { HeadwaterError } from '@headwater/domain/errors';
import type { NodeId } from '@headwater/domain/identifiers';
import type { Clock } from '@headwater/domain/ports';
import { LATEST } from '@headwater/domain/reading/read-time';
import type { RecentChange } from '@headwater/domain/reading/recent-change-reader';
import {
  MOST_FOLLOWED,
  MOST_FOLLOWED_MATCHES,
  type SavedSearch,
  type SavedSearchStore,
  type SearchSnapshot,
} from '@headwater/domain/saved/saved-search';
import type { CatalogSearch, SearchFilter, SearchMatch } from '@headwater/domain/search';
import type { Micros } from '@headwater/domain/time';

/** The catalog as the follower sees it. */
export interface NewsView {
  readonly catalog: Pick<CatalogReader, 'assets' | 'recentChanges' | 'recordedAtBehind' | 'status'>;
  readonly search: Pick<CatalogSearch, 'matching'>;
  /** The filter with all that domains and terms stand for. */
  readonly expand: (filter: SearchFilter) => Promise<SearchFilter>;
}

/** How what a search finds differs from what it found for the follower before. */
export interface SearchNews {
  /** Of the snapshot that these news lead to: news since then leave these out. */
  readonly number: number;
  /** When the snapshot that they are told against was taken. */
  readonly since: Micros;
  /** How far the catalog was. */
  readonly position: number;
  /**
   * False where the search finds too much to be told: nothing is lost, it is told once it finds less. Also where more
   * was changed than is told: the latest 1,000 are.
   */
  readonly isComplete: boolean;
  /** Whether the search itself was changed, so that news begin with what it finds now. */
  readonly isRestarted: boolean;
  readonly entered: readonly NodeId[];
  readonly left: readonly NodeId[];
  /** Of what matched then and now, edits and schemas, the latest first. */
  readonly changed: readonly RecentChange[];
}

const MOST_CHANGES = 1_000;
/** The reason of the refusal of a snapshot that is not kept. */
export const NEWS_NOT_KEPT = 'NEWS_NOT_KEPT';

type FollowedStore = Pick<
  SavedSearchStore,
  'follow' | 'followed' | 'unfollow' | 'snapshot' | 'latest' | 'keep' | 'see'
>;

/** Following saved searches: each follower by what that follower may see. */
export class FollowSearches {
  constructor(
    private readonly searches: FollowedStore,
    private readonly clock: Clock,
  ) {}

  /**
   * From now on news are told. Throws CONFLICT: SEARCH_TOO_BROAD where it finds more than is followed,
   * TOO_MANY_FOLLOWED.
   */
  async follow(follower: Principal, view: NewsView, search: SavedSearch): Promise<void> {
    const { matches, snapshot } = await this.#look(view, search);
    if (matches.length > MOST_FOLLOWED_MATCHES)
      throw new HeadwaterError(
        'CONFLICT',
        `A search that finds more than ${String(MOST_FOLLOWED_MATCHES)} assets is not followed: narrow it first`,
        { reason: 'SEARCH_TOO_BROAD' },
      );
    if ((await this.searches.follow(follower.id, search.id, snapshot)) === 'MADE') return;
    throw new HeadwaterError(
      'CONFLICT',
      `You follow ${String(MOST_FOLLOWED)} searches, which is the most: unfollow one first`,
      { reason: 'TOO_MANY_FOLLOWED' },
    );
  }

  /** Which of these are followed. */
  followed(follower: Principal, ids: readonly string[]): Promise<ReadonlySet<string>> {
    return this.searches.followed(follower.id, ids);
  }

  unfollow(follower: Principal, id: string): Promise<void> {
    return this.searches.unfollow(follower.id, id);
  }

  /** News up to that snapshot were seen. Throws INVALID_INPUT (NEWS_NOT_KEPT). */
  async see(follower: Principal, id: string, number: number): Promise<void> {
    if (!(await this.searches.see(follower.id, id, number))) throw notKept();
  }

  /**
   * What is new since that snapshot, or since what was seen. Null where the search is not followed; throws INVALID_INPUT
   * (NEWS_NOT_KEPT) for a snapshot that is not kept.
   */
  async news(
    follower: Principal,
    view: NewsView,
    search: SavedSearch,
    since: number | null,
  ): Promise<SearchNews | null> {
    const base = await this.searches.snapshot(follower.id, search.id, since);
    if (base === null) {
      const isFollowed = since !== null && (await this.searches.snapshot(follower.id, search.id, null)) !== null;
      if (isFollowed) throw notKept();
      return null;
    }
    const { matches, snapshot } = await this.#look(view, search);
    const nothing = {
      ...{ number: base.number, since: base.takenAt, position: snapshot.position },
      ...{ isComplete: true, isRestarted: false, entered: [], left: [], changed: [] },
    };
    if (matches.length > MOST_FOLLOWED_MATCHES) return { ...nothing, isComplete: false };
    if (base.version !== search.version) {
      const number = await this.searches.keep(follower.id, search.id, snapshot);
      if (number !== null) await this.searches.see(follower.id, search.id, number);
      return { ...nothing, number: number ?? base.number, isRestarted: true };
    }
    const told = await differences(view, base, matches);
    if (told.entered.length + told.left.length + told.changed.length === 0) return nothing;
    const latest = await this.searches.latest(follower.id, search.id);
    const isKept = latest !== null && tellsTheSame(latest, snapshot, told.changed);
    const number = isKept ? latest.number : await this.searches.keep(follower.id, search.id, snapshot);
    return { ...nothing, ...told, number: number ?? base.number };
  }

  /** The position is read first: what comes in between is told once more rather than never. */
  async #look({ catalog, search, expand }: NewsView, saved: SavedSearch) {
    const { position, recordedAt } = await catalog.status();
    const [behind, filter] = await Promise.all([catalog.recordedAtBehind(position), expand(saved.filter)]);
    const matches = await search.matching({ text: saved.text, filter }, MOST_FOLLOWED_MATCHES);
    const snapshot: Omit<SearchSnapshot, 'number'> = {
      position,
      // Of events that were recorded together some may be projected later.
      recordedAt: behind === recordedAt ? recordedAt - 1 : recordedAt,
      takenAt: this.clock.now(),
      version: saved.version,
      matches: matches.map(({ id }) => id),
    };
    return { matches, snapshot };
  }
}

async function differences(
  { catalog }: NewsView,
  base: SearchSnapshot,
  matches: readonly SearchMatch[],
): Promise<Pick<SearchNews, 'isComplete' | 'entered' | 'left' | 'changed'>> {
  const now = new Map(matches.map((match) => [match.id, match]));
  const then = new Set(base.matches);
  const missing = base.matches.filter((id) => !now.has(id));
  const rows = await catalog.assets(missing, LATEST);
  // What was merged into another is there under the other's name.
  const merged = new Set([...rows.values()].flatMap(({ id }) => (now.has(id) ? [id] : [])));
  const left = new Set([...rows.values()].flatMap(({ id }) => (now.has(id) ? [] : [id])));
  const entered = [...now.keys()].filter((id) => !then.has(id) && !merged.has(id)).sort();
  const stayed = matches.filter(({ id }) => then.has(id) || merged.has(id));
  const assets = stayed.flatMap(({ memberKeys }) => memberKeys);
  const changes = await catalog.recentChanges({ after: base.recordedAt, assets }, MOST_CHANGES + 1);
  const changed = changes.filter(({ position }) => position === null || position > base.position);
  return {
    entered,
    left: [...left].sort(),
    changed: changed.slice(0, MOST_CHANGES),
    isComplete: changed.length <= MOST_CHANGES,
  };
}

/** Whether news that lead to the kept snapshot say all that news which lead to this one would. */
function tellsTheSame(
  kept: SearchSnapshot,
  next: Omit<SearchSnapshot, 'number'>,
  changed: readonly RecentChange[],
): boolean {
  const isLater = ({ at, position }: RecentChange): boolean =>
    at > kept.recordedAt && (position === null || position > kept.position);
  return (
    kept.version === next.version &&
    (kept.position === next.position || !changed.some(isLater)) &&
    kept.matches.length === next.matches.length &&
    kept.matches.every((id, index) => id === next.matches[index])
  );
}

function notKept(): HeadwaterError {
  return new HeadwaterError(
    'INVALID_INPUT',
    'That cursor is not kept any more, or is of another search: ask for news without it',
    { reason: NEWS_NOT_KEPT },
  );
}
