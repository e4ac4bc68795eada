import { graphql, type ResultOf } from '../../graphql/tada.js';

const OPTION = graphql(`
  fragment PlanOption on CollectionOption @_unmask {
    goals
    isOptimal
    freshAt
    sensitiveFields
    stepsFromSources
    components {
      read
      created
      changed
      total
    }
    datasets {
      id
      freshAt
      group
      dataset {
        displayName
        namespace
        assetType: datasetType
      }
      fields {
        target
        id
        via
        commonSource
        stepsFromSource
        tags {
          propagated
          tag {
            name
          }
        }
      }
    }
    joins {
      left
      right
      keys {
        left
        right
        reasons
      }
    }
    contacts {
      agent {
        id
        displayName
        kind
      }
      roles
      datasets
    }
    unowned {
      id
    }
  }
`);

export const PLAN = graphql(
  `
    query CollectionPlan($targets: [ID!]!) {
      collectionPlan(targets: $targets) {
        isComplete
        plan {
          ...PlanOption
        }
        alternatives {
          ...PlanOption
        }
      }
    }
  `,
  [OPTION],
);

export const FIELDS = graphql(`
  query PlanFields($id: ID!) {
    node(id: $id) {
      __typename
      ... on Dataset {
        fields(first: 100) {
          edges {
            node {
              id
              segments
            }
          }
        }
      }
    }
  }
`);

export type Plan = ResultOf<typeof PLAN>['collectionPlan'];
export type Option = Plan['plan'];
export type PlannedDataset = Option['datasets'][number];
export type PlannedJoin = Option['joins'][number];
