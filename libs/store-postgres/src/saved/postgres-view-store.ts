import type { NodeId, NodeKey } from '@headwater/domain/identifiers';
import { SAME_VISIT, type RecentView, type ViewStore } from '@headwater/domain/saved/view-store';
import { MICROS_PER_HOUR, type Micros } from '@headwater/domain/time';
import type pg from 'pg';
import { translatePostgresError } from '../postgres-error.js';

const MICROS_PER_DAY = 24 * MICROS_PER_HOUR;

// In the order of keys, so that two that look at the same things wait for each other and not both.
const RECORD = `
  WITH given AS MATERIALIZED (
    SELECT DISTINCT ON (g.key) g.key, g.id FROM unnest($2::uuid[], $3::text[]) AS g(key, id) ORDER BY g.key
  ),
  counted AS MATERIALIZED (
    SELECT g.key FROM given g LEFT JOIN recent_view r ON r.viewer = $1 AND r.asset_key = g.key
    WHERE r.viewed_at IS NULL OR r.viewed_at < $4::bigint - ${String(SAME_VISIT)}
    ORDER BY g.key
  ),
  seen AS (
    INSERT INTO recent_view AS r (viewer, asset_key, asset_id, viewed_at)
    SELECT $1, g.key, g.id, $4::bigint FROM given g ORDER BY g.key
    ON CONFLICT (viewer, asset_key) DO UPDATE SET viewed_at = greatest(r.viewed_at, excluded.viewed_at),
      asset_id = excluded.asset_id
  ),
  days AS (
    INSERT INTO view_day AS d (asset_key, day, views) SELECT c.key, $5, 1 FROM counted c ORDER BY c.key
    ON CONFLICT (asset_key, day) DO UPDATE SET views = d.views + 1
  )
  INSERT INTO view_total AS t (asset_key, views) SELECT c.key, 1 FROM counted c ORDER BY c.key
  ON CONFLICT (asset_key) DO UPDATE SET views = t.views + 1`;

const RECENT = `
  SELECT asset_id AS id, viewed_at AS at FROM recent_view WHERE viewer = $1 AND viewed_at > $2
  ORDER BY viewed_at DESC, asset_key LIMIT $3`;

// Assets that lost days are counted anew, the others are left.
const SWEEP = `
  WITH forgotten AS (DELETE FROM recent_view WHERE viewed_at < $1),
  gone AS (DELETE FROM view_day WHERE day < $2 RETURNING asset_key, views),
  lost AS MATERIALIZED (SELECT g.asset_key, sum(g.views)::int AS views FROM gone g GROUP BY g.asset_key ORDER BY 1),
  emptied AS (
    DELETE FROM view_total t USING lost l WHERE t.asset_key = l.asset_key AND t.views <= l.views
  )
  UPDATE view_total t SET views = t.views - l.views FROM lost l WHERE t.asset_key = l.asset_key AND t.views > l.views`;

/** Views in the tables of `prisma/saved-searches.prisma`. */
export class PostgresViewStore implements ViewStore {
  constructor(private readonly pool: pg.Pool) {}

  async record(
    viewer: string,
    assets: readonly { readonly key: NodeKey; readonly id: NodeId }[],
    at: Micros,
  ): Promise<void> {
    if (assets.length === 0) return;
    const keys = assets.map(({ key }) => key);
    const ids = assets.map(({ id }) => id);
    await this.#rows(RECORD, [viewer, keys, ids, at, Math.floor(at / MICROS_PER_DAY)]);
  }

  recent(viewer: string, since: Micros, most: number): Promise<readonly RecentView[]> {
    return this.#rows<RecentView>(RECENT, [viewer, since, most]);
  }

  async sweep(before: Micros): Promise<void> {
    await this.#rows(SWEEP, [before, Math.floor(before / MICROS_PER_DAY)]);
  }

  async #rows<R extends object>(text: string, values: readonly unknown[]): Promise<R[]> {
    try {
      return (await this.pool.query<R>(text, [...values])).rows;
    } catch (error) {
      throw translatePostgresError(error);
    }
  }
}
