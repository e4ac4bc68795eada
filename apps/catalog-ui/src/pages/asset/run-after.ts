import { graphql, type ResultOf } from '../../graphql/tada.js';

/** Everything that depends on what the job of a run writes, by who answers for it. */
export const RUN_IMPACT = graphql(`
  query RunImpact($id: ID!, $asOf: DateTime) {
    impact(root: $id, asOf: $asOf, maxNodes: 1000) {
      total {
        count
        isExact
      }
      groups {
        hidden
        count
        owner {
          id
          displayName
        }
        nodes {
          distance
          node {
            id
            kind
            displayName
            hidden
          }
        }
      }
    }
  }
`);

/** The latest runs of a job that completed since a moment. */
export const COMPLETED_SINCE = graphql(`
  query CompletedSince($job: ID!, $since: DateTime!, $until: DateTime) {
    runs(first: 5, filter: { job: $job, states: [COMPLETED], since: $since, until: $until }) {
      edges {
        node {
          id
          startedAt
          endedAt
          lastEventAt
        }
      }
    }
  }
`);

export type Impact = NonNullable<ResultOf<typeof RUN_IMPACT>['impact']>;
