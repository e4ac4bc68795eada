import { graphql, type ResultOf } from '../../graphql/tada.js';
import { VERSION_PAGE, VERSION_STATE } from './fragments.js';
import { METRIC } from './quality-query.js';
import { RUN_ROW } from './run-fragments.js';

/** The versions of a model: what each was made from, who used it, and what was measured of it. */
export const MODEL_VERSIONS = graphql(
  `
    query ModelVersions($id: ID!, $after: String) {
      node(id: $id) {
        ... on Dataset {
          versions(first: 10, after: $after) {
            pageInfo {
              hasNextPage
              endCursor
            }
            edges {
              node {
                ...VersionState
                run {
                  ...RunRow
                  used(first: 5) {
                    ...VersionPage
                  }
                }
                usedBy(first: 3) {
                  pageInfo {
                    hasNextPage
                  }
                  edges {
                    node {
                      ...RunRow
                    }
                  }
                }
                metrics(first: 20) {
                  pageInfo {
                    hasNextPage
                  }
                  edges {
                    node {
                      ...MetricRow
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
  `,
  [METRIC, RUN_ROW, VERSION_PAGE, VERSION_STATE],
);

type ModelNode = Extract<NonNullable<ResultOf<typeof MODEL_VERSIONS>['node']>, { versions: unknown }>;
export type ModelVersion = ModelNode['versions']['edges'][number]['node'];
