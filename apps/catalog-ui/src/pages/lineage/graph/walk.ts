import type { ShownGraph } from './grouping.js';
import { push } from './model.js';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export type Step = 'left' | 'right' | 'up' | 'down';

/**
 * Where an arrow key leads: left along an edge to a cause, right to an effect, the one that lies nearest in height; up
 * and down to the neighbor in the same layer. Undefined where there is none.
 */
export function stepFrom(
  graph: ShownGraph,
  at: ReadonlyMap<string, Point>,
  id: string,
  step: Step,
): string | undefined {
  const own = at.get(id);
  if (own === undefined) return undefined;
  if (step === 'left' || step === 'right') {
    const others = graph.edges.flatMap(({ from, to }) =>
      from === to ? [] : step === 'left' ? (to === id ? [from] : []) : from === id ? [to] : [],
    );
    return nearest(others, at, own.y);
  }
  const sign = step === 'down' ? 1 : -1;
  const inLayer = [...at].filter(([, { x, y }]) => x === own.x && (y - own.y) * sign > 0).map(([other]) => other);
  return nearest(inLayer, at, own.y);
}

function nearest(ids: readonly string[], at: ReadonlyMap<string, Point>, y: number): string | undefined {
  let best: string | undefined;
  let least = Infinity;
  for (const id of ids) {
    const away = Math.abs((at.get(id)?.y ?? Infinity) - y);
    if (away < least) [best, least] = [id, away];
  }
  return best;
}

/** What lies on the way of data to or from some nodes: they themselves, all their causes and all their effects. */
export interface Way {
  readonly nodes: ReadonlySet<string>;
  readonly edges: ReadonlySet<string>;
}

export function wayThrough(graph: ShownGraph, ids: readonly string[]): Way {
  const out = new Map<string, { id: string; other: string }[]>();
  const into = new Map<string, { id: string; other: string }[]>();
  for (const { id, from, to, look } of graph.edges) {
    // No data flows along control, so nothing is passed on by it.
    if (look === 'CONTROL') continue;
    push(out, from, { id, other: to });
    push(into, to, { id, other: from });
  }
  const nodes = new Set(ids);
  const edges = new Set<string>();
  for (const lists of [out, into]) {
    const seen = new Set(ids);
    const stack = [...ids];
    for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
      for (const { id: edge, other } of lists.get(id) ?? []) {
        edges.add(edge);
        if (seen.has(other)) continue;
        seen.add(other);
        nodes.add(other);
        stack.push(other);
      }
    }
  }
  return { nodes, edges };
}
