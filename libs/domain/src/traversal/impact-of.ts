import { datasetOf, kindOf, type NodeId } from '../identifiers.js';
import type { OwnersOf } from '../lineage-roots.js';
import {
  DEFAULT_BUDGET,
  type LineageNode,
  type Moment,
  type MomentRequest,
  type Side,
  type ReachCount,
  type TraversalBudget,
  type TraversalPorts,
  type TruncationReason,
} from './lineage-answer.js';
import { walkLineage } from './walk-lineage.js';

export interface ImpactRequest extends MomentRequest {
  readonly root: NodeId;
  readonly side: Side;
  readonly maxNodes: number;
}

export interface ImpactPorts extends TraversalPorts {
  readonly owners: OwnersOf;
}

export interface ImpactedAsset {
  readonly node: LineageNode;
  /** Hops from the root: single edges. */
  readonly distance: number;
  /** What the group's owner is to it, sorted; empty in the group of unowned assets, and of domains. */
  readonly roles: readonly string[];
}

/**
 * Everything reached for which one agent answers, or that is in one domain. An asset with several owners stands in each
 * of their groups.
 */
export interface ImpactGroup {
  /** The agent or the domain. Null: there is none for these, or the group is hidden. */
  readonly of: NodeId | null;
  /** Set where these are what the caller may not see, whoever answers for them. */
  readonly hidden?: boolean;
  /** Nearest first. */
  readonly assets: readonly ImpactedAsset[];
  readonly nearest: number;
}

/** Everything on one side of a root. A group of what has no owner, or no domain, comes first: it needs attention. */
export interface Impact {
  readonly root: LineageNode;
  readonly byOwner: readonly ImpactGroup[];
  readonly byDomain: readonly ImpactGroup[];
  /** Assets that this answer holds. */
  readonly assetCount: number;
  /** How many there are in all. */
  readonly total: ReachCount;
  readonly truncated: boolean;
  readonly truncatedBecause: TruncationReason | null;
  readonly moment: Moment;
}

/**
 * Everything downstream or upstream of a root at any depth, nearest first up to `maxNodes`, grouped by who answers for it and by
 * domain. A field as root follows fields, and the owners of their datasets answer. Null when the root is unknown.
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
      direction: request.side,
      granularity: kindOf(request.root) === 'FIELD' ? 'FIELD' : 'JOB',
      depth: Infinity,
      // The root and the fields that stand for it are not reached from themselves.
      maxNodes: request.maxNodes + 1,
      counts: [request.side],
      openEnds: false,
    },
    budget,
  );
  if (answer === null) return null;
  const reached = answer.nodes.filter(({ depth }) => depth > 0);
  const { valid, knownAt } = answer.moment;
  const time = { at: 'at' in valid ? valid.at : valid.to - 1, knownAt };
  const owned = [...new Set(reached.map(({ id }) => assetOf(id)))];
  const [owners, domains] = await Promise.all([
    ports.owners.ownersOf(owned, time),
    ports.owners.domainsOf(owned, time),
  ]);
  const byOwner = new Groups();
  const byDomain = new Groups();
  for (const node of reached) {
    const asset = assetOf(node.id);
    const roles = new Map<NodeId, Set<string>>();
    for (const { agent, role } of owners.get(asset) ?? []) {
      roles.set(agent, (roles.get(agent) ?? new Set<string>()).add(role));
    }
    for (const [agent, held] of roles) byOwner.put(agent, node, [...held].sort());
    if (roles.size === 0) byOwner.put(null, node, []);
    byDomain.put(domains.get(asset) ?? null, node, []);
  }
  return {
    root: answer.root,
    byOwner: byOwner.list(),
    byDomain: byDomain.list(),
    assetCount: reached.length,
    total: request.side === 'DOWNSTREAM' ? answer.downstream : answer.upstream,
    truncated: answer.truncated,
    truncatedBecause: answer.truncatedBecause,
    moment: answer.moment,
  };
}

function assetOf(id: NodeId): NodeId {
  return kindOf(id) === 'FIELD' ? datasetOf(id) : id;
}

/** Assets by what they are grouped by. */
class Groups {
  readonly #assets = new Map<NodeId | null, ImpactedAsset[]>();

  put(of: NodeId | null, node: LineageNode, roles: readonly string[]): void {
    const asset = { node, distance: node.depth, roles };
    const group = this.#assets.get(of);
    if (group === undefined) this.#assets.set(of, [asset]);
    else group.push(asset);
  }

  list(): readonly ImpactGroup[] {
    const groups = [...this.#assets].map(([of, assets]) => ({ of, assets, nearest: assets[0]?.distance ?? 0 }));
    return groups.sort(inGroupOrder);
  }
}

/** What has none first, then by how much there is, then by id. */
export function inGroupOrder(a: ImpactGroup, b: ImpactGroup): number {
  if (a.of === null || b.of === null) return a.of === null ? -1 : 1;
  return b.assets.length - a.assets.length || (a.of < b.of ? -1 : 1);
}
