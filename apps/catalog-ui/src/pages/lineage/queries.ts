import { graphql, type ResultOf, type VariablesOf } from '../../graphql/tada.js';

/** What the picture shows of a node and of an edge, whichever question brings them. */
export const NODE_PARTS = graphql(`
  fragment LineageNodeParts on LineageNode @_unmask {
    id
    kind
    displayName
    placeholder
    hidden
    members
    collapsed
  }
`);

export const EDGE_PARTS = graphql(`
  fragment LineageEdgeParts on LineageEdge @_unmask {
    id
    kind
    evidence
    from
    to
    via
    merged
    firstSeenAt
    lastSeenAt
    validFrom
    validTo
    transformations {
      type
      subtype
      masking
      description
    }
  }
`);

export const LINEAGE = graphql(
  `
    query Lineage(
      $root: ID!
      $granularity: LineageGranularity
      $direction: LineageDirection
      $depth: Int
      $asOf: DateTime
      $maxNodes: Int
      $after: String
      $logical: Boolean
    ) {
      lineage(
        root: $root
        granularity: $granularity
        direction: $direction
        depth: $depth
        asOf: $asOf
        maxNodes: $maxNodes
        after: $after
        logical: $logical
        control: true
      ) {
        endCursor
        truncatedBecause
        root {
          id
          kind
          displayName
        }
        nodes {
          ...LineageNodeParts
          depth
          hasMoreUpstream
          hasMoreDownstream
          neighborsUpstream
          neighborsDownstream
        }
        edges {
          ...LineageEdgeParts
        }
      }
    }
  `,
  [NODE_PARTS, EDGE_PARTS],
);

export type Lineage = NonNullable<ResultOf<typeof LINEAGE>['lineage']>;
export type LineageVariables = VariablesOf<typeof LINEAGE>;

/** What the cards say beside the graph itself; asked for what is in sight only. */
export const CARDS = graphql(`
  query LineageCards($ids: [ID!]!, $asOf: DateTime) {
    nodes(ids: $ids) {
      __typename
      id
      ... on Job {
        latestRun {
          id
          state
          lastEventAt
        }
        parent {
          id
          displayName
        }
      }
      ... on Dataset {
        latestMetrics(first: 20, asOf: $asOf, filter: { kinds: [ASSERTION, TEST] }) {
          edges {
            node {
              name
              label
              column
              success
              at
            }
          }
        }
      }
      ... on Run {
        state
        lastEventAt
      }
    }
  }
`);

export type CardAnswer = NonNullable<ResultOf<typeof CARDS>['nodes'][number]>;

/** One edge again with what proves it: the question that shows it, from one of its ends. */
export const PROOF = graphql(`
  query LineageProof(
    $root: ID!
    $granularity: LineageGranularity
    $direction: LineageDirection
    $depth: Int
    $control: Boolean
    $asOf: DateTime
    $after: String
    $logical: Boolean
  ) {
    lineage(
      root: $root
      granularity: $granularity
      direction: $direction
      depth: $depth
      control: $control
      asOf: $asOf
      maxNodes: 200
      after: $after
      logical: $logical
    ) {
      endCursor
      truncatedBecause
      edges {
        id
        assertions(first: 10) {
          edges {
            node {
              evidence
              producer
              confidence
              lastSeenAt
              missedRuns
              intervals {
                from
                to
              }
              lastRun {
                id
                state
                job {
                  displayName
                }
              }
              events(first: 5) {
                edges {
                  node {
                    position
                    kind
                    effectiveAt
                    recordedAt
                  }
                }
                pageInfo {
                  hasNextPage
                }
              }
            }
          }
          pageInfo {
            hasNextPage
          }
        }
      }
    }
  }
`);

export type Proof = NonNullable<ResultOf<typeof PROOF>['lineage']>['edges'][number]['assertions'];
