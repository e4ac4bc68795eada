import { parseNodeId, type NodeId, type NodeKey } from '@headwater/domain/identifiers';
import type { AssetThen, CensusPage, CensusReader } from '@headwater/domain/reading/census-reader';
import type { ReadTime } from '@headwater/domain/reading/read-time';
import type { ProjectionDatabase, Statement } from './projection-database.js';
import type { PostgresCatalogStatusReader } from './status-reader.js';

/** Below every key, and never one. */
const BEFORE_ALL = '0'.repeat(32);

/** Whether an event up to $5 speaks of a subject, from an effective time on. */
const isSpokenOf = (subject: string, from = '-9223372036854775808'): string => `EXISTS (
      SELECT FROM @.event_reference x WHERE x.subject_key = ${subject} AND x.position <= $5 AND x.effective_at >= ${from})`;

/** Links of the run of a mention to its dataset, by when they were recorded: that is when the run first named it. */
const linkOf = (mention: string, condition: string): string => `EXISTS (
            SELECT FROM @.version_link v WHERE v.run_key = ${mention}.subject_key AND v.dataset_key = a.key AND ${condition})`;

/** Marks of the event log's digests: of each the first that begins with those 64 bits is the event that left it. */
const isKnown = (mark: string): string => `coalesce((
        SELECT e.position FROM event_digest e WHERE e.digest >= decode(${mark} -> 'stamp' ->> 'digest', 'hex')
        ORDER BY e.digest LIMIT 1) <= $5, false)`;

/**
 * $1 the key behind which to go on, $2 how many, $3 valid time, $4 record time, $5 the last position of then. An asset with
 * several names is told where the first of their keys is passed. DROPs go by their marks and not by what holds now: a
 * dataset that is made anew each night was gone between.
 */
