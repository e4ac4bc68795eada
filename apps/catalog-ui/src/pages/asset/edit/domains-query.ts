import { graphql, type ResultOf } from '../../../graphql/tada.js';

/** Every domain that there is now, each with what it is part of. */
export const DOMAINS = graphql(`
  query Domains {
    domains {
      id
      name
      above {
        id
        name
      }
    }
  }
`);

/** What producers say that an asset is. */
export const SAID = graphql(`
  query Said($id: ID!) {
    node(id: $id) {
      ... on Asset {
        facets(names: ["documentation"]) {
          body
        }
      }
    }
  }
`);

export type Domain = ResultOf<typeof DOMAINS>['domains'][number];
