import { graphql, type ResultOf } from '../../graphql/tada.js';
import { DATASET_PAGE, FIELD_PAGE, GAP_PAGE, JOB_PAGE, RUN_PAGE, RUN_ROW, VERSION_PAGE } from './fragments.js';

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

export const JOB_CHILDREN = graphql(
  `
    query MoreJobs($id: ID!, $after: String) {
      node(id: $id) {
        ... on Job {
          children(first: 50, after: $after) {
            ...JobPage
          }
        }
      }
    }
  `,
  [JOB_PAGE],
);

export const INPUTS = graphql(
  `
    query MoreInputs($id: ID!, $asOf: DateTime, $after: String) {
      node(id: $id) {
        ... on Job {
          inputs(first: 100, asOf: $asOf, after: $after) {
            ...DatasetPage
          }
        }
      }
    }
  `,
  [DATASET_PAGE],
);

export const OUTPUTS = graphql(
  `
    query MoreOutputs($id: ID!, $asOf: DateTime, $after: String) {
      node(id: $id) {
        ... on Job {
          outputs(first: 100, asOf: $asOf, after: $after) {
            ...DatasetPage
          }
        }
      }
    }
  `,
  [DATASET_PAGE],
);

export const USED = graphql(
  `
    query MoreUsed($id: ID!, $after: String) {
      node(id: $id) {
        ... on Run {
          used(first: 100, after: $after) {
            ...VersionPage
          }
        }
      }
    }
  `,
  [VERSION_PAGE],
);

export const GENERATED = graphql(
  `
    query MoreGenerated($id: ID!, $after: String) {
      node(id: $id) {
        ... on Run {
          generated(first: 100, after: $after) {
            ...VersionPage
          }
        }
      }
    }
  `,
  [VERSION_PAGE],
);

export const GAPS = graphql(
  `
    query MoreGaps($id: ID!, $after: String) {
      node(id: $id) {
        ... on Run {
          gaps(first: 100, after: $after) {
            ...GapPage
          }
        }
      }
    }
  `,
  [GAP_PAGE],
);

export const RUNS = graphql(
  `
    query MoreRuns($id: ID!, $after: String) {
      node(id: $id) {
        ... on Job {
          runs(first: 20, after: $after) {
            ...RunPage
          }
        }
      }
    }
  `,
  [RUN_PAGE],
);

export const RUN_CHILDREN = graphql(
  `
    query MoreChildren($id: ID!, $after: String) {
      node(id: $id) {
        ... on Run {
          children(first: 20, after: $after) {
            ...RunPage
          }
        }
      }
    }
  `,
  [RUN_PAGE],
);

export const USED_BY = graphql(
  `
    query MoreReaders($id: ID!, $after: String) {
      node(id: $id) {
        ... on DatasetVersion {
          usedBy(first: 20, after: $after) {
            ...RunPage
          }
        }
      }
    }
  `,
  [RUN_PAGE],
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
                id
                value
                partial
                createdAt
                generatedAt
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
  [RUN_ROW],
);

type VersionsNode = Extract<NonNullable<ResultOf<typeof VERSIONS>['node']>, { versions: unknown }>;
export type VersionRow = VersionsNode['versions']['edges'][number]['node'];

type NamedIn<N, K extends string> = N extends Record<K, infer C> ? C : never;

/** Takes a connection of the node out of an answer; undefined where the node is of another kind. */
type PageOf<K extends string> = <D extends { readonly node: object | null }>(
  data: D,
) => NamedIn<NonNullable<D['node']>, K> | undefined;

export const connectionNamed =
  <K extends string>(name: K): PageOf<K> =>
  ({ node }) =>
    node !== null && name in node ? (node as Record<K, never>)[name] : undefined;
