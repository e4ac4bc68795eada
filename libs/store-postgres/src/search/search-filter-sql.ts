import { propertyGroupConditions } from './property-sql.js';
import type { SearchFacet, SearchFilter } from '@headwater/domain/search';
import type { Bind, GroupCondition } from './conditions.js';

/**
 * The conditions of a filter; none when it excludes nothing. `updatedAfter` is no part of them, nor what documents alone
 * tell: see `propertyDocumentConditions`.
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
  const { hasOwner } = filter;
  return [
    ...oneOf('KIND', filter.kinds, (kinds) => `g.kind = ANY (${kinds})`),
    ...oneOf('NAMESPACE', filter.namespaces, (namespaces) => `g.namespace = ANY (${namespaces})`),
    // A bare key matches every value.
    ...oneOf(
      'TAG',
      filter.tags,
      (tags) =>
        `EXISTS (SELECT FROM unnest(g.tags) t WHERE t = ANY (${tags}) OR split_part(t, '=', 1) = ANY (${tags}))`,
    ),
    ...oneOf('OWNER', filter.owners, (owners) => `g.owner_ids && ${owners}`),
    ...oneOf('DOMAIN', filter.domains, (domains) => `g.domain_id = ANY (${domains})`),
    ...oneOf('TERM', filter.terms, (terms) => `g.term_ids && ${terms}`),
    ...(hasOwner === undefined
      ? []
      : [{ facet: null, sql: `g.owner_ids ${hasOwner ? '<>' : '='} '{}'`, values: null }]),
    ...propertyGroupConditions(filter.properties ?? [], bind),
  ];
}

/** PostgreSQL's text cannot hold U+0000 nor a lone surrogate, and no stored value has one. */
function storable(value: string): string {
  return value.toWellFormed().replaceAll('\0', '\ufffd');
}
