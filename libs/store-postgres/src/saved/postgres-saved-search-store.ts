import {
  MOST_FOLLOWED,
  MOST_SAVED,
  type SavedSearch,
  type SavedSearchChange,
  type SavedSearchScope,
  type SavedSearchStore,
  type SearchSnapshot,
} from '@headwater/domain/saved/saved-search';
import type { Micros } from '@headwater/domain/time';
import type pg from 'pg';
import { storable } from '../catalog/pages.js';
import { translatePostgresError } from '../postgres-error.js';

/** Besides the one that was seen: others may still go by the cursors that they were told. */
const KEPT_SNAPSHOTS = 20;

const COLUMNS = `s.id, s.owner, s.owner_called AS "ownerName", s.name, s.query AS text, s.filter, s.order_by AS "order",
    s.is_shared AS "isShared", s.version, s.created_at AS "createdAt", s.updated_at AS "updatedAt"`;

// One after the other for one user, so that two at once do not pass the limit together.
const LOCK = `SELECT pg_advisory_xact_lock(hashtextextended('saved_search ' || $1, 0))`;

const CREATE = `
  INSERT INTO saved_search (id, owner, owner_called, name, query, filter, order_by, is_shared, version, created_at, updated_at)
  SELECT $1, $2, $3, $4, $5, $6::json, $7, $8, $9, $10::bigint, $11::bigint
  WHERE (SELECT count(*) FROM saved_search WHERE owner = $2) < ${String(MOST_SAVED)}
  ON CONFLICT (owner, name) DO NOTHING RETURNING id`;

const HAS_NAME = `SELECT id FROM saved_search WHERE owner = $1 AND name = $2`;

const CHANGE = `
  UPDATE saved_search s SET name = coalesce($3, s.name), query = coalesce($4, s.query),
    filter = coalesce($5::json, s.filter), order_by = coalesce($6, s.order_by),
    is_shared = coalesce($7::boolean, s.is_shared), updated_at = $8,
    version = s.version + CASE WHEN $4 <> s.query OR $5::jsonb <> s.filter::jsonb THEN 1 ELSE 0 END
  WHERE s.id = $1 AND s.owner = $2 RETURNING ${COLUMNS}`;

// Who follows what is shared no more, follows it no more.
const PRIVATE = `
  WITH gone AS (DELETE FROM followed_search WHERE search_id = $1 AND follower <> $2)
  DELETE FROM search_snapshot WHERE search_id = $1 AND follower <> $2`;

const REMOVE = `
  WITH gone AS (DELETE FROM saved_search WHERE id = $1 AND owner = $2 RETURNING id),
    followed AS (DELETE FROM followed_search WHERE search_id IN (SELECT id FROM gone)),
    snapshots AS (DELETE FROM search_snapshot WHERE search_id IN (SELECT id FROM gone))
  SELECT id FROM gone`;

const SEARCH = `SELECT ${COLUMNS} FROM saved_search s WHERE s.id = $1`;

const SEARCHES = `
  SELECT ${COLUMNS} FROM saved_search s
  WHERE CASE $2 WHEN 'OWN' THEN s.owner = $1 WHEN 'ALL' THEN s.owner = $1 OR s.is_shared
    ELSE (s.owner = $1 OR s.is_shared) AND EXISTS (SELECT FROM followed_search f WHERE f.follower = $1 AND f.search_id = s.id) END
  ORDER BY s.owner <> $1, lower(s.name), s.name COLLATE "C", s.id OFFSET $3 LIMIT $4`;

const FOLLOWED = `SELECT search_id AS id FROM followed_search WHERE follower = $1 AND search_id = ANY ($2::text[])`;

const FOLLOW = `
  INSERT INTO followed_search (follower, search_id, seen) SELECT $1, $2, 1
  WHERE (SELECT count(*) FROM followed_search WHERE follower = $1) < ${String(MOST_FOLLOWED)}
  ON CONFLICT DO NOTHING RETURNING follower`;

const UNFOLLOW = `
  WITH gone AS (DELETE FROM followed_search WHERE follower = $1 AND search_id = $2)
  DELETE FROM search_snapshot WHERE follower = $1 AND search_id = $2`;

const SNAPSHOT = `
  SELECT n.number, n.position, n.recorded_at AS "recordedAt", n.taken_at AS "takenAt", n.version, n.matches
  FROM followed_search f JOIN search_snapshot n
    ON n.follower = f.follower AND n.search_id = f.search_id AND n.number = coalesce($3::int, f.seen)
  WHERE f.follower = $1 AND f.search_id = $2`;

const LATEST = `
  SELECT n.number, n.position, n.recorded_at AS "recordedAt", n.taken_at AS "takenAt", n.version, n.matches
  FROM search_snapshot n WHERE n.follower = $1 AND n.search_id = $2 ORDER BY n.number DESC LIMIT 1`;

const KEEP = `
  INSERT INTO search_snapshot (follower, search_id, number, position, recorded_at, taken_at, version, matches)
  SELECT f.follower, f.search_id, coalesce((SELECT max(n.number) FROM search_snapshot n
      WHERE n.follower = $1 AND n.search_id = $2), 0) + 1, $3, $4, $5, $6, $7::text[]
  FROM followed_search f WHERE f.follower = $1 AND f.search_id = $2 RETURNING number`;

const THIN = `
  DELETE FROM search_snapshot n USING followed_search f
  WHERE n.follower = $1 AND n.search_id = $2 AND f.follower = $1 AND f.search_id = $2
    AND n.number <> f.seen AND n.number <= $3 - ${String(KEPT_SNAPSHOTS)}`;

