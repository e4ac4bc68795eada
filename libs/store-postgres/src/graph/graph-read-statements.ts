/** A statement of one graph schema; `name` makes it a prepared one. */
export interface GraphStatement {
  readonly name: string;
  readonly text: string;
}

export interface GraphReadStatements {
  readonly checkpoint: GraphStatement;
  readonly expand: Readonly<Record<'DOWNSTREAM' | 'UPSTREAM', GraphStatement>>;
  /** The same edges without their rows. */
  readonly count: Readonly<Record<'DOWNSTREAM' | 'UPSTREAM', GraphStatement>>;
  readonly edges: GraphStatement;
  readonly nodes: GraphStatement;
  readonly canonical: GraphStatement;
  readonly aliases: GraphStatement;
}

/** Statements over the tables of `schema`, which the caller has validated: it is the only text put into them. */
export function graphReadStatements(schema: string): GraphReadStatements {
  const statement = (name: string, text: string): GraphStatement => ({
    name: `${schema}_${name}`,
    text: text.replaceAll('@graph_', `${schema}.graph_`),
  });
  return {
    checkpoint: statement('checkpoint', 'SELECT position, recorded_at FROM @graph_checkpoint'),
    expand: {
      DOWNSTREAM: statement('expand_down', hop(DOWNSTREAM) + withRows(DOWNSTREAM)),
      UPSTREAM: statement('expand_up', hop(UPSTREAM) + withRows(UPSTREAM)),
    },
    count: {
      DOWNSTREAM: statement('count_down', hop(DOWNSTREAM) + WITHOUT_ROWS),
      UPSTREAM: statement('count_up', hop(UPSTREAM) + WITHOUT_ROWS),
    },
    edges: statement('edges', EDGES),
    nodes: statement('nodes', NODES),
    canonical: statement('canonical', CANONICAL),
    aliases: statement('aliases', ALIASES),
  };
}

// The planner must not see the values: seeing a frontier of one it would hold each plan made for that frontier better
// than the prepared one, and plan anew, which takes longer than the statement.
const hidden = (parameter: string, type: string): string => `(SELECT ${parameter}::${type})`;
const keys = (parameter: string): string => `${hidden(parameter, 'uuid[]')}::uuid[]`;
const ids = (parameter: string): string => `${hidden(parameter, 'text[]')}::text[]`;
const KNOWN_AT = hidden('$6', 'bigint');
const FROM = hidden('$7', 'bigint');
const TO = hidden('$8', 'bigint');

const known = (row: string, knownAt: string): string =>
  `${row}.recorded_from <= ${knownAt} AND (${row}.recorded_to IS NULL OR ${row}.recorded_to > ${knownAt})`;

const during = (row: string, from: string, to: string): string =>
  `${row}.valid_from < ${to} AND (${row}.valid_to IS NULL OR ${row}.valid_to > ${from})`;

/** The name that an alias row gives to the key, as a row `name` of at most one. */
const canonicalOf = (key: string, name: string, knownAt: string): string => `
  LEFT JOIN LATERAL (
    SELECT a.canonical_key, a.canonical_id FROM @graph_alias a
    WHERE a.member_key = ${key} AND ${known('a', knownAt)}
    ORDER BY a.canonical_id COLLATE "C" LIMIT 1
  ) ${name} ON true`;

/** A field's id under another dataset. */
const fieldOf = (dataset: string, field: string): string =>
  `'field:' || substr(${dataset}, ${String('dataset:'.length + 1)}) || ':' || split_part(${field}, ':', 4)`;

// nodeKey() of the domain, for ids that exist only here.
const keyOf = (id: string): string => `substr(encode(sha256(convert_to(${id}, 'UTF8')), 'hex'), 1, 32)::uuid`;

interface Direction {
  readonly near: 'from' | 'to';
  readonly far: 'from' | 'to';
  /** The kind of edge between a job and the datasets that its pairs concern. */
  readonly pairedKind: string;
  readonly arrival: string;
  readonly leaving: string;
}

const DOWNSTREAM: Direction = {
  near: 'from',
  far: 'to',
  pairedKind: 'WRITE',
  arrival: 'input_key',
  leaving: 'output_key',
};

const UPSTREAM: Direction = {
  near: 'to',
  far: 'from',
  pairedKind: 'READ',
  arrival: 'output_key',
  leaving: 'input_key',
};

/**
 * $1 keys, $2 ids, $3 keys by which aliases are looked up (a field's dataset), $4 keys of arrivedBy, $5 kinds,
 * $6 knownAt, $7 and $8 the period, $9 edges at most. Gives `hop`, one row a row of the graph.
 */
