import { useMemo } from 'react';
import { useQuery } from 'urql';
import { graphql, type ResultOf } from '../../graphql/tada.js';
import type { View } from './address.js';
import type { Part } from './graph/model.js';
import { EDGE_PARTS } from './queries.js';

const PATHS = graphql(
  `
    query LineagePaths($from: ID!, $to: ID!, $granularity: LineageGranularity, $asOf: DateTime) {
      paths(from: $from, to: $to, granularity: $granularity, asOf: $asOf, limit: 10) {
        truncated
        paths {
          length
          nodes {
            id
            kind
            displayName
            hidden
          }
          edges {
            ...LineageEdgeParts
          }
        }
      }
    }
  `,
  [EDGE_PARTS],
);

export type Paths = NonNullable<ResultOf<typeof PATHS>['paths']>;

/** The ways between the two picked nodes, and what they add to the graph. */
export function usePaths({ pathFrom, pathTo, granularity, asOf }: View) {
  const isAsked = pathFrom !== null && pathTo !== null;
  const [{ data, error, fetching }, reload] = useQuery({
    query: PATHS,
    variables: { from: pathFrom ?? '', to: pathTo ?? '', granularity, asOf },
    pause: !isAsked,
  });
  const paths = isAsked && !fetching ? data?.paths : undefined;
  const part = useMemo((): Part => {
    const all = paths?.paths ?? [];
    return {
      // A path tells nothing of what else a node is connected with: as long as nobody says otherwise there may be more.
      nodes: all.flatMap(({ nodes }) =>
        nodes.map((node) => ({
          ...node,
          placeholder: false,
          hasMoreUpstream: !node.hidden,
          hasMoreDownstream: !node.hidden,
          neighborsUpstream: null,
          neighborsDownstream: null,
        })),
      ),
      edges: all.flatMap(({ edges }) => edges),
    };
  }, [paths]);
  return { isAsked, paths, part, error: isAsked ? error : undefined, fetching, reload };
}
