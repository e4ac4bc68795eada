import { graphql, type ResultOf, type VariablesOf } from '../../graphql/tada.js';

export const LINEAGE = graphql(`
  query Lineage(
    $root: ID!
    $granularity: LineageGranularity
    $direction: LineageDirection
    $depth: Int
    $asOf: DateTime
    $maxNodes: Int
    $after: String
  ) {
    lineage(
      root: $root
      granularity: $granularity
      direction: $direction
      depth: $depth
      asOf: $asOf
      maxNodes: $maxNodes
      after: $after
    ) {
      endCursor
      truncatedBecause
      root {
        id
        kind
        displayName
      }
      nodes {
        id
        kind
        displayName
        placeholder
        hidden
        depth
        hasMoreUpstream
        hasMoreDownstream
      }
      edges {
        id
        kind
        evidence
        from
        to
        via
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
    }
  }
`);

export type Lineage = NonNullable<ResultOf<typeof LINEAGE>['lineage']>;
export type LineageVariables = VariablesOf<typeof LINEAGE>;

/** How many causes and effects a node has in all; depth 0 walks no further than counting needs. */
export const REACH = graphql(`
  query Reach($root: ID!, $granularity: LineageGranularity, $asOf: DateTime) {
    lineage(root: $root, granularity: $granularity, depth: 0, asOf: $asOf) {
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
    }
  }
`);

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
    $asOf: DateTime
    $after: String
  ) {
    lineage(
      root: $root
      granularity: $granularity
      direction: $direction
      depth: 1
      asOf: $asOf
      maxNodes: 200
      after: $after
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
