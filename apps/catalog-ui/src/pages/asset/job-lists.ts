import { graphql } from '../../graphql/tada.js';
import { DATASET_PAGE, JOB_PAGE } from './fragments.js';
import { RUN_PAGE } from './run-fragments.js';

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

export const TRIGGERS = graphql(
  `
    query MoreTriggers($id: ID!, $asOf: DateTime, $after: String) {
      node(id: $id) {
        ... on Job {
          triggers(first: 100, asOf: $asOf, after: $after) {
            ...JobPage
          }
        }
      }
    }
  `,
  [JOB_PAGE],
);

export const TRIGGERED_BY = graphql(
  `
    query MoreTriggeredBy($id: ID!, $asOf: DateTime, $after: String) {
      node(id: $id) {
        ... on Job {
          triggeredBy(first: 100, asOf: $asOf, after: $after) {
            ...JobPage
          }
        }
      }
    }
  `,
  [JOB_PAGE],
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
