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
import { controlEdges } from './control-edges.js';
import { fixMoment } from './moment.js';
import { edgesThroughRoot } from './edges-through-root.js';
import { lookAround, type OpenEnds } from './open-ends.js';
import { reach } from './reach.js';
import { resolveRoot, unlistedNode, type ResolvedRoot } from './resolve-root.js';
import { nodesOfPage, selectPage, type PlacedNode, type Walks } from './select-page.js';

const NO_EDGES = { edges: [], isCut: false };

/**
 * Lineage of a root, breadth first over distinct nodes, at most one `expand` a level and direction. Null when the root is
 * unknown. What exceeds depth, nodes or time makes the answer a part that says so and how to go on; only an outage of
 * the store (UNAVAILABLE) and a cursor of another request (INVALID_INPUT) are errors. With `known` the walk begins where it
 * says, under the node that it says, instead of at what the graph has for the root.
 */
export async function walkLineage(
  ports: TraversalPorts,
  request: LineageRequest,
  budget: TraversalBudget = DEFAULT_BUDGET,
  known?: ResolvedRoot,
): Promise<LineageAnswer | null> {
  const startedAt = ports.clock.now();
  const cursor = request.after === undefined ? undefined : decodeCursor(request.after, request);
  const moment = cursor?.moment ?? (await fixMoment(ports, request));
  const resolved = known ?? (await resolveRoot(ports, request.root, request.granularity, moment));
  if (resolved === null) return null;
  const { granularity, depth, direction, maxNodes } = request;
  const given = cursor?.given ?? 0;
  const { walks, counted, counting, stop } = await reach(
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
  const isRootWalked = resolved.starts.includes(resolved.node.id);
  const placed = nodesOfPage(walks, { depth, given, maxNodes });
  const looked = isRootWalked && !placed.includes(resolved.node.id) ? [resolved.node.id, ...placed] : placed;
  const ends = {
    nodes: looked,
    walks,
    granularity,
    depth,
    moment,
    startedAt,
    lookUp: request.openEnds ?? true,
    countNeighbors: request.neighbors ?? false,
  };
  // What is known of the nodes does not depend on the counts, and neither has to wait for the other.
  const [listed, endsOf] = await Promise.all([
    ports.graph.nodes(placed, moment.knownAt),
    lookAround(ports, ends, budget),
    counting,
  ]).catch((error: unknown) => {
    stop();
    throw error;
  });
  const page = selectPage(walks, {
    granularity,
    depth,
    maxNodes,
    maxEdges: budget.pageEdges,
    given,
    edgeDepth: cursor?.edgeDepth ?? 0,
  });
  const [through, control] = await Promise.all([
    edgesThroughRoot(ports, { root: resolved.node, page, walks, moment }, budget),
    request.control === true ? controlEdges(ports, { page, moment }, budget) : NO_EDGES,
  ]);
  const truncatedBecause = through.isCut || control.isCut ? 'NODES' : page.truncatedBecause;
  const root: PlacedNode = { id: resolved.node.id, depth: 0, direction: 'BOTH' };
  const isRootGiven = page.nodes.some(({ id }) => id === resolved.node.id);
  const openEnds = endsOf(page, isRootWalked && !isRootGiven ? [root, ...page.nodes] : page.nodes);
  const nodes = page.nodes.map((node) => show(node, listed.get(node.id) ?? unlistedNode(node.id), openEnds));
  return {
    root: showRoot(show(root, resolved.node, openEnds), nodes),
    nodes,
    edges: [...page.edges, ...through.edges, ...control.edges],
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
  const [up, down] = [openEnds.UPSTREAM.get(placed.id), openEnds.DOWNSTREAM.get(placed.id)];
  return {
    id: placed.id,
    kind: node.kind,
    displayName: node.displayName,
    placeholder: node.placeholder,
    depth: placed.depth,
    direction: placed.direction,
    hasMoreUpstream: up?.isOpen ?? false,
    hasMoreDownstream: down?.isOpen ?? false,
    neighborsUpstream: up?.neighbors ?? null,
    neighborsDownstream: down?.neighbors ?? null,
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
