import type { SearchFacet, SearchFilter } from '@headwater/domain/search';
import { nodeKey } from '@headwater/domain/identifiers';
import type { Bind, GroupCondition } from './conditions.js';
import { propertyDocumentConditions, propertyGroupConditions } from './property-sql.js';

const isTagged = (tags: string): string =>
  // A bare key matches every value.
  `EXISTS (SELECT FROM unnest(g.tags) t WHERE t = ANY (${tags}) OR split_part(t, '=', 1) = ANY (${tags}))`;

/** Tags with what they came to are told by documents: see {@link carriedCondition}. */
const isCarried = ({ tags = [], carriedTo = [] }: SearchFilter): boolean => tags.length > 0 && carriedTo.length > 0;

/**
 * The conditions of a filter on groups; none when it excludes nothing. `updatedAfter` is no part of them, nor what
 * documents alone tell: see {@link documentConditions} and {@link carriedCondition}.
 */
export function groupConditions(filter: SearchFilter, bind: Bind): readonly GroupCondition[] {
  const oneOf = (
    facet: SearchFacet['name'],
    values: readonly string[] | undefined,
    condition: (values: string) => string,
  ): readonly GroupCondition[] => {
    if (values === undefined || values.length === 0) return [];
    const parameter = bind(values.map(storable), 'text[]');
    return [{ facet, sql: condition(parameter), values: parameter }];
  };
  const { hasOwner, hasTag, hasDomain } = filter;
  const whether = (wanted: boolean | undefined, condition: string): readonly GroupCondition[] =>
    wanted === undefined ? [] : [{ facet: null, sql: wanted ? condition : `NOT (${condition})`, values: null }];
  return [
    ...oneOf('KIND', filter.kinds, (kinds) => `g.kind = ANY (${kinds})`),
    ...oneOf('NAMESPACE', filter.namespaces, (namespaces) => `g.namespace = ANY (${namespaces})`),
    ...oneOf('TAG', isCarried(filter) ? [] : filter.tags, isTagged),
    ...oneOf('OWNER', filter.owners, (owners) => `g.owner_ids && ${owners}`),
    ...oneOf('DOMAIN', filter.domains, (domains) => `g.domain_id = ANY (${domains})`),
    ...oneOf('TERM', filter.terms, (terms) => `g.term_ids && ${terms}`),
    ...whether(hasOwner, `g.owner_ids <> '{}'`),
    ...whether(hasTag, `g.tags <> '{}'`),
    ...whether(hasDomain, 'g.domain_id IS NOT NULL'),
    ...propertyGroupConditions(filter.properties ?? [], bind),
  ];
}

/** What documents alone tell: values of properties, and data products, of which facts say more than a group would. */
export function documentConditions(filter: SearchFilter, bind: Bind, key = 's.key'): readonly string[] {
  const { products = [], properties = [] } = filter;
  const ports = `${key} IN (
    SELECT coalesce(l.canonical_key, f.node_key) FROM @.fact f
    LEFT JOIN @.alias l ON l.member_key = f.node_key AND l.recorded_to IS NULL
    WHERE f.kind = 'PRODUCT' AND f.valid_to IS NULL AND f.recorded_to IS NULL
      AND f.value = ANY (`;
  return [
    ...propertyDocumentConditions(properties, bind, key),
    ...(products.length === 0 ? [] : [`${ports}${bind(products.map(storable), 'text[]')}))`]),
  ];
}

/** The tags of a filter, or what they came to, where that is asked for: undefined where groups tell it all. */
export function carriedCondition(
  filter: SearchFilter,
  bind: Bind,
  isInGroup = (condition: string): string => `s.group_key IN (SELECT g.key FROM @.search_group g WHERE ${condition})`,
  key = 's.key',
): (GroupCondition & { readonly values: string }) | undefined {
  const { tags = [], carriedTo = [] } = filter;
  if (!isCarried(filter)) return undefined;
  const values = bind(tags.map(storable), 'text[]');
  const keys = bind([...new Set(carriedTo)].map(nodeKey), 'uuid[]');
  return { facet: 'TAG', sql: `(${isInGroup(isTagged(values))} OR ${key} = ANY (${keys}))`, values };
}

/** PostgreSQL's text cannot hold U+0000 nor a lone surrogate, and no stored value has one. */
function storable(value: string): string {
  return value.toWellFormed().replaceAll('\0', '\ufffd');
}
