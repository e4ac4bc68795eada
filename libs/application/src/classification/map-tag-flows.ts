import { mapFlows, type FlowMap, type FlowPlace } from '@headwater/domain/classification/tag-flows';
import { goneFields, tellable, walksOfTag, type ReachPorts } from '@headwater/domain/classification/tag-reach';
import type { TagPorts } from '@headwater/domain/classification/tag-lineage';
import { coded } from '@headwater/domain/errors';
import { upwards, type DomainRow } from '@headwater/domain/governance/definition';
import { datasetOf, kindOf, parseNodeId, type NodeId } from '@headwater/domain/identifiers';
import type { Clock, LineageGraph } from '@headwater/domain/ports';
import type { ReadTime } from '@headwater/domain/reading/read-time';
import type { DefinitionReader, FactReader } from '@headwater/domain/reading/schema-reader';
import type { Veil } from '@headwater/domain/traversal/hide-lineage';
import { fixMoment } from '@headwater/domain/traversal/moment';
import { refuseFaults, textFault } from '../access/access-parts.js';
import { InputFaults } from '../lineage/lineage-input.js';

export interface TagFlowRequest {
  readonly tag: string;
  readonly by: 'DOMAIN' | 'NAMESPACE';
  /** Ids of places whose datasets stand for themselves. */
  readonly open: readonly string[];
  readonly most: number;
  readonly time: ReadTime;
}

export interface TagFlows extends FlowMap {
  /** Of the log, that the graph stood at. */
  readonly position: number;
}

export interface TagFlowPorts extends TagPorts {
  readonly graph: LineageGraph;
  readonly catalog: ReachPorts['catalog'] & Pick<FactReader, 'placed'> & Pick<DefinitionReader, 'definitionsOf'>;
  readonly clock: Clock;
}

const MOST_PLACES = 60;
const MOST_OPEN = 10;
const NO_DOMAIN: FlowPlace = { id: 'none', kind: 'NO_DOMAIN' };
const HIDDEN: FlowPlace = { id: 'hidden', kind: 'HIDDEN' };

/** The way of a tag from where it was put to where it ends, by domain or by namespace. */
export class MapTagFlows {
  constructor(private readonly ports: TagFlowPorts) {}

  /**
   * What the caller may not see is one place, HIDDEN. Throws INVALID_INPUT, LIMIT_EXCEEDED as `tagsCarriedTo` does,
   * UNAVAILABLE when a store is away. The map of a tag that nothing has is empty.
   */
  async execute({ tag, by, open, most, time }: TagFlowRequest, veil: Veil | null): Promise<TagFlows> {
    refuseFaults('The request cannot be answered', textFault('/tag', tag));
    const fewest = coded('COUNT_BETWEEN', `give 1 to ${MOST_PLACES}`, { least: 1, most: MOST_PLACES });
    const tooMany = coded('TOO_MANY', `open at most ${MOST_OPEN} places`, { most: MOST_OPEN });
    const noPlace = coded('NOT_AN_ID', 'give ids of places of this map: of domains or namespaces, or none', {
      kind: 'PLACE',
    });
    new InputFaults()
      .require(Number.isInteger(most) && most >= 1 && most <= MOST_PLACES, '/most', fewest)
      .require(open.length <= MOST_OPEN, '/open', tooMany)
      .require(open.every(isOfPlace), '/open', noPlace)
      .throwIfAny();
    const { knownAt: edgesKnownAt, position } = await fixMoment(this.ports, { asOf: time.at, knownAt: time.knownAt });
    const walks = tellable(await walksOfTag(this.ports, tag, { ...time, edgesKnownAt }, true), veil);
    const domains = await this.ports.catalog.definitionsOf('DOMAIN', time);
    const domainOf = await this.#domains(time, edgesKnownAt, domains);
    const external = externalOf(domains);
    const opened = new Set(open);
    const seenAsset = (node: NodeId): NodeId | null => {
      const asset = kindOf(node) === 'FIELD' ? datasetOf(node) : node;
      return veil === null || (veil.sees(node) && veil.sees(asset)) ? asset : null;
    };
    const gone = await goneFields(this.ports, walks, { ...time, edgesKnownAt });
    const ground = {
      isGone: (node: NodeId): boolean => gone.has(node),
      placeOf(node: NodeId): FlowPlace {
        const asset = seenAsset(node);
        if (asset === null) return HIDDEN;
        const place = by === 'DOMAIN' ? placeIn(domainOf.get(asset)) : namespaceOf(asset);
        return opened.has(place.id) ? { id: asset, kind: 'DATASET' } : place;
      },
      isOutside(node: NodeId): boolean {
        const asset = seenAsset(node);
        return asset !== null && external.has(domainOf.get(asset) ?? asset);
      },
    };
    return { ...mapFlows(walks, ground, most), position };
  }

  /** The domain of each asset that is in one, by canonical id. */
  async #domains(
    time: ReadTime,
    edgesKnownAt: number,
    domains: readonly DomainRow[],
  ): Promise<ReadonlyMap<NodeId, NodeId>> {
    const known = new Set(domains.map(({ id }) => id));
    const placed = await this.ports.catalog.placed(time);
    const canonical = await this.ports.graph.canonical([...new Set(placed.map(({ nodeId }) => nodeId))], edgesKnownAt);
    const found = new Map<NodeId, NodeId>();
    // The strongest fact comes first.
    for (const { nodeId, value } of placed) {
      const asset = canonical.get(nodeId) ?? nodeId;
      if (!found.has(asset) && known.has(value as NodeId)) found.set(asset, value as NodeId);
    }
    return found;
  }
}

/** Domains that are outside the organization, or part of one that is. */
function externalOf(domains: readonly DomainRow[]): ReadonlySet<NodeId> {
  const byId = new Map(domains.map(({ id, body }) => [id, body]));
  const isExternal = ({ id }: DomainRow): boolean =>
    upwards(id, (one) => byId.get(one)?.parent).some((one) => byId.get(one)?.isExternal === true);
  return new Set(domains.filter(isExternal).map(({ id }) => id));
}

/** Whether a place could have this id. */
function isOfPlace(id: string): boolean {
  return id === NO_DOMAIN.id || parseNodeId(id)?.kind === 'DOMAIN' || /^namespace:[^:]+$/.test(id);
}

function placeIn(domain: NodeId | undefined): FlowPlace {
  return domain === undefined ? NO_DOMAIN : { id: domain, kind: 'DOMAIN' };
}

function namespaceOf(asset: NodeId): FlowPlace {
  const [namespace = ''] = parseNodeId(asset)?.segments ?? [];
  return { id: `namespace:${encodeURIComponent(namespace)}`, kind: 'NAMESPACE' };
}
