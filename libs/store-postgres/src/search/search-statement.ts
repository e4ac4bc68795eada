import type { NamespaceRule } from '@headwater/domain/access/namespace-rule';
import type { SearchOrder } from '@headwater/domain/search';
import type { Micros } from '@headwater/domain/time';
import { allowsNamespace, ruleParameter } from '../catalog/namespace-sql.js';
import type { Statement } from '../catalog/projection-database.js';

/** How many matches are ranked and counted: beyond, an answer says that it is not exact. */
export const MAX_CANDIDATES = 1_000;

/** Matches in the name that are ranked whatever their popularity. */
const MAX_NAMED = 500;

/** Values shown for each facet. */
const MAX_FACET_VALUES = 20;

export interface SearchPlan {
  readonly order: SearchOrder;
  /** tsquery of all words and filters; null when nothing is asked for. */
  readonly match: string | null;
  /** The text, where there is one: tsqueries to rank by and of names only, and itself in lower case. */
  readonly text: { readonly rank: string; readonly names: string; readonly plain: string } | null;
  readonly updatedAfter: Micros | null;
  readonly within: NamespaceRule | undefined;
  /** Sort value and key behind which the page goes on. */
  readonly after: readonly [value: string | number, key: string] | null;
  readonly first: number;
}

interface Place {
  readonly column: string;
  readonly type: string;
  readonly direction: 'ASC' | 'DESC';
}

const PLACES: Readonly<Record<SearchOrder, Place>> = {
  RELEVANCE: { column: 'score', type: 'float8', direction: 'DESC' },
  POPULARITY: { column: 'consumers', type: 'int', direction: 'DESC' },
  UPDATED_AT: { column: 'updated_at', type: 'bigint', direction: 'DESC' },
  NAME: { column: 'sort_name', type: 'text', direction: 'ASC' },
};

const COLUMNS = `s.key, s.id, s.kind, s.namespace, s.display_name, s.sort_name, s.consumers, s.tags, s.owner_ids,
      s.member_keys`;

const NONE = 'SELECT NULL::uuid AS key, NULL::bigint AS updated_at WHERE false';

const FACETS = [
  ['KIND', 'c.kind', ''],
  ['NAMESPACE', 'c.namespace', ''],
  ['TAG', 'v.value', ', unnest(c.tags) AS v(value)'],
  ['OWNER', 'v.value', ', unnest(c.owner_ids) AS v(value)'],
] as const;

/**
 * One search in one statement: its page, how many match, and facets. It is planned with its values, since the best plan
 * for a rare word (the index of words) is the worst for one that half the catalog has (by popularity until enough are
 * found), and the reverse.
 */
