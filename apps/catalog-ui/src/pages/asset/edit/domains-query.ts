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

/** Who says what something is, now and before. */
export const DESCRIBED_BY = graphql(`
  query DescribedBy($id: ID!) {
    node(id: $id) {
      __typename
      ... on Dataset {
        descriptionHistory(most: 100) {
          source
          until
        }
      }
      ... on Job {
        descriptionHistory(most: 100) {
          source
          until
        }
      }
      ... on Field {
        descriptionHistory(most: 100) {
          source
          until
        }
      }
    }
  }
`);

export type Domain = ResultOf<typeof DOMAINS>['domains'][number];
