import type { Bind, GroupCondition } from './conditions.js';
import { TERMS_OF_GROUPS } from './glossary-terms.js';

/** Values shown for each facet. */
const MAX_FACET_VALUES = 20;
/** Of all properties that are not filtered by. */
const MAX_PROPERTY_VALUES = 200;
/** Domains are told as good as all, so that those above them can be counted. */
const MAX_DOMAINS = 10_000;

/** What is counted beside a page of search: how many of the matches have each of the most frequent values. */
export interface Facet {
  readonly name: NonNullable<GroupCondition['facet']>;
  readonly value: string;
  /** What is joined with the groups. */
  readonly from: string;
  readonly where: readonly string[];
  readonly most: number;
}

const FACETS: readonly Facet[] = (
  [
    ['KIND', 'g.kind', ''],
    ['NAMESPACE', 'g.namespace', ''],
    ['TAG', 'v.value', ', unnest(g.tags) AS v(value)'],
    ['OWNER', 'v.value', ', unnest(g.owner_ids) AS v(value)'],
    ['DOMAIN', 'v.value', ', unnest(array_remove(ARRAY[g.domain_id], NULL)) AS v(value)'],
    // What has several narrower terms of one is counted there once.
    ['TERM', 'v.value', TERMS_OF_GROUPS],
  ] as const
).map(([name, value, from]) => {
  const most = name === 'DOMAIN' ? MAX_DOMAINS : MAX_FACET_VALUES;
  return { name, value, from, where: [], most };
});

const PROPERTY_VALUES = ', unnest(g.properties) AS v(value)';

/** Values by property: of each that is filtered by, and of all others at once. */
function propertyFacets(chosen: readonly GroupCondition[], bind: Bind): readonly Facet[] {
  const shared = { value: 'v.value', from: PROPERTY_VALUES } as const;
  const filtered = chosen.flatMap(({ facet }) => {
    if (facet?.startsWith('PROPERTY ') !== true) return [];
    const isOf = `starts_with(v.value, ${bind(`${facet.slice('PROPERTY '.length)}=`, 'text')})`;
    return [{ ...shared, name: facet, where: [isOf], most: MAX_FACET_VALUES }];
  });
  const others = [`strpos(v.value, '=') > 0`, ...filtered.flatMap(({ where }) => where.map((isOf) => `NOT ${isOf}`))];
  return [...filtered, { ...shared, name: 'PROPERTY', where: others, most: MAX_PROPERTY_VALUES }];
}

/** All that are counted, of what is filtered by too. */
export function facetsOf(chosen: readonly GroupCondition[], bind: Bind): readonly Facet[] {
  return [...FACETS, ...propertyFacets(chosen, bind)];
}

/** The values that are filtered by, then the most frequent. */
export function facetRows(
  { name, value, from, where, most }: Facet,
  chosen: readonly GroupCondition[],
  apart?: { readonly from: string; readonly values: string },
): string {
  const own = chosen.find(({ facet }) => facet === name);
  const first = apart?.values ?? own?.values ?? null;
  const others = own === undefined ? [] : chosen.filter((condition) => condition !== own).map(({ sql }) => sql);
  const conditions = [...where, ...others];
  return `(SELECT '${name.split(' ')[0] ?? name}' AS name, ${value} AS value, sum(c.documents)::bigint AS count
    FROM ${apart?.from ?? (own === undefined ? 'counted' : 'widened')} c JOIN @.search_group g ON g.key = c.key${from}
    ${conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`}
    GROUP BY 2
    ORDER BY ${first === null ? '' : `${value} = ANY (${first}) DESC,`} sum(c.documents) DESC, 2
    LIMIT ${String(most)})`;
}
