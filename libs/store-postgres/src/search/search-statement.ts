import type { NamespaceRule } from '@headwater/domain/access/namespace-rule';
import type { SearchFilter, SearchOrder } from '@headwater/domain/search';
import { allowsNamespace, ruleParameter } from '../catalog/namespace-sql.js';
import type { Statement } from '../catalog/projection-database.js';
import { TERM_LINES } from './glossary-terms.js';
import type { Bind, GroupCondition } from './conditions.js';
import { facetRows, facetsOf, type Facet } from './search-facets.js';
import { carriedCondition, documentConditions, groupConditions } from './search-filter-sql.js';

/** What views add to the standing at most: as much as the first job that reads an asset. */
export const MOST_FROM_VIEWS = 700;
/** By consumers views decide among equals only. */
const VIEWS_A_CONSUMER = 1_000;
const STANDING_WITH_VIEWS = `(s.standing + least(${MOST_FROM_VIEWS}, (100 * ln(1 + coalesce(v.views, 0)))::int))`;
const WITH_VIEWS = 'LEFT JOIN view_total v ON v.asset_key = s.key';

/** Between two tiers; no standing comes near it. */
const TIER = 1_000_000;

export interface SearchPlan {
  readonly order: SearchOrder;
  /** tsqueries, where words are asked for: of all that match, and of how well, best first. */
  readonly words: { readonly match: string; readonly tiers: readonly string[] } | null;
  readonly filter: SearchFilter;
  /** Namespaces that there is anything in for the caller. */
  readonly within: NamespaceRule | undefined;
  /** Sort value and key behind which the page goes on. */
  readonly after: readonly [value: string | number, key: string] | null;
  readonly first: number;
  /** How many matches are counted at most. */
  readonly maxCounted: number;
  /** Of so many matches or fewer each is looked at for its tier, rather than the index for every tier. */
  readonly few: number;
}

interface Place {
  /** What an index has, beside the key. */
  readonly column: string;
  /** What the order goes by; of what nobody looked at, as the column does. */
  readonly place: string;
  /** What one step of the column is in `place`; null where views count for nothing. */
  readonly step: number | null;
  readonly type: string;
  readonly direction: 'ASC' | 'DESC';
}

const PLACES: Readonly<Record<SearchOrder, Place>> = {
  RELEVANCE: { column: 's.standing', place: STANDING_WITH_VIEWS, step: 1, type: 'bigint', direction: 'DESC' },
  POPULARITY: {
    column: 's.consumers',
    place: `(s.consumers::bigint * ${VIEWS_A_CONSUMER} + least(coalesce(v.views, 0), ${VIEWS_A_CONSUMER - 1}))`,
    step: VIEWS_A_CONSUMER,
    ...{ type: 'bigint', direction: 'DESC' },
  },
  UPDATED_AT: { column: 'u.updated_at', place: 'u.updated_at', step: null, type: 'bigint', direction: 'DESC' },
  NAME: { column: 's.sort_name', place: 's.sort_name', step: null, type: 'text', direction: 'ASC' },
};

/**
 * One search in one statement: its page, how many match, and facets. A facet that is filtered by is counted as if it were
 * not, so that its other values can be chosen too. Planned with its values, since the words and the filter decide which
 * index serves. Counting goes by groups of documents alike; without words nothing but those is read.
 */
