import { graphql, type ResultOf } from '../../graphql/tada.js';

export const WHERE_IS = graphql(`
  query WhereIs($tag: String!, $asOf: DateTime, $maxNodes: Int!) {
    whereIs(tag: $tag, asOf: $asOf, maxNodes: $maxNodes) {
      total
      places {
        id
        hidden
        distance
        via
        assignment {
          tag {
            name
          }
          source
          producer
          position
          since
        }
      }
      totalStops
      stops(most: 100) {
        from
        to
        because
        enteredBy
        reason
        tag {
          name
        }
        transformations {
          type
          subtype
        }
      }
    }
  }
`);

export type WhereIs = ResultOf<typeof WHERE_IS>['whereIs'];
export type Place = WhereIs['places'][number];
export type Stop = WhereIs['stops'][number];
