import { datasetOf, kindOf, type NodeId } from '../identifiers.js';
import type { OwnersOf } from '../lineage-roots.js';
import {
  DEFAULT_BUDGET,
  type LineageNode,
  type Moment,
  type MomentRequest,
  type ReachCount,
  type TraversalBudget,
  type TraversalPorts,
  type TruncationReason,
} from './lineage-answer.js';
import { walkLineage } from './walk-lineage.js';

export interface ImpactRequest extends MomentRequest {
  readonly root: NodeId;
  readonly maxNodes: number;
}

export interface ImpactPorts extends TraversalPorts {
  readonly owners: OwnersOf;
}

export interface ImpactedAsset {
  readonly node: LineageNode;
  /** Hops from the root: single edges. */
  readonly distance: number;
  /** What the group's owner is to it, sorted; empty in the group of unowned assets. */
  readonly roles: readonly string[];
}

/** Everything affected for which one agent answers. An asset with several owners stands in each of their groups. */
export interface OwnerGroup {
  /** Null: nobody answers for these, or the group is hidden. */
  readonly owner: NodeId | null;
  /** Set where these are what the caller may not see, whoever answers for them. */
  readonly hidden?: boolean;
  /** Nearest first. */
  readonly assets: readonly ImpactedAsset[];
  readonly nearest: number;
}

/** Everything downstream of a root. The group of unowned assets, where there is one, comes first: it needs attention. */
export interface Impact {
  readonly root: LineageNode;
  readonly byOwner: readonly OwnerGroup[];
  /** Affected assets that this answer holds. */
  readonly assetCount: number;
  /** Affected assets in all. */
  readonly total: ReachCount;
  readonly truncated: boolean;
  readonly truncatedBecause: TruncationReason | null;
  readonly moment: Moment;
}

/**
 * Everything downstream of a root at any depth, nearest first up to `maxNodes`, grouped by who answers for it. A field
 * as root follows fields, and the owners of their datasets answer. Null when the root is unknown.
 */
export async function impactOf(
  ports: ImpactPorts,
  request: ImpactRequest,
  budget: TraversalBudget = DEFAULT_BUDGET,
): Promise<Impact | null> {
  const answer = await walkLineage(
    ports,
    {
      ...request,
      direction: 'DOWNSTREAM',
      granularity: kindOf(request.root) === 'FIELD' ? 'FIELD' : 'JOB',
      depth: Infinity,
      // The root and the fields that stand for it are not affected by themselves.
      maxNodes: request.maxNodes + 1,
      counts: ['DOWNSTREAM'],
      openEnds: false,
    },
    budget,
  );
  if (answer === null) return null;
  const affected = answer.nodes.filter(({ depth }) => depth > 0);
  const { valid, knownAt } = answer.moment;
  const owned = [...new Set(affected.map(({ id }) => assetOf(id)))];
  const owners = await ports.owners.ownersOf(owned, valid, knownAt);
  const groups = new Map<NodeId | null, ImpactedAsset[]>();
  const put = (owner: NodeId | null, node: LineageNode, roles: readonly string[]): void => {
    const asset = { node, distance: node.depth, roles };
    const group = groups.get(owner);
    if (group === undefined) groups.set(owner, [asset]);
    else group.push(asset);
  };
  for (const node of affected) {
    const roles = new Map<NodeId, Set<string>>();
    for (const { agent, role } of owners.get(assetOf(node.id)) ?? []) {
      roles.set(agent, (roles.get(agent) ?? new Set<string>()).add(role));
    }
    for (const [agent, held] of roles) put(agent, node, [...held].sort());
    if (roles.size === 0) put(null, node, []);
  }
  return {
    root: answer.root,
    byOwner: [...groups].sort(([a, left], [b, right]) => inGroupOrder(a, left.length, b, right.length)).map(toGroup),
    assetCount: affected.length,
    total: answer.downstream,
    truncated: answer.truncated,
    truncatedBecause: answer.truncatedBecause,
    moment: answer.moment,
  };
}

function assetOf(id: NodeId): NodeId {
  return kindOf(id) === 'FIELD' ? datasetOf(id) : id;
}

function toGroup([owner, assets]: readonly [NodeId | null, readonly ImpactedAsset[]]): OwnerGroup {
  return { owner, assets, nearest: assets[0]?.distance ?? 0 };
}

/** Unowned first, then by how much is affected, then by id. */
export function inGroupOrder(a: NodeId | null, sizeA: number, b: NodeId | null, sizeB: number): number {
  if (a === null || b === null) return a === null ? -1 : 1;
  return sizeB - sizeA || (a < b ? -1 : 1);
}
