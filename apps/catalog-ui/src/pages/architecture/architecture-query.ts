import { FAULT_PARTS } from '../../graphql/fault-parts.js';
import { graphql, type ResultOf } from '../../graphql/tada.js';

/** What a line of the list tells of a finding. */
export const FINDING = graphql(`
  fragment FindingLine on ArchitectureFinding @_unmask {
    kind
    since
    datasetId
    jobId
    layer
    readByLayer
    acceptance {
      enteredBy
      reason
      since
      position
    }
    domain {
      id
      name
    }
    readBy {
      id
      name
    }
    job {
      effectiveOwners {
        owners {
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

export const ARCHITECTURE = graphql(
  `
    query Architecture(
      $domain: ID
      $kinds: [ArchitectureFindingKind!]
      $isAccepted: Boolean
      $asOf: DateTime
      $after: String
    ) {
      architectureFindings(
        first: 50
        after: $after
        domain: $domain
        kinds: $kinds
        isAccepted: $isAccepted
        asOf: $asOf
      ) {
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            ...FindingLine
          }
        }
      }
    }
  `,
  [FINDING],
);

export const ARCHITECTURE_COUNTS = graphql(`
  query ArchitectureCounts($asOf: DateTime) {
    architectureFindingCounts(asOf: $asOf) {
      kind
      count
      open
      domain {
        id
        name
      }
    }
    domains(asOf: $asOf) {
      id
      name
      above {
        name
      }
    }
  }
`);

const FINDING_DONE = graphql(
  `
    fragment FindingDone on EditFindingResult @_unmask {
      __typename
      ... on EditedFinding {
        isReadable
      }
      ... on FindingRefusal {
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

export const ACCEPT_FINDING = graphql(
  `
    mutation AcceptFinding($input: AcceptFindingInput!) {
      done: acceptFinding(input: $input) {
        ...FindingDone
      }
    }
  `,
  [FINDING_DONE],
);

export const WITHDRAW_ACCEPTANCE = graphql(
  `
    mutation WithdrawAcceptance($input: WithdrawAcceptanceInput!) {
      done: withdrawAcceptance(input: $input) {
        ...FindingDone
      }
    }
  `,
  [FINDING_DONE],
);

export type Finding = ResultOf<typeof ARCHITECTURE>['architectureFindings']['edges'][number]['node'];
export type FindingCount = ResultOf<typeof ARCHITECTURE_COUNTS>['architectureFindingCounts'][number];
export const FINDING_KINDS = ['BYPASSES_PORT', 'POINTS_UP_A_LAYER'] as const;
export const FINDING_STATES = ['open', 'accepted', 'all'] as const;
