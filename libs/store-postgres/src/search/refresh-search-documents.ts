import { HeadwaterError } from '@headwater/domain/errors';
import type { NodeKey } from '@headwater/domain/identifiers';
import type { Micros } from '@headwater/domain/time';
import type pg from 'pg';
import { GENERATION_SCHEMA } from '../catalog/projection-database.js';
import { MARKS, MAX_WORD, TERM, WHOLE, type Place } from './marks.js';
import { propertiesSql } from './property-sql.js';
import { effectiveOwnersSql } from './ownership-rule-table.js';
import { decodedSql, joinedSql, splitSql, unsplitSql } from './words.js';

// Far beyond what people search for, and together below the 1 MB that a tsvector holds.
const MAX_NAME = 5_000;
const MAX_FIELDS = 60_000;
const MAX_DESCRIPTIONS = 20_000;
const MAX_TAGS = 5_000;
const MAX_PROPERTIES = 20_000;

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
      array_agg(a.name) || array_agg(substring(a.name FROM '[^./]+[./][^./]+$')) AS whole_names,
      array_agg(DISTINCT a.display_name) AS display_names,
      bool_and(a.placeholder) AS placeholder, sum(a.consumers)::int AS consumers, max(a.updated_at) AS updated_at
    FROM member m JOIN @.asset a ON a.key = m.key
    GROUP BY m.canonical HAVING NOT bool_and(a.deleted_at IS NOT NULL)
  ),
  property AS MATERIALIZED (
    SELECT d.id, d.key, d.body ->> 'type' AS type FROM @.definition d
    WHERE d.kind = 'PROPERTY' AND d.recorded_to IS NULL AND d.valid_to IS NULL
  ),
  source AS MATERIALIZED (
    SELECT a.canonical AS key, coalesce(c.id, a.id) AS id, a.kind, a.namespace, a.display_name, a.placeholder,
      a.member_keys, a.consumers, a.updated_at, a.names, a.whole_names, a.display_names,
      left(coalesce(a.descriptions, '') || ' ' || coalesce(f.descriptions, '') || ' ' ||
        coalesce(t.descriptions, ''), ${MAX_DESCRIPTIONS}) AS descriptions,
      left(coalesce(f.names, ''), ${MAX_FIELDS}) AS fields, left(coalesce(f.leaves, ''), ${MAX_FIELDS}) AS leaves,
      coalesce(t.tags, '{}') AS tags, coalesce(o.owner_ids, '{}') AS owner_ids, d.domain_id,
      coalesce(t.term_ids, '{}') AS term_ids, coalesce(t.product_ids, '{}') AS product_ids, coalesce(v.properties, '{}') AS properties,
      coalesce(v.valued, '[]') AS valued, left(coalesce(v.texts, ''), ${MAX_PROPERTIES}) AS property_texts
    FROM asset a
    LEFT JOIN (
      SELECT DISTINCT ON (c.key) c.key, c.id FROM component c WHERE c.id IS NOT NULL ORDER BY c.key
    ) c ON c.key = a.canonical
    LEFT JOIN LATERAL (
      SELECT string_agg(array_to_string(f.path, ' '), ' ' ORDER BY f.ordinal, f.id) AS names,
        string_agg(f.path[cardinality(f.path)], E'\\n' ORDER BY f.ordinal, f.id) AS leaves,
        string_agg(f.description, ' ' ORDER BY f.ordinal, f.id) AS descriptions
      FROM @.field f WHERE a.kind = 'DATASET' AND f.dataset_key = ANY (a.member_keys) AND f.deleted_at IS NULL
    ) f ON true
    LEFT JOIN LATERAL (
      SELECT array_agg(DISTINCT x.value ORDER BY x.value) FILTER (WHERE x.kind = 'TAG') AS tags,
        array_agg(DISTINCT x.value ORDER BY x.value) FILTER (WHERE x.kind = 'TERM') AS term_ids,
        array_agg(DISTINCT x.value ORDER BY x.value) FILTER (WHERE x.kind = 'PRODUCT') AS product_ids,
        string_agg(x.value, ' ' ORDER BY x.value) FILTER (WHERE x.kind = 'DESCRIPTION') AS descriptions
      FROM (
        SELECT 'TAG' AS kind, unnest(r.tags) AS value FROM @.asset r WHERE r.key = ANY (a.member_keys)
        UNION ALL
        SELECT p.kind, p.value FROM @.field f JOIN @.fact p ON p.node_key = f.key AND p.kind IN ('TAG', 'DESCRIPTION', 'TERM')
        WHERE a.kind = 'DATASET' AND f.dataset_key = ANY (a.member_keys) AND f.deleted_at IS NULL
          AND p.valid_to IS NULL AND p.recorded_to IS NULL
        UNION ALL
        SELECT p.kind, p.value FROM @.fact p
        WHERE p.node_key = ANY (a.member_keys) AND p.kind IN ('TERM', 'PRODUCT') AND p.valid_to IS NULL AND p.recorded_to IS NULL
      ) x
    ) t ON true
    LEFT JOIN LATERAL (
      SELECT p.value AS domain_id FROM @.fact p
      WHERE p.node_key = ANY (a.member_keys) AND p.kind = 'DOMAIN' AND p.valid_to IS NULL AND p.recorded_to IS NULL
      ORDER BY p.valid_from DESC, p.row_id LIMIT 1
    ) d ON true
    LEFT JOIN LATERAL (${propertiesSql('a.member_keys')}
    ) v ON true
    LEFT JOIN LATERAL (${effectiveOwnersSql('a.member_keys', 'd.domain_id', 't.tags')}
    ) o ON true
  ),
  digested AS (
    SELECT s.*, md5(jsonb_build_array(s.kind, s.namespace, s.tags, s.owner_ids, s.domain_id, s.term_ids,
        s.properties)::text)::uuid AS group_key,
      md5(jsonb_build_array(s.id, s.kind, s.namespace, s.display_name, s.placeholder, s.member_keys,
        s.consumers, s.names, s.descriptions, s.fields, s.leaves, s.tags, s.owner_ids, s.domain_id, s.term_ids,
        s.properties, s.valued, s.property_texts, s.product_ids)::text)::uuid AS digest
    FROM source s
  )`;

// What stands behind the kind in the ids of owners: short, so that its words come of the id alone.
const OWNER_NAMES = `coalesce((SELECT left(string_agg(${decodedSql(`split_part(w.id, ':', 3)`)}, ' ' ORDER BY w.id), ${MAX_TAGS})
    FROM unnest(s.owner_ids) AS w(id)), '')`;

const PLACED: readonly (readonly [place: Place, words: string])[] = [
  [
    'display',
    `${splitSql('s.display_name')} || ' ' || ${unsplitSql('s.display_name')} || ' ' || ${joinedSql('s.display_name')}`,
  ],
  ['name', splitSql('s.names')],
  ['field', `${splitSql('s.fields')} || ' ' || ${unsplitSql('s.leaves')}`],
  ['text', `${splitSql('s.descriptions')} || ' ' || ${splitSql('s.property_texts')}`],
  ['scope', splitSql(`left(array_to_string(s.tags, ' '), ${MAX_TAGS}) || ' ' || s.namespace || ' ' || ${OWNER_NAMES}`)],
];

const markOf = (place: Place): string => (place === 'scope' ? '' : MARKS[place]);

const placedWords = ([place, words]: (typeof PLACED)[number], rank: number): string =>
  `SELECT left(p.word, ${MAX_WORD}) AS word, '${markOf(place)}' AS mark, ${rank} AS rank
   FROM string_to_table(${words}, ' ') AS p(word) WHERE p.word <> ''`;

const wholeNames = (mark: string, texts: string): string =>
  `SELECT '${mark}' || left(${joinedSql('w.text')}, ${MAX_WORD}) FROM ${texts} AS w(text) WHERE w.text <> ''`;

const WORDS = `array_to_tsvector(ARRAY(
    SELECT m.mark || p.word
    FROM (
      SELECT DISTINCT ON (p.word) p.word, p.mark FROM (${PLACED.map(placedWords).join(' UNION ALL ')}) p
      ORDER BY p.word, p.rank
    ) p, unnest(ARRAY['', p.mark]) AS m(mark)
  ) || ARRAY(
    ${wholeNames(WHOLE.name, 'unnest(s.display_names || s.whole_names)')}
    UNION ${wholeNames(WHOLE.field, `string_to_table(s.leaves, E'\\n')`)}
    UNION SELECT '${TERM}' || left(encode(sha256(convert_to(t.id, 'UTF8')), 'hex'), 32) FROM unnest(s.term_ids || s.product_ids || s.owner_ids) AS t(id)
  ))`;

// Twice the consumers weigh as much as thirty words less in the name. What is only referred to comes behind all else.
const STANDING = `(1000 * ln(1 + greatest(s.consumers, 0)))::int
      - 23 * least(cardinality(string_to_array(trim(${splitSql('s.display_name')}), ' ')), 20)
      - CASE WHEN s.placeholder THEN 50000 ELSE 0 END`;

const REFRESH = `
  WITH ${SOURCES},
  before AS MATERIALIZED (
    SELECT d.key, d.group_key FROM @.search_document d
    WHERE d.key IN (SELECT key FROM related UNION SELECT key FROM component)
  ),
  gone AS (
    DELETE FROM @.search_document d USING before b
    WHERE d.key = b.key AND NOT EXISTS (SELECT FROM source s WHERE s.key = d.key)
    RETURNING d.key
  ),
  changed AS MATERIALIZED (
    SELECT s.* FROM digested s
    WHERE NOT EXISTS (SELECT FROM @.search_document d WHERE d.key = s.key AND d.digest = s.digest)
  ),
  written AS (
    INSERT INTO @.search_document AS d (key, group_key, id, display_name, sort_name, member_keys, consumers, standing,
      digest, words)
    SELECT s.key, s.group_key, s.id, s.display_name, left(lower(s.display_name), 200), s.member_keys, s.consumers,
      ${STANDING}, s.digest,
      ${WORDS}
    FROM changed s
    ON CONFLICT (key) DO UPDATE SET group_key = excluded.group_key, id = excluded.id,
      display_name = excluded.display_name, sort_name = excluded.sort_name, member_keys = excluded.member_keys,
      consumers = excluded.consumers, standing = excluded.standing, digest = excluded.digest, words = excluded.words
    RETURNING d.words
  ),
  moved AS MATERIALIZED (
    SELECT x.key, sum(x.n)::int AS documents FROM (
      SELECT c.group_key AS key, 1 AS n FROM changed c
      UNION ALL SELECT b.group_key, -1 FROM before b JOIN changed c ON c.key = b.key
      UNION ALL SELECT b.group_key, -1 FROM before b JOIN gone g ON g.key = b.key
    ) x GROUP BY x.key HAVING sum(x.n) <> 0
  ),
  emptied AS (
    DELETE FROM @.search_group g USING moved m WHERE g.key = m.key AND g.documents + m.documents <= 0
  ),
  counted AS (
    UPDATE @.search_group g SET documents = g.documents + m.documents FROM moved m
    WHERE g.key = m.key AND g.documents + m.documents > 0
  ),
  grouped AS (
    INSERT INTO @.search_group (key, kind, namespace, tags, owner_ids, domain_id, term_ids, properties, documents)
    SELECT DISTINCT ON (m.key) m.key, c.kind, c.namespace, c.tags, c.owner_ids, c.domain_id, c.term_ids, c.properties,
      m.documents
    FROM moved m JOIN changed c ON c.group_key = m.key
    WHERE NOT EXISTS (SELECT FROM @.search_group g WHERE g.key = m.key)
  ),
  valued AS MATERIALIZED (
    SELECT c.key, v.property_key, v.value_key, v.number
    FROM changed c, jsonb_to_recordset(c.valued) AS v(property_key uuid, value_key uuid, number double precision)
  ),
  unvalued AS (
    DELETE FROM @.search_property p
    WHERE p.key IN (SELECT c.key FROM changed c UNION ALL SELECT g.key FROM gone g) AND NOT EXISTS (
      SELECT FROM valued v WHERE v.key = p.key AND v.property_key = p.property_key AND v.value_key = p.value_key)
  ),
  revalued AS (
    INSERT INTO @.search_property (key, property_key, value_key, number)
    SELECT v.key, v.property_key, v.value_key, v.number FROM valued v
    ON CONFLICT (key, property_key, value_key) DO UPDATE SET number = excluded.number
    WHERE search_property.number IS DISTINCT FROM excluded.number
  ),
  timed AS (
    INSERT INTO @.search_update (key, updated_at) SELECT c.key, c.updated_at FROM changed c
    ON CONFLICT (key) DO UPDATE SET updated_at = excluded.updated_at
  ),
  untimed AS (
    DELETE FROM @.search_update u USING gone g WHERE u.key = g.key
  ),
  word AS (
    SELECT DISTINCT w.lexeme AS word FROM written, unnest(written.words) AS w(lexeme, positions, weights)
    WHERE left(w.lexeme, 1) <> ALL ('{${[...Object.values(MARKS), ...Object.values(WHOLE), TERM].join(',')}}')
      AND length(w.lexeme) BETWEEN 3 AND 40 AND w.lexeme !~ '[0-9]'
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
  checkSchema(schema);
  if (assetKeys.length === 0) return 0;
  const { rows } = await client.query<{ count: string | number }>({
    name: `search_refresh_${schema.slice('projection_'.length)}`,
    text: REFRESH.replaceAll('@.', `${schema}.`),
    values: [assetKeys],
  });
  return Number(rows[0]?.count ?? 0);
}

