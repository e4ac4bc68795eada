import { FAULT_PARTS } from '../../graphql/fault-parts.js';
import { graphql, type ResultOf } from '../../graphql/tada.js';

/** How many each tag is suggested for, of those that are open or were dismissed. */
export const SUGGESTION_COUNTS = graphql(`
  query SuggestionCounts($filter: TagSuggestionFilter) {
    tagSuggestionCounts(filter: $filter) {
      count
      tag {
        name
      }
    }
  }
`);

export const TAG_SUGGESTIONS = graphql(`
  query TagSuggestions($filter: TagSuggestionFilter!, $after: String) {
    tagSuggestions(first: 50, after: $after, filter: $filter) {
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          confidence
          rule
          tag {
            name
          }
          dismissal {
            reason
            enteredBy
            since
          }
          field {
            id
            name
            type
            segments
            dataset {
              id
              displayName
              namespace
              domain {
                id
              }
              editVersion
            }
          }
        }
      }
    }
  }
`);

const SETTLED = graphql(
  `
    fragment Settled on SettleTagSuggestionsResult @_unmask {
      __typename
      ... on SettledTagSuggestions {
        refused
        results {
          field
          tag
          refusal
          position
        }
      }
      ... on TagSuggestionsRefusal {
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

export const SETTLE = {
  confirm: graphql(
    `
      mutation ConfirmSuggestions($input: SettleTagSuggestionsInput!) {
        done: confirmTagSuggestions(input: $input) {
          ...Settled
        }
      }
    `,
    [SETTLED],
  ),
  dismiss: graphql(
    `
      mutation DismissSuggestions($input: SettleTagSuggestionsInput!) {
        done: dismissTagSuggestions(input: $input) {
          ...Settled
        }
      }
    `,
    [SETTLED],
  ),
  restore: graphql(
    `
      mutation RestoreSuggestions($input: SettleTagSuggestionsInput!) {
        done: restoreTagSuggestions(input: $input) {
          ...Settled
        }
      }
    `,
    [SETTLED],
  ),
} as const;

export const SYNONYM_SUGGESTIONS = graphql(`
  query SynonymSuggestions($after: String) {
    synonymSuggestions(first: 20, after: $after) {
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          evidence
          names {
            name
            fields
            example
          }
        }
      }
    }
  }
`);

export const FIELD_CONCEPTS = graphql(`
  query FieldConcepts {
    fieldConcepts {
      editVersion
      concepts {
        name
        names
        isOne
      }
    }
  }
`);

export const SET_FIELD_CONCEPTS = graphql(
  `
    mutation SetFieldConcepts($input: SetFieldConceptsInput!) {
      done: setFieldConcepts(input: $input) {
        __typename
        ... on EditedFieldConcepts {
          position
        }
        ... on FieldConceptsRefusal {
          reason
          message
          faults {
            ...FaultParts
          }
        }
      }
    }
  `,
  [FAULT_PARTS],
);

export type TagSuggestion = ResultOf<typeof TAG_SUGGESTIONS>['tagSuggestions']['edges'][number]['node'];
export type SynonymSuggestion = ResultOf<typeof SYNONYM_SUGGESTIONS>['synonymSuggestions']['edges'][number]['node'];
export type FieldConcept = ResultOf<typeof FIELD_CONCEPTS>['fieldConcepts']['concepts'][number];
export type SettleVerb = keyof typeof SETTLE;
