import { graphql } from '../../graphql/tada.js';

export const LIKE_QUERY = graphql(`
  query Like($id: ID!) {
    node(id: $id) {
      __typename
      ... on Dataset {
        similar(most: 5) {
          score
          shared
          sharedFields
          dataset {
            id
            displayName
            namespace
            datasetType
          }
        }
        usedTogether(most: 5) {
          jobs
          recentRuns
          dataset {
            id
            displayName
            namespace
            datasetType
          }
        }
      }
    }
  }
`);
