import { graphql } from './tada.js';

/** One thing that is wrong with what was entered. */
export const FAULT_PARTS = graphql(`
  fragment FaultParts on AccessFault @_unmask {
    pointer
    detail
    code
    parameters {
      name
      value
    }
  }
`);
