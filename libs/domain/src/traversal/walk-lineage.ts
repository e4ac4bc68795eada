import type { GraphNode } from '../graph.js';
import { decodeCursor, encodeCursor } from './lineage-cursor.js';
import {
  DEFAULT_BUDGET,
  type LineageAnswer,
  type LineageNode,
  type LineageRequest,
  type ReachCount,
  type Side,
  type TraversalBudget,
  type TraversalPorts,
} from './lineage-answer.js';
import { fixMoment } from './moment.js';
import { edgesThroughRoot } from './edges-through-root.js';
import { findOpenEnds, type OpenEnds } from './open-ends.js';
import { reach } from './reach.js';
import { resolveRoot, unlistedNode } from './resolve-root.js';
import { selectPage, type PlacedNode, type Walks } from './select-page.js';

/**
 * Lineage of a root, breadth first over distinct nodes, one `expand` a level and direction. Null when the root is
 * unknown. What exceeds depth, nodes or time makes the answer a part that says so and how to go on; only an outage of
 * the store (UNAVAILABLE) and a cursor of another request (INVALID_INPUT) are errors.
 */
export async function walkLineage(
  ports: TraversalPorts,
  request: LineageRequest,
  budget: TraversalBudget = DEFAULT_BUDGET,
): Promise<LineageAnswer | null> {
  const startedAt = ports.clock.now();
  const cursor = request.after === undefined ? undefined : decodeCursor(request.after, request);
  const moment = cursor?.moment ?? (await fixMoment(ports, request));
  const resolved = await resolveRoot(ports, request.root, request.granularity, moment);
  if (resolved === null) return null;
  const { granularity, depth, direction, maxNodes } = request;
  const given = cursor?.given ?? 0;
  const { walks, counted } = await reach(
    ports,
    {
      starts: resolved.starts,
      direction,
      granularity,
      moment,
      depth,
      needed: given + maxNodes,
      counts: request.counts ?? ['UPSTREAM', 'DOWNSTREAM'],
      startedAt,
    },
    budget,
  );
  const page = selectPage(walks, {
    granularity,
    depth,
    maxNodes,
    maxEdges: budget.pageEdges,
    given,
    edgeDepth: cursor?.edgeDepth ?? 0,
  });
  const lookUp = request.openEnds ?? true;
  const through = await edgesThroughRoot(ports, { root: resolved.node, page, walks, moment }, budget);
  const truncatedBecause = through.isCut ? 'NODES' : page.truncatedBecause;
  const isRootGiven = page.nodes.some(({ id }) => id === resolved.node.id);
  const isRootWalked = resolved.starts.includes(resolved.node.id);
  const root: PlacedNode = { id: resolved.node.id, depth: 0, direction: 'BOTH' };
  const looked = isRootWalked && !isRootGiven ? [root, ...page.nodes] : page.nodes;
  const ends = { nodes: looked, walks, granularity, depth, moment, page, startedAt, lookUp };
  const [listed, openEnds] = await Promise.all([
    ports.graph.nodes(
      page.nodes.map(({ id }) => id),
      moment.knownAt,
    ),
    findOpenEnds(ports, ends, budget),
  ]);
  const nodes = page.nodes.map((placed) => show(placed, listed.get(placed.id) ?? unlistedNode(placed.id), openEnds));
  return {
    root: showRoot(show(root, resolved.node, openEnds), nodes),
    nodes,
    edges: [...page.edges, ...through.edges],
    truncated: truncatedBecause !== null,
    truncatedBecause,
    endCursor:
      page.truncatedBecause === null || !page.canGoOn
        ? null
        : encodeCursor({ moment, given: page.given, edgeDepth: page.edgeDepth }, request),
    depthReached: nodes.reduce((most, node) => Math.max(most, node.depth), 0),
    upstream: countOf(counted, 'UPSTREAM'),
    downstream: countOf(counted, 'DOWNSTREAM'),
    moment,
  };
}

/** How many nodes a walk found beside its starts. */
export function countOf(walks: Walks, side: Side): ReachCount {
  const walk = walks[side];
  if (walk === undefined) return { count: 0, isExact: false };
  return { count: walk.order.length - walk.startCount, isExact: walk.isComplete };
}

function show(placed: PlacedNode, node: GraphNode, openEnds: OpenEnds): LineageNode {
  return {
    id: placed.id,
    kind: node.kind,
    displayName: node.displayName,
    placeholder: node.placeholder,
    depth: placed.depth,
    direction: placed.direction,
    hasMoreUpstream: openEnds.UPSTREAM.has(placed.id),
    hasMoreDownstream: openEnds.DOWNSTREAM.has(placed.id),
  };
}

/** A root of a coarser layer has more where one of the nodes that stand for it has. */
function showRoot(root: LineageNode, nodes: readonly LineageNode[]): LineageNode {
  const starts = nodes.filter(({ depth }) => depth === 0);
  return {
    ...root,
    hasMoreUpstream: root.hasMoreUpstream || starts.some((node) => node.hasMoreUpstream),
    hasMoreDownstream: root.hasMoreDownstream || starts.some((node) => node.hasMoreDownstream),
  };
}
