import type { NodeId } from '../identifiers.js';
import type { SearchFilter, SearchOrder } from '../search.js';
import type { Micros } from '../time.js';

/** What a search asks for, as somebody asked: domains and terms stand for all below them at each run. */
export interface SearchQuestion {
  readonly text: string;
  readonly filter: SearchFilter;
  readonly order: SearchOrder;
}

/** A search that somebody keeps under a name of their own. */
export interface SavedSearch extends SearchQuestion {
  /** 32 hexadecimal digits. */
  readonly id: string;
  /** The id of the principal that keeps it. */
  readonly owner: string;
  readonly ownerName: string;
  readonly name: string;
  /** Whether everybody may read it, each with what they may see. */
  readonly isShared: boolean;
  /** Counts changes of the text and the filter: what was found before one is no measure of news. */
  readonly version: number;
  readonly createdAt: Micros;
  readonly updatedAt: Micros;
}

export type SavedSearchChange = Pick<SavedSearch, 'name' | 'text' | 'filter' | 'order' | 'isShared'>;

/** What a saved search found for a follower at one position of the catalog. */
export interface SearchSnapshot {
  /** From 1, in the order they were taken. */
  readonly number: number;
  readonly position: number;
  /** When the event at `position` was recorded. */
  readonly recordedAt: Micros;
  readonly takenAt: Micros;
  /** Of the search then. */
  readonly version: number;
  /** Canonical ids. */
  readonly matches: readonly NodeId[];
}

/** ALL: what is one's own, and what others share. */
export type SavedSearchScope = 'ALL' | 'OWN' | 'FOLLOWED';

/** Searches that a user keeps, has at most. */
export const MOST_SAVED = 200;
/** Searches that a user follows, at most. */
export const MOST_FOLLOWED = 20;
/** What finds more is not followed. */
export const MOST_FOLLOWED_MATCHES = 5_000;

/** Saved searches, and who follows them. It is users' own state: no part of the log, and left as it is by a rebuild. */
export interface SavedSearchStore {
  /** TAKEN where the owner has that name already, FULL where the owner has {@link MOST_SAVED}. */
  create(search: SavedSearch): Promise<'MADE' | 'TAKEN' | 'FULL'>;
  /**
   * Changes the given members and counts the version where the text or the filter become others. TAKEN where the owner
   * has that name already, ABSENT where the owner has no such search.
   */
  change(
    id: string,
    owner: string,
    change: Partial<SavedSearchChange>,
    at: Micros,
  ): Promise<SavedSearch | 'TAKEN' | 'ABSENT'>;
  /** With all that was kept of it; false where the owner has no such search. */
  remove(id: string, owner: string): Promise<boolean>;
  search(id: string): Promise<SavedSearch | null>;
  /** Those of the scope, one's own first, each part by name. */
  searches(reader: string, scope: SavedSearchScope, skip: number, most: number): Promise<readonly SavedSearch[]>;
  /** Which of these the follower follows. */
  followed(follower: string, ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** FULL where the follower follows {@link MOST_FOLLOWED}. Where it is followed already nothing changes. */
  follow(follower: string, id: string, snapshot: Omit<SearchSnapshot, 'number'>): Promise<'MADE' | 'FULL'>;
  unfollow(follower: string, id: string): Promise<void>;
  /** The snapshot of that number, or the one that was seen; null where it is not kept, or not followed. */
  snapshot(follower: string, id: string, number: number | null): Promise<SearchSnapshot | null>;
  /** The last one that was kept; null where it is not followed. */
  latest(follower: string, id: string): Promise<SearchSnapshot | null>;
  /** Keeps a snapshot and returns its number. Besides the one that was seen the latest 20 are kept. */
  keep(follower: string, id: string, snapshot: Omit<SearchSnapshot, 'number'>): Promise<number | null>;
  /** What comes from now on is told against that snapshot; false where it is not kept. Never goes back, and forgets none. */
  see(follower: string, id: string, number: number): Promise<boolean>;
}
