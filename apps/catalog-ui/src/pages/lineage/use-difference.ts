import { useMemo } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../../graphql/tada.js';
import type { View } from './address.js';
import type { Difference } from './explore.js';
import type { Part } from './graph/model.js';
import { EDGE_PARTS } from './queries.js';

const DIFFERENCE = graphql(
  `
    query LineageDifference(
      $root: ID!
      $granularity: LineageGranularity
      $direction: LineageDirection
      $depth: Int
      $from: DateTime!
      $to: DateTime!
    ) {
      lineageDiff(root: $root, granularity: $granularity, direction: $direction, depth: $depth, from: $from, to: $to) {
        truncatedBecause
        depthCompared
        added {
          nodes {
            id
            kind
            displayName
            placeholder
            hidden
          }
          edges {
            ...LineageEdgeParts
          }
        }
        lapsed {
          nodes {
            id
          }
          edges {
            id
          }
        }
      }
    }
  `,
  [EDGE_PARTS],
);

const NOTHING_BEYOND = {
  hasMoreUpstream: false,
  hasMoreDownstream: false,
  neighborsUpstream: null,
  neighborsDownstream: null,
} as const;

/** What the lineage of the root gained and lost from the moment shown until now; asked for only while it is shown. */
export function useDifference({ root, granularity, direction, depth, asOf, isCompared }: View) {
  const isAsked = isCompared && asOf !== null;
  // The moment of asking: a new one each time would ask forever.
  const now = useMemo(() => (isAsked ? new Date(Math.max(Date.now(), Date.parse(asOf) + 1)) : null), [isAsked, asOf]);
  const [{ data, error, fetching }, reload] = useQuery({
    query: DIFFERENCE,
    variables: { root, granularity, direction, depth, from: asOf ?? '', to: now?.toISOString() ?? '' },
    pause: !isAsked,
  });
  const diff = isAsked && !fetching ? data?.lineageDiff : undefined;
  const difference = useMemo((): Difference | null => {
    if (!diff) return null;
    const ids = (part: { nodes: readonly { id: string }[]; edges: readonly { id: string }[] }) =>
      new Set([...part.nodes, ...part.edges].map(({ id }) => id));
    return { added: ids(diff.added), lapsed: ids(diff.lapsed) };
  }, [diff]);
  const part = useMemo((): Part => {
    const { nodes = [], edges = [] } = diff?.added ?? {};
    return {
      nodes: nodes.map((node) => ({ ...node, ...NOTHING_BEYOND })),
      edges,
    };
  }, [diff]);
  return {
    difference,
    part,
    isPart: diff?.truncatedBecause === 'NODES' || diff?.truncatedBecause === 'TIME',
    error: isAsked ? error : undefined,
    reload,
  };
}
