import { isHiddenId } from '../access/sight.js';
import type { FactRow } from '../catalog.js';
import type { Transformation } from '../graph.js';
import { kindOf, type NodeId } from '../identifiers.js';
import type { Veil } from '../traversal/hide-lineage.js';
import { distinctTransformations } from '../traversal/hops.js';
import { USUAL_CARRIAGE, type Carriage } from './carriage.js';
import { EdgeBudget, edgesOf } from './tag-edges.js';
import {
  carriageAt,
  grouped,
  placesOf,
  shownFact,
  shownId,
  spanOfFact,
  type Held,
  type TagMoment,
  type TagPorts,
} from './tag-lineage.js';
import { bothHold, TagSpread, type PathSpan, type TagStop } from './tag-spread.js';

/** One place that a tag is in; or, where no tag was asked about, that values get to. */
export interface TagPlace {
  readonly node: NodeId;
  /** Hops between fields, or between datasets, from where it was put; 0: it was put there. */
  readonly distance: number;
  readonly tag: string | null;
  /** As of a {@link CarriedTag}; where it was put, the node alone. */
  readonly via: readonly NodeId[];
  /** Null where no tag was asked about. */
  readonly span: PathSpan | null;
  readonly origin: FactRow | null;
}

export type PlaceKey = Pick<TagPlace, 'distance' | 'node' | 'tag'>;

/** Places behind one of an earlier answer; null: from the first on. */
export interface PlacePage {
  readonly most: number;
  readonly after: PlaceKey | null;
}

export interface ReachStop extends Omit<TagStop, 'rows'> {
  /** What is said of the values on the way, each once. */
  readonly transformations: readonly Transformation[];
  readonly tag: string | null;
  /** Who said NOT_HERE, and why ({@link FactRow.detail}). */
  readonly saidBy: FactRow | null;
}

/** Where something gets to, and what ends it on its way. */
export interface TagReach {
  /** By distance, what is hidden last, then by id, then by tag. */
  readonly places: readonly TagPlace[];
  readonly hasMore: boolean;
  readonly total: number;
  /** All of them, by where it comes from, then by where it does not get to, then by tag. */
  readonly stops: readonly ReachStop[];
}

/**
 * Everything that has a tag at `time`: what it was put on, the fields it came to, and the datasets where a rule sends it
 * along these. A bare key stands for each of its values, one place for each. `veil`: what the caller may see; the rest comes out opaque, null sees all.
 * Throws as {@link tagsCarriedTo}.
 */
export async function reachOfTag(
  ports: TagPorts,
  tag: string,
  time: TagMoment,
  page: PlacePage,
  veil: Veil | null,
): Promise<TagReach> {
  const rows = await ports.catalog.tagged(tag, time);
  const canonical = await ports.graph.canonical([...new Set(rows.map(({ nodeId }) => nodeId))], time.edgesKnownAt);
  const byNode = grouped(rows, ({ nodeId }) => canonical.get(nodeId) ?? nodeId);
  const walks: Walk[] = [];
  const carriage = await carriageAt(ports, time);
  const budget = new EdgeBudget();
  const ofDatasets = carriage.ofDatasets;
  for (const [value, held] of placesOf(byNode)) {
    const [fields, assets] = partOf(held);
    const ofAssets = ofDatasets?.of(value) ?? STAYS;
    walks.push({
      ...{ tag: value, held },
      spreads: [
        await spread(ports, fields, held, carriage.of(value), { time, budget }),
        await spread(ports, assets, held, ofAssets, { time, budget }),
      ],
    });
  }
  return toReach(walks, page, veil);
}

/** Everywhere that the values of a field get to by DIRECT, unmasked ways at `time`, whatever rules say of tags; the field itself at distance 0. */
export async function reachOfField(
  ports: TagPorts,
  field: NodeId,
  time: TagMoment,
  page: PlacePage,
  veil: Veil | null,
): Promise<TagReach> {
  const held = { sources: new Map([[field, null]]), barred: new Map<NodeId, FactRow>() };
  const asked = { time, budget: new EdgeBudget() };
  const spreads = [await spread(ports, [field], held, USUAL_CARRIAGE, asked)];
  return toReach([{ tag: null, held, spreads }], page, veil);
}

const STAYS: Carriage = { ...USUAL_CARRIAGE, isCarried: false };

/** How one tag spread, or the values of one field. */
interface Walk {
  readonly tag: string | null;
  readonly held: Held<FactRow | null>;
  /** Of fields, and of assets. */
  readonly spreads: readonly TagSpread[];
}

