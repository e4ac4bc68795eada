import type { EdgeEvidence, EdgeKind } from '../graph.js';
import type { NodeId } from '../identifiers.js';
import type { Micros } from '../time.js';
import { distinctTransformations, edgeKey, stronger } from './hops.js';
import type { LineageAnswer, LineageDirection, LineageEdge, LineageLink, LineageNode } from './lineage-answer.js';

/** The logical dataset that stands for a dataset in an answer. */
export interface LogicalName {
  readonly id: NodeId;
  readonly displayName: string;
}

/** A node of an answer where logical datasets stand for their members. */
export interface CollapsedNode extends LineageNode {
  /** Of a logical dataset its members in this answer, sorted; of another node none. */
  readonly members: readonly NodeId[];
  /** Of a logical dataset how many edges among its members, and to jobs that only lead from one to another, are not shown. */
  readonly collapsed: number;
}

/** An edge of such an answer. */
export interface CollapsedEdge extends LineageEdge {
  /** How many edges between members, or a member and another node, it stands for. */
  readonly merged: number;
}

export interface CollapsedAnswer extends LineageAnswer {
  readonly root: CollapsedNode;
  readonly nodes: readonly CollapsedNode[];
  readonly edges: readonly CollapsedEdge[];
}

/**
 * An answer in which each logical dataset stands for those of its members that the answer has: what lies between members is
 * left out and counted, edges of one kind between the same nodes are one edge with the strongest evidence, and a job that
 * only leads from members of one logical dataset to others of it lies within. What was walked stays what it was: no node
 * comes in that the data of the root does not reach. Such an answer goes on with no cursor.
 */
export function collapseLineage(
  answer: LineageAnswer,
  asked: LineageDirection,
  nameOf: (dataset: NodeId) => LogicalName | undefined,
): CollapsedAnswer {
  const of = (id: NodeId): NodeId => nameOf(id)?.id ?? id;
  const inner = jobsWithin(answer, of);
  const within = new Map<NodeId, number>();
  const groups = new Map<string, { readonly to: readonly [NodeId, NodeId]; readonly edges: LineageEdge[] }>();
  for (const edge of answer.edges) {
    const from = inner.get(edge.from) ?? of(edge.from);
    const to = inner.get(edge.to) ?? of(edge.to);
    if (from === to && (from !== edge.from || to !== edge.to)) {
      within.set(from, (within.get(from) ?? 0) + 1);
      continue;
    }
    const key = edgeKey({ kind: edge.kind, from, to });
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { to: [from, to], edges: [edge] });
    else group.edges.push(edge);
  }
  const nodes = collapsedNodes(
    answer.nodes.filter(({ id }) => !inner.has(id)),
    nameOf,
    within,
  );
  const root = nodes.find(({ id }) => id === of(answer.root.id)) ?? { ...answer.root, members: [], collapsed: 0 };
  return {
    ...answer,
    root,
    nodes,
    edges: [...groups.values()].map(({ to: [from, target], edges }) => mergedEdge(from, target, edges)),
    endCursor: null,
    upstream: reachedOn('UPSTREAM', nodes, root.id, answer, asked),
    downstream: reachedOn('DOWNSTREAM', nodes, root.id, answer, asked),
  };
}

/** Jobs that lead from a member of one logical dataset to members of it and nowhere else, as far as all of their edges are known. */
function jobsWithin(answer: LineageAnswer, of: (id: NodeId) => NodeId): ReadonlyMap<NodeId, NodeId> {
  const around = new Map<NodeId, { readonly others: Set<NodeId>; readonly kinds: Set<EdgeKind> }>();
  const note = (job: NodeId, other: NodeId, kind: EdgeKind): void => {
    const known = around.get(job) ?? { others: new Set(), kinds: new Set() };
    around.set(job, known);
    // A dataset that is in no logical one stays apart, so that a job that writes what it reads is shown.
    known.others.add(other);
    known.kinds.add(kind);
  };
  for (const { kind, from, to } of answer.edges) {
    note(from, of(to), kind);
    note(to, of(from), kind);
  }
  const found = new Map<NodeId, NodeId>();
  const named = new Set(answer.nodes.flatMap(({ id }) => (of(id) === id ? [] : [of(id)])));
  for (const { id, kind, hasMoreUpstream, hasMoreDownstream } of answer.nodes) {
    const { others, kinds } = around.get(id) ?? {};
    const [only] = others ?? [];
    const isWithin =
      kind === 'JOB' &&
      id !== answer.root.id &&
      others?.size === 1 &&
      kinds?.has('READ') === true &&
      kinds.has('WRITE');
    if (isWithin && only !== undefined && named.has(only) && !hasMoreUpstream && !hasMoreDownstream)
      found.set(id, only);
  }
  return found;
}