export function searchStatement(plan: SearchPlan): { readonly statement: Statement; readonly values: unknown[] } {
  const values: unknown[] = [];
  const bind: Bind = (value, type) => `$${values.push(value)}::${type}`;
  const rule = ruleParameter(plan.within);
  const conditions: readonly GroupCondition[] = [
    ...groupConditions(plan.filter, bind),
    ...(rule === null ? [] : [{ facet: null, sql: allowsNamespace(bind(rule, 'jsonb'), 'g.namespace'), values: null }]),
  ];
  const updatedAfter = plan.filter.updatedAfter === undefined ? null : bind(plan.filter.updatedAfter, 'bigint');
  const carried = carriedCondition(plan.filter, bind);
  const others = documentConditions(plan.filter, bind);
  const source: Source = {
    groups: conditions.map(({ sql }) => sql),
    documents: carried === undefined ? others : [carried.sql, ...others],
    updatedAfter,
    joinsUpdate: updatedAfter !== null || plan.order === 'UPDATED_AT',
  };
  const chosen = conditions.filter(({ facet }) => facet !== null);
  const isBounded = isCountedOneByOne(plan, source);
  const maxCounted = isBounded ? bind(plan.maxCounted, 'bigint') : '';
  const parts = isBounded ? (isTiered(plan) ? tiered : sorted) : listed;
  const { matched, counted, hit } = parts(plan, source, bind);
  const unchosen = conditions.filter(({ facet }) => facet === null).map(({ sql }) => sql);
  // A facet leaves its own condition out and no other: what two or more of them exclude is in none.
  const nearly = chosen.map((left) => chosen.flatMap((one) => (one === left ? [] : [one.sql])).join(' AND '));
  const whole = { ...source, groups: [...unchosen, ...(chosen.length < 2 ? [] : [`(${nearly.join(' OR ')})`])] };
  const sums = ['counted', ...(chosen.length === 0 ? [] : ['widened']), ...(carried === undefined ? [] : ['untagged'])];
  // Tags that came along are of documents: what has other tags is counted apart.
  const untagged =
    carried === undefined
      ? ''
      : `untagged AS MATERIALIZED (${countedOf(plan, { ...source, documents: others }, bind, true)}),`;
  const rowsOf = (facet: Facet): string =>
    carried !== undefined && facet.name === 'TAG'
      ? facetRows(facet, [], { from: 'untagged', values: carried.values })
      : facetRows(facet, chosen);
  const sql = `
    WITH ${matched === undefined ? '' : `matched AS MATERIALIZED (${matched}),`}
    counted AS MATERIALIZED (${counted}),
    ${chosen.length === 0 ? '' : `widened AS MATERIALIZED (${countedOf(plan, whole, bind)}),`}
    ${untagged}
    hit AS MATERIALIZED (${hit}),
    term_line AS MATERIALIZED (${TERM_LINES}),
    facet AS (${facetsOf(chosen, bind).map(rowsOf).join(' UNION ALL ')}),
    total AS (SELECT coalesce(sum(c.documents), 0) AS documents FROM counted c)
    SELECT (SELECT ${isBounded ? `least(t.documents, ${maxCounted})` : 't.documents'}::bigint FROM total t) AS total,
      ${isBounded ? sums.map((sum) => `coalesce((SELECT sum(c.documents) FROM ${sum} c), 0) <= ${maxCounted}`).join(' AND ') : 'true'} AS "isExact",
      (SELECT json_agg(json_build_object('key', s.key, 'id', s.id, 'kind', g.kind, 'namespace', g.namespace,
         'display_name', s.display_name, 'place', h.place, 'tier', h.tier, 'tags', g.tags,
         'standing', ${plan.order === 'RELEVANCE' ? 'h.place' : 's.standing'}, 'views', coalesce(v.views, 0),
         'member_keys', s.member_keys) ORDER BY h.tier DESC, h.place ${PLACES[plan.order].direction},
         h.key ${PLACES[plan.order].direction})
       FROM hit h JOIN @.search_document s ON s.key = h.key JOIN @.search_group g ON g.key = s.group_key
       ${WITH_VIEWS}) AS hits,
      (SELECT json_agg(f) FROM facet f) AS facets`;
  return { statement: { name: null, sql }, values };
}

