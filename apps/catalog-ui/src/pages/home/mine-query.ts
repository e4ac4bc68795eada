import { graphql, type ResultOf } from '../../graphql/tada.js';

/** All that is about whoever looks, at once. */
export const MINE = graphql(`
  query Mine($agents: [ID!]!, $isSomebody: Boolean!) {
    viewer {
      id
      needs {
        kind
        total
        isComplete
        assets(most: 4) {
          __typename
          id
          displayName
          namespace
        }
      }
      savedSearches(scope: FOLLOWED, most: 20) {
        id
        name
        query
        orderBy
        filter {
          kinds
          namespaces
          tags
          owners
          hasOwner
          domains
          terms
          properties {
            property
            has
            values
            from
            to
          }
          updatedAfter
        }
        news {
          cursor
          isComplete
          isRestarted
          enteredCount
          leftCount
          changedCount
        }
      }
      recentlyViewed(most: 8) {
        at
        asset {
          __typename
          id
          displayName
          namespace
        }
      }
    }
    owned: search(filter: { owners: $agents }, orderBy: NAME, first: 8) @include(if: $isSomebody) {
      totalCount
      edges {
        node {
          id
          kind
          displayName
          namespace
        }
      }
    }
    recentlyChanged(most: 8) {
      kind
      at
      by
      fieldsAdded
      fieldsRemoved
      asset {
        __typename
        id
        displayName
        namespace
      }
    }
  }
`);

export type Mine = ResultOf<typeof MINE>;
