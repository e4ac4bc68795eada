import { endOf, lookOf, SIDES, type EdgeLook, type Graph, type GraphEdge, type GraphNode, type Side } from './model.js';

/** A node's side, as a key. */
export type End = `${'u' | 'd'}:${string}`;

export function endKey(id: string, side: Side): End {
  return side === 'UPSTREAM' ? `u:${id}` : `d:${id}`;
}

/** Which part of the known graph is shown. Empty sets of kinds, namespaces and looks exclude nothing. */
export interface Choice {
  /** Where one starts: the root, and what an answer puts in its place. */
  readonly seeds: readonly string[];
  readonly collapsed: ReadonlySet<End>;
  readonly kinds: ReadonlySet<string>;
  readonly namespaces: ReadonlySet<string>;
  readonly looks: ReadonlySet<EdgeLook>;
}

export interface VisibleGraph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** Hops from the nearest seed along shown edges, in either direction. */
  readonly distance: ReadonlyMap<string, number>;
  /** For each collapsed end, how many nodes come back once it is opened. */
  readonly behind: ReadonlyMap<End, number>;
  /** How many nodes the filters by kind and namespace take away. */
  readonly filtered: number;
}

/**
 * The nodes that can be reached from the seeds without leaving a collapsed end through its side, and the edges between
 * them. A collapsed end can still be arrived at from that side, so collapsing never takes away the node itself.
 */
export function visibleGraph(graph: Graph, choice: Choice, namespaceOf: (node: GraphNode) => string): VisibleGraph {
  const distance = distances(graph, choice, choice.collapsed);
  const seeds = new Set(choice.seeds);
  const passes = (node: GraphNode): boolean =>
    seeds.has(node.id) ||
    ((choice.kinds.size === 0 || choice.kinds.has(node.kind)) &&
      (choice.namespaces.size === 0 || choice.namespaces.has(namespaceOf(node))));
  const reached = [...graph.nodes.values()].filter(({ id }) => distance.has(id));
  const nodes = reached.filter(passes);
  const ids = new Set(nodes.map(({ id }) => id));
  const edges = [...graph.edges.values()].filter(
    (edge) => ids.has(edge.from) && ids.has(edge.to) && isShown(edge, choice),
  );
  const behind = new Map<End, number>();
  for (const end of choice.collapsed) {
    const others = new Set([...choice.collapsed].filter((other) => other !== end));
    behind.set(end, distances(graph, choice, others).size - distance.size);
  }
  return { nodes, edges, distance, behind, filtered: reached.length - nodes.length };
}

/** Whether collapsing a node on this side would take something away from the picture. */
export function isOpen(graph: Graph, { distance }: VisibleGraph, id: string, side: Side): boolean {
  const own = distance.get(id) ?? 0;
  return (graph.at[side].get(id) ?? []).some((edge) => (distance.get(endOf(edge, side)) ?? -1) > own);
}

function isShown(edge: GraphEdge, { looks }: Choice): boolean {
  return looks.size === 0 || looks.has(lookOf(edge));
}

function distances(graph: Graph, choice: Choice, collapsed: ReadonlySet<End>): ReadonlyMap<string, number> {
  const distance = new Map<string, number>();
  let front = choice.seeds.filter((id) => graph.nodes.has(id));
  for (let hops = 0; front.length > 0; hops++) {
    for (const id of front) distance.set(id, hops);
    const next = new Set<string>();
    for (const id of front) {
      for (const side of SIDES) {
        if (collapsed.has(endKey(id, side))) continue;
        for (const edge of graph.at[side].get(id) ?? []) {
          const other = endOf(edge, side);
          if (!distance.has(other) && isShown(edge, choice)) next.add(other);
        }
      }
    }
    front = [...next];
  }
  return distance;
}
