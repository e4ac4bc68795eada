import { isHiddenId } from '../access/sight.js';
import type { EdgeChange, EventChanges } from '../event-changes.js';
import { kindOf, type NodeId, type NodeKind } from '../identifiers.js';
import type { DiffNode, LineageDiff } from './diff-lineage.js';
import type { LineagePath, LineagePaths } from './find-paths.js';
import { distinctTransformations, edgeKey } from './hops.js';
import { inGroupOrder, type Impact, type ImpactedAsset, type ImpactGroup } from './impact-of.js';
import type { LineageAnswer, LineageEdge, LineageLink, LineageNode } from './lineage-answer.js';

/** What one caller may see, and what stands for the rest. */
export interface Veil {
  sees(id: NodeId): boolean;
  /** Opaque, stable, and of no use to anybody else. */
  hiddenId(id: NodeId): NodeId;
}

/** Nodes and edges of an answer. */
export interface LineagePart {
  readonly nodes: readonly LineageNode[];
  readonly edges: readonly LineageEdge[];
}

/** A node of a path; an opaque id does not tell its kind. */
export interface PathNode {
  readonly id: NodeId;
  readonly kind: NodeKind;
}

export interface ShownPath extends Omit<LineagePath, 'nodes'> {
  readonly nodes: readonly PathNode[];
}

/** Paths as they are shown. */
export interface ShownPaths extends Omit<LineagePaths, 'paths'> {
  readonly paths: readonly ShownPath[];
}

/*
 * Traversal runs over the whole graph, since an answer without what lies between would be wrong. Here, and nowhere else,
 * what may not be seen is made opaque: kind, depth, direction and times of validity stay. Null: the root may not be seen.
 */

export function hideInAnswer(answer: LineageAnswer, veil: Veil): LineageAnswer | null {
  if (!veil.sees(answer.root.id)) return null;
  return { ...answer, ...hideInPart(answer, veil) };
}

/** Within one depth what is hidden comes last, so that its place tells nothing of its name. */
export function hideInPart<P extends LineagePart>(part: P, veil: Veil): P {
  return {
    ...part,
    nodes: inShownOrder(part.nodes.map((node) => hideNode(node, veil))),
    edges: hideEdges(part.edges, veil),
  };
}

export function hideInDiff(diff: LineageDiff, veil: Veil): LineageDiff | null {
  if (!veil.sees(diff.root.id)) return null;
  const hideAll = (nodes: readonly DiffNode[]) => inShownOrder(nodes.map((node) => hideDiffNode(node, veil)));
  return {
    ...diff,
    addedNodes: hideAll(diff.addedNodes),
    lapsedNodes: hideAll(diff.lapsedNodes),
    addedEdges: hideEdges(diff.addedEdges, veil),
    lapsedEdges: hideEdges(diff.lapsedEdges, veil),
  };
}

/** Paths with the kinds of their nodes. */
export function showPaths(answer: LineagePaths): ShownPaths {
  // Graph nodes are of these kinds only, so that a kind is always found.
  const show = (id: NodeId): PathNode => ({ id, kind: kindOf(id) ?? 'DATASET' });
  return { ...answer, paths: answer.paths.map((path) => ({ ...path, nodes: path.nodes.map(show) })) };
}

export function hideInPaths(answer: ShownPaths, veil: Veil): ShownPaths | null {
  if (!veil.sees(answer.from) || !veil.sees(answer.to)) return null;
  const paths = answer.paths.map(({ nodes, edges, length }) => ({
    nodes: nodes.map(({ id, kind }) => ({ id: shownId(id, veil), kind })),
    edges: edges.map((edge) => hideEdge(edge, veil)),
    length,
  }));
  const keyOf = (path: ShownPath): string => path.nodes.map(({ id }) => (isHiddenId(id) ? `~${id}` : id)).join(' ');
  return { ...answer, paths: paths.sort((a, b) => a.length - b.length || (keyOf(a) < keyOf(b) ? -1 : 1)) };
}

/** What is hidden leaves its owners' groups for one of its own: who answers for it is not told either. */
export function hideInImpact(impact: Impact, veil: Veil): Impact | null {
  if (!veil.sees(impact.root.id)) return null;
  return {
    ...impact,
    byOwner: hideInGroups(impact.byOwner, veil),
    byDomain: hideInGroups(impact.byDomain, veil),
  };
}

