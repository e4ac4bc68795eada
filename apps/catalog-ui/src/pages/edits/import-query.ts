import { FAULT_PARTS } from '../../graphql/fault-parts.js';
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
        faults {
          ...FaultParts
        }
      }
      edits(skip: $skip, most: 25) {
        ...Planned
      }
    }
  `,
  [FAULT_PARTS, PLANNED],
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
            ...FaultParts
          }
          current {
            ...ImportPlan
          }
        }
      }
    }
  `,
  [FAULT_PARTS, IMPORT_PLAN],
);

export type ImportPlan = ResultOf<typeof IMPORT_PLAN>;
