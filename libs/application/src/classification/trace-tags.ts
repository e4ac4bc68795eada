import {
  tagsCarriedTo,
  type CarriedTag,
  type TagMoment,
  type TagPorts,
} from '@headwater/domain/classification/tag-lineage';
import { reachOfField, reachOfTag, type PlacePage, type TagReach } from '@headwater/domain/classification/tag-reach';
import { kindOf, type NodeId } from '@headwater/domain/identifiers';
import type { LineageRoots } from '@headwater/domain/lineage-roots';
import { decodeCursor, encodeCursor } from '@headwater/domain/page';
import type { Clock, LineageGraph } from '@headwater/domain/ports';
import { LATEST, type ReadTime } from '@headwater/domain/reading/read-time';
import type { Micros } from '@headwater/domain/time';
import type { Veil } from '@headwater/domain/traversal/hide-lineage';
import type { Moment } from '@headwater/domain/traversal/lineage-answer';
import { fixMoment } from '@headwater/domain/traversal/moment';
import { resolveRoot } from '@headwater/domain/traversal/resolve-root';
import { refuseFaults, textFault } from '../access/access-parts.js';
import { InputFaults, readRoot } from '../lineage/lineage-input.js';

export interface ReachRequest {
  readonly asOf?: Micros | null | undefined;
  readonly knownAt?: Micros | null | undefined;
  readonly maxNodes?: number | null | undefined;
  readonly after?: string | null | undefined;
}

export interface TagReachRequest extends ReachRequest {
  readonly tag: string;
}

export interface FieldReachRequest extends ReachRequest {
  readonly field: string;
}

export interface ReachAnswer extends TagReach {
  /** Where to go on; null at the end. */
  readonly endCursor: string | null;
  readonly moment: Moment;
}

export interface TraceTagsPorts extends TagPorts {
  readonly graph: LineageGraph;
  readonly roots: LineageRoots;
  readonly clock: Clock;
}

const CURSOR = 'tag-reach';
const MOST_PLACES = 1_000;

/** Where tags and values get to along the lineage of fields. */
export class TraceTags {
  constructor(private readonly ports: TraceTagsPorts) {}

  /** The tags that came to each field; fields that none came to may be absent. */
  async carriedTo(fields: readonly NodeId[], time: ReadTime): Promise<ReadonlyMap<NodeId, readonly CarriedTag[]>> {
    const { knownAt: edgesKnownAt } = await this.#moment({ asOf: time.at, knownAt: time.knownAt });
    return tagsCarriedTo(this.ports, fields, { ...time, edgesKnownAt });
  }

  /** Throws INVALID_INPUT, LIMIT_EXCEEDED, UNAVAILABLE when a store is away. A tag that nothing has is nowhere. */
  async ofTag(request: TagReachRequest, veil: Veil | null): Promise<ReachAnswer> {
    refuseFaults('The request cannot be answered', textFault('/tag', request.tag));
    const page = pageOf(request);
    const moment = await this.#moment(request);
    return answerOf(await reachOfTag(this.ports, request.tag, timeOf(request, moment), page, veil), moment);
  }

  /** Null for an unknown field. Throws as {@link ofTag}. */
  async ofField(request: FieldReachRequest, veil: Veil | null): Promise<ReachAnswer | null> {
    const page = pageOf(request);
    const id = await readRoot(this.ports.roots, request.field, '/field');
    new InputFaults()
      .require(id !== null && kindOf(id) === 'FIELD', '/field', 'give the NodeId of a field')
      .throwIfAny();
    const moment = await this.#moment(request);
    const root = id === null ? null : await resolveRoot(this.ports, id, 'FIELD', moment);
    if (root === null) return null;
    return answerOf(await reachOfField(this.ports, root.node.id, timeOf(request, moment), page, veil), moment);
  }

  #moment({ asOf, knownAt }: ReachRequest): Promise<Moment> {
    return fixMoment(this.ports, { asOf: asOf ?? undefined, knownAt: knownAt ?? undefined });
  }
}

function pageOf({ maxNodes, after }: ReachRequest): PlacePage {
  const most = maxNodes ?? MOST_PLACES;
  new InputFaults().maxNodes(most).throwIfAny();
  if (after === undefined || after === null) return { most, after: null };
  const [distance, node, tag] = decodeCursor(CURSOR, after, ['number', 'string', 'string']);
  return { most, after: { distance: Number(distance), node: String(node) as NodeId, tag: tag as string | null } };
}

function answerOf(reach: TagReach, moment: Moment): ReachAnswer {
  const last = reach.places.at(-1);
  const endCursor =
    reach.hasMore && last !== undefined ? encodeCursor(CURSOR, [last.distance, last.node, last.tag]) : null;
  return { ...reach, endCursor, moment };
}

/** An edit counts from when it is readable, also where the graph is a moment behind. */
function timeOf(request: ReachRequest, { valid, knownAt: edgesKnownAt }: Moment): TagMoment {
  return { at: 'at' in valid ? valid.at : valid.to - 1, knownAt: request.knownAt ?? LATEST, edgesKnownAt };
}
