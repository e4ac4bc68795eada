import { graphql } from '../../graphql/tada.js';

/** What the page of a logical dataset shows. */
export const LOGICAL_PAGE = graphql(`
  fragment LogicalPage on LogicalDataset @_unmask {
    name
    description
    since
    enteredBy
    logicalDomain: domain {
      id
      name
      above {
        id
        name
      }
    }
    memberCount
    members(most: 100) {
      dataset {
        id
        displayName
        namespace
      }
      because {
        source
        producer
        position
        since
        until
        rule {
          number
          namespace
          name
          key
        }
      }
    }
    excluded(most: 100) {
      dataset {
        id
        displayName
      }
      reason
      enteredBy
      since
    }
    importance {
      jobs
      namespaces
      datasets
      reads
    }
  }
`);
