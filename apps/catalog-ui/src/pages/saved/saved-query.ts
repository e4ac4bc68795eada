import { FAULT_PARTS } from '../../graphql/fault-parts.js';
import { graphql, type ResultOf } from '../../graphql/tada.js';
import { ASKED_SEARCH } from './asked-search.js';

/** A saved search, without what is new of it. */
export const SAVED_SEARCH = graphql(
  `
    fragment SavedSearchParts on SavedSearch @_unmask {
      ...AskedSearch
      isShared
      isOwn
      isFollowed
      ownerName
      missing
    }
  `,
  [ASKED_SEARCH],
);

/** What is new of one, the first of each list. */
export const NEWS = graphql(`
  fragment NewsParts on SearchNews @_unmask {
    cursor
    since
    isComplete
    isRestarted
    enteredCount
    leftCount
    changedCount
    entered(most: 10) {
      __typename
      id
      displayName
      namespace
    }
    left(most: 10) {
      __typename
      id
      displayName
      namespace
      deletedAt
    }
    changed(most: 10) {
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

export const SAVED_SEARCHES = graphql(
  `
    query SavedSearches($skip: Int!) {
      viewer {
        id
        savedSearches(skip: $skip, most: 100) {
          ...SavedSearchParts
          news {
            ...NewsParts
          }
        }
      }
    }
  `,
  [SAVED_SEARCH, NEWS],
);

export type SavedSearch = ResultOf<typeof SAVED_SEARCH>;
export type News = ResultOf<typeof NEWS>;
export type ListedSearch = ResultOf<typeof SAVED_SEARCHES>['viewer']['savedSearches'][number];

const RESULT = graphql(
  `
    fragment SavedResult on SavedSearchResult @_unmask {
      __typename
      ... on SavedSearchChanged {
        id
      }
      ... on SavedSearchRefusal {
        reason
        message
        faults {
          ...FaultParts
        }
      }
    }
  `,
  [FAULT_PARTS],
);

/** Whether what the address asks may become what a saved search asks. */
export const OWN_SEARCH = graphql(`
  query OwnSavedSearch($id: ID!) {
    savedSearch(id: $id) {
      id
      isOwn
    }
  }
`);

export const SAVE_SEARCH = graphql(
  `
    mutation SaveSearch($input: SaveSearchInput!) {
      done: saveSearch(input: $input) {
        ...SavedResult
      }
    }
  `,
  [RESULT],
);

export const CHANGE_SEARCH = graphql(
  `
    mutation ChangeSavedSearch($input: ChangeSavedSearchInput!) {
      done: changeSavedSearch(input: $input) {
        ...SavedResult
      }
    }
  `,
  [RESULT],
);

export const DELETE_SEARCH = graphql(
  `
    mutation DeleteSavedSearch($id: ID!) {
      done: deleteSavedSearch(id: $id) {
        ...SavedResult
      }
    }
  `,
  [RESULT],
);

export const FOLLOW_SEARCH = graphql(
  `
    mutation FollowSavedSearch($id: ID!, $follow: Boolean!) {
      done: followSavedSearch(id: $id, follow: $follow) {
        ...SavedResult
      }
    }
  `,
  [RESULT],
);

export const SEE_NEWS = graphql(
  `
    mutation MarkSearchNewsSeen($id: ID!, $cursor: String!) {
      done: markSearchNewsSeen(id: $id, cursor: $cursor) {
        ...SavedResult
      }
    }
  `,
  [RESULT],
);

/** Tells that there may be news; what they are is asked for then. */
export const NEWS_COME = graphql(`
  subscription SavedSearchNews($id: ID!) {
    savedSearchNews(id: $id) {
      cursor
    }
  }
`);
