import type { Client, CombinedError } from '@urql/core';
import { startTransition, useCallback, useEffect, useRef, useState } from 'react';
import { useUnkeptClient } from '../../graphql/unkept.js';
import { cursorAfter, FIRST_NODES, MOST_NODES, NEXT_NODES, type Pages, type Question } from './answers.js';
import { LINEAGE } from './queries.js';

/** How one question stands. Pages that came stay while they are asked for anew. */
export interface Answered {
  readonly pages: Pages;
  readonly isLoading: boolean;
  readonly error: CombinedError | undefined;
  /** The server knows no such root. */
  readonly isUnknown: boolean;
}

export interface Answers {
  readonly of: (question: Question) => Answered;
  readonly isLoading: boolean;
  /** Asks everything anew; what is shown stays until the answers are there. */
  readonly refresh: () => void;
  readonly retry: (question: Question) => void;
  readonly loadMore: (question: Question) => void;
  /** To be called once a first page is on the screen: what follows it is asked for from then on. */
  readonly onShown: () => void;
}

/** What follows a first page that is not shown for so long is asked for all the same. */
const PATIENCE_MS = 2_000;

const NOT_YET: Answered = { pages: [], isLoading: true, error: undefined, isUnknown: false };

/** Answers to all questions of a view; each is asked once, and kept while the page is open. */
export function useAnswers(questions: readonly Question[]): Answers {
  const client = useUnkeptClient();
  const [kept, setKept] = useState<ReadonlyMap<string, Answered>>(new Map());
  const asked = useRef(new Map<string, number>());
  const [shown] = useState(newGate);
  const put = useCallback((key: string, answer: Answered) => {
    const keep = (): void => {
      setKept((before) => new Map(before).set(key, answer));
    };
    // What follows the first page is drawn bit by bit.
    if (answer.pages.length > 1) startTransition(keep);
    else keep();
  }, []);
  const ask = useCallback(
    (question: Question, most: number, isFresh: boolean) => {
      const turn = (asked.current.get(question.key) ?? 0) + 1;
      asked.current.set(question.key, turn);
      void load(client, question, most, shown.opened, (answer) => {
        if (asked.current.get(question.key) !== turn) return;
        // While an answer is asked for anew, the old one is not taken apart page by page.
        if (!isFresh || !answer.isLoading) put(question.key, answer);
      });
    },
    [client, put, shown],
  );
  useEffect(() => {
    for (const question of questions) {
      if (!asked.current.has(question.key)) ask(question, MOST_NODES, false);
    }
  }, [questions, ask]);
  const of = useCallback((question: Question) => kept.get(question.key) ?? NOT_YET, [kept]);
  const refresh = useCallback(() => {
    const wanted = new Set(questions.map(({ key }) => key));
    for (const key of asked.current.keys()) if (!wanted.has(key)) asked.current.delete(key);
    for (const question of questions) ask(question, Math.max(MOST_NODES, sizeOf(of(question).pages)), true);
  }, [questions, ask, of]);
  return {
    of,
    isLoading: questions.some((question) => of(question).isLoading),
    refresh,
    retry: (question) => {
      ask(question, MOST_NODES, false);
    },
    loadMore: (question) => {
      ask(question, sizeOf(of(question).pages) + MOST_NODES, true);
    },
    onShown: shown.open,
  };
}

interface Gate {
  readonly opened: Promise<void>;
  readonly open: () => void;
}

function newGate(): Gate {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

function sizeOf(pages: Pages): number {
  return pages.reduce((sum, { nodes }) => sum + nodes.length, 0);
}

async function load(
  client: Client,
  { variables }: Question,
  most: number,
  isShown: Promise<void>,
  tell: (answer: Answered) => void,
): Promise<void> {
  let pages: Pages = [];
  tell({ pages, isLoading: true, error: undefined, isUnknown: false });
  for (let after: string | null = null; ;) {
    const { data, error } = await client.query(LINEAGE, {
      ...variables,
      // Logical datasets come in one answer.
      maxNodes: pages.length === 0 && variables.logical !== true ? FIRST_NODES : NEXT_NODES,
      after,
    });
    if (data?.lineage == null) {
      tell({ pages, isLoading: false, error, isUnknown: error === undefined });
      return;
    }
    pages = [...pages, data.lineage];
    after = cursorAfter(pages, most);
    tell({ pages, isLoading: after !== null, error, isUnknown: false });
    if (after === null) return;
    // Beside it the first page would be laid out and painted later: the server and the browser may share a machine.
    await Promise.race([isShown, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
  }
}