// What was seen later stays seen.
const SEE = `
  UPDATE followed_search f SET seen = greatest(f.seen, $3) WHERE f.follower = $1 AND f.search_id = $2
    AND EXISTS (SELECT FROM search_snapshot n WHERE n.follower = $1 AND n.search_id = $2 AND n.number = $3)
  RETURNING f.seen`;

/** Saved searches in the tables of `prisma/saved-searches.prisma`. */
export class PostgresSavedSearchStore implements SavedSearchStore {
  constructor(private readonly pool: pg.Pool) {}

  create(search: SavedSearch): Promise<'MADE' | 'TAKEN' | 'FULL'> {
    const { id, owner, ownerName, name, text, filter, order, isShared, version, createdAt, updatedAt } = search;
    return this.#alone(owner, async (query) => {
      const given = [id, owner, ownerName, name, text, JSON.stringify(filter), order, isShared];
      if ((await query(CREATE, [...given, version, createdAt, updatedAt])).length > 0) return 'MADE';
      return (await query(HAS_NAME, [owner, name])).length > 0 ? 'TAKEN' : 'FULL';
    });
  }

  change(
    id: string,
    owner: string,
    change: Partial<SavedSearchChange>,
    at: Micros,
  ): Promise<SavedSearch | 'TAKEN' | 'ABSENT'> {
    const { name = null, text = null, filter, order = null, isShared = null } = change;
    return this.#alone(owner, async (query) => {
      const [same] = name === null ? [] : await query<{ id: string }>(HAS_NAME, [owner, name]);
      if (same !== undefined && same.id !== id) return 'TAKEN';
      const kept = filter === undefined ? null : JSON.stringify(filter);
      const [changed] = await query<SavedSearch>(CHANGE, [id, owner, name, text, kept, order, isShared, at]);
      if (changed === undefined) return 'ABSENT';
      if (!changed.isShared) await query(PRIVATE, [id, owner]);
      return changed;
    });
  }

  async remove(id: string, owner: string): Promise<boolean> {
    return (await this.#rows(REMOVE, [id, owner])).length > 0;
  }

  async search(id: string): Promise<SavedSearch | null> {
    if (storable([id]).length === 0) return null;
    return (await this.#rows<SavedSearch>(SEARCH, [id]))[0] ?? null;
  }

  searches(reader: string, scope: SavedSearchScope, skip: number, most: number): Promise<readonly SavedSearch[]> {
    return this.#rows<SavedSearch>(SEARCHES, [reader, scope, skip, most]);
  }

  async followed(follower: string, ids: readonly string[]): Promise<ReadonlySet<string>> {
    if (ids.length === 0) return new Set();
    const rows = await this.#rows<{ id: string }>(FOLLOWED, [follower, ids]);
    return new Set(rows.map(({ id }) => id));
  }

  follow(follower: string, id: string, snapshot: Omit<SearchSnapshot, 'number'>): Promise<'MADE' | 'FULL'> {
    return this.#alone(follower, async (query) => {
      if ((await query(FOLLOWED, [follower, [id]])).length > 0) return 'MADE';
      if ((await query(FOLLOW, [follower, id])).length === 0) return 'FULL';
      await query(KEEP, [follower, id, ...valuesOf(snapshot)]);
      return 'MADE';
    });
  }

  async unfollow(follower: string, id: string): Promise<void> {
    await this.#rows(UNFOLLOW, [follower, id]);
  }

  async snapshot(follower: string, id: string, number: number | null): Promise<SearchSnapshot | null> {
    const [row] = await this.#rows<SearchSnapshot>(SNAPSHOT, [follower, id, number]);
    return row ?? null;
  }

  async latest(follower: string, id: string): Promise<SearchSnapshot | null> {
    const [row] = await this.#rows<SearchSnapshot>(LATEST, [follower, id]);
    return row ?? null;
  }

  keep(follower: string, id: string, snapshot: Omit<SearchSnapshot, 'number'>): Promise<number | null> {
    return this.#alone(follower, async (query) => {
      const [row] = await query<{ number: number }>(KEEP, [follower, id, ...valuesOf(snapshot)]);
      if (row === undefined) return null;
      await query(THIN, [follower, id, row.number]);
      return row.number;
    });
  }

  see(follower: string, id: string, number: number): Promise<boolean> {
    return this.#alone(follower, async (query) => (await query(SEE, [follower, id, number])).length > 0);
  }

  async #alone<T>(user: string, work: (query: Query) => Promise<T>): Promise<T> {
    const client = await this.pool.connect().catch((error: unknown) => {
      throw translatePostgresError(error);
    });
    try {
      await client.query('BEGIN');
      await client.query(LOCK, [user]);
      const result = await work(async <R extends object>(text: string, values: readonly unknown[]) => {
        return (await client.query<R & pg.QueryResultRow>(text, [...values])).rows;
      });
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch(() => undefined);
      throw translatePostgresError(error);
    } finally {
      client.release();
    }
  }

  async #rows<R extends object>(text: string, values: readonly unknown[]): Promise<R[]> {
    try {
      return (await this.pool.query<R>(text, [...values])).rows;
    } catch (error) {
      throw translatePostgresError(error);
    }
  }
}

type Query = <R extends object>(text: string, values: readonly unknown[]) => Promise<R[]>;

function valuesOf({ position, recordedAt, takenAt, version, matches }: Omit<SearchSnapshot, 'number'>): unknown[] {
  return [position, recordedAt, takenAt, version, matches];
}
