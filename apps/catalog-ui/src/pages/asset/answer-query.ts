import { FAULT_PARTS } from '../../graphql/fault-parts.js';
import { graphql } from '../../graphql/tada.js';

const ANSWERED = graphql(
  `
    fragment Answered on EditAssetResult @_unmask {
      __typename
      ... on EditedAsset {
        position
      }
      ... on EditRefusal {
        reason
        message
        faults {
          ...FaultParts
        }
      }
    }
  `,
  [FAULT_PARTS],
);

export const CONFIRM_OWNERSHIP = graphql(
  `
    mutation ConfirmOwnership($input: ConfirmOwnershipInput!) {
      done: confirmOwnership(input: $input) {
        ...Answered
      }
    }
  `,
  [ANSWERED],
);

export const DECLINE_OWNERSHIP = graphql(
  `
    mutation DeclineOwnership($input: DeclineOwnershipInput!) {
      done: declineOwnership(input: $input) {
        ...Answered
      }
    }
  `,
  [ANSWERED],
);
