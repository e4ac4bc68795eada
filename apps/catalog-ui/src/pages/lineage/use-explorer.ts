import { useEffect, useMemo, useState } from 'react';
import { partOf, questionsOf, seedsOf } from './answers.js';
import { explore, type Exploration } from './explore.js';
import { isSameGraph, withNodesOf, type ShownGraph } from './graph/grouping.js';
import type { GraphEdge, Part } from './graph/model.js';
import { wayAlong, wayThrough, type Way } from './graph/walk.js';
import { useLayout } from './layout/use-layout.js';
import { useAnswers, type Answered } from './use-answers.js';
import { useCardFacts } from './use-card-facts.js';
import { useDifference } from './use-difference.js';
import { useLive } from './use-live.js';
import { usePaths, type Paths } from './use-paths.js';
import type { View } from './address.js';

const NOBODY: readonly string[] = [];

/** From the address to the picture: what is asked, what came, what of it is shown, and where. */
export function useExplorer(view: View) {
  const questions = useMemo(() => questionsOf(view), [view]);
  const answers = useAnswers(questions);
  const [first] = questions;
  const base = answers.of(first);
  const [turn, setTurn] = useState(0);
  const change = useLive(view, () => {
    answers.refresh();
    setTurn((before) => before + 1);
  });
  const paths = usePaths(view);
  const { of, onShown } = answers;
  const diff = useDifference(questions, of, view);
  const fresh = useMemo((): Brought => {
    const started = seedsOf(base.pages);
    return {
      seeds: [...new Set([...started, ...paths.part.nodes.map(({ id }) => id)])],
      parts: [...questions.map((question) => partOf(of(question).pages)), paths.part, diff.part],
    };
  }, [base.pages, questions, of, paths.part, diff.part]);
  const { seeds, parts } = useBrought(fresh, base, [view.granularity, view.direction, view.depth].join(' '));

  const [inSight, setInSight] = useState<ReadonlySet<string>>(new Set());
  const wanted = useMemo(() => {
    const all = parts.flatMap(({ nodes }) => nodes);
    // Parents decide what is drawn at all, so that for them every job is asked about.
    const asked = all.filter(({ id, kind, hidden }) =>
      hidden ? false : view.groupBy === 'parent' && kind === 'JOB' ? true : inSight.has(id) && kind !== 'FIELD',
    );
    return asked.length === 0 ? NOBODY : [...new Set(asked.map(({ id }) => id))];
  }, [parts, inSight, view.groupBy]);
  const facts = useCardFacts(wanted, view.asOf, turn);

  const parents = view.groupBy === 'parent' ? facts : null;
  const exploration = useMemo((): Exploration => explore(parts, seeds, view, parents), [parts, seeds, view, parents]);
  const shown = useSameGraph(exploration.shown);
  const placed = useLayout(shown, seeds);
  const isPlaced = placed !== null && placed.nodes.length > 0;
  useEffect(() => {
    if (isPlaced) onShown();
  }, [isPlaced, onShown]);
  const { edges } = exploration.visible;
  const way = useMemo(() => wayOf(edges, shown, view, paths.paths), [edges, shown, view, paths.paths]);
  const failed = questions.find((question) => of(question).error !== undefined);
  return {
    base,
    baseQuestion: first,
    answers,
    failed,
    error: failed === undefined ? undefined : of(failed).error,
    exploration,
    shown,
    placed,
    isPlaced,
    facts,
    way,
    paths,
    diff,
    change,
    seeds,
    setInSight,
  };
}

export type Explorer = ReturnType<typeof useExplorer>;

/** What the answers brought, and where it starts. */
interface Brought {
  readonly seeds: readonly string[];
  readonly parts: readonly Part[];
}

/** While the same is asked as of another moment, the picture of the last one stays instead of none. */
function useBrought(fresh: Brought, { pages, isLoading }: Answered, kind: string): Brought {
  const [kept, setKept] = useState({ kind, brought: fresh });
  const isWaiting = pages.length === 0 && isLoading && kept.kind === kind;
  if (!isWaiting && kept.brought !== fresh) setKept({ kind, brought: fresh });
  return isWaiting ? kept.brought : fresh;
}

/**
 * The graph that was shown before while nothing in it has changed, so that it is not laid out for a mere selection; else
 * with those of its nodes that have not.
 */
function useSameGraph(graph: ShownGraph): ShownGraph {
  const [kept, setKept] = useState(graph);
  const [seen, setSeen] = useState(graph);
  if (seen === graph) return kept;
  setSeen(graph);
  if (isSameGraph(kept, graph)) return kept;
  const next = withNodesOf(kept, graph);
  setKept(next);
  return next;
}

/** What is lit: the picked paths, else everything on the way through what is selected. */
function wayOf(
  edges: readonly GraphEdge[],
  shown: ShownGraph,
  view: View,
  paths: Paths | null | undefined,
): Way | null {
  if (view.pathFrom !== null && view.pathTo !== null && paths != null && paths.paths.length > 0) {
    return wayAlong(
      shown,
      paths.paths.flatMap((path) => path.edges),
    );
  }
  const { selected } = view;
  if (selected === null) return null;
  const line = shown.edges.find(({ id }) => id === selected);
  if (line !== undefined) return { nodes: new Set([line.from, line.to]), edges: new Set([line.id]) };
  return shown.nodes.some(({ id }) => id === selected) ? wayThrough(edges, shown, [selected]) : null;
}
