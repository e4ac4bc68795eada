import {
  LEAST_SCORE,
  MOST_BEARERS,
  MOST_COMPARED,
  MOST_READING_RUNS,
  MOST_SIMILAR,
} from '@headwater/domain/reading/discovery-reader';
import { allowsNamespace } from './namespace-sql.js';
import type { Statement } from './projection-database.js';

/** WITH: the namespaces that the rule in a parameter allows, each judged once. */
export const allowed = (rule: string): string => `
    spaces AS MATERIALIZED (SELECT DISTINCT a.namespace FROM @.asset a),
    allowed AS MATERIALIZED (SELECT n.namespace FROM spaces n WHERE ${allowsNamespace(rule, 'n.namespace')})`;

const isAllowed = (asset: string): string => `${asset}.namespace IN (SELECT l.namespace FROM allowed l)`;

/** LATERAL: the key that an asset is known by now. */
export const canonicalOf = (asset: string): string => `(SELECT coalesce(
        (SELECT l.canonical_key FROM @.alias l WHERE l.member_key = ${asset}.key AND l.recorded_to IS NULL LIMIT 1),
        ${asset}.key) AS key)`;

/** Whether an asset may be seen by its own name and by the one that it is known by. */
export const isSeen = (
  asset: string,
  canonical: string,
): string => `${isAllowed(asset)} AND (${canonical}.key = ${asset}.key
        OR EXISTS (SELECT FROM @.asset k WHERE k.key = ${canonical}.key AND ${isAllowed('k')}))`;

/** $1 indexes, $2 keys of members, $3 the rule: the names of their fields, in the order of the schema. */
export const OWN_NAMES: Statement = {
  name: null,
  sql: `
    WITH ${allowed('$3')}
    SELECT u.n, s.canonical, (array_agg(s.name ORDER BY f.ordinal, f.id COLLATE "C"))[1] AS name,
      array_agg(DISTINCT s.type) AS types
    FROM unnest($1::int[], $2::uuid[]) AS u(n, key)
    JOIN @.asset a ON a.key = u.key AND a.deleted_at IS NULL AND ${isAllowed('a')}
    JOIN @.field f ON f.dataset_key = a.key AND f.deleted_at IS NULL
    JOIN @.field_shape s ON s.key = f.shape_key AND s.canonical <> ''
    GROUP BY u.n, s.canonical
    ORDER BY u.n, min(f.ordinal), s.canonical COLLATE "C"`,
};

/** $1 canonical names. */
export const SHAPES_OF_NAMES: Statement = {
  name: null,
  sql: `
    SELECT encode(uuid_send(s.key), 'hex') AS key, s.canonical, s.type
    FROM @.field_shape s WHERE s.canonical = ANY ($1::text[])`,
};

/**
 * $1 to $4 the names of each dataset: index, name, families of types or null where any fits, whether it is looked for;
 * $5 to $7 the shapes of each name, with the family of the type; $8, $9 the datasets themselves; $10 the rule.
 */
