import { graphql, type ResultOf } from '../../graphql/tada.js';

const RUN_ROW = graphql(`
  fragment RunRow on Run @_unmask {
    id
    runId
    state
    startedAt
    endedAt
    lastEventAt
    durationMs
    placeholder
    job {
      id
      displayName
    }
  }
`);

const RUN_TREE = graphql(
  `
    fragment RunTree on Run @_unmask {
      ...RunRow
      children(first: 50) {
        pageInfo {
          hasNextPage
        }
        edges {
          node {
            ...RunRow
            children(first: 20) {
              pageInfo {
                hasNextPage
              }
              edges {
                node {
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

const JOB_PAGE = graphql(`
  fragment JobPage on JobConnection @_unmask {
    pageInfo {
      hasNextPage
      endCursor
    }
    edges {
      node {
        id
        displayName
        namespace
        placeholder
        deletedAt
        latestRun {
          id
          state
          lastEventAt
        }
      }
    }
  }
`);

const DATASET_PAGE = graphql(`
  fragment DatasetPage on DatasetConnection @_unmask {
    pageInfo {
      hasNextPage
      endCursor
    }
    edges {
      node {
        id
        displayName
        namespace
        placeholder
        deletedAt
        datasetType
      }
    }
  }
`);

const TAG_ROW = graphql(`
  fragment TagRow on TagAssignment @_unmask {
    on
    tag {
      name
    }
    source
    because
    since
    until
  }
`);

const FIELD_PAGE = graphql(
  `
    fragment FieldPage on FieldConnection @_unmask {
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
          name
          segments
          type
          description
          deletedAt
          tags(asOf: $asOf) {
            ...TagRow
          }
        }
      }
    }
  `,
  [TAG_ROW],
);

const VERSION_PAGE = graphql(`
  fragment VersionPage on DatasetVersionConnection @_unmask {
    pageInfo {
      hasNextPage
      endCursor
    }
    edges {
      at
      evidence
      gap
      node {
        id
        value
        partial
        createdAt
        generatedAt
        dataset {
          id
          displayName
          namespace
        }
      }
    }
  }
`);

const AROUND = graphql(`
  fragment Around on LineageGraph @_unmask {
    truncatedBecause
    root {
      id
    }
    upstream {
      count
      isExact
    }
    downstream {
      count
      isExact
    }
    nodes {
      id
      kind
      displayName
      hidden
      placeholder
    }
    edges {
      id
      from
      to
      kind
      evidence
      via
      lastSeenAt
      transformations {
        type
        subtype
        description
        masking
      }
    }
  }
`);

const RUN_PAGE = graphql(
  `
    fragment RunPage on RunConnection @_unmask {
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          ...RunTree
        }
      }
    }
  `,
  [RUN_TREE],
);

export const FRAGMENTS = { RUN_ROW, RUN_PAGE, JOB_PAGE, DATASET_PAGE, TAG_ROW, FIELD_PAGE, VERSION_PAGE, AROUND };

/** All that the first view of a node needs, in one round trip. */
export const ASSET = graphql(
  `
    query Asset(
      $id: ID!
      $asOf: DateTime
      $granularity: LineageGranularity!
      $hasLineage: Boolean!
      $isPast: Boolean!
    ) {
      node(id: $id) {
        __typename
        id
        ... on Asset {
          name
          displayName
          namespace
          placeholder
          deletedAt
          createdAt
          updatedAt
          documentation: description(asOf: $asOf)
          owners(asOf: $asOf) {
            agent {
              id
              kind
              name
            }
            role
            source
            because
            since
            until
          }
          tags(asOf: $asOf) {
            ...TagRow
          }
        }
        ... on Dataset {
          datasetType
          aliases {
            id
            name
            namespace
            cause
            recordedAt
          }
          fields(first: 100, asOf: $asOf) {
            ...FieldPage
          }
          consumers(first: 10) @skip(if: $isPast) {
            ...JobPage
          }
          producers(first: 10) @skip(if: $isPast) {
            ...JobPage
          }
          checks: latestMetrics(first: 100, asOf: $asOf, filter: { kinds: [ASSERTION, TEST] }) {
            edges {
              node {
                success
              }
            }
          }
        }
        ... on Job {
          jobType
          inputs(first: 25, asOf: $asOf) {
            ...DatasetPage
          }
          outputs(first: 25, asOf: $asOf) {
            ...DatasetPage
          }
          parent {
            id
            displayName
            namespace
          }
          jobs: children(first: 10) {
            ...JobPage
          }
          runs(first: 10) {
            ...RunPage
          }
        }
        ... on Run {
          ...RunTree
          originalRunId
          nominalStartAt
          nominalEndAt
          job {
            namespace
          }
          parent {
            ...RunRow
          }
          used(first: 25) {
            ...VersionPage
          }
          generated(first: 25) {
            ...VersionPage
          }
          failure: facets(names: ["errorMessage"]) {
            body
          }
        }
        ... on Field {
          fieldName: name
          segments
          type
          fieldDescription: description
          goneAt: deletedAt
          tags(asOf: $asOf) {
            ...TagRow
          }
          dataset {
            id
            displayName
            namespace
          }
        }
        ... on DatasetVersion {
          value
          partial
          createdAt
          generatedAt
          dataset {
            id
            displayName
            namespace
          }
          run {
            ...RunRow
          }
          usedBy(first: 25) {
            ...RunPage
          }
        }
        ... on Agent {
          agentName: name
          kind
        }
      }
      lineage(root: $id, depth: 1, granularity: $granularity, asOf: $asOf, maxNodes: 200) @include(if: $hasLineage) {
        ...Around
      }
      jobsThen: lineage(root: $id, depth: 1, granularity: JOB, asOf: $asOf, maxNodes: 200) @include(if: $isPast) {
        ...Around
      }
    }
  `,
  [AROUND, DATASET_PAGE, FIELD_PAGE, JOB_PAGE, RUN_PAGE, RUN_ROW, RUN_TREE, TAG_ROW, VERSION_PAGE],
);

export type AssetAnswer = ResultOf<typeof ASSET>;
export type AnyNode = NonNullable<AssetAnswer['node']>;
export type NodeOf<T extends AnyNode['__typename']> = Extract<AnyNode, { __typename: T }>;
export type Around = ResultOf<typeof AROUND>;
export type Tag = ResultOf<typeof TAG_ROW>;
export type Owner = NodeOf<'Dataset' | 'Job'>['owners'][number];
export type FieldPage = ResultOf<typeof FIELD_PAGE>;
export type FieldRow = FieldPage['edges'][number]['node'];
export type JobPage = ResultOf<typeof JOB_PAGE>;
export type DatasetPage = ResultOf<typeof DATASET_PAGE>;
export type VersionPage = ResultOf<typeof VERSION_PAGE>;
export type RunPage = ResultOf<typeof RUN_PAGE>;
export type RunRow = ResultOf<typeof RUN_ROW>;
export type RunTree = ResultOf<typeof RUN_TREE>;
