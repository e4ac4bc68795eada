import { graphql, type ResultOf } from '../../graphql/tada.js';

export const METRIC = graphql(`
  fragment MetricRow on Metric @_unmask {
    at
    column
    facet
    kind
    label
    name
    producer
    side
    success
    unit
    value
    field {
      id
    }
    run {
      id
    }
  }
`);

const METRIC_PAGE = graphql(
  `
    fragment MetricPage on MetricConnection @_unmask {
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          ...MetricRow
        }
      }
    }
  `,
  [METRIC],
);

/** The latest value of each thing measured. */
export const LATEST = graphql(
  `
    query LatestMetrics($id: ID!, $asOf: DateTime, $after: String) {
      node(id: $id) {
        ... on Dataset {
          latestMetrics(first: 100, asOf: $asOf, after: $after) {
            ...MetricPage
          }
        }
        ... on Field {
          latestMetrics(first: 100, asOf: $asOf, after: $after) {
            ...MetricPage
          }
        }
      }
    }
  `,
  [METRIC_PAGE],
);

/** Measurements over time, the latest first. */
export const METRICS = graphql(
  `
    query Metrics($id: ID!, $between: Period, $filter: MetricFilter, $after: String) {
      node(id: $id) {
        ... on Dataset {
          metrics(first: 100, between: $between, filter: $filter, after: $after) {
            ...MetricPage
          }
        }
        ... on Field {
          metrics(first: 100, between: $between, filter: $filter, after: $after) {
            ...MetricPage
          }
        }
        ... on DatasetVersion {
          metrics(first: 100, between: $between, filter: $filter, after: $after) {
            ...MetricPage
          }
        }
      }
    }
  `,
  [METRIC_PAGE],
);

export type Metric = ResultOf<typeof METRIC>;
