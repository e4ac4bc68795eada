import { FAULT_PARTS } from '../../graphql/fault-parts.js';
import { graphql, type ResultOf, type VariablesOf } from '../../graphql/tada.js';

const DECLARED = graphql(`
  fragment DeclaredProperty on CustomProperty @_unmask {
    id
    name
    description
    type
    isMany
    kinds
    values
    unit
    min
    max
    isRequired
    editVersion
    assets
    without
  }
`);

export const PROPERTIES = graphql(
  `
    query Properties {
      customProperties {
        ...DeclaredProperty
      }
    }
  `,
  [DECLARED],
);

const DONE = graphql(
  `
    fragment PropertyDone on EditCustomPropertyResult @_unmask {
      __typename
      ... on EditedCustomProperty {
        id
        isReadable
      }
      ... on CustomPropertyRefusal {
        reason
        message
        faults {
          ...FaultParts
        }
        current {
          ...DeclaredProperty
        }
      }
    }
  `,
  [FAULT_PARTS, DECLARED],
);

export const CREATE = graphql(
  `
    mutation CreateCustomProperty($input: CreateCustomPropertyInput!) {
      done: createCustomProperty(input: $input) {
        ...PropertyDone
      }
    }
  `,
  [DONE],
);

export const CHANGE = graphql(
  `
    mutation ChangeCustomProperty($input: ChangeCustomPropertyInput!) {
      done: changeCustomProperty(input: $input) {
        ...PropertyDone
      }
    }
  `,
  [DONE],
);

export const REMOVE = graphql(
  `
    mutation RemoveCustomProperty($input: RemoveCustomPropertyInput!) {
      done: removeCustomProperty(input: $input) {
        ...PropertyDone
      }
    }
  `,
  [DONE],
);

export type Property = ResultOf<typeof DECLARED>;
export type PropertyDone = ResultOf<typeof DONE>;
export type RefusedProperty = Extract<PropertyDone, { __typename: 'CustomPropertyRefusal' }>;
export type PropertyInput = Omit<VariablesOf<typeof CREATE>['input'], 'reason' | 'idempotencyKey' | 'key'>;
