import { graphql, type ResultOf, type VariablesOf } from '../../graphql/tada.js';
import { filtersOf } from './property-query.js';

export const SEARCH = graphql(`
  query Search($query: String!, $filter: SearchFilter, $orderBy: SearchOrder, $after: String) {
    search(query: $query, filter: $filter, orderBy: $orderBy, first: 25, after: $after) {
      totalCount
      isExact
      isFuzzy
      pageInfo {
        hasNextPage
        endCursor
      }
      facets {
        name
        property {
          id
          name
        }
        values {
          value
          label
          count
        }
      }
      edges {
        node {
          id
          kind
          displayName
          namespace
          score
          highlights {
            field
            text
            ranges {
              start
              end
            }
          }
          asset {
            updatedAt
            ... on Dataset {
              datasetType
            }
            placeholder
            deletedAt
            effectiveOwners {
              owners {
                agent {
                  id
                  displayName
                }
              }
            }
          }
        }
      }
    }
  }
`);

export type Found = ResultOf<typeof SEARCH>['search'];
export type Hit = Found['edges'][number]['node'];
export type FacetName = Found['facets'][number]['name'];
type Variables = VariablesOf<typeof SEARCH>;

export const ORDERS = ['RELEVANCE', 'POPULARITY', 'UPDATED_AT', 'NAME'] as const;
export type Order = (typeof ORDERS)[number];

/** The parameter of the address that holds each facet's chosen values. */
export const FACET_PARAMETERS = {
  KIND: 'kind',
  NAMESPACE: 'namespace',
  OWNER: 'owner',
  DOMAIN: 'domain',
  TERM: 'term',
  TAG: 'tag',
  PROPERTY: 'property',
} as const;

/** The parameter of the address for each thing that a hit must have, or must lack; of two that contradict each other the first holds. */
export const FLAGS = [
  { parameter: 'unowned', member: 'hasOwner', value: false },
  { parameter: 'owned', member: 'hasOwner', value: true },
  { parameter: 'untagged', member: 'hasTag', value: false },
  { parameter: 'tagged', member: 'hasTag', value: true },
  { parameter: 'undomained', member: 'hasDomain', value: false },
  { parameter: 'domained', member: 'hasDomain', value: true },
] as const;

/** Of the address: the tags also stand for what they came to. */
export const CARRIED = 'carried';
export const PRODUCT = 'product';

/** The search that an address asks for. Values that the API would refuse count as absent. */
export function searchOf(parameters: URLSearchParams): Variables {
  const all = (name: FacetName): string[] => parameters.getAll(FACET_PARAMETERS[name]);
  const kinds = all('KIND').filter((kind): kind is 'DATASET' | 'JOB' => kind === 'DATASET' || kind === 'JOB');
  const properties = filtersOf(all('PROPERTY'));
  return {
    query: parameters.get('q') ?? '',
    orderBy: orderOf(parameters),
    filter: {
      ...(kinds.length > 0 && { kinds }),
      ...(all('NAMESPACE').length > 0 && { namespaces: all('NAMESPACE') }),
      ...(all('OWNER').length > 0 && { owners: all('OWNER') }),
      ...(all('DOMAIN').length > 0 && { domains: all('DOMAIN') }),
      ...(all('TERM').length > 0 && { terms: all('TERM') }),
      ...(all('TAG').length > 0 && { tags: all('TAG') }),
      ...(properties.length > 0 && { properties }),
      ...(isCarried(parameters) && { carriedTags: true }),
      ...(parameters.getAll(PRODUCT).length > 0 && { dataProducts: parameters.getAll(PRODUCT) }),
      ...Object.fromEntries(flagsIn(parameters).map(({ member, value }) => [member, value])),
      ...(updatedAfterOf(parameters) !== null && { updatedAfter: updatedAfterOf(parameters) }),
    },
  };
}

function flagsIn(parameters: URLSearchParams): readonly (typeof FLAGS)[number][] {
  const held = FLAGS.filter(({ parameter }) => parameters.get(parameter) === '1');
  return held.filter(({ member }, index) => held.findIndex((other) => other.member === member) === index);
}

function isCarried(parameters: URLSearchParams): boolean {
  return parameters.get(CARRIED) === '1' && parameters.getAll(FACET_PARAMETERS.TAG).length > 0;
}

function updatedAfterOf(parameters: URLSearchParams): string | null {
  const at = parameters.get('updatedAfter');
  return at === null || Number.isNaN(Date.parse(at)) ? null : at;
}

export function orderOf(parameters: URLSearchParams): Order {
  return ORDERS.find((order) => order === parameters.get('order')) ?? 'RELEVANCE';
}

/** The address with one facet value taken in, or taken away where it was in. */
export function toggled(parameters: URLSearchParams, name: string, value: string): URLSearchParams {
  const next = new URLSearchParams(parameters);
  const others = next.getAll(name).filter((held) => held !== value);
  const wasHeld = others.length < next.getAll(name).length;
  next.delete(name);
  for (const held of wasHeld ? others : [...others, value]) next.append(name, held);
  return next;
}

/** A value that a search is narrowed to; of no facet where it asks for what they have at all, for a data product, for what tags came to, or by time. */
export interface ChosenFilter {
  readonly facet: FacetName | null;
  readonly parameter: string;
  readonly value: string;
}

/** Everything but the words that an address narrows a search by. */
export function chosenIn(parameters: URLSearchParams): readonly ChosenFilter[] {
  const facets = Object.entries(FACET_PARAMETERS) as [FacetName, string][];
  const chosen: ChosenFilter[] = facets.flatMap(([facet, parameter]) =>
    parameters.getAll(parameter).map((value) => ({ facet, parameter, value })),
  );
  const updatedAfter = updatedAfterOf(parameters);
  for (const value of parameters.getAll(PRODUCT)) chosen.push({ facet: null, parameter: PRODUCT, value });
  if (isCarried(parameters)) chosen.push({ facet: null, parameter: CARRIED, value: '1' });
  for (const { parameter } of flagsIn(parameters)) chosen.push({ facet: null, parameter, value: '1' });
  if (updatedAfter !== null) chosen.push({ facet: null, parameter: 'updatedAfter', value: updatedAfter });
  return chosen;
}

/** The address with the same words and order, narrowed to nothing. */
export function unfiltered(parameters: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams(parameters);
  for (const { parameter } of chosenIn(parameters)) next.delete(parameter);
  return next;
}
