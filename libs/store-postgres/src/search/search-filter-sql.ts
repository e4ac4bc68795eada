import type { SearchFilter } from '@headwater/domain/search';

export type Bind = (value: unknown, type: string) => string;

/** The conditions on `search_group g` of a filter; none when it excludes nothing. `updatedAfter` is no part of it. */
export function groupConditions(filter: SearchFilter, bind: Bind): readonly string[] {
  const conditions: string[] = [];
  const oneOf = (values: readonly string[] | undefined, condition: (values: string) => string): void => {
    if (values !== undefined && values.length > 0) conditions.push(condition(bind(values.map(storable), 'text[]')));
  };
  oneOf(filter.kinds, (kinds) => `g.kind = ANY (${kinds})`);
  oneOf(filter.namespaces, (namespaces) => `g.namespace = ANY (${namespaces})`);
  // A bare key matches every value.
  oneOf(
    filter.tags,
    (tags) => `EXISTS (SELECT FROM unnest(g.tags) t WHERE t = ANY (${tags}) OR split_part(t, '=', 1) = ANY (${tags}))`,
  );
  oneOf(filter.owners, (owners) => `g.owner_ids && ${owners}`);
  if (filter.hasOwner !== undefined) conditions.push(`g.owner_ids ${filter.hasOwner ? '<>' : '='} '{}'`);
  return conditions;
}

/** PostgreSQL's text cannot hold U+0000 nor a lone surrogate, and no stored value has one. */
function storable(value: string): string {
  return value.toWellFormed().replaceAll('\0', '\ufffd');
}
