import { HeadwaterError } from '@headwater/domain/errors';
import type { NodeKey } from '@headwater/domain/identifiers';
import type pg from 'pg';
import { GENERATION_SCHEMA } from '../catalog/projection-database.js';
import { filterSql } from './document-filters.js';
import { joinedSql, splitSql } from './words.js';

// Far beyond what people search for, and together below the 1 MB that a tsvector holds.
const MAX_NAME = 5_000;
const MAX_FIELDS = 60_000;
const MAX_DESCRIPTIONS = 20_000;
const MAX_TAGS = 5_000;

// The assets given with all that were ever merged with them: a merge removes a document, a split brings it back.
const SOURCES = `
  given AS (SELECT DISTINCT u.key FROM unnest($1::uuid[]) AS u(key)),
  related AS MATERIALIZED (
    SELECT g.key FROM given g
    UNION SELECT l.canonical_key FROM given g JOIN @.alias l ON l.member_key = g.key
    UNION SELECT l.member_key FROM given g JOIN @.alias l ON l.canonical_key = g.key
  ),
  component AS MATERIALIZED (
    SELECT DISTINCT coalesce(l.canonical_key, r.key) AS key, l.canonical_id AS id
    FROM related r LEFT JOIN @.alias l ON l.member_key = r.key AND l.recorded_to IS NULL
  ),
  member AS MATERIALIZED (
    SELECT c.key AS canonical, c.key FROM component c
    UNION SELECT c.key, l.member_key FROM component c JOIN @.alias l ON l.canonical_key = c.key AND l.recorded_to IS NULL
  ),
  asset AS (
    SELECT m.canonical, array_agg(a.key ORDER BY a.key <> m.canonical, a.id) AS member_keys,
      (array_agg(a.id ORDER BY a.key <> m.canonical, a.id))[1] AS id,
      (array_agg(a.kind ORDER BY a.key <> m.canonical, a.id))[1] AS kind,
      (array_agg(a.namespace ORDER BY a.key <> m.canonical, a.id))[1] AS namespace,
      (array_agg(a.display_name ORDER BY a.key <> m.canonical, a.id))[1] AS display_name,
      left(string_agg(a.name, ' ' ORDER BY a.key <> m.canonical, a.id), ${MAX_NAME}) AS names,
      left(string_agg(a.description, ' ' ORDER BY a.key <> m.canonical, a.id), ${MAX_DESCRIPTIONS}) AS descriptions,
      bool_and(a.placeholder) AS placeholder, sum(a.consumers)::int AS consumers
    FROM member m JOIN @.asset a ON a.key = m.key
    GROUP BY m.canonical HAVING NOT bool_and(a.deleted_at IS NOT NULL)
  ),
  source AS MATERIALIZED (
    SELECT a.canonical AS key, coalesce(c.id, a.id) AS id, a.kind, a.namespace, a.display_name, a.placeholder,
      a.member_keys, a.consumers, a.names,
      left(coalesce(a.descriptions, '') || ' ' || coalesce(f.descriptions, ''), ${MAX_DESCRIPTIONS}) AS descriptions,
      left(coalesce(f.names, ''), ${MAX_FIELDS}) AS fields,
      coalesce(t.tags, '{}') AS tags, coalesce(o.owner_ids, '{}') AS owner_ids
    FROM asset a
    LEFT JOIN LATERAL (
      SELECT c.id FROM component c WHERE c.key = a.canonical AND c.id IS NOT NULL LIMIT 1
    ) c ON true
    LEFT JOIN LATERAL (
      SELECT string_agg(array_to_string(f.path, ' '), ' ' ORDER BY f.ordinal, f.id) AS names,
        string_agg(f.description, ' ' ORDER BY f.ordinal, f.id) AS descriptions
      FROM @.field f WHERE a.kind = 'DATASET' AND f.dataset_key = ANY (a.member_keys) AND f.deleted_at IS NULL
    ) f ON true
    LEFT JOIN LATERAL (
      SELECT array_agg(DISTINCT x.tag ORDER BY x.tag) AS tags FROM (
        SELECT unnest(r.tags) AS tag FROM @.asset r WHERE r.key = ANY (a.member_keys)
        UNION ALL
        SELECT p.value FROM @.field f JOIN @.fact p ON p.node_key = f.key AND p.kind = 'TAG'
        WHERE a.kind = 'DATASET' AND f.dataset_key = ANY (a.member_keys) AND f.deleted_at IS NULL
          AND p.valid_to IS NULL AND p.recorded_to IS NULL
      ) x
    ) t ON true
    LEFT JOIN LATERAL (
      SELECT array_agg(DISTINCT x.owner_id ORDER BY x.owner_id) AS owner_ids
      FROM (SELECT unnest(r.owner_ids) AS owner_id FROM @.asset r WHERE r.key = ANY (a.member_keys)) x
    ) o ON true
  ),
  digested AS (
    SELECT s.*, md5(jsonb_build_array(s.id, s.kind, s.namespace, s.display_name, s.placeholder, s.member_keys,
      s.consumers, s.names, s.descriptions, s.fields, s.tags, s.owner_ids)::text)::uuid AS digest
    FROM source s
  )`;

