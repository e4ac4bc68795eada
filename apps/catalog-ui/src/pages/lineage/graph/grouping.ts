import { EDGE_LOOKS, lookOf, type EdgeLook, type GraphEdge, type GraphNode } from './model.js';

/** What several nodes have in common. */
export interface Group {
  /** Equal for two nodes where they belong together. */
  readonly key: string;
  readonly title: string;
}

/** A node as it is drawn: one of the graph, or several that are collapsed into one. */
export interface ShownNode {
  readonly id: string;
  /** More than one only for a group. */
  readonly members: readonly [GraphNode, ...GraphNode[]];
  /** Null for a node of its own. */
  readonly group: Group | null;
}

/** A line as it is drawn: every edge between the same two shown nodes, apart for data and control. */
export interface ShownEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly look: EdgeLook;
  readonly edges: readonly [GraphEdge, ...GraphEdge[]];
}

export interface ShownGraph {
  readonly nodes: readonly ShownNode[];
  readonly edges: readonly ShownEdge[];
}

export interface Grouping {
  /** What a node is collapsed with others by; null leaves it alone. */
  readonly groupOf: (node: GraphNode) => Group | null;
  /** Keys of groups that were opened. */
  readonly open: ReadonlySet<string>;
  /** Nodes that stay on their own: the root, what is selected. */
  readonly keep: ReadonlySet<string>;
}

export const NO_GROUPING: Grouping = { groupOf: () => null, open: new Set(), keep: new Set() };

export function groupId(key: string): string {
  return `group:${key}`;
}

/** Draws nodes of one key as one, and what ran between them as lines between those; lines within a group vanish. */
export function shownGraph(
  part: { readonly nodes: readonly GraphNode[]; readonly edges: readonly GraphEdge[] },
  { groupOf, open, keep }: Grouping,
): ShownGraph {
  const groups = new Map<string, { readonly group: Group; readonly members: [GraphNode, ...GraphNode[]] }>();
  for (const node of part.nodes) {
    const group = keep.has(node.id) ? null : groupOf(node);
    if (group === null || open.has(group.key)) continue;
    const held = groups.get(group.key);
    if (held === undefined) groups.set(group.key, { group, members: [node] });
    else held.members.push(node);
  }
  const nodes: ShownNode[] = [];
  const shownAs = new Map<string, string>();
  for (const { group, members } of groups.values()) {
    if (members.length < 2) continue;
    const id = groupId(group.key);
    nodes.push({ id, members, group });
    for (const member of members) shownAs.set(member.id, id);
  }
  for (const node of part.nodes) {
    if (shownAs.has(node.id)) continue;
    shownAs.set(node.id, node.id);
    nodes.push({ id: node.id, members: [node], group: null });
  }
  return { nodes, edges: shownEdges(part.edges, shownAs) };
}

function shownEdges(edges: readonly GraphEdge[], shownAs: ReadonlyMap<string, string>): readonly ShownEdge[] {
  const lines = new Map<string, { from: string; to: string; edges: [GraphEdge, ...GraphEdge[]] }>();
  for (const edge of edges) {
    const from = shownAs.get(edge.from);
    const to = shownAs.get(edge.to);
    if (from === undefined || to === undefined || (from === to && edge.from !== edge.to)) continue;
    const id = `${lookOf(edge) === 'CONTROL' ? 'control' : 'data'} ${from} ${to}`;
    const line = lines.get(id);
    if (line === undefined) lines.set(id, { from, to, edges: [edge] });
    else line.edges.push(edge);
  }
  return [...lines].map(([id, line]) => ({ id, ...line, look: strongest(line.edges.map(lookOf)) }));
}

function strongest(looks: readonly EdgeLook[]): EdgeLook {
  return EDGE_LOOKS.find((look) => looks.includes(look)) ?? 'CONTROL';
}

/** Whether two graphs show the same nodes and edges, in the same order, as the same objects of the answers. */
export function isSameGraph(a: ShownGraph, b: ShownGraph): boolean {
  return (
    isSameList(a.nodes, b.nodes, (one, other) => one.id === other.id && isSameList(one.members, other.members)) &&
    isSameList(a.edges, b.edges, (one, other) => one.id === other.id && isSameList(one.edges, other.edges))
  );
}

/** The same graph with the nodes of the one before where they are equal, so that their cards need not be drawn anew. */
export function withNodesOf(before: ShownGraph, graph: ShownGraph): ShownGraph {
  const known = new Map(before.nodes.map((node) => [node.id, node]));
  const nodes = graph.nodes.map((node) => {
    const old = known.get(node.id);
    const isSame = old?.group?.title === node.group?.title && isSameList(old?.members ?? [], node.members);
    return old !== undefined && isSame ? old : node;
  });
  return { ...graph, nodes };
}

function isSameList<T>(a: readonly T[], b: readonly T[], isSame: (one: T, other: T) => boolean = Object.is): boolean {
  return a.length === b.length && a.every((one, at) => isSame(one, b[at] as T));
}
