import {
  carriageAt,
  tagsCarriedTo,
  tagsCarriedToDatasets,
  type CarriedTag,
  type TagMoment,
} from '@headwater/domain/classification/tag-lineage';
import {
  reachOfField,
  reachOfTag,
  type PlacePage,
  type ReachPorts,
  type TagReach,
} from '@headwater/domain/classification/tag-reach';
import { coded, HeadwaterError } from '@headwater/domain/errors';
import { hash128, kindOf, type NodeId } from '@headwater/domain/identifiers';
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

export interface TraceTagsPorts extends ReachPorts {
  readonly graph: LineageGraph;
  readonly roots: LineageRoots;
  readonly clock: Clock;
}

const CURSOR = 'tag-reach';
const MOST_PLACES = 1_000;

/** Where tags and values get to along the lineage of fields, and tags along that of datasets where rules say so. */
export class TraceTags {
  constructor(private readonly ports: TraceTagsPorts) {}

  /**
   * The tags that came to each field or dataset; those that none came to may be absent. `seen` leaves those that may be
   * asked about. For datasets without a rule that sends tags along them no graph is asked.
   */
  async carriedTo(
    nodes: readonly NodeId[],
    time: ReadTime,
    seen: (nodes: readonly NodeId[]) => Promise<readonly NodeId[]> = (all) => Promise.resolve(all),
  ): Promise<ReadonlyMap<NodeId, readonly CarriedTag[]>> {
    const isDataset = (node: NodeId): boolean => kindOf(node) === 'DATASET';
    const ofDatasets = nodes.some(isDataset) ? (await carriageAt(this.ports, time)).ofDatasets : null;
    const asked = ofDatasets === null ? nodes.filter((node) => !isDataset(node)) : nodes;
    if (asked.length === 0) return new Map();
    const open = await seen(asked);
    const { knownAt: edgesKnownAt } = await this.#moment({ asOf: time.at, knownAt: time.knownAt });
    const moment = { ...time, edgesKnownAt };
    const [datasets, fields] = [open.filter(isDataset), open.filter((node) => !isDataset(node))];
    const found = await Promise.all([
      fields.length === 0 ? [] : tagsCarriedTo(this.ports, fields, moment),
      datasets.length === 0 || ofDatasets === null
        ? []
        : tagsCarriedToDatasets(this.ports, datasets, ofDatasets, moment),
    ]);
    return new Map(found.flatMap((part) => [...part]));
  }

  /** Throws INVALID_INPUT, LIMIT_EXCEEDED, UNAVAILABLE when a store is away. A tag that nothing has is nowhere. */
  async ofTag(request: TagReachRequest, veil: Veil | null): Promise<ReachAnswer> {
    refuseFaults('The request cannot be answered', textFault('/tag', request.tag));
    const asked = await this.#asked(request, `tag ${request.tag}`);
    return answerOf(await reachOfTag(this.ports, request.tag, asked.time, asked.page, veil), asked);
  }

  /** Null for an unknown field. Throws as {@link ofTag}. */
  async ofField(request: FieldReachRequest, veil: Veil | null): Promise<ReachAnswer | null> {
    const id = await readRoot(this.ports.roots, request.field, '/field');
    new InputFaults()
      .require(
        id !== null && kindOf(id) === 'FIELD',
        '/field',
        coded('NOT_AN_ID', 'give the NodeId of a field', { kind: 'FIELD' }),
      )
      .throwIfAny();
    const asked = await this.#asked(request, `field ${request.field}`);
    const root = id === null ? null : await resolveRoot(this.ports, id, 'FIELD', asked.moment);
    if (root === null) return null;
    return answerOf(await reachOfField(this.ports, root.node.id, asked.time, asked.page, veil), asked);
  }

  /** What follows a page is of the moment of the first one, so that pages fit together. */
  async #asked({ maxNodes, after, asOf, knownAt }: ReachRequest, about: string): Promise<Asked> {
    const most = maxNodes ?? MOST_PLACES;
    new InputFaults().maxNodes(most).throwIfAny();
    const question = hash128(JSON.stringify([about, asOf ?? null, knownAt ?? null]));
    if (after !== undefined && after !== null) return askedBehind(after, question, most);
    const moment = await this.#moment({ asOf, knownAt });
    const time = { at: momentAt(moment), knownAt: knownAt ?? LATEST, edgesKnownAt: moment.knownAt };
    return { question, moment, time, page: { most, after: null } };
  }

  #moment({ asOf, knownAt }: ReachRequest): Promise<Moment> {
    return fixMoment(this.ports, { asOf: asOf ?? undefined, knownAt: knownAt ?? undefined });
  }
}

interface Asked {
  readonly question: string;
  readonly moment: Moment;
  /** An edit counts from when it is readable, also where the graph is a moment behind. */
  readonly time: TagMoment;
  readonly page: PlacePage;
}

function askedBehind(after: string, question: string, most: number): Asked {
  const [of, distance, node, tag, ...times] = decodeCursor(CURSOR, after, [
    ...(['string', 'number', 'string', 'string'] as const),
    ...(['number', 'number', 'number', 'number'] as const),
  ]);
  if (of !== question || !times.every(Number.isSafeInteger))
    throw new HeadwaterError('INVALID_INPUT', '`after` is of another question: pass an endCursor of the same one', {
      reason: 'CURSOR',
    });
  const [at = 0, knownAt = 0, edgesKnownAt = 0, position = 0] = times.map(Number);
  return {
    question,
    moment: { valid: { at }, knownAt: edgesKnownAt, position },
    time: { at, knownAt, edgesKnownAt },
    page: { most, after: { distance: Number(distance), node: String(node) as NodeId, tag: tag as string | null } },
  };
}

function answerOf(reach: TagReach, { question, moment, time }: Asked): ReachAnswer {
  const last = reach.places.at(-1);
  const { at, knownAt, edgesKnownAt } = time;
  const endCursor =
    reach.hasMore && last !== undefined
      ? encodeCursor(CURSOR, [
          ...[question, last.distance, last.node, last.tag],
          ...[at, knownAt, edgesKnownAt, moment.position],
        ])
      : null;
  return { ...reach, endCursor, moment };
}

function momentAt({ valid }: Moment): Micros {
  return 'at' in valid ? valid.at : valid.to - 1;
}