/** What is hidden stands in a group of its own, at the end, whoever it belongs to. */
function hideInGroups(groups: readonly ImpactGroup[], veil: Veil): readonly ImpactGroup[] {
  const hidden = new Map<NodeId, ImpactedAsset>();
  const shown = groups.flatMap((group): readonly ImpactGroup[] => {
    const seen = group.assets.filter(({ node }) => veil.sees(node.id));
    for (const asset of group.assets) {
      if (!veil.sees(asset.node.id))
        hidden.set(asset.node.id, { ...asset, node: hideNode(asset.node, veil), roles: [] });
    }
    const [first] = seen;
    return first === undefined ? [] : [{ ...group, assets: seen, nearest: first.distance }];
  });
  const unseen = [...hidden.values()].sort((a, b) => a.distance - b.distance || (a.node.id < b.node.id ? -1 : 1));
  const [nearest] = unseen;
  return [
    ...shown.sort(inGroupOrder),
    ...(nearest === undefined ? [] : [{ of: null, hidden: true, assets: unseen, nearest: nearest.distance }]),
  ];
}

/** Of an event's changes hidden nodes are counted; of edges with a hidden end the kind stays and what became of them. */
export function hideInChanges(changes: EventChanges, veil: Veil): EventChanges {
  const nodes = changes.nodes.filter((id) => veil.sees(id));
  const edges = changes.edges.map((edge) => hideEdgeChange(edge, veil));
  const isOpaque = ({ from, to }: EdgeChange): boolean => isHiddenId(from) || isHiddenId(to);
  const keyOf = ({ kind, from, to }: EdgeChange): string => `${kind} ${from} ${to}`;
  return {
    nodes,
    hiddenNodes: changes.hiddenNodes + changes.nodes.length - nodes.length,
    edges: [
      ...edges.filter((edge) => !isOpaque(edge)),
      ...edges.filter(isOpaque).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)),
    ],
  };
}

/** What hidden jobs say of an edge is left out: its evidence and times are not told where they are among those who do. */
function hideEdgeChange(edge: EdgeChange, veil: Veil): EdgeChange {
  const [from, to] = [shownId(edge.from, veil), shownId(edge.to, veil)];
  const isKnown = !isHiddenId(from) && !isHiddenId(to) && edge.jobs.every((job) => veil.sees(job));
  return isKnown ? edge : { ...edge, from, to, evidence: null, validFrom: null, validTo: null, jobs: [] };
}

function shownId(id: NodeId, veil: Veil): NodeId {
  return veil.sees(id) ? id : veil.hiddenId(id);
}

function hideNode(node: LineageNode, veil: Veil): LineageNode {
  if (veil.sees(node.id)) return node;
  const ends = { hasMoreUpstream: false, hasMoreDownstream: false, neighborsUpstream: null, neighborsDownstream: null };
  return { ...hideDiffNode(node, veil), ...ends };
}

function hideDiffNode<N extends DiffNode>(node: N, veil: Veil): N {
  if (veil.sees(node.id)) return node;
  return { ...node, id: veil.hiddenId(node.id), displayName: null, placeholder: false };
}

function hideEdges(edges: readonly LineageEdge[], veil: Veil): readonly LineageEdge[] {
  const shown = edges.map((edge) => hideEdge(edge, veil));
  const isOpaque = ({ from, to }: LineageEdge): boolean => isHiddenId(from) || isHiddenId(to);
  return [
    ...shown.filter((edge) => !isOpaque(edge)),
    ...shown.filter(isOpaque).sort((a, b) => (edgeKey(a) < edgeKey(b) ? -1 : 1)),
  ];
}

function hideEdge(edge: LineageEdge, veil: Veil): LineageEdge {
  const via = edge.via.map((id) => shownId(id, veil)).sort();
  if (!veil.sees(edge.from) || !veil.sees(edge.to)) {
    const [from, to] = [shownId(edge.from, veil), shownId(edge.to, veil)];
    return { ...edge, from, to, via, transformations: [], links: [] };
  }
  const links = edge.links.flatMap((link) => hideLink(link, veil));
  if (links.length === edge.links.length && links.every((link, index) => link === edge.links[index])) return edge;
  return { ...edge, via, transformations: distinctTransformations(links), links };
}

/** A link with what is said of it by jobs, and about names, that may be seen. */
function hideLink(link: LineageLink, veil: Veil): readonly LineageLink[] {
  if (!veil.sees(link.from) || !veil.sees(link.to)) return [];
  const rows = link.rows.filter(({ from, to, job }) => [from, to, job ?? from].every((id) => veil.sees(id)));
  return rows.length === link.rows.length ? [link] : [{ ...link, rows }];
}

function inShownOrder<N extends { readonly id: NodeId; readonly depth: number; readonly direction: string }>(
  nodes: readonly N[],
): readonly N[] {
  const rank = ({ id, direction }: N): number => (isHiddenId(id) ? (direction === 'DOWNSTREAM' ? 2 : 1) : 0);
  return nodes
    .map((node, index) => ({ node, index }))
    .sort((a, b) => {
      const apart = a.node.depth - b.node.depth || rank(a.node) - rank(b.node);
      return apart !== 0 ? apart : rank(a.node) === 0 ? a.index - b.index : a.node.id < b.node.id ? -1 : 1;
    })
    .map(({ node }) => node);
}
