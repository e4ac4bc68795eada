import { FAULT_PARTS } from '../../graphql/fault-parts.js';
import { graphql, type ResultOf, type VariablesOf } from '../../graphql/tada.js';

/** So many assets of a plan or a job are listed at once. */
export const LISTED = 25;

export const PLANNED = graphql(`
  fragment Planned on PlannedEdit @_unmask {
    asset {
      __typename
      id
      displayName
      namespace
    }
    changes {
      action
      part
      value
      detail
    }
  }
`);

const PLAN = graphql(
  `
    fragment Plan on EditPreview @_unmask {
      total
      unchanged
      forbidden
      version
      withoutEffect {
        ...FaultParts
      }
      edits(skip: $skip, most: 25) {
        ...Planned
      }
    }
  `,
  [FAULT_PARTS, PLANNED],
);

const HAND_OVER_PLAN = graphql(
  `
    fragment HandOverPlan on HandOverPreview @_unmask {
      total
      unchanged
      forbidden
      version
      rules {
        number
        before
        after
      }
      forbiddenRules
      definitions {
        definition {
          __typename
          id
          ... on Domain {
            domainName: name
          }
          ... on DataProduct {
            productName: name
          }
        }
        before {
          role
          agent {
            id
            displayName
          }
        }
        after {
          role
          agent {
            id
            displayName
          }
        }
      }
      forbiddenDefinitions
      teams {
        id
        displayName
      }
      forbiddenTeams
      edits(skip: $skip, most: 25) {
        ...Planned
      }
    }
  `,
  [PLANNED],
);

export const PREVIEW = graphql(
  `
    query PreviewEdits($selection: EditSelection!, $change: EditChange!, $skip: Int!) {
      plan: previewEdits(selection: $selection, change: $change) {
        ...Plan
      }
    }
  `,
  [PLAN],
);

export const START = graphql(
  `
    mutation StartEdits($input: StartEditsInput!, $skip: Int!) {
      done: startEdits(input: $input) {
        __typename
        ... on StartedEdits {
          job {
            id
          }
        }
        ... on StartEditsRefusal {
          reason
          message
          faults {
            ...FaultParts
          }
          current {
            ...Plan
          }
        }
      }
    }
  `,
  [FAULT_PARTS, PLAN],
);

export const PREVIEW_HAND_OVER = graphql(
  `
    query PreviewHandOver($from: ID!, $to: ID!, $skip: Int!) {
      plan: previewHandOver(from: $from, to: $to) {
        ...HandOverPlan
      }
    }
  `,
  [HAND_OVER_PLAN],
);

export const HAND_OVER = graphql(
  `
    mutation HandOver($input: HandOverInput!, $skip: Int!) {
      done: handOver(input: $input) {
        __typename
        ... on StartedEdits {
          job {
            id
          }
        }
        ... on HandOverRefusal {
          reason
          message
          faults {
            ...FaultParts
          }
          current {
            ...HandOverPlan
          }
        }
      }
    }
  `,
  [FAULT_PARTS, HAND_OVER_PLAN],
);

const JOB = graphql(`
  fragment Job on EditJob @_unmask {
    id
    kind
    by
    reason
    startedAt
    endedAt
    total
    made
    refused
    changes {
      action
      part
      value
      detail
    }
  }
`);

export const EDIT_JOB = graphql(
  `
    query EditJob($id: ID!, $state: JobEditState, $skip: Int!) {
      editJob(id: $id) {
        ...Job
        edits(state: $state, skip: $skip, most: 25) {
          asset {
            __typename
            id
            displayName
            namespace
          }
          state
          reason
        }
      }
    }
  `,
  [JOB],
);

export const EDIT_JOBS = graphql(
  `
    query EditJobs($after: String) {
      editJobs(first: 25, after: $after) {
        edges {
          cursor
          node {
            ...Job
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [JOB],
);

export type Planned = ResultOf<typeof PLANNED>;
/** What is the same of every plan. */
type PreviewedPlan = ResultOf<typeof PLAN>;
/** What a job would do; of what is found by a search also which changes change nothing. */
export type Plan = Omit<PreviewedPlan, 'withoutEffect'> & Partial<Pick<PreviewedPlan, 'withoutEffect'>>;
export type HandOverPlan = ResultOf<typeof HAND_OVER_PLAN>;
export type Job = ResultOf<typeof JOB>;
export type JobEdit = NonNullable<ResultOf<typeof EDIT_JOB>['editJob']>['edits'][number];
export type Selection = VariablesOf<typeof PREVIEW>['selection'];
export type Change = VariablesOf<typeof PREVIEW>['change'];
