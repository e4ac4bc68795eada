import type { SearchFacet } from '@headwater/domain/search';

export type Bind = (value: unknown, type: string) => string;

/** A condition on `search_group g`. */
export interface GroupCondition {
  /** The facet whose values it names, of a PROPERTY with its id; null where it is none of the facets. */
  readonly facet: SearchFacet['name'] | `PROPERTY ${string}` | null;
  readonly sql: string;
  /** The parameter that has the values. */
  readonly values: string | null;
}