// Of merged assets the latest counts. Times of documents that are new come with them.
const TOUCH = `
  UPDATE @.search_update u SET updated_at = t.updated_at
  FROM (
    SELECT coalesce(l.canonical_key, g.key) AS key, max(g.updated_at) AS updated_at
    FROM unnest($1::uuid[], $2::bigint[]) AS g(key, updated_at)
    LEFT JOIN @.alias l ON l.member_key = g.key AND l.recorded_to IS NULL
    GROUP BY 1
  ) t
  WHERE u.key = t.key AND u.updated_at < t.updated_at`;

/** Tells search when assets last changed; what they are found by is left as it is. In the caller's transaction. */
export async function touchSearchDocuments(
  client: pg.ClientBase,
  schema: string,
  assets: readonly { readonly key: NodeKey; readonly updatedAt: Micros }[],
): Promise<void> {
  checkSchema(schema);
  if (assets.length === 0) return;
  await client.query({
    name: `search_touch_${schema.slice('projection_'.length)}`,
    text: TOUCH.replaceAll('@.', `${schema}.`),
    values: [assets.map(({ key }) => key), assets.map(({ updatedAt }) => updatedAt)],
  });
}

function checkSchema(schema: string): void {
  if (GENERATION_SCHEMA.test(schema)) return;
  throw new HeadwaterError('INTERNAL', 'the projection schema must be projection_g<number>');
}
