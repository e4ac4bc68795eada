import { graphql, type ResultOf } from '../../graphql/tada.js';
import { ASKED_SEARCH } from '../saved/asked-search.js';

/** All that is about whoever looks, at once. */
export const MINE = graphql(
  `
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
          ...AskedSearch
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
  `,
  [ASKED_SEARCH],
);

export const WHO = graphql(`
  query Who($id: ID!) {
    agent(id: $id) {
      agent {
        id
      }
      displayName
      names {
        id
      }
    }
  }
`);

export type Mine = ResultOf<typeof MINE>;