export const SIMILAR: Statement = {
  name: null,
  sql: `
    WITH ${allowed('$10')},
    own AS MATERIALIZED (
      SELECT * FROM unnest($1::int[], $2::int[], $3::text[], $4::boolean[]) AS o(n, term, families, is_asked)
    ),
    shape AS MATERIALIZED (SELECT * FROM unnest($5::int[], $6::uuid[], $7::text[]) AS s(term, key, family)),
    catalog AS MATERIALIZED (
      SELECT count(*)::float8 AS datasets FROM @.asset a
      WHERE a.kind = 'DATASET' AND a.deleted_at IS NULL AND ${isAllowed('a')}
    ),
    bearer AS MATERIALIZED (
      SELECT t.term, b.key, b.family FROM (SELECT DISTINCT o.term FROM own o WHERE o.is_asked) t
      CROSS JOIN LATERAL (
        SELECT c.key, s.family FROM shape s JOIN @.field f ON f.shape_key = s.key AND f.deleted_at IS NULL
        JOIN @.asset a ON a.key = f.dataset_key AND a.deleted_at IS NULL
        CROSS JOIN LATERAL ${canonicalOf('a')} c
        WHERE s.term = t.term AND ${isSeen('a', 'c')}
        LIMIT ${String(MOST_BEARERS + 1)}
      ) b
    ),
    weight AS MATERIALIZED (
      SELECT b.term, ln(1 + c.datasets / count(*)) AS weight FROM bearer b, catalog c
      GROUP BY b.term, c.datasets HAVING count(*) <= ${String(MOST_BEARERS)}
    ),
    total AS MATERIALIZED (
      SELECT o.n, sum(w.weight) AS weight, count(*) AS names
      FROM own o JOIN weight w ON w.term = o.term WHERE o.is_asked GROUP BY o.n
    ),
    shared AS (
      SELECT o.n, b.key, o.term, w.weight
      FROM own o JOIN weight w ON w.term = o.term JOIN bearer b ON b.term = o.term
      WHERE o.is_asked AND (o.families IS NULL OR b.family IS NULL OR b.family = ANY (string_to_array(o.families, ',')))
      GROUP BY o.n, b.key, o.term, w.weight
    ),
    sharing AS (
      SELECT s.n, s.key, sum(s.weight) AS weight, count(*)::int AS shared,
        (array_agg(s.term ORDER BY s.weight DESC, s.term))[1:10] AS terms
      FROM shared s
      WHERE NOT EXISTS (SELECT FROM unnest($8::int[], $9::uuid[]) AS i(n, key) WHERE i.n = s.n AND i.key = s.key)
      GROUP BY s.n, s.key
    ),
    compared AS MATERIALIZED (
      SELECT r.* FROM (
        SELECT s.*, t.weight AS total, t.names, row_number() OVER (PARTITION BY s.n ORDER BY s.weight DESC, s.key) AS place
        FROM sharing s JOIN total t ON t.n = s.n WHERE s.weight >= ${String(LEAST_SCORE)} * t.weight
      ) r WHERE r.place <= ${String(MOST_COMPARED)}
    ),
    -- Sums of weights differ in their last digits by the order of adding: the same schema is to score 1.
    scored AS (
      SELECT c.n, a.id, c.shared, c.terms, round((c.weight / (c.total + c.total / c.names * others.names))::numeric, 12)::float8 AS score
      FROM compared c JOIN @.asset a ON a.key = c.key
      CROSS JOIN LATERAL (
        SELECT count(DISTINCT s.canonical) AS names
        FROM (
          SELECT c.key UNION SELECT l.member_key FROM @.alias l WHERE l.canonical_key = c.key AND l.recorded_to IS NULL
        ) m
        JOIN @.asset k ON k.key = m.key AND k.deleted_at IS NULL AND ${isAllowed('k')}
        JOIN @.field f ON f.dataset_key = k.key AND f.deleted_at IS NULL
        JOIN @.field_shape s ON s.key = f.shape_key AND s.canonical <> ''
        WHERE (c.n, s.key) NOT IN (SELECT o.n, h.key FROM own o JOIN shape h ON h.term = o.term)
      ) others
    )
    SELECT r.n, r.id, r.shared, r.terms, r.score FROM (
      SELECT s.*, row_number() OVER (PARTITION BY s.n ORDER BY s.score DESC, s.id COLLATE "C") AS place FROM scored s
      WHERE s.score >= ${String(LEAST_SCORE)}
    ) r WHERE r.place <= ${String(MOST_SIMILAR)} ORDER BY r.n, r.place`,
};

/** $1 indexes, $2 keys of members, $3 since when, $4 the rule. */
export const RUNS_READ_TOGETHER: Statement = {
  name: null,
  sql: `
    WITH ${allowed('$4')},
    asked AS MATERIALIZED (SELECT * FROM unnest($1::int[], $2::uuid[]) AS u(n, key)),
    reading AS MATERIALIZED (
      SELECT g.n, m.subject_key FROM (SELECT DISTINCT n FROM asked) g
      CROSS JOIN LATERAL (
        SELECT m.subject_key FROM asked u
        JOIN @.mention m ON m.dataset_key = u.key AND m.side = 'READ' AND m.last_at >= $3::bigint
        JOIN @.run r ON r.key = m.subject_key JOIN @.asset j ON j.key = r.job_key
        CROSS JOIN LATERAL ${canonicalOf('j')} c
        WHERE u.n = g.n AND ${isSeen('j', 'c')}
        ORDER BY m.last_at DESC, m.subject_key LIMIT ${String(MOST_READING_RUNS)}
      ) m
    )
    SELECT r.n, k.id, count(DISTINCT r.subject_key)::int AS runs
    FROM reading r JOIN @.mention o ON o.subject_key = r.subject_key AND o.side = 'READ'
    JOIN @.asset a ON a.key = o.dataset_key
    CROSS JOIN LATERAL ${canonicalOf('a')} c
    JOIN @.asset k ON k.key = c.key
    WHERE ${isSeen('a', 'c')}
    GROUP BY r.n, k.id`,
};