/** All that match. */
export function matchingStatement(
  { filter, within }: Pick<SearchPlan, 'filter'> & { readonly within?: NamespaceRule },
  match: string | null,
  limit: number,
): { readonly statement: Statement; readonly values: unknown[] } {
  const values: unknown[] = [];
  const bind: Bind = (value, type) => `$${values.push(value)}::${type}`;
  const rule = ruleParameter(within);
  const updatedAfter = filter.updatedAfter === undefined ? null : bind(filter.updatedAfter, 'bigint');
  const carried = carriedCondition(filter, bind);
  const groups = [
    ...groupConditions(filter, bind).map(({ sql }) => sql),
    ...(rule === null ? [] : [allowsNamespace(bind(rule, 'jsonb'), 'g.namespace')]),
  ];
  const asked = [...(carried === undefined ? [] : [carried.sql]), ...documentConditions(filter, bind)];
  const words = match === null ? [] : [`s.words @@ ${bind(match, 'tsquery')}`];
  const sql = `SELECT s.id, s.member_keys::text[] AS "memberKeys" ${documents({ groups, documents: asked, updatedAfter, joinsUpdate: updatedAfter !== null }, words)}
    ORDER BY s.key LIMIT ${bind(limit, 'int')}`;
  return { statement: { name: null, sql }, values };
}

interface Source {
  readonly groups: readonly string[];
  /** Conditions on documents themselves. */
  readonly documents: readonly string[];
  readonly updatedAfter: string | null;
  readonly joinsUpdate: boolean;
}

interface Parts {
  /** Every match, where both others read it. */
  readonly matched?: string;
  /** As {@link countedOf}. */
  readonly counted: string;
  /** Key, place and tier of the page. */
  readonly hit: string;
}

/** Whether each match is read to be counted, which takes as long as there are many. */
function isCountedOneByOne({ words }: SearchPlan, { updatedAfter, documents: asked }: Source): boolean {
  return words !== null || updatedAfter !== null || asked.length > 0;
}

/** Matches by group. One more than are to be counted, so that it shows whether there are more. */
function countedOf(plan: SearchPlan, source: Source, bind: Bind, isOneByOne = isCountedOneByOne(plan, source)): string {
  if (!isOneByOne) {
    return `SELECT g.key, g.documents FROM @.search_group g WHERE ${['g.documents > 0', ...source.groups].join(' AND ')}`;
  }
  return `SELECT x.group_key AS key, count(*) AS documents
    FROM (SELECT m.group_key FROM (${matchesOf(plan, source, bind, 's.group_key')}) m
          LIMIT ${bind(plan.maxCounted + 1, 'bigint')}) x GROUP BY x.group_key`;
}

/**
 * Columns of each match. Of few documents each is read, whatever the words are: how many a group has is known here, and
 * not to the planner, which takes groups for equally large and may read all that match the words instead.
 */
function matchesOf(plan: SearchPlan, source: Source, bind: Bind, columns: string, views = ''): string {
  const words = matching(plan, bind);
  const all = `SELECT ${columns} ${documents(source, words, views)}`;
  // What documents alone tell is found by its own index, and would be asked for anew for each group.
  if (source.groups.length === 0 || source.documents.length > 0) return all;
  const ofGroup = '(SELECT d.* FROM @.search_document d WHERE d.group_key = n.key OFFSET 0) s';
  const size = '(SELECT coalesce(sum(n.documents), 0) FROM near n)';
  return `
    WITH near AS MATERIALIZED (SELECT g.key, g.documents FROM @.search_group g WHERE ${source.groups.join(' AND ')})
    SELECT x.* FROM near n CROSS JOIN LATERAL (
      SELECT ${columns} ${documents({ ...source, groups: [] }, words, views, ofGroup)}
    ) x WHERE ${size} <= ${String(FEW_TO_READ)}
    UNION ALL
    SELECT x.* FROM (${all}) x WHERE ${size} > ${String(FEW_TO_READ)}`;
}

function isTiered({ order, words }: SearchPlan): boolean {
  return order === 'RELEVANCE' && words !== null;
}

