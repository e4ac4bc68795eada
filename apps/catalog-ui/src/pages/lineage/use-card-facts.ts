import { startTransition, useEffect, useRef, useState } from 'react';
import { useUnkeptClient } from '../../graphql/unkept.js';
import type { ShownState } from '../../ui/run-state.js';
import { CARDS, type CardAnswer } from './queries.js';

/** What a card says of its node beside the name. */
export interface CardFact {
  /** Of the latest run of a job, or of the run itself. */
  readonly state: ShownState | null;
  /** Assertions and tests of a dataset whose latest result was a failure, by name. */
  readonly failed: readonly string[];
  readonly checks: number;
  readonly parent: { readonly id: string; readonly name: string } | null;
}

const AT_ONCE = 50;

const NONE: ReadonlyMap<string, CardFact> = new Map();

/**
 * Facts of the nodes given, asked for in a few requests and kept. With every turn they are asked for anew, and the old
 * ones stay until the answers are there; those of another moment do not. Those of an earlier moment have no run states.
 */
export function useCardFacts(ids: readonly string[], asOf: string | null, turn: number): ReadonlyMap<string, CardFact> {
  const client = useUnkeptClient();
  const [facts, setFacts] = useState({ asOf, map: NONE });
  const asked = useRef({ of: '', ids: new Set<string>() });
  const of = `${asOf ?? ''} ${turn}`;
  useEffect(() => {
    if (asked.current.of !== of) asked.current = { of, ids: new Set() };
    const held = asked.current;
    const missing = ids.filter((id) => !held.ids.has(id));
    for (const id of missing) held.ids.add(id);
    for (let at = 0; at < missing.length; at += AT_ONCE) {
      const batch = missing.slice(at, at + AT_ONCE);
      void client.query(CARDS, { ids: batch, asOf }).then(({ data }) => {
        if (asked.current !== held) return;
        // What is not told now is asked for again when it is next in sight.
        if (data === undefined) for (const id of batch) held.ids.delete(id);
        else {
          startTransition(() => {
            setFacts((before) => {
              const kept = before.asOf === asOf ? before.map : NONE;
              return { asOf, map: withAnswers(kept, data.nodes, asOf !== null) };
            });
          });
        }
      });
    }
  }, [client, ids, asOf, of]);
  return facts.asOf === asOf ? facts.map : NONE;
}

function withAnswers(
  before: ReadonlyMap<string, CardFact>,
  nodes: readonly (CardAnswer | null)[],
  isPast: boolean,
): ReadonlyMap<string, CardFact> {
  const next = new Map(before);
  for (const node of nodes) if (node !== null) next.set(node.id, factOf(node, isPast));
  return next;
}

function factOf(node: CardAnswer, isPast: boolean): CardFact {
  const none: CardFact = { state: null, failed: [], checks: 0, parent: null };
  switch (node.__typename) {
    case 'Job': {
      const parent = node.parent === null ? null : { id: node.parent.id, name: node.parent.displayName };
      // The API tells the latest run of now only.
      return { ...none, state: isPast ? null : (node.latestRun?.state ?? null), parent };
    }
    case 'Run':
      return { ...none, state: node.state };
    case 'Dataset': {
      const checks = node.latestMetrics.edges.map((edge) => edge.node);
      const failed = checks.filter(({ success }) => success === false);
      return {
        ...none,
        failed: failed.map(({ name, label, column }) => [label ?? name, column].filter(Boolean).join(' · ')),
        checks: checks.length,
      };
    }
    default:
      return none;
  }
}
