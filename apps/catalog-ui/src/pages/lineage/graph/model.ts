/** The two ways along an edge: towards causes, towards effects. */
export type Side = 'UPSTREAM' | 'DOWNSTREAM';
export const SIDES = ['UPSTREAM', 'DOWNSTREAM'] as const satisfies readonly Side[];

export interface GraphNode {
  readonly id: string;
  readonly kind: string;
  readonly displayName: string | null;
  readonly placeholder: boolean;
  readonly hidden: boolean;
  readonly hasMoreUpstream: boolean;
  readonly hasMoreDownstream: boolean;
  /** Nodes one hop away on that side, shown or not; null where that is not known. */
  readonly neighborsUpstream: number | null;
  readonly neighborsDownstream: number | null;
  /** Of a logical dataset the members that the answer has. */
  readonly members?: readonly string[];
  /** Of a logical dataset how many edges lie among its members. */
  readonly collapsed?: number;
}

export interface Transformation {
  readonly type: string;
  readonly subtype: string | null;
  readonly masking: boolean;
  readonly description: string | null;
}

export interface GraphEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly kind: string;
  readonly evidence: 'OBSERVED' | 'DECLARED' | 'INFERRED';
  readonly via: readonly string[];
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly transformations: readonly Transformation[];
  /** How many edges of physical datasets it stands for. */
  readonly merged?: number;
}

/** What one question brought. */
export interface Part {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/** Nodes and edges by id, and the edges at each node; every end of an edge is a node. */
export interface Graph {
  readonly nodes: ReadonlyMap<string, GraphNode>;
  readonly edges: ReadonlyMap<string, GraphEdge>;
  readonly at: Readonly<Record<Side, ReadonlyMap<string, readonly GraphEdge[]>>>;
}

/** How an edge is drawn, strongest first: by what it rests on; where no data flows along it, as control. */
export const EDGE_LOOKS = ['OBSERVED', 'DECLARED', 'INFERRED', 'CONTROL'] as const;
export type EdgeLook = (typeof EDGE_LOOKS)[number];

export function lookOf({ kind, evidence }: Pick<GraphEdge, 'kind' | 'evidence'>): EdgeLook {
  return kind === 'CONTROL' || kind === 'PARENT' ? 'CONTROL' : evidence;
}

/** The end of an edge that lies on the side given. */
export function endOf(edge: Pick<GraphEdge, 'from' | 'to'>, side: Side): string {
  return side === 'UPSTREAM' ? edge.from : edge.to;
}

export function hasMore(node: GraphNode, side: Side): boolean {
  return side === 'UPSTREAM' ? node.hasMoreUpstream : node.hasMoreDownstream;
}

/** How many nodes beside a node are not known yet; null where that cannot be told. */
export function unknownBeside(graph: Graph, node: GraphNode, side: Side): number | null {
  const all = side === 'UPSTREAM' ? node.neighborsUpstream : node.neighborsDownstream;
  if (all === null) return null;
  const known = new Set((graph.at[side].get(node.id) ?? []).map((edge) => endOf(edge, side)));
  return all > known.size ? all - known.size : null;
}

/**
 * One graph of all that was answered. Of two answers about a node the later one counts, but for what lies beyond it:
 * where one answer holds all edges of a side, the graph does. Edges whose ends are in no answer are left out.
 */
export function knownGraph(parts: readonly Part[]): Graph {
  const nodes = new Map<string, GraphNode>();
  const edges = new Map<string, GraphEdge>();
  for (const part of parts) {
    for (const node of part.nodes) {
      nodes.set(node.id, merged(nodes.get(node.id), node));
    }
  }
  for (const edge of parts.flatMap((part) => part.edges)) {
    if (nodes.has(edge.from) && nodes.has(edge.to)) edges.set(edge.id, edge);
  }
  const upstream = new Map<string, GraphEdge[]>();
  const downstream = new Map<string, GraphEdge[]>();
  for (const edge of edges.values()) {
    push(upstream, edge.to, edge);
    push(downstream, edge.from, edge);
  }
  return { nodes, edges, at: { UPSTREAM: upstream, DOWNSTREAM: downstream } };
}

/** The same object where nothing changes, so that what is drawn of it need not be drawn anew. */
function merged(before: GraphNode | undefined, node: GraphNode): GraphNode {
  if (before === undefined) return node;
  const hasMoreUpstream = node.hasMoreUpstream && before.hasMoreUpstream;
  const hasMoreDownstream = node.hasMoreDownstream && before.hasMoreDownstream;
  const neighborsUpstream = node.neighborsUpstream ?? before.neighborsUpstream;
  const neighborsDownstream = node.neighborsDownstream ?? before.neighborsDownstream;
  const next = { ...node, hasMoreUpstream, hasMoreDownstream, neighborsUpstream, neighborsDownstream };
  return Object.entries(next).every(([key, value]) => node[key as keyof GraphNode] === value) ? node : next;
}

export function push<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
