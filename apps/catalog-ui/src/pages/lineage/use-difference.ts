import type { CombinedError } from '@urql/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useUnkeptClient } from '../../graphql/unkept.js';
import { graphql, type ResultOf } from '../../graphql/tada.js';
import type { View } from './address.js';
import { partOf, type Question } from './answers.js';
import { differenceOf, type Compared } from './difference.js';
import type { Part } from './graph/model.js';
import type { Answers } from './use-answers.js';
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

/** What the server said of one question; the key has the moment of asking. */
interface Told {
  readonly diff: ResultOf<typeof DIFFERENCE>['lineageDiff'];
  readonly error: CombinedError | undefined;
}

/**
 * What the lineage of the root, and of each part that was opened by hand, gained and lost from the moment shown until now;
 * asked for only while it is shown.
 */
export function useDifference(questions: readonly Question[], of: Answers['of'], { asOf, isCompared }: View) {
  const { told, retry } = useTold(questions, isCompared ? asOf : null);
  const compared = useMemo(
    () =>
      questions.flatMap((question): Compared[] => {
        const diff = told.get(question.key)?.diff;
        return diff ? [{ before: partOf(of(question).pages), added: diff.added, lapsed: diff.lapsed }] : [];
      }),
    [questions, of, told],
  );
  const difference = useMemo(() => (compared.length === 0 ? null : differenceOf(compared)), [compared]);
  const part = useMemo((): Part => {
    const added = [...told.values()].flatMap(({ diff }) => (diff ? [diff.added] : []));
    return {
      nodes: added.flatMap(({ nodes }) => nodes.map((node) => ({ ...node, ...NOTHING_BEYOND }))),
      edges: added.flatMap(({ edges }) => edges),
    };
  }, [told]);
  const all = [...told.values()];
  return {
    difference,
    part,
    isPart: all.some(({ diff }) => diff?.truncatedBecause === 'NODES' || diff?.truncatedBecause === 'TIME'),
    error: all.find(({ error }) => error !== undefined)?.error,
    reload: retry,
  };
}

/** What is known of the questions by their keys, from this moment until now; nothing where there is no moment. */
function useTold(questions: readonly Question[], from: string | null) {
  const client = useUnkeptClient();
  const [turn, setTurn] = useState(0);
  // The moment of asking: a new one each time would ask forever.
  const now = useMemo(
    () => (from === null ? null : new Date(Math.max(Date.now(), Date.parse(from) + 1)).toISOString()),
    [from],
  );
  const [kept, setKept] = useState<{ readonly now: string | null; readonly told: ReadonlyMap<string, Told> }>({
    now: null,
    told: new Map(),
  });
  const told = useMemo(() => {
    const wanted = new Set(questions.map(({ key }) => key));
    return new Map(kept.now === now && now !== null ? [...kept.told].filter(([key]) => wanted.has(key)) : []);
  }, [kept, now, questions]);
  const asked = useRef(new Set<string>());
  useEffect(() => {
    if (from === null || now === null) return;
    for (const { key, variables } of questions) {
      const once = `${now} ${key}`;
      if (asked.current.has(once)) continue;
      asked.current.add(once);
      const { asOf: _, ...same } = variables;
      void client.query(DIFFERENCE, { ...same, from, to: now }).then(({ data, error }) => {
        if (error !== undefined) asked.current.delete(once);
        setKept((before) => {
          // An answer that another moment has overtaken.
          if (before.now !== null && before.now > now) return before;
          const told = new Map(before.now === now ? before.told : []);
          return { now, told: told.set(key, { diff: data?.lineageDiff ?? null, error }) };
        });
      });
    }
  }, [client, questions, from, now, turn]);
  return {
    told,
    retry: () => {
      setTurn((before) => before + 1);
    },
  };
}
