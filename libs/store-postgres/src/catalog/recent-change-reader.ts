import type { NamespaceRule } from '@headwater/domain/access/namespace-rule';
import { LATEST } from '@headwater/domain/reading/read-time';
import type {
  RecentChange,
  RecentChangeFilter,
  RecentChangeReader,
} from '@headwater/domain/reading/recent-change-reader';
import { allowsNamespace, ruleParameter } from './namespace-sql.js';
import type { ProjectionDatabase, Statement } from './projection-database.js';

/** Behind the place $2, $7, $8, $9, in the order of the list. */
const isBehind = (at: string, position: string, asset: string, kind: string): string =>
  `(${at} < $2 OR (${at} = $2 AND (${position} < $7 OR (${position} = $7 AND
    (${asset} COLLATE "C" > $8 OR (${asset} COLLATE "C" = $8 AND ${kind} > $9))))))`;

/** A schema has no position: it stands behind the edits of its time. */
const NO_POSITION = -1;

/**
 * $1 after, $2 time of the place, $3 kinds or null, $4 keys or null, $5 limit, $6 namespaces, $7 position, $8 asset and
 * $9 kind of the place.
 */
const RECENT: Statement = {
  name: 'catalog_recent_changes',
  sql: `
    WITH edited AS (
      SELECT a.id AS asset, 'EDIT' AS kind, e.recorded_at AS at, a.edit_position AS position, NULL AS producer, NULL::uuid AS row_id
      FROM @.asset a CROSS JOIN LATERAL (
        SELECT (extract(epoch FROM l.recorded_at) * 1000000)::bigint AS recorded_at FROM event_log l
        WHERE l.position = a.edit_position LIMIT 1
      ) e
      WHERE a.edit_position > 0 AND ($3::text[] IS NULL OR 'EDIT' = ANY ($3::text[]))
        AND ($4::uuid[] IS NULL OR a.key = ANY ($4::uuid[])) AND e.recorded_at > $1
        AND ${isBehind('e.recorded_at', 'a.edit_position', 'a.id', `'EDIT'`)} AND ${allowsNamespace('$6', 'a.namespace')}
      ORDER BY a.edit_position DESC, a.id COLLATE "C" LIMIT $5
    ),
    stated AS (
      SELECT a.id AS asset, 'SCHEMA' AS kind, s.recorded_from AS at, NULL::bigint AS position, s.producer, s.row_id
      FROM @.schema_version s JOIN @.asset a ON a.key = s.dataset_key
      WHERE s.recorded_from > $1 AND s.recorded_from <= $2 AND s.recorded_to IS NULL AND s.valid_to IS NULL
        AND ($3::text[] IS NULL OR 'SCHEMA' = ANY ($3::text[])) AND ($4::uuid[] IS NULL OR s.dataset_key = ANY ($4::uuid[]))
        AND ${isBehind('s.recorded_from', String(NO_POSITION), 'a.id', `'SCHEMA'`)} AND ${allowsNamespace('$6', 'a.namespace')}
        AND NOT EXISTS (
          SELECT FROM @.schema_version o
          WHERE o.dataset_key = s.dataset_key AND o.recorded_to IS NULL AND o.valid_to IS NULL
            AND (o.recorded_from, o.row_id) > (s.recorded_from, s.row_id)
        )
      ORDER BY s.recorded_from DESC, a.id COLLATE "C" LIMIT $5
    ),
    latest AS (
      SELECT * FROM (
        SELECT e.* FROM edited e
        UNION ALL SELECT s.* FROM stated s
      ) x ORDER BY x.at DESC, x.position DESC NULLS LAST, x.asset COLLATE "C", x.kind LIMIT $5
    )
    SELECT l.asset, l.kind, l.at, l.position, l.producer,
      coalesce(p.now, '{}') AS now, coalesce(p.before, '{}') AS before
    FROM latest l LEFT JOIN LATERAL (
      SELECT ARRAY(SELECT array_to_string(ARRAY(SELECT jsonb_array_elements_text(f -> 'path')), '.')
          FROM jsonb_array_elements(s.fields::jsonb) f) AS now,
        ARRAY(SELECT array_to_string(ARRAY(SELECT jsonb_array_elements_text(f -> 'path')), '.')
          FROM jsonb_array_elements(b.fields::jsonb) f) AS before
      FROM @.schema_version s LEFT JOIN LATERAL (
        SELECT o.fields FROM @.schema_version o
        WHERE o.dataset_key = s.dataset_key AND o.producer IS NOT DISTINCT FROM s.producer AND o.recorded_to IS NULL
          AND o.valid_to IS NOT NULL AND o.valid_from < s.valid_from AND o.authoritative = s.authoritative
        ORDER BY o.valid_from DESC, o.row_id LIMIT 1
      ) b ON true
      WHERE s.row_id = l.row_id
    ) p ON true
    ORDER BY l.at DESC, l.position DESC NULLS LAST, l.asset COLLATE "C", l.kind`,
};

interface Row extends Omit<RecentChange, 'fieldsAdded' | 'fieldsRemoved'> {
  readonly now: readonly string[];
  readonly before: readonly string[];
}

/** Edits and schemas by when they were written, in one statement. */
export class PostgresRecentChangeReader implements RecentChangeReader {
  constructor(private readonly database: ProjectionDatabase) {}

  async recentChanges(
    { kinds, after, behind, assets }: RecentChangeFilter,
    most: number,
    within?: NamespaceRule,
  ): Promise<readonly RecentChange[]> {
    if (assets?.length === 0) return [];
    const place = [
      behind === undefined ? LATEST : (behind.position ?? NO_POSITION),
      behind?.asset ?? '',
      behind?.kind ?? '',
    ];
    const values = [after, behind?.at ?? LATEST, kinds ?? null, assets ?? null, most, ruleParameter(within), ...place];
    const rows = await this.database.rows<Row>(RECENT, values);
    return rows.map(({ now, before: then, ...change }) => {
      const had = new Set(then);
      const has = new Set(now);
      const fieldsAdded = now.filter((field) => !had.has(field));
      return { ...change, fieldsAdded, fieldsRemoved: then.filter((field) => !has.has(field)) };
    });
  }
}