const hop = ({ near, far, pairedKind, arrival, leaving }: Direction): string => `
WITH entry AS MATERIALIZED (
  SELECT (e.position - 1)::int AS entry, e.key, e.id, e.owner_key, e.arrived_key
  FROM unnest(${keys('$1')}, ${ids('$2')}, ${keys('$3')}, ${keys('$4')})
    WITH ORDINALITY AS e(key, id, owner_key, arrived_key, position)
), member AS (
  SELECT e.entry, e.key FROM entry e
  UNION
  SELECT e.entry, CASE WHEN e.owner_key = e.key THEN a.member_key ELSE ${keyOf(fieldOf('a.member_id', 'e.id'))} END
  FROM entry e JOIN @graph_alias a ON a.canonical_key = e.owner_key AND ${known('a', KNOWN_AT)}
), near AS MATERIALIZED (
  SELECT m.entry, m.key, e.id, e.arrived_key, e.arrived_key IS NOT NULL AND EXISTS (
    SELECT FROM @graph_restriction r
    WHERE r.job_key = m.key AND r.mode = 'PAIRS' AND ${known('r', KNOWN_AT)} AND ${during('r', FROM, TO)}
  ) AS is_restricted
  FROM member m JOIN entry e USING (entry)
), arrival AS (
  SELECT n.entry, n.arrived_key AS key FROM near n WHERE n.is_restricted
  UNION
  SELECT n.entry, a.member_key FROM near n
  JOIN @graph_alias a ON a.canonical_key = n.arrived_key AND ${known('a', KNOWN_AT)}
  WHERE n.is_restricted
), paired AS MATERIALIZED (
  SELECT v.entry, coalesce(c.canonical_key, p.${leaving}) AS key
  FROM arrival v
  JOIN near n USING (entry)
  JOIN @graph_pair p ON p.job_key = n.key AND p.${arrival} = v.key
    AND ${known('p', KNOWN_AT)} AND ${during('p', FROM, TO)}
  ${canonicalOf(`p.${leaving}`, 'c', KNOWN_AT)}
), hop AS (
  SELECT n.entry, n.id AS near_id, n.is_restricted, g.*,
    coalesce(c.canonical_key, g.${far}_key) AS neighbor_key,
    coalesce(
      CASE WHEN g.${far}_owner_key IS NULL THEN c.canonical_id
           ELSE ${fieldOf('c.canonical_id', `g.${far}_id`)} END,
      g.${far}_id
    ) AS neighbor_id
  FROM near n
  JOIN @graph_edge g ON g.${near}_key = n.key AND g.kind = ANY (${ids('$5')})
    AND ${known('g', KNOWN_AT)} AND ${during('g', FROM, TO)}
  ${canonicalOf(`coalesce(g.${far}_owner_key, g.${far}_key)`, 'c', KNOWN_AT)}
  WHERE NOT (
    n.is_restricted AND g.kind = '${pairedKind}'
    AND coalesce((
      SELECT range_agg(int8range(r.valid_from, r.valid_to)) FROM @graph_restriction r
      WHERE r.job_key = n.key AND r.mode = 'PAIRS' AND ${known('r', KNOWN_AT)} AND ${during('r', FROM, TO)}
    ) @> int8range(greatest(g.valid_from, ${FROM}), least(g.valid_to, ${TO})), false)
    AND (n.entry, coalesce(c.canonical_key, g.${far}_key)) NOT IN (SELECT p.entry, p.key FROM paired p)
  )
), stated AS (
  SELECT h.* FROM hop h WHERE h.neighbor_id <> h.near_id OR h.from_key = h.to_key
)`;

const IS_RESTRICTED = `
  CASE WHEN starts_with(h.neighbor_id, 'job:') THEN EXISTS (
    SELECT FROM @graph_restriction r
    WHERE r.job_key = h.neighbor_key AND r.mode = 'PAIRS' AND ${known('r', KNOWN_AT)} AND ${during('r', FROM, TO)}
  ) OR EXISTS (
    SELECT FROM @graph_alias a JOIN @graph_restriction r ON r.job_key = a.member_key
    WHERE a.canonical_key = h.neighbor_key AND ${known('a', KNOWN_AT)}
      AND r.mode = 'PAIRS' AND ${known('r', KNOWN_AT)} AND ${during('r', FROM, TO)}
  ) END`;

/**
 * Names under which a job conducts by rows of its own, '' for those of pairs; null where there are none. Of a neighbour,
 * or of the entry where it was reached by a dataset and no pair leads over the row.
 */
const conductingNames = ({ pairedKind }: Direction): string => `
  SELECT array_agg(CASE r.mode WHEN 'PAIRS' THEN '' ELSE r.name END) FROM (
    SELECT CASE
      WHEN starts_with(h.neighbor_id, 'job:') THEN h.neighbor_key
      WHEN h.kind = '${pairedKind}' AND NOT (
        h.is_restricted AND (h.entry, h.neighbor_key) IN (SELECT p.entry, p.key FROM paired p)
      ) THEN (SELECT e.key FROM entry e WHERE e.entry = h.entry AND e.arrived_key IS NOT NULL)
    END AS key, CASE WHEN starts_with(h.neighbor_id, 'job:') THEN h.neighbor_id ELSE h.near_id END AS id
  ) j CROSS JOIN LATERAL (
    SELECT r.mode, j.id AS name FROM @graph_restriction r
    WHERE r.job_key = j.key AND ${known('r', KNOWN_AT)} AND ${during('r', FROM, TO)}
    UNION
    SELECT r.mode, a.member_id FROM @graph_alias a JOIN @graph_restriction r ON r.job_key = a.member_key
    WHERE a.canonical_key = j.key AND ${known('a', KNOWN_AT)} AND ${known('r', KNOWN_AT)} AND ${during('r', FROM, TO)}
  ) r`;

