import type { NodeId, NodeKind } from '../identifiers.js';
import type { Micros } from '../time.js';
import {
  DEFAULT_BUDGET,
  type LineageDirection,
  type LineageEdge,
  type LineageGranularity,
  type Moment,
  type TraversalBudget,
  type TraversalPorts,
  type TruncationReason,
} from './lineage-answer.js';
import { fixMoment } from './moment.js';
import { reach } from './reach.js';
import { resolveRoot, unlistedNode } from './resolve-root.js';
import { selectPage, type Page, type PlacedNode, type Walks } from './select-page.js';

export interface DiffRequest {
  readonly root: NodeId;
  readonly direction: LineageDirection;
  readonly depth: number;
  readonly granularity: LineageGranularity;
  readonly from: Micros;
  readonly to: Micros;
  readonly knownAt?: Micros | undefined;
  /** Nodes looked at on either side. */
  readonly maxNodes: number;
}

/** A node of one of the two graphs, as it stood in the graph that has it. */
export interface DiffNode extends PlacedNode {
  readonly kind: NodeKind;
  /** Null for what the caller may not see. */
  readonly displayName: string | null;
  readonly placeholder: boolean;
}

/**
 * What the lineage at `to` has beyond the lineage at `from` (added), and the other way round (lapsed), both as known at
 * one moment. Compared is only what both sides have in full: up to `depthCompared` hops, less than what was asked for
 * where `truncated`. A change of evidence or interval of an edge that is on both sides is no difference.
 */
export interface LineageDiff {
  readonly root: DiffNode;
  readonly addedNodes: readonly DiffNode[];
  readonly lapsedNodes: readonly DiffNode[];
  readonly addedEdges: readonly LineageEdge[];
  readonly lapsedEdges: readonly LineageEdge[];
  readonly depthCompared: number;
  /** NODES or TIME cut one side short; DEPTH: a side goes on beyond the depth that was asked for. */
  readonly truncated: boolean;
  readonly truncatedBecause: TruncationReason | null;
  /** Of the later side. */
  readonly moment: Moment;
  readonly earlier: Moment;
}

/** Compares the lineage of a root at two moments of valid time. Null when the root is unknown. */
export async function diffLineage(
  ports: TraversalPorts,
  request: DiffRequest,
  budget: TraversalBudget = DEFAULT_BUDGET,
): Promise<LineageDiff | null> {
  const startedAt = ports.clock.now();
  const { root, granularity, depth, direction, maxNodes } = request;
  const later = await fixMoment(ports, { asOf: request.to, knownAt: request.knownAt });
  const earlier: Moment = { ...later, valid: { at: request.from } };
  const [resolved, before] = await Promise.all([
    resolveRoot(ports, root, granularity, later),
    resolveRoot(ports, root, granularity, earlier),
  ]);
  if (resolved === null && before === null) return null;
  const walkAt = async (moment: Moment, starts: readonly NodeId[]): Promise<Walks> => {
    const limits = { starts, direction, granularity, moment, depth, needed: maxNodes, counts: [], startedAt };
    return (await reach(ports, limits, budget)).walks;
  };
  const [old, now] = await Promise.all([walkAt(earlier, before?.starts ?? []), walkAt(later, resolved?.starts ?? [])]);
  const select = (walks: Walks, upTo: number): Page =>
    selectPage(walks, { granularity, depth: upTo, maxNodes, maxEdges: budget.pageEdges, given: 0, edgeDepth: 0 });
  const full = [select(old, depth), select(now, depth)];
  const depthCompared = Math.min(...full.map((page) => page.completeDepth));
  const [oldPage, newPage] = [select(old, depthCompared), select(now, depthCompared)];
  const addedNodes = without(newPage.nodes, oldPage.shownNodes);
  const lapsedNodes = without(oldPage.nodes, newPage.shownNodes);
  const rootId = (resolved ?? before)?.node.id ?? root;
  const ids = new Set([rootId, ...addedNodes.map(({ id }) => id), ...lapsedNodes.map(({ id }) => id)]);
  const listed = await ports.graph.nodes([...ids], later.knownAt);
  const describe = (placed: PlacedNode): DiffNode => {
    const { kind, displayName, placeholder } = listed.get(placed.id) ?? unlistedNode(placed.id);
    return { ...placed, kind, displayName, placeholder };
  };
  const reasons = full.map((page) => page.truncatedBecause);
  const truncatedBecause = (['NODES', 'TIME', 'DEPTH'] as const).find((reason) => reasons.includes(reason)) ?? null;
  return {
    root: describe({ id: rootId, depth: 0, direction: 'BOTH' }),
    addedNodes: addedNodes.map(describe),
    lapsedNodes: lapsedNodes.map(describe),
    addedEdges: newPage.edges.filter(({ kind, from, to }) => !oldPage.holdsEdge(kind, from, to)),
    lapsedEdges: oldPage.edges.filter(({ kind, from, to }) => !newPage.holdsEdge(kind, from, to)),
    depthCompared,
    truncated: truncatedBecause !== null,
    truncatedBecause,
    moment: later,
    earlier,
  };
}

function without(nodes: readonly PlacedNode[], others: ReadonlySet<NodeId>): readonly PlacedNode[] {
  return nodes.filter(({ id }) => !others.has(id));
}
