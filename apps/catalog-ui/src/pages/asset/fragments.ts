import { graphql, type ResultOf } from '../../graphql/tada.js';

export const JOB_PAGE = graphql(`
  fragment JobPage on JobConnection @_unmask {
    pageInfo {
      hasNextPage
      endCursor
    }
    edges {
      node {
        id
        displayName
        namespace
        placeholder
        deletedAt
        latestRun {
          id
          state
          startedAt
          endedAt
          lastEventAt
        }
      }
    }
  }
`);

export const DATASET_PAGE = graphql(`
  fragment DatasetPage on DatasetConnection @_unmask {
    pageInfo {
      hasNextPage
      endCursor
    }
    edges {
      node {
        id
        displayName
        namespace
        placeholder
        deletedAt
        datasetType
      }
    }
  }
`);

export const OWNER_ROW = graphql(`
  fragment OwnerRow on EffectiveOwner @_unmask {
    agent {
      id
      kind
      displayName
    }
    role
    rule {
      number
      line
    }
    inheritedFrom {
      __typename
      id
      ... on Domain {
        domainName: name
      }
      ... on DataProduct {
        productName: name
      }
    }
    source
    producer
    position
    since
    until
    confirmedAt
    confirmedBy
  }
`);

export const DECLINED_ROW = graphql(`
  fragment DeclinedRow on DeclinedOwner @_unmask {
    claim {
      agent {
        id
        displayName
      }
      role
    }
    why
    declinedAt
    declinedBy
    position
  }
`);

export const TAG_ROW = graphql(`
  fragment TagRow on TagAssignment @_unmask {
    on
    propagated
    via
    tag {
      name
    }
    source
    producer
    position
    since
    until
  }
`);

export const TERM_ROW = graphql(`
  fragment TermRow on TermAssignment @_unmask {
    on
    term {
      id
      name
      status
    }
    source
    producer
    position
    since
    until
  }
`);

export const PROPERTY_ROW = graphql(`
  fragment PropertyRow on AssetProperty @_unmask {
    property {
      id
      name
      type
      unit
    }
    values {
      text
      dateTime
      agent {
        id
        displayName
      }
    }
    problem
    source
    producer
    position
    since
    until
  }
`);

export type PropertyValues = ResultOf<typeof PROPERTY_ROW>;

export const FIELD_PAGE = graphql(
  `
    fragment FieldPage on FieldConnection @_unmask {
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
          name
          segments
          type
          description
          deletedAt
          tags(asOf: $asOf) {
            ...TagRow
          }
          carriedTags(asOf: $asOf) {
            ...TagRow
          }
        }
      }
    }
  `,
  [TAG_ROW],
);

/** A state of a dataset by itself. */
export const VERSION_STATE = graphql(`
  fragment VersionState on DatasetVersion @_unmask {
    id
    value
    partial
    createdAt
    generatedAt
  }
`);

export const VERSION_PAGE = graphql(
  `
    fragment VersionPage on DatasetVersionConnection @_unmask {
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        at
        evidence
        gap
        node {
          ...VersionState
          dataset {
            id
            displayName
            namespace
          }
        }
      }
    }
  `,
  [VERSION_STATE],
);

export const GAP_PAGE = graphql(`
  fragment GapPage on DatasetGapConnection @_unmask {
    pageInfo {
      hasNextPage
      endCursor
    }
    edges {
      node {
        gap
        dataset {
          id
          displayName
          namespace
        }
      }
    }
  }
`);

export const AROUND = graphql(`
  fragment Around on LineageGraph @_unmask {
    truncatedBecause
    root {
      id
    }
    upstream {
      count
      isExact
    }
    downstream {
      count
      isExact
    }
    nodes {
      id
      kind
      displayName
      hidden
      placeholder
    }
    edges {
      id
      from
      to
      kind
      evidence
      via
      lastSeenAt
      transformations {
        type
        subtype
        description
        masking
      }
    }
  }
`);

export type Around = ResultOf<typeof AROUND>;
export type Owner = ResultOf<typeof OWNER_ROW>;
export type Declined = ResultOf<typeof DECLINED_ROW>;
export type Tag = ResultOf<typeof TAG_ROW>;
export type Term = ResultOf<typeof TERM_ROW>;
export type FieldPage = ResultOf<typeof FIELD_PAGE>;
export type FieldRow = FieldPage['edges'][number]['node'];
export type JobPage = ResultOf<typeof JOB_PAGE>;
export type DatasetPage = ResultOf<typeof DATASET_PAGE>;
export type VersionPage = ResultOf<typeof VERSION_PAGE>;
export type GapPage = ResultOf<typeof GAP_PAGE>;