const ROW = `h.row_id, h.from_id, h.to_id, h.evidence, h.producer, h.job_id, h.confidence, h.transformations::text,
  h.valid_from, h.valid_to, h.recorded_from, h.recorded_to`;

const withRows = (direction: Direction): string => `, ranked AS (
  SELECT s.*, dense_rank() OVER (ORDER BY s.entry, s.neighbor_id COLLATE "C", s.kind COLLATE "C") AS rank FROM stated s
)
SELECT h.entry, h.kind, h.neighbor_id, (${conductingNames(direction)}), ${ROW}
FROM ranked h WHERE h.rank <= $9::bigint ORDER BY h.rank`;

// Fields of merged datasets keep keys of their own under one id; only those of jobs are asked for.
const WITHOUT_ROWS = `, edge AS (
  SELECT s.entry, s.neighbor_id COLLATE "C" AS neighbor_id, s.kind COLLATE "C" AS kind,
    CASE WHEN starts_with(s.neighbor_id, 'job:') THEN s.neighbor_key END AS neighbor_key
  FROM stated s GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3 LIMIT $9::bigint
)
SELECT h.entry, h.kind, h.neighbor_id, ${IS_RESTRICTED} FROM edge h ORDER BY 1, h.neighbor_id, h.kind`;

const canonicalEnd = (end: 'from' | 'to'): string => `
  coalesce(
    CASE WHEN g.${end}_owner_key IS NULL THEN ${end}_name.canonical_id
         ELSE ${fieldOf(`${end}_name.canonical_id`, `g.${end}_id`)} END,
    g.${end}_id
  )`;

/** $1 kinds, $2 knownAt, $3 and $4 the period. */
const EDGES = `
WITH h AS (
  SELECT g.*, ${canonicalEnd('from')} AS canonical_from, ${canonicalEnd('to')} AS canonical_to
  FROM @graph_edge g
  ${canonicalOf('coalesce(g.from_owner_key, g.from_key)', 'from_name', '$2::bigint')}
  ${canonicalOf('coalesce(g.to_owner_key, g.to_key)', 'to_name', '$2::bigint')}
  WHERE g.kind = ANY ($1::text[]) AND ${known('g', '$2::bigint')} AND ${during('g', '$3::bigint', '$4::bigint')}
)
SELECT h.kind, h.canonical_from, h.canonical_to, ${ROW}
FROM h WHERE h.canonical_from <> h.canonical_to OR h.from_key = h.to_key
ORDER BY h.kind COLLATE "C", h.canonical_from COLLATE "C", h.canonical_to COLLATE "C"`;

/** $1 keys, $2 ids, $3 keys by which aliases are looked up, $4 knownAt. Gives `asked`, one row an id. */
const ASKED = `
WITH asked AS (
  SELECT q.id, q.key, q.key <> q.owner_key AS is_field,
    coalesce(c.canonical_key, q.owner_key) AS owner_key,
    coalesce(CASE WHEN q.key = q.owner_key THEN c.canonical_id ELSE ${fieldOf('c.canonical_id', 'q.id')} END, q.id) AS canonical_id
  FROM unnest($1::uuid[], $2::text[], $3::uuid[]) AS q(key, id, owner_key)
  ${canonicalOf('q.owner_key', 'c', '$4::bigint')}
)`;

const CANONICAL = `${ASKED} SELECT a.id, a.canonical_id FROM asked a`;

const NODES = `${ASKED}, member AS (
  SELECT q.id, q.canonical_id,
    CASE WHEN q.canonical_id = q.id THEN q.key WHEN q.is_field THEN ${keyOf('q.canonical_id')} ELSE q.owner_key END AS key
  FROM asked q
  UNION ALL
  SELECT q.id, q.canonical_id, CASE WHEN q.is_field THEN ${keyOf(fieldOf('a.member_id', 'q.id'))} ELSE a.member_key END
  FROM asked q JOIN @graph_alias a ON a.canonical_key = q.owner_key AND ${known('a', '$4::bigint')}
)
SELECT DISTINCT ON (m.id) m.id, m.canonical_id, n.kind, n.display_name, n.placeholder
FROM member m JOIN @graph_node n ON n.key = m.key
ORDER BY m.id, n.placeholder, n.id <> m.canonical_id, n.id COLLATE "C"`;

/** $1 canonical keys, $2 knownAt. */
const ALIASES = `
SELECT a.row_id, a.member_id, a.canonical_id, a.recorded_from, a.recorded_to
FROM @graph_alias a WHERE a.canonical_key = ANY ($1::uuid[]) AND ${known('a', '$2::bigint')}
ORDER BY a.canonical_id COLLATE "C", a.member_id COLLATE "C", a.row_id`;
