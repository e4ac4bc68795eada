import type { ShownEdge, ShownGraph, ShownNode } from './grouping.js';
import { endOf, lookOf, push, SIDES, type GraphEdge, type Side } from './model.js';

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

/** What of a picture is lit. */
export interface Way {
  readonly nodes: ReadonlySet<string>;
  readonly edges: ReadonlySet<string>;
}

/**
 * What lies on the way of data to or from some nodes: they themselves, all their causes and all their effects. The graph
 * itself is walked and not what is drawn of it: through a card that stands for several, one leads no further than it does.
 */
export function wayThrough(edges: readonly GraphEdge[], shown: ShownGraph, ids: readonly string[]): Way {
  const at: Readonly<Record<Side, Map<string, GraphEdge[]>>> = { UPSTREAM: new Map(), DOWNSTREAM: new Map() };
  for (const edge of edges) {
    // No data flows along control, so nothing is passed on by it.
    if (lookOf(edge) === 'CONTROL') continue;
    push(at.UPSTREAM, edge.to, edge);
    push(at.DOWNSTREAM, edge.from, edge);
  }
  const nodes = new Set(ids);
  const passed = new Set<string>();
  for (const side of SIDES) {
    const seen = new Set(ids);
    const stack = [...ids];
    for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
      for (const edge of at[side].get(id) ?? []) {
        passed.add(edge.id);
        const other = endOf(edge, side);
        if (seen.has(other)) continue;
        seen.add(other);
        nodes.add(other);
        stack.push(other);
      }
    }
  }
  return drawn(shown, nodes, passed);
}

/** What lies along some edges, with their ends. */
export function wayAlong(shown: ShownGraph, edges: readonly GraphEdge[]): Way {
  return drawn(shown, new Set(edges.flatMap(({ from, to }) => [from, to])), new Set(edges.map(({ id }) => id)));
}

function drawn(shown: ShownGraph, nodes: ReadonlySet<string>, edges: ReadonlySet<string>): Way {
  const isLit = ({ members }: ShownNode): boolean => members.some(({ id }) => nodes.has(id));
  const isPassed = (line: ShownEdge): boolean => line.edges.some(({ id }) => edges.has(id));
  return {
    nodes: new Set(shown.nodes.filter(isLit).map(({ id }) => id)),
    edges: new Set(shown.edges.filter(isPassed).map(({ id }) => id)),
  };
}
