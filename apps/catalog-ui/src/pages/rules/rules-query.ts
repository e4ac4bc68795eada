import { FAULT_PARTS } from '../../graphql/fault-parts.js';
import { graphql, type ResultOf } from '../../graphql/tada.js';

const TAG_RULES = graphql(`
  fragment TagRuleList on TagRules @_unmask {
    editVersion
    rules {
      tag
      isCarried
      throughIndirect
      stopSubtypes
      alongDatasets
      since
      enteredBy
    }
  }
`);

export const HELD_TAG_RULES = graphql(
  `
    query TagRules {
      tagRules {
        ...TagRuleList
      }
    }
  `,
  [TAG_RULES],
);

export const SET_TAG_RULES = graphql(
  `
    mutation SetTagRules($input: SetTagRulesInput!) {
      done: setTagRules(input: $input) {
        __typename
        ... on EditedTagRules {
          position
          isReadable
        }
        ... on TagRulesRefusal {
          reason
          message
          faults {
            ...FaultParts
          }
          current {
            ...TagRuleList
          }
        }
      }
    }
  `,
  [FAULT_PARTS, TAG_RULES],
);

const LOGICAL_RULES = graphql(`
  fragment LogicalRuleList on LogicalRules @_unmask {
    editVersion
    rules {
      namespace
      name
      key
      since
      enteredBy
    }
  }
`);

export const HELD_LOGICAL_RULES = graphql(
  `
    query LogicalRules {
      logicalRules {
        ...LogicalRuleList
      }
    }
  `,
  [LOGICAL_RULES],
);

export const PREVIEW_LOGICAL_RULES = graphql(`
  query PreviewLogicalRules($rules: [LogicalRuleInput!]!) {
    previewLogicalRules(rules: $rules) {
      logicalDataset
      isDefined
      memberCount
      joiningCount
      leavingCount
      joining {
        id
        displayName
      }
      leaving {
        id
        displayName
      }
    }
  }
`);

export const SET_LOGICAL_RULES = graphql(
  `
    mutation SetLogicalRules($input: SetLogicalRulesInput!) {
      done: setLogicalRules(input: $input) {
        __typename
        ... on EditedLogicalRules {
          position
          isReadable
        }
        ... on LogicalRulesRefusal {
          reason
          message
          faults {
            ...FaultParts
          }
          current {
            ...LogicalRuleList
          }
        }
      }
    }
  `,
  [FAULT_PARTS, LOGICAL_RULES],
);

export type TagRule = ResultOf<typeof TAG_RULES>['rules'][number];
export type LogicalRule = ResultOf<typeof LOGICAL_RULES>['rules'][number];
export type LogicalPreview = ResultOf<typeof PREVIEW_LOGICAL_RULES>['previewLogicalRules'];
