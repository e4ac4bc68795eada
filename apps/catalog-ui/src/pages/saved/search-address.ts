import { href } from '../../lib/node-id.js';
import { textsOf } from '../search/property-query.js';
import { FLAGS } from '../search/search-query.js';
import type { SavedSearch } from './saved-query.js';

/** The address of the search page that asks what a saved search does. */
export function searchAddress({
  id,
  query,
  orderBy,
  filter,
}: Pick<SavedSearch, 'id' | 'query' | 'orderBy' | 'filter'>): string {
  const lists = {
    kind: filter.kinds,
    namespace: filter.namespaces,
    owner: filter.owners,
    domain: filter.domains,
    term: filter.terms,
    tag: filter.tags,
    product: filter.dataProducts,
    property: filter.properties?.flatMap(textsOf),
  };
  const parameters = new URLSearchParams({ saved: id });
  if (query !== '') parameters.set('q', query);
  if (orderBy !== 'RELEVANCE') parameters.set('order', orderBy);
  if (filter.carriedTags === true) parameters.set('carried', '1');
  for (const { parameter, member, value } of FLAGS) if (filter[member] === value) parameters.set(parameter, '1');
  if (filter.updatedAfter !== null) parameters.set('updatedAfter', filter.updatedAfter);
  for (const [name, values] of Object.entries(lists)) for (const value of values ?? []) parameters.append(name, value);
  return `${href('/search', {})}?${parameters.toString()}`;
}
