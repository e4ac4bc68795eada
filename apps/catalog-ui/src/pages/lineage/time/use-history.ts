import { useEffect, useMemo, useRef, useState } from 'react';
import { useUnkeptClient } from '../../../graphql/unkept.js';
import { graphql, type ResultOf } from '../../../graphql/tada.js';
import type { View } from '../address.js';
import { questionsOf } from '../answers.js';

const HISTORY = graphql(`
  query LineageHistory(
    $root: ID!
    $granularity: LineageGranularity
    $direction: LineageDirection
    $depth: Int
    $between: Period
  ) {
    lineage(
      root: $root
      granularity: $granularity
      direction: $direction
      depth: $depth
      between: $between
      maxNodes: 500
    ) {
      edges {
        id
        validFrom
        validTo
      }
    }
  }
`);
const BEGINNING = '2000-01-01T00:00:00.000Z';

type Edges = NonNullable<ResultOf<typeof HISTORY>['lineage']>['edges'];

/**
 * Every edge there ever was until now, in the lineage of the root and in each part that was opened by hand. While it
 * waits nothing is asked.
 */
export function useHistory(view: View, now: number, isWaiting: boolean): Edges {
  const client = useUnkeptClient();
  const questions = useMemo(() => questionsOf({ ...view, asOf: null }), [view]);
  const [kept, setKept] = useState<ReadonlyMap<string, Edges>>(new Map());
  const asked = useRef(new Set<string>());
  useEffect(() => {
    if (isWaiting) return;
    const between = { from: BEGINNING, to: new Date(now).toISOString() };
    for (const { key, variables } of questions) {
      if (asked.current.has(key)) continue;
      asked.current.add(key);
      const { asOf: _, ...same } = variables;
      void client.query(HISTORY, { ...same, between }).then(({ data }) => {
        // Asked again with the next change of the view.
        if (data === undefined) asked.current.delete(key);
        else setKept((before) => new Map(before).set(key, data.lineage?.edges ?? []));
      });
    }
  }, [client, questions, now, isWaiting]);
  return useMemo(() => {
    const edges = questions.flatMap(({ key }) => kept.get(key) ?? []);
    return [...new Map(edges.map((edge) => [edge.id, edge])).values()];
  }, [questions, kept]);
}