/** Without words or a time: groups know how many they are, and the page is read off the index or sorted. */
function listed(plan: SearchPlan, source: Source, bind: Bind): Parts {
  const counted = countedOf(plan, source, bind);
  const { column, type, direction, place, step } = PLACES[plan.order];
  const limit = `LIMIT ${bind(plan.first, 'int')}`;
  const found = `SELECT s.key, ${place} AS place, 0 AS tier`;
  const behind = behindPlace(plan, place, keyOf(column), bind);
  const order = `ORDER BY place ${direction}, key ${direction} ${limit}`;
  // Walking an index in order until enough match never ends where only the last ones do: all jobs have no consumers. So
  // it serves the whole list alone, and the few that match a filter are sorted.
  if (source.groups.length + source.documents.length > 0) {
    const sorting = type === 'text' ? `(${column} || '')` : `(${place} + 0)`;
    return {
      counted,
      hit: `${found} ${documents(source, behind, WITH_VIEWS)} ORDER BY ${sorting} ${direction}, ${keyOf(column)} ${direction} ${limit}`,
    };
  }
  const walked = `ORDER BY ${column} ${direction}, ${keyOf(column)} ${direction} ${limit}`;
  if (step === null) return { counted, hit: `${found} ${documents(source, behind)} ${walked}` };
  // What somebody looked at is little, and sorted; all else stands as the index has it.
  const bound = plan.after === null ? [] : [`${column} <= ${bind(Math.floor(Number(plan.after[0]) / step), 'int')}`];
  const unseen = 'NOT EXISTS (SELECT FROM view_total t WHERE t.asset_key = s.key)';
  return {
    counted,
    hit: `SELECT * FROM (
      (${found} ${documents(source, [...bound, ...behind, unseen], WITH_VIEWS)} ${walked})
      UNION ALL
      (${found} FROM view_total v JOIN @.search_document s ON s.key = v.asset_key
       ${behind.length === 0 ? '' : `WHERE ${behind.join(' AND ')}`} ${order})
    ) x ${order}`,
  };
}

/** In an order that the words have no say in: what matches is read once, counted and sorted. */
function sorted(plan: SearchPlan, source: Source, bind: Bind): Parts {
  const { direction, place } = PLACES[plan.order];
  const behind = behindPlace(plan, 'm.place', 'm.key', bind);
  return {
    matched: matchesOf(plan, source, bind, `s.key, s.group_key, ${place} AS place`, WITH_VIEWS),
    counted: countedOfMatched(plan, bind),
    hit: `SELECT m.key, m.place, 0 AS tier FROM matched m ${behind.length === 0 ? '' : `WHERE ${behind.join(' AND ')}`}
      ORDER BY m.place ${direction}, m.key ${direction} LIMIT ${bind(plan.first, 'int')}`,
  };
}

function countedOfMatched({ maxCounted }: SearchPlan, bind: Bind): string {
  return `SELECT x.group_key AS key, count(*) AS documents
    FROM (SELECT m.group_key FROM matched m LIMIT ${bind(maxCounted + 1, 'bigint')}) x GROUP BY x.group_key`;
}

/** Of so many documents the words are read rather than found by their index: some milliseconds at most. */
const FEW_TO_READ = 5_000;

function tiered(plan: SearchPlan, source: Source, bind: Bind): Parts {
  const sum = '(SELECT coalesce(sum(c.documents), 0) FROM counted c)';
  const few = bind(plan.few, 'int');
  return {
    matched: `SELECT x.* FROM (${matchesOf(plan, source, bind, 's.key, s.group_key')}) x
      LIMIT ${bind(plan.maxCounted + 1, 'bigint')}`,
    counted: countedOfMatched(plan, bind),
    hit: `SELECT * FROM (${fewByTier(plan, bind)}) few WHERE ${sum} <= ${few}
      UNION ALL SELECT * FROM (${tieredPage(plan, source, bind)}) many WHERE ${sum} > ${few}`,
  };
}

