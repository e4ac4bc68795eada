import { graphql, type ResultOf } from '../../graphql/tada.js';
import { PLANNED } from './edits-query.js';

const IMPORT_PLAN = graphql(
  `
    fragment ImportPlan on ImportedAssets @_unmask {
      __typename
      total
      unchanged
      forbidden
      version
      rejected {
        line
        key
        detail
      }
      edits(skip: $skip, most: 25) {
        ...Planned
      }
    }
  `,
  [PLANNED],
);

export const IMPORT = graphql(
  `
    mutation ImportAssets($input: ImportAssetsInput!, $skip: Int!) {
      done: importAssets(input: $input) {
        __typename
        ... on ImportedAssets {
          ...ImportPlan
          job {
            id
          }
        }
        ... on AssetImportRefusal {
          reason
          message
          faults {
            pointer
            detail
            code
            parameters {
              name
              value
            }
          }
          current {
            ...ImportPlan
          }
        }
      }
    }
  `,
  [IMPORT_PLAN],
);

export type ImportPlan = ResultOf<typeof IMPORT_PLAN>;
