import { graphql, type ResultOf } from '../../graphql/tada.js';

export const FLOWS = graphql(`
  query Flows($tag: String!, $by: FlowGrouping!, $open: [String!]!, $asOf: DateTime) {
    tagFlows(tag: $tag, by: $by, open: $open, asOf: $asOf) {
      totalFields
      totalAssets
      totalOutside
      nodes {
        id
        kind
        name
        fields
        sources
        assets
        outside
        ends
        distance
        places
      }
      links {
        from
        to
        fields
        masked
        stopped
      }
    }
  }
`);

/** The tags that there are, to choose from. */
export const TAGS = graphql(`
  query FlowTags {
    search(query: "", first: 1) {
      facets {
        name
        values {
          value
        }
      }
    }
  }
`);

export type Flows = ResultOf<typeof FLOWS>['tagFlows'];
export type FlowNode = Flows['nodes'][number];
export type FlowLink = Flows['links'][number];
