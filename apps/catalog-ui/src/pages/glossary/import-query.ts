import { FAULT_PARTS } from '../../graphql/fault-parts.js';
import { graphql, type ResultOf } from '../../graphql/tada.js';

/** Takes in terms from a file, or only tells what that would do. */
export const IMPORT_TERMS = graphql(
  `
    mutation ImportTerms($input: ImportTermsInput!) {
      done: importTerms(input: $input) {
        __typename
        ... on ImportedTerms {
          created
          changed
          unchanged
          isReadable
          rejected {
            line
            key
            faults {
              ...FaultParts
            }
          }
        }
        ... on TermImportRefusal {
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

type Done = ResultOf<typeof IMPORT_TERMS>['done'];
export type ImportedTerms = Extract<Done, { readonly __typename: 'ImportedTerms' }>;
