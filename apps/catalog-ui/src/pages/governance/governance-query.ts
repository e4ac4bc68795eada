import { graphql, type ResultOf } from '../../graphql/tada.js';

export const COVERAGE = graphql(`
  query Coverage($tags: [String!]) {
    coverage(tags: $tags) {
      total {
        assets
        owned
        tagged
      }
      domains {
        domain {
          id
          name
          above {
            name
          }
        }
        counts {
          assets
          owned
          tagged
        }
      }
    }
  }
`);

export type Coverage = ResultOf<typeof COVERAGE>['coverage'];
export type Counts = Coverage['total'];
export type DomainCoverage = Coverage['domains'][number];