function collapsedNodes(
  nodes: readonly LineageNode[],
  nameOf: (dataset: NodeId) => LogicalName | undefined,
  within: ReadonlyMap<NodeId, number>,
): readonly CollapsedNode[] {
  const groups = new Map<NodeId, { readonly name: LogicalName | undefined; readonly members: LineageNode[] }>();
  for (const node of nodes) {
    const name = nameOf(node.id);
    const group = groups.get(name?.id ?? node.id);
    if (group === undefined) groups.set(name?.id ?? node.id, { name, members: [node] });
    else group.members.push(node);
  }
  const collapsed = [...groups.values()].flatMap(({ name, members }): readonly CollapsedNode[] => {
    const [first] = members;
    if (first === undefined) return [];
    if (name === undefined) return [{ ...first, members: [], collapsed: 0 }];
    const [direction, ...others] = new Set(members.map((node) => node.direction));
    return [
      {
        ...{ id: name.id, kind: 'LOGICAL_DATASET', displayName: name.displayName },
        placeholder: members.every((node) => node.placeholder),
        depth: Math.min(...members.map((node) => node.depth)),
        direction: others.length > 0 ? 'BOTH' : (direction ?? 'BOTH'),
        hasMoreUpstream: members.some((node) => node.hasMoreUpstream),
        hasMoreDownstream: members.some((node) => node.hasMoreDownstream),
        neighborsUpstream: null,
        neighborsDownstream: null,
        members: members.map(({ id }) => id).sort(),
        collapsed: within.get(name.id) ?? 0,
      },
    ];
  });
  return collapsed.sort((a, b) => a.depth - b.depth);
}

function mergedEdge(from: NodeId, to: NodeId, edges: readonly LineageEdge[]): CollapsedEdge {
  const [first, ...rest] = edges;
  if (first === undefined) throw new Error('an edge of an answer stands for one at least');
  if (rest.length === 0) return { ...first, from, to, merged: 1 };
  const links: LineageLink[] = [
    ...new Map(edges.flatMap((edge) => edge.links.map((link) => [edgeKey(link), link] as const))).values(),
  ];
  return {
    ...{ kind: first.kind, from, to, links, merged: edges.length },
    evidence: edges.reduce<EdgeEvidence>((best, edge) => stronger(best, edge.evidence), first.evidence),
    validFrom: edges.reduce((least, edge) => Math.min(least, edge.validFrom), first.validFrom),
    validTo: edges.reduce<Micros | null>(
      (most, edge) => (most === null || edge.validTo === null ? null : Math.max(most, edge.validTo)),
      first.validTo,
    ),
    // What is said of hidden links is left out already, edge by edge.
    transformations: distinctTransformations([{ rows: edges.map(({ transformations }) => ({ transformations })) }]),
    via: [...new Set(edges.flatMap(({ via }) => via))].sort(),
  };
}

/** Beyond what is shown nothing is counted: members could be told from other datasets only by looking at each. */
function reachedOn(
  side: Exclude<LineageDirection, 'BOTH'>,
  nodes: readonly CollapsedNode[],
  root: NodeId,
  { truncated }: LineageAnswer,
  asked: LineageDirection,
): { readonly count: number; readonly isExact: boolean } {
  const isAsked = asked === 'BOTH' || asked === side;
  if (!isAsked) return { count: 0, isExact: false };
  const count = nodes.filter(({ id, direction }) => id !== root && (direction === 'BOTH' || direction === side)).length;
  return { count, isExact: !truncated };
}