const vector = (text: string, weight: string): string => `setweight(to_tsvector('simple', ${text}), '${weight}')`;

const WORDS = [
  vector(`${splitSql('s.names')} || ' ' || ${joinedSql('s.display_name')}`, 'A'),
  vector(splitSql('s.fields'), 'B'),
  vector(splitSql('s.descriptions'), 'C'),
  vector(splitSql(`left(array_to_string(s.tags, ' '), ${MAX_TAGS}) || ' ' || s.namespace`), 'D'),
  `array_to_tsvector(ARRAY(
    SELECT '#' || n.lexeme
    FROM unnest(to_tsvector('simple', ${splitSql('s.display_name')} || ' ' || ${joinedSql('s.display_name')})) n
  ))`,
  `array_to_tsvector(ARRAY(
    SELECT ${filterSql('kind', 's.kind')} UNION SELECT ${filterSql('namespace', 's.namespace')}
    UNION SELECT ${filterSql('owner', 'o.id')} FROM unnest(s.owner_ids) AS o(id)
    UNION SELECT ${filterSql('hasOwner', `'true'`)} WHERE s.owner_ids <> '{}'
    UNION SELECT ${filterSql('tag', 't.tag')} FROM unnest(s.tags) AS t(tag)
    UNION SELECT ${filterSql('tag', `split_part(t.tag, '=', 1)`)} FROM unnest(s.tags) AS t(tag)
  ))`,
].join(`\n || `);

const REFRESH = `
  WITH ${SOURCES},
  gone AS (
    DELETE FROM @.search_document d
    WHERE d.key IN (SELECT key FROM related UNION SELECT key FROM component)
      AND NOT EXISTS (SELECT FROM source s WHERE s.key = d.key)
  ),
  written AS (
    INSERT INTO @.search_document AS d (key, id, kind, namespace, display_name, sort_name, placeholder, member_keys,
      consumers, tags, owner_ids, digest, words)
    SELECT s.key, s.id, s.kind, s.namespace, s.display_name, left(lower(s.display_name), 200), s.placeholder,
      s.member_keys, s.consumers, s.tags, s.owner_ids, s.digest,
      ${WORDS}
    FROM digested s
    WHERE NOT EXISTS (SELECT FROM @.search_document d WHERE d.key = s.key AND d.digest = s.digest)
    ON CONFLICT (key) DO UPDATE SET id = excluded.id, kind = excluded.kind, namespace = excluded.namespace,
      display_name = excluded.display_name, sort_name = excluded.sort_name, placeholder = excluded.placeholder,
      member_keys = excluded.member_keys, consumers = excluded.consumers, tags = excluded.tags,
      owner_ids = excluded.owner_ids, digest = excluded.digest, words = excluded.words
    RETURNING d.words
  ),
  word AS (
    SELECT DISTINCT w.lexeme AS word FROM written, unnest(written.words) AS w(lexeme, positions, weights)
    WHERE w.weights && ARRAY['A', 'B', 'D'] AND length(w.lexeme) BETWEEN 3 AND 40 AND w.lexeme !~ '[0-9]'
  ),
  learned AS (
    INSERT INTO @.search_word (word)
    SELECT w.word FROM word w WHERE NOT EXISTS (SELECT FROM @.search_word k WHERE k.word = w.word)
    ON CONFLICT DO NOTHING
  )
  SELECT count(*) AS count FROM written`;

/**
 * Brings the search documents of these assets (datasets whose fields changed included) up to date with the tables of
 * one generation, in the caller's transaction and behind its own writes. Unchanged ones are not written. Of a merge or
 * split give every asset that it touched. Returns how many documents were written.
 */
export async function refreshSearchDocuments(
  client: pg.ClientBase,
  schema: string,
  assetKeys: readonly NodeKey[],
): Promise<number> {
  if (!GENERATION_SCHEMA.test(schema)) {
    throw new HeadwaterError('INTERNAL', 'the projection schema must be projection_g<number>');
  }
  if (assetKeys.length === 0) return 0;
  const { rows } = await client.query<{ count: string | number }>({
    name: `search_refresh_${schema.slice('projection_'.length)}`,
    text: REFRESH.replaceAll('@.', `${schema}.`),
    values: [assetKeys],
  });
  return Number(rows[0]?.count ?? 0);
}
