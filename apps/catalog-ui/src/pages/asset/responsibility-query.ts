import { graphql } from '../../graphql/tada.js';
import { OWNER_ROW } from './fragments.js';

export const RESPONSIBLE_FOR = graphql(
  `
    query ResponsibleFor($agent: ID!, $first: Int!, $after: String, $asOf: DateTime) {
      responsibleFor(agent: $agent, first: $first, after: $after, asOf: $asOf) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            asset {
              __typename
              id
              displayName
              namespace
              domain {
                id
              }
            }
            roles {
              ...OwnerRow
            }
          }
        }
      }
    }
  `,
  [OWNER_ROW],
);