export function searchStatement(plan: SearchPlan): { readonly statement: Statement; readonly values: unknown[] } {
  const values: unknown[] = [];
  const bind = (value: unknown, type: string): string => `$${values.push(value)}::${type}`;
  const { column, direction } = PLACES[plan.order];
  const isRanked = plan.order === 'RELEVANCE';
  const match = plan.match === null ? null : bind(plan.match, 'tsquery');
  const behind = plan.after === null ? 'true' : behindPlace(PLACES[plan.order], plan.after, bind);
  const order = isRanked ? 'd.consumers DESC, d.key DESC' : `d.${column} ${direction}, d.key ${direction}`;
  const limit = bind(plan.first, 'int');
  const keys = (query: string | null, where: string, count: string | number): string =>
    `SELECT d.key, d.updated_at FROM (${documents(query, plan, bind)}) d WHERE ${where} ORDER BY ${order} LIMIT ${count}`;
  const matched = keys(match, 'true', MAX_CANDIDATES);
  const isNameSearch = isRanked && plan.text !== null;
  const named = isNameSearch ? keys(bind(plan.text.names, 'tsquery'), 'true', MAX_NAMED) : NONE;
  // Relevance is known of candidates alone. Any other order can be read on without end; its first page is among them.
  const page =
    isRanked || plan.after === null
      ? 'SELECT * FROM candidate'
      : `SELECT ${COLUMNS}, k.updated_at, 0::float8 AS score
         FROM (${keys(match, behind, limit)}) k JOIN @.search_document s ON s.key = k.key`;
  const sql = `
    WITH matched AS MATERIALIZED (${matched}),
    named AS MATERIALIZED (${named}),
    candidate AS MATERIALIZED (
      SELECT ${COLUMNS}, k.updated_at, ${isRanked ? score(plan, bind) : '0::float8'} AS score
      FROM (
        SELECT n.*, true AS named FROM named n
        UNION ALL
        SELECT m.*, false FROM matched m WHERE NOT EXISTS (SELECT FROM named n WHERE n.key = m.key)
      ) k JOIN @.search_document s ON s.key = k.key
    ),
    hit AS (
      SELECT d.* FROM (${page}) d WHERE ${behind} ORDER BY d.${column} ${direction}, d.key ${direction} LIMIT ${limit}
    ),
    facet AS (${FACETS.map(facetRows).join(' UNION ALL ')})
    SELECT (SELECT count(*) FROM candidate) AS total,
      (SELECT count(*) < ${MAX_CANDIDATES} FROM matched) AS "isExact",
      (SELECT json_agg(h ORDER BY h.${column} ${direction}, h.key ${direction}) FROM hit h) AS hits,
      (SELECT json_agg(f) FROM facet f) AS facets`;
  return { statement: { name: null, sql }, values };
}

type Bind = (value: unknown, type: string) => string;

function documents(match: string | null, plan: SearchPlan, bind: Bind): string {
  // Times of update change with most events, so they stay in the asset's row alone.
  const needsAsset = plan.updatedAfter !== null || plan.order === 'UPDATED_AT';
  const rule = ruleParameter(plan.within);
  const conditions = [
    ...(match === null ? [] : [`s.words @@ ${match}`]),
    ...(plan.updatedAfter === null ? [] : [`a.updated_at > ${bind(plan.updatedAfter, 'bigint')}`]),
    ...(rule === null ? [] : [allowsNamespace(bind(rule, 'jsonb'), 's.namespace')]),
  ];
  return `SELECT s.key, s.consumers, s.sort_name, ${needsAsset ? 'a.updated_at' : '0::bigint AS updated_at'}
    FROM @.search_document s ${needsAsset ? 'JOIN @.asset a ON a.key = s.member_keys[1]' : ''}
    ${conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`}`;
}

function behindPlace(
  { column, type, direction }: Place,
  [value, key]: readonly [string | number, string],
  bind: Bind,
): string {
  return `(d.${column}, d.key) ${direction === 'DESC' ? '<' : '>'} (${bind(value, type)}, ${bind(key, 'uuid')})`;
}

/** A match in the name beats any other, popular assets come first among equals, what is only referred to comes last. */
function score(plan: SearchPlan, bind: Bind): string {
  const popularity = '(1 + 0.1 * ln(1 + greatest(s.consumers, 0)))';
  const placeholder = 'CASE WHEN s.placeholder THEN 0.5 ELSE 1 END';
  if (plan.text === null) return `(${popularity} * ${placeholder})::float8`;
  // Weights of D, C, B, A: tags and namespace, descriptions, fields, names.
  const rank = `ts_rank('{0.05, 0.15, 0.4, 1.0}', s.words, ${bind(plan.text.rank, 'tsquery')})`;
  const exact = `CASE WHEN s.sort_name = ${bind(plan.text.plain, 'text')} THEN 1 ELSE 0 END`;
  return `((${rank} + CASE WHEN k.named THEN 1 ELSE 0 END + ${exact}) * ${popularity} * ${placeholder})::float8`;
}

function facetRows([name, value, from]: (typeof FACETS)[number]): string {
  return `(SELECT '${name}' AS name, ${value} AS value, count(*) AS count FROM candidate c${from}
    GROUP BY 2 ORDER BY count(*) DESC, 2 LIMIT ${MAX_FACET_VALUES})`;
}