/** What a tag was put on: the fields, and the assets. A job passes on what it reads, and not what is said of itself. */
function partOf({ sources }: Held<FactRow | null>): readonly [fields: readonly NodeId[], assets: readonly NodeId[]] {
  const nodes = [...sources.keys()];
  return [nodes.filter((node) => kindOf(node) === 'FIELD'), nodes.filter((node) => kindOf(node) === 'DATASET')];
}

async function spread(
  ports: TagPorts,
  starts: readonly NodeId[],
  held: Held<FactRow | null>,
  carriage: Carriage,
  { time, budget }: { readonly time: TagMoment; readonly budget: EdgeBudget },
): Promise<TagSpread> {
  const found = new TagSpread(starts, carriage, (node) => held.barred.has(node));
  while (found.frontier.length > 0) found.step(await edgesOf(ports, found.frontier, 'DOWNSTREAM', time, budget));
  return found;
}

/**
 * Paths are long and places are many: only those of the page are looked up. A tag that is nowhere to be seen is not told
 * of: its name may be that of what is hidden.
 */
function toReach(found: readonly Walk[], { most, after }: PlacePage, veil: Veil | null): TagReach {
  const walks = found.filter((one) => veil === null || nodesOf(one).some(({ node }) => veil.sees(node)));
  const all = walks
    .flatMap((one) =>
      nodesOf(one).map(({ node: id, distance }) => ({
        id,
        node: shownId(id, veil),
        distance,
        tag: one.tag,
        walk: one,
      })),
    )
    .sort(comparePlaces);
  const behind = after === null ? all : all.filter((place) => comparePlaces(place, after) > 0);
  const stops = walks.flatMap((one) =>
    one.spreads.flatMap(({ stops }) => stops.map((stop) => toStop(one, stop, veil))),
  );
  return {
    places: behind.slice(0, most).map((place) => toPlace(place, veil)),
    hasMore: behind.length > most,
    total: all.length,
    stops: stops.sort(
      (a, b) => compareIds(a.from, b.from) || compareIds(a.to, b.to) || compareText(a.tag ?? '', b.tag ?? ''),
    ),
  };
}

interface FoundPlace extends PlaceKey {
  /** The node, where `node` may be what stands for it. */
  readonly id: NodeId;
  readonly walk: Walk;
}

function toPlace({ id, walk: { spreads, held }, node, distance, tag }: FoundPlace, veil: Veil | null): TagPlace {
  const path = spreads.find((one) => one.distanceTo(id) !== undefined)?.pathTo(id) ?? unmoved(id);
  const via = path.via.map((at) => shownId(at, veil));
  const fact = held.sources.get(path.via[0] ?? id) ?? null;
  return {
    ...{ node, distance, tag, via },
    span: fact === null ? null : bothHold(path.span, spanOfFact(fact)),
    origin: fact === null ? null : shownFact(fact, via[0], veil),
  };
}

/** What hidden jobs say, and what is said under hidden names, is left out. */
function toStop({ tag, held }: Walk, stop: TagStop, veil: Veil | null): ReachStop {
  const [from, to] = [shownId(stop.from, veil), shownId(stop.to, veil)];
  const isHidden = isHiddenId(from) || isHiddenId(to);
  const said = stop.because === 'NOT_HERE' ? (held.barred.get(stop.to) ?? null) : null;
  const rows = stop.rows.filter(
    (row) => veil === null || [row.from, row.to, row.job ?? row.from].every((id) => veil.sees(id)),
  );
  return {
    ...{ from, to, tag, because: stop.because },
    transformations: isHidden ? [] : distinctTransformations([{ rows }]),
    saidBy: said === null ? null : shownFact(said, to, veil),
  };
}

function nodesOf({ held, spreads }: Walk): readonly { readonly node: NodeId; readonly distance: number }[] {
  const spreading = new Set(partOf(held).flat());
  const others = [...held.sources.keys()].filter((id) => !spreading.has(id));
  return [...others.map((node) => ({ node, distance: 0 })), ...spreads.flatMap(({ reached }) => reached)];
}

function unmoved(id: NodeId): ReturnType<TagSpread['pathTo']> {
  return { via: [id], span: { since: -Infinity, until: null } };
}

/** The place of what is hidden tells nothing of its name. */
function comparePlaces(a: PlaceKey, b: PlaceKey): number {
  return a.distance - b.distance || compareIds(a.node, b.node) || compareText(a.tag ?? '', b.tag ?? '');
}

function compareIds(a: NodeId, b: NodeId): number {
  return Number(isHiddenId(a)) - Number(isHiddenId(b)) || compareText(a, b);
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
