import { FAULT_PARTS } from '../../graphql/fault-parts.js';
import { graphql, type ResultOf } from '../../graphql/tada.js';

const OWNERSHIP_RULES = graphql(`
  fragment OwnershipRuleList on OwnershipRules @_unmask {
    file
    editVersion
    rules {
      number
      line
      since
      enteredBy
    }
  }
`);

export const RULES = graphql(
  `
    query OwnershipRules {
      ownershipRules {
        ...OwnershipRuleList
      }
    }
  `,
  [OWNERSHIP_RULES],
);

export const PREVIEW = graphql(`
  query PreviewOwnershipRules($input: OwnershipRulesInput!, $skip: Int!) {
    previewOwnershipRules(input: $input) {
      total
      gained
      lost
      rules {
        number
        line
        decides
      }
      assets(skip: $skip, most: 25) {
        rule
        asset {
          __typename
          id
          displayName
          namespace
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
    }
  }
`);

export const SET_RULES = graphql(
  `
    mutation SetOwnershipRules($input: SetOwnershipRulesInput!) {
      done: setOwnershipRules(input: $input) {
        __typename
        ... on EditedOwnershipRules {
          position
          isReadable
        }
        ... on OwnershipRulesRefusal {
          reason
          message
          faults {
            ...FaultParts
          }
          current {
            ...OwnershipRuleList
          }
        }
      }
    }
  `,
  [FAULT_PARTS, OWNERSHIP_RULES],
);

export type RuleList = ResultOf<typeof OWNERSHIP_RULES>;
export type RulesPreview = ResultOf<typeof PREVIEW>['previewOwnershipRules'];
export type RulesDone = ResultOf<typeof SET_RULES>['done'];
