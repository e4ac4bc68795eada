import { FAULT_PARTS } from '../../graphql/fault-parts.js';
import { graphql, type ResultOf } from '../../graphql/tada.js';

const TERM = graphql(`
  fragment TermDraft on GlossaryTerm @_unmask {
    __typename
    id
    editVersion
    name
    description
    synonyms
    termStatus: status
    parent {
      id
      name
    }
    related {
      id
      name
    }
    successor {
      id
      name
    }
  }
`);

const DOMAIN = graphql(`
  fragment DomainDraft on Domain @_unmask {
    __typename
    id
    editVersion
    name
    description
    layer
    isExternal
    parent {
      id
      name
    }
    owners {
      role
      agent {
        id
        name: displayName
      }
    }
  }
`);

const PRODUCT = graphql(`
  fragment ProductDraft on DataProduct @_unmask {
    __typename
    id
    editVersion
    name
    description
    productStatus: status
    outputPorts(most: 100) {
      dataset {
        id
        displayName
        namespace
      }
    }
    domain {
      id
      name
    }
    owners {
      role
      agent {
        id
        name: displayName
      }
    }
  }
`);

const LOGICAL = graphql(`
  fragment LogicalDraft on LogicalDataset @_unmask {
    __typename
    id
    editVersion
    name
    description
    domain {
      id
      name
    }
    members(most: 100) {
      dataset {
        id
        displayName
        namespace
      }
    }
  }
`);

/** A definition as it is now, to begin a form with. */
export const DEFINITION = graphql(
  `
    query Definition($id: ID!) {
      node(id: $id) {
        __typename
        ...TermDraft
        ...DomainDraft
        ...ProductDraft
        ...LogicalDraft
      }
    }
  `,
  [TERM, DOMAIN, PRODUCT, LOGICAL],
);

const TERM_DONE = graphql(
  `
    fragment TermDone on EditTermResult @_unmask {
      __typename
      ... on EditedTerm {
        id
        isReadable
        position
      }
      ... on TermRefusal {
        reason
        message
        parameters {
          name
          value
        }
        faults {
          ...FaultParts
        }
        current {
          ...TermDraft
        }
      }
    }
  `,
  [FAULT_PARTS, TERM],
);

const DOMAIN_DONE = graphql(
  `
    fragment DomainDone on EditDomainResult @_unmask {
      __typename
      ... on EditedDomain {
        id
        isReadable
        position
      }
      ... on DomainRefusal {
        reason
        message
        parameters {
          name
          value
        }
        faults {
          ...FaultParts
        }
        current {
          ...DomainDraft
        }
      }
    }
  `,
  [FAULT_PARTS, DOMAIN],
);

const PRODUCT_DONE = graphql(
  `
    fragment ProductDone on EditDataProductResult @_unmask {
      __typename
      ... on EditedDataProduct {
        id
        isReadable
        position
      }
      ... on DataProductRefusal {
        reason
        message
        parameters {
          name
          value
        }
        faults {
          ...FaultParts
        }
        current {
          ...ProductDraft
        }
      }
    }
  `,
  [FAULT_PARTS, PRODUCT],
);

const LOGICAL_DONE = graphql(
  `
    fragment LogicalDone on EditLogicalDatasetResult @_unmask {
      __typename
      ... on EditedLogicalDataset {
        id
        isReadable
        position
      }
      ... on LogicalDatasetRefusal {
        reason
        message
        parameters {
          name
          value
        }
        faults {
          ...FaultParts
        }
        current {
          ...LogicalDraft
        }
      }
    }
  `,
  [FAULT_PARTS, LOGICAL],
);

export const CREATE_TERM = graphql(
  `
    mutation CreateTerm($input: CreateTermInput!) {
      done: createTerm(input: $input) {
        ...TermDone
      }
    }
  `,
  [TERM_DONE],
);
export const CHANGE_TERM = graphql(
  `
    mutation ChangeTerm($input: ChangeTermInput!) {
      done: changeTerm(input: $input) {
        ...TermDone
      }
    }
  `,
  [TERM_DONE],
);
export const REMOVE_TERM = graphql(
  `
    mutation RemoveTerm($input: RemoveTermInput!) {
      done: removeTerm(input: $input) {
        ...TermDone
      }
    }
  `,
  [TERM_DONE],
);
export const CREATE_DOMAIN = graphql(
  `
    mutation CreateDomain($input: CreateDomainInput!) {
      done: createDomain(input: $input) {
        ...DomainDone
      }
    }
  `,
  [DOMAIN_DONE],
);
export const CHANGE_DOMAIN = graphql(
  `
    mutation ChangeDomain($input: ChangeDomainInput!) {
      done: changeDomain(input: $input) {
        ...DomainDone
      }
    }
  `,
  [DOMAIN_DONE],
);
export const REMOVE_DOMAIN = graphql(
  `
    mutation RemoveDomain($input: RemoveDomainInput!) {
      done: removeDomain(input: $input) {
        ...DomainDone
      }
    }
  `,
  [DOMAIN_DONE],
);
export const CREATE_PRODUCT = graphql(
  `
    mutation CreateProduct($input: CreateDataProductInput!) {
      done: createDataProduct(input: $input) {
        ...ProductDone
      }
    }
  `,
  [PRODUCT_DONE],
);
export const CHANGE_PRODUCT = graphql(
  `
    mutation ChangeProduct($input: ChangeDataProductInput!) {
      done: changeDataProduct(input: $input) {
        ...ProductDone
      }
    }
  `,
  [PRODUCT_DONE],
);
export const REMOVE_PRODUCT = graphql(
  `
    mutation RemoveProduct($input: RemoveDataProductInput!) {
      done: removeDataProduct(input: $input) {
        ...ProductDone
      }
    }
  `,
  [PRODUCT_DONE],
);
export const CREATE_LOGICAL = graphql(
  `
    mutation CreateLogical($input: CreateLogicalDatasetInput!) {
      done: createLogicalDataset(input: $input) {
        ...LogicalDone
      }
    }
  `,
  [LOGICAL_DONE],
);
export const CHANGE_LOGICAL = graphql(
  `
    mutation ChangeLogical($input: ChangeLogicalDatasetInput!) {
      done: changeLogicalDataset(input: $input) {
        ...LogicalDone
      }
    }
  `,
  [LOGICAL_DONE],
);
export const REMOVE_LOGICAL = graphql(
  `
    mutation RemoveLogical($input: RemoveLogicalDatasetInput!) {
      done: removeLogicalDataset(input: $input) {
        ...LogicalDone
      }
    }
  `,
  [LOGICAL_DONE],
);

export type Definition = Extract<
  NonNullable<ResultOf<typeof DEFINITION>['node']>,
  { __typename: 'GlossaryTerm' | 'Domain' | 'DataProduct' | 'LogicalDataset' }
>;
export type DefineDone =
  | ResultOf<typeof TERM_DONE>
  | ResultOf<typeof DOMAIN_DONE>
  | ResultOf<typeof PRODUCT_DONE>
  | ResultOf<typeof LOGICAL_DONE>;
export type RefusedDefine = Extract<DefineDone, { reason: string }>;
