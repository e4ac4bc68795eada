import { graphql, type ResultOf } from '../../graphql/tada.js';
import { FIELD_PAGE, JOB_PAGE, VERSION_STATE } from './fragments.js';
import { RUN_ROW } from './run-fragments.js';

export const FIELDS = graphql(
  `
    query MoreFields($id: ID!, $asOf: DateTime, $after: String) {
      node(id: $id) {
        ... on Dataset {
          fields(first: 100, asOf: $asOf, after: $after) {
            ...FieldPage
          }
        }
      }
    }
  `,
  [FIELD_PAGE],
);

export const CONSUMERS = graphql(
  `
    query MoreConsumers($id: ID!, $after: String) {
      node(id: $id) {
        ... on Dataset {
          consumers(first: 50, after: $after) {
            ...JobPage
          }
        }
      }
    }
  `,
  [JOB_PAGE],
);

export const PRODUCERS = graphql(
  `
    query MoreProducers($id: ID!, $after: String) {
      node(id: $id) {
        ... on Dataset {
          producers(first: 50, after: $after) {
            ...JobPage
          }
        }
      }
    }
  `,
  [JOB_PAGE],
);

export const VERSIONS = graphql(
  `
    query Versions($id: ID!, $after: String) {
      node(id: $id) {
        ... on Dataset {
          versions(first: 25, after: $after) {
            pageInfo {
              hasNextPage
              endCursor
            }
            edges {
              node {
                ...VersionState
                run {
                  ...RunRow
                }
              }
            }
          }
        }
      }
    }
  `,
  [RUN_ROW, VERSION_STATE],
);

type VersionsNode = Extract<NonNullable<ResultOf<typeof VERSIONS>['node']>, { versions: unknown }>;
export type VersionRow = VersionsNode['versions']['edges'][number]['node'];