/** The page by relevance of matches that are few. */
function fewByTier(plan: SearchPlan, bind: Bind): string {
  const tiers = plan.words?.tiers ?? [];
  const tier = tiers.map((query, at) => `WHEN s.words @@ ${bind(query, 'tsquery')} THEN ${tiers.length - 1 - at}`);
  const [value, key] = plan.after ?? [null, null];
  const at = value === null ? null : tierOf(Number(value));
  const behind =
    at === null
      ? ''
      : `AND (t.tier, t.place, t.key) < (${at.tier}, ${bind(at.standing, 'bigint')}, ${bind(key, 'uuid')})`;
  return `SELECT t.key, t.place, t.tier FROM (
      SELECT s.key, ${STANDING_WITH_VIEWS} AS place, CASE ${tier.join(' ')} END AS tier
      FROM (SELECT m.key FROM matched m LIMIT ${bind(plan.few, 'int')}) m JOIN @.search_document s ON s.key = m.key ${WITH_VIEWS}
    ) t WHERE t.tier IS NOT NULL ${behind}
    ORDER BY t.tier DESC, t.place DESC, t.key DESC LIMIT ${bind(plan.first, 'int')}`;
}

function matching({ words }: SearchPlan, bind: Bind): readonly string[] {
  return words === null ? [] : [`s.words @@ ${bind(words.match, 'tsquery')}`];
}

/**
 * The page by relevance: what is in a better tier comes first, within one what has the better standing. Tiers are read
 * in turn until the page is full, so a common word costs no more than its best tier: what matters is that Append runs
 * its members in order, and members with a LIMIT are never run in parallel.
 */
function tieredPage(plan: SearchPlan, source: Source, bind: Bind): string {
  const tiers = plan.words?.tiers ?? [];
  const limit = bind(plan.first, 'int');
  const [value, key] = plan.after ?? [null, null];
  const at = value === null ? null : tierOf(Number(value));
  const arms = tiers.flatMap((query, index) => {
    const tier = tiers.length - 1 - index;
    if (at !== null && tier > at.tier) return [];
    const better = tiers.slice(0, index).map((other) => `(${other})`);
    const match = better.length === 0 ? query : `(${query}) & !(${better.join(' | ')})`;
    const isReached = at !== null && at.tier === tier;
    const within: SearchPlan = { ...plan, after: isReached ? [at.standing, String(key)] : null };
    const behind = behindPlace(within, STANDING_WITH_VIEWS, 's.key', bind);
    return `(SELECT s.key, ${STANDING_WITH_VIEWS} AS place, ${tier} AS tier
      ${documents(source, [`s.words @@ ${bind(match, 'tsquery')}`, ...behind], WITH_VIEWS)}
      ORDER BY place DESC, s.key DESC LIMIT ${limit})`;
  });
  return `SELECT * FROM (${arms.join(' UNION ALL ')}) x LIMIT ${limit}`;
}

/** One number that orders hits by relevance, whatever the page. */
export function relevanceOf(tier: number, standing: number): number {
  return tier * TIER + standing;
}

function tierOf(relevance: number): { readonly tier: number; readonly standing: number } {
  const tier = Math.round(relevance / TIER);
  return { tier, standing: relevance - tier * TIER };
}

function documents(
  { groups, documents: asked, updatedAfter, joinsUpdate }: Source,
  conditions: readonly string[],
  views = '',
  all = '@.search_document s',
): string {
  const where = [
    ...conditions,
    ...asked,
    ...(updatedAfter === null ? [] : [`u.updated_at > ${updatedAfter}`]),
    ...(groups.length === 0
      ? []
      : [`s.group_key IN (SELECT g.key FROM @.search_group g WHERE ${groups.join(' AND ')})`]),
  ];
  return `FROM ${all} ${joinsUpdate ? 'JOIN @.search_update u ON u.key = s.key' : ''} ${views}
    ${where.length === 0 ? '' : `WHERE ${where.join(' AND ')}`}`;
}

function behindPlace({ after, order }: SearchPlan, column: string, key: string, bind: Bind): readonly string[] {
  if (after === null) return [];
  const { type, direction } = PLACES[order];
  const operator = direction === 'DESC' ? '<' : '>';
  return [`(${column}, ${key}) ${operator} (${bind(after[0], type)}, ${bind(after[1], 'uuid')})`];
}

/** The key beside the column, so that one index has both. */
function keyOf(column: string): string {
  return `${column.slice(0, column.indexOf('.'))}.key`;
}
