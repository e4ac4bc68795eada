import { FAULT_PARTS } from './fault-parts.js';
import { graphql } from './tada.js';

/** Why a change of access was refused. */
export const ACCESS_REFUSAL = graphql(
  `
    fragment WhyRefused on AccessRefusal @_unmask {
      reason
      message
      faults {
        ...FaultParts
      }
    }
  `,
  [FAULT_PARTS],
);