const CENSUS: Statement = {
  name: 'catalog_census',
  sql: `
    WITH page AS MATERIALIZED (SELECT a.key FROM @.asset a WHERE a.key > $1::uuid ORDER BY a.key LIMIT $2),
    own AS MATERIALIZED (
      SELECT p.key, coalesce(l.canonical_key, p.key) AS canonical_key, l.canonical_id
      FROM page p LEFT JOIN LATERAL (
        SELECT l.canonical_key, l.canonical_id FROM @.alias l
        WHERE l.member_key = p.key AND l.recorded_from <= $4 AND (l.recorded_to IS NULL OR l.recorded_to > $4)
        ORDER BY l.recorded_from DESC LIMIT 1
      ) l ON true
    ),
    member AS (
      SELECT o.key, o.canonical_key, o.canonical_id, o.canonical_key AS member FROM own o
      UNION SELECT o.key, o.canonical_key, o.canonical_id, l.member_key FROM own o
      JOIN @.alias l ON l.canonical_key = o.canonical_key AND l.recorded_from <= $4
        AND (l.recorded_to IS NULL OR l.recorded_to > $4)
    ),
    named AS (
      SELECT m.key, m.canonical_key, m.canonical_id, a.key AS member, a.id, a.kind, a.display_name,
        (${isSpokenOf('a.key')} OR EXISTS (
          SELECT FROM @.mention m WHERE m.dataset_key = a.key AND (${linkOf('m', 'v.recorded_from <= $4')}
            OR (NOT ${linkOf('m', 'true')} AND ${isSpokenOf('m.subject_key')}))
        ) OR EXISTS (
          SELECT FROM @.run r WHERE r.job_key = a.key AND (${isSpokenOf('r.key')}
            OR EXISTS (SELECT FROM @.run c WHERE c.parent_key = r.key AND ${isSpokenOf('c.key')}))
        ) OR (
          -- Known by no more than a name in what is said of others.
          a.created_at <= $3 AND NOT EXISTS (SELECT FROM @.event_reference x WHERE x.subject_key = a.key)
            AND NOT EXISTS (SELECT FROM @.mention m WHERE m.dataset_key = a.key)
            AND NOT EXISTS (SELECT FROM @.run r WHERE r.job_key = a.key)
        )) AS is_known,
        (EXISTS (
          SELECT FROM @.fact f WHERE f.node_key = a.key AND f.kind = 'DELETION'
            AND f.valid_from <= $3 AND (f.valid_to IS NULL OR f.valid_to > $3)
            AND f.recorded_from <= $4 AND (f.recorded_to IS NULL OR f.recorded_to > $4)
        ) OR coalesce(dropped.at IS NOT NULL AND NOT dropped.is_revived AND NOT EXISTS (
          SELECT FROM @.mention w WHERE w.dataset_key = a.key AND w.side = 'WRITE'
            AND ${isSpokenOf('w.subject_key', 'dropped.at')}
            AND (w.run_id IS NULL OR ${linkOf('w', `v.role = 'GENERATED' AND v.recorded_from <= $4`)})
        ), false)) AS is_deleted
      FROM member m JOIN @.asset a ON a.key = m.member
      LEFT JOIN LATERAL (
        SELECT last.at, coalesce((
          SELECT bool_or((r.mark -> 'stamp' ->> 'at')::bigint >= last.at AND ${isKnown('r.mark')})
          FROM json_array_elements(g.body -> 'lifecycle') AS r(mark)
          WHERE r.mark ->> 'change' = 'CREATE' OR (r.mark ->> 'change' = 'RENAME' AND NOT (r.mark ->> 'isOld')::boolean)
        ), false) AS is_revived
        FROM @.aggregate g CROSS JOIN LATERAL (
          SELECT max((d.mark -> 'stamp' ->> 'at')::bigint) AS at FROM json_array_elements(g.body -> 'lifecycle') AS d(mark)
          WHERE (d.mark ->> 'change' = 'DROP' OR (d.mark ->> 'change' = 'RENAME' AND (d.mark ->> 'isOld')::boolean))
            AND ${isKnown('d.mark')}
        ) last
        WHERE g.key = a.key AND json_array_length(g.body -> 'lifecycle') > 0
      ) dropped ON true
    ),
    told AS (
      SELECT n.key, coalesce(min(n.canonical_id), min(n.id) FILTER (WHERE n.member = n.canonical_key)) AS id,
        min(n.kind) AS kind,
        coalesce(min(n.display_name) FILTER (WHERE n.member = n.canonical_key), min(n.display_name)) AS display_name
      FROM named n GROUP BY n.key
      HAVING bool_and(n.member >= n.key) AND bool_or(n.is_known) AND NOT bool_and(n.is_deleted)
    )
    SELECT encode(uuid_send(p.key), 'hex') AS key, t.id, t.kind, t.display_name AS "displayName"
    FROM page p LEFT JOIN told t ON t.key = p.key ORDER BY p.key`,
};

interface Row {
  readonly key: NodeKey;
  /** Null of a key that tells of no asset. */
  readonly id: NodeId | null;
  readonly kind: AssetThen['kind'];
  readonly displayName: string;
}

/** Assets of a moment, from what the log had told of them by then. */
export class PostgresCensusReader implements CensusReader {
  constructor(
    private readonly database: ProjectionDatabase,
    private readonly status: Pick<PostgresCatalogStatusReader, 'positionAt'>,
  ) {}

  async assetsThen({ at, knownAt }: ReadTime, after: NodeKey | null, most: number): Promise<CensusPage> {
    const position = await this.status.positionAt(knownAt);
    const values = [after ?? BEFORE_ALL, most, at, knownAt, position];
    const rows = await this.database.rows<Row>(CENSUS, values);
    const assets = rows.flatMap(({ id, kind, displayName }) => {
      if (id === null) return [];
      const [namespace = '', name = ''] = parseNodeId(id)?.segments ?? [];
      return [{ id, kind, namespace, name, displayName }];
    });
    return { assets, next: rows.length < most ? null : (rows.at(-1)?.key ?? null) };
  }
}
