import { FINDING } from '../architecture/architecture-query.js';
import { graphql, type ResultOf } from '../../graphql/tada.js';
import {
  AROUND,
  DATASET_PAGE,
  FIELD_PAGE,
  GAP_PAGE,
  JOB_PAGE,
  DECLINED_ROW,
  OWNER_ROW,
  PROPERTY_ROW,
  TAG_ROW,
  TERM_ROW,
  VERSION_PAGE,
} from './fragments.js';
import { JOBS_THEN } from './jobs-then.js';
import { LOGICAL_PAGE } from './logical-fragment.js';
import { RUN_PAGE, RUN_ROW, RUN_TREE } from './run-fragments.js';

/** All that the first view of a node needs, in one round trip. */
export const ASSET = graphql(
  `
    query Asset(
      $id: ID!
      $asOf: DateTime
      $granularity: LineageGranularity!
      $hasLineage: Boolean!
      $isPast: Boolean!
      $isFieldPast: Boolean!
    ) {
      node(id: $id) {
        __typename
        id
        ... on Asset {
          name
          displayName
          namespace
          placeholder
          deletedAt
          deletion(asOf: $asOf) {
            by
            reason
            since
          }
          createdAt
          updatedAt
          editVersion
          documentation: description(asOf: $asOf)
          owners: effectiveOwners(asOf: $asOf) {
            owners {
              ...OwnerRow
            }
            overruled {
              ...OwnerRow
            }
            declined {
              ...DeclinedRow
            }
          }
          tags(asOf: $asOf) {
            ...TagRow
          }
          termAssignments(asOf: $asOf) {
            ...TermRow
          }
          properties(asOf: $asOf) {
            ...PropertyRow
          }
          domain(asOf: $asOf) {
            id
            name
            above {
              id
              name
            }
          }
        }
        ... on Dataset {
          datasetType
          carriedTags(asOf: $asOf) {
            ...TagRow
          }
          logicalDataset(asOf: $asOf) {
            source
            producer
            position
            since
            until
            logicalDataset {
              id
              name
            }
            rule {
              number
              namespace
              name
              key
            }
          }
          dataProducts(asOf: $asOf) {
            id
            name
            productStatus: status
          }
          aliases {
            id
            name
            namespace
            cause
            recordedAt
          }
          fields(first: 100, asOf: $asOf) {
            ...FieldPage
          }
          consumers(first: 10) @skip(if: $isPast) {
            ...JobPage
          }
          producers(first: 10) @skip(if: $isPast) {
            ...JobPage
          }
          checks: latestMetrics(first: 100, asOf: $asOf, filter: { kinds: [ASSERTION, TEST] }) {
            edges {
              node {
                success
                name
                label
                column
                run {
                  id
                }
                at
              }
            }
          }
        }
        ... on Job {
          jobType
          inputs(first: 25, asOf: $asOf) {
            ...DatasetPage
          }
          outputs(first: 25, asOf: $asOf) {
            ...DatasetPage
          }
          triggeredBy(first: 25, asOf: $asOf) {
            ...JobPage
          }
          triggers(first: 25, asOf: $asOf) {
            ...JobPage
          }
          parent {
            id
            displayName
            namespace
          }
          jobs: children(first: 10) {
            ...JobPage
          }
          runs(first: 10) {
            ...RunPage
          }
        }
        ... on Run {
          ...RunTree
          originalRunId
          nominalStartAt
          nominalEndAt
          isLate
          usualDurationMs
          job {
            name
            namespace
            owners: effectiveOwners(asOf: $asOf) {
              owners {
                ...OwnerRow
              }
            }
          }
          parent {
            ...RunRow
          }
          used(first: 25) {
            ...VersionPage
          }
          generated(first: 25) {
            ...VersionPage
          }
          gaps(first: 25) {
            ...GapPage
          }
          failure: facets(names: ["errorMessage"]) {
            body
          }
        }
        ... on Field {
          fieldName: name
          segments
          type
          fieldDescription: description
          goneAt: deletedAt
          tags(asOf: $asOf) {
            ...TagRow
          }
          carriedTags(asOf: $asOf) {
            ...TagRow
          }
          termAssignments(asOf: $asOf) {
            ...TermRow
          }
          dataset {
            id
            name
            displayName
            namespace
            domain {
              id
            }
            editVersion
            fieldsThen: fields(first: 100, asOf: $asOf) @include(if: $isFieldPast) {
              edges {
                node {
                  id
                  type
                  description
                }
              }
            }
          }
        }
        ... on DatasetVersion {
          value
          partial
          createdAt
          generatedAt
          dataset {
            id
            name
            displayName
            namespace
          }
          run {
            ...RunRow
            used(first: 25) {
              ...VersionPage
            }
          }
          usedBy(first: 25) {
            ...RunPage
          }
        }
        ... on Agent {
          agentName: name
          kind
        }
        ... on GlossaryTerm {
          termName: name
          meaning: description
          status
          synonyms
          since
          enteredBy
          above {
            id
            name
          }
          narrower: parts {
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
          history(most: 20) {
            name
            description
            since
            until
            enteredBy
            reason
            position
          }
        }
        ... on DataProduct {
          productName: name
          offer: description
          productStatus: status
          since
          enteredBy
          productOwners: owners {
            agent {
              id
              displayName
            }
            role
          }
          productDomain: domain {
            id
            name
            above {
              id
              name
            }
          }
          outputPorts(most: 100) {
            dataset {
              id
              displayName
            }
            since
          }
          readers: consumers(most: 100) {
            job {
              id
              displayName
            }
            ports {
              id
              displayName
            }
          }
        }
        ...LogicalPage
        ... on Domain {
          domainName: name
          about: description
          effectiveLayer
          isExternal
          gateway(most: 100) {
            dataset {
              id
              displayName
            }
          }
          openFindingCount
          findings(most: 20, isAccepted: false) {
            ...FindingLine
          }
          since
          enteredBy
          above {
            id
            name
          }
          parts {
            id
            name
          }
        }
      }
      lineage(root: $id, depth: 1, granularity: $granularity, asOf: $asOf, maxNodes: 200) @include(if: $hasLineage) {
        ...Around
      }
      jobsThen: lineage(root: $id, depth: 1, granularity: JOB, asOf: $asOf, maxNodes: 200) @include(if: $isPast) {
        ...JobsThen
      }
    }
  `,
  [
    AROUND,
    FINDING,
    DATASET_PAGE,
    FIELD_PAGE,
    GAP_PAGE,
    JOB_PAGE,
    JOBS_THEN,
    LOGICAL_PAGE,
    DECLINED_ROW,
    OWNER_ROW,
    RUN_PAGE,
    RUN_ROW,
    RUN_TREE,
    TAG_ROW,
    TERM_ROW,
    PROPERTY_ROW,
    VERSION_PAGE,
  ],
);

export type AssetAnswer = ResultOf<typeof ASSET>;
export type AnyNode = NonNullable<AssetAnswer['node']>;
export type NodeOf<T extends AnyNode['__typename']> = Extract<AnyNode, { __typename: T }>;
