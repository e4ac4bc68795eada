import { isHiddenId } from '../access/sight.js';
import type { FactRow } from '../catalog.js';
import { HeadwaterError } from '../errors.js';
import { kindOf, type NodeId } from '../identifiers.js';
import type { LineageGraph } from '../ports.js';
import type { ReadTime } from '../reading/read-time.js';
import type { DefinitionReader, FactReader } from '../reading/schema-reader.js';
import type { Micros } from '../time.js';
import type { Veil } from '../traversal/hide-lineage.js';
import { stopOn, type Carriage } from './carriage.js';
import { TagCarriage } from './tag-rules.js';
import { TagSpread, type FieldEdge, type TagStop } from './tag-spread.js';

export interface TagPorts {
  readonly graph: Pick<LineageGraph, 'expand' | 'canonical'>;
  readonly catalog: FactReader & Pick<DefinitionReader, 'definitionsOf'>;
}

/** A moment of facts, and of edges: what is known of these may be bounded by a checkpoint, so that no batch shows in part. */
export interface TagMoment extends ReadTime {
  readonly edgesKnownAt: Micros;
}

/** A tag that came to a field along its lineage. */
export interface CarriedTag {
  /** As in a FactRow: `key` or `key=value`. */
  readonly tag: string;
  /** The assignment that it comes from, of the field at the beginning of `via`. */
  readonly origin: FactRow;
  /** Fields from where it was put to where it came, both included: the shortest path, of several the smallest by id. */
  readonly via: readonly NodeId[];
  /** Since when the assignment and every edge of `via` hold. */
  readonly since: Micros;
}

/** One place that a tag is in; or, where no tag was asked about, that values get to. */
export interface TagPlace {
  readonly node: NodeId;
  /** Hops from where it was put; 0: it was put there. */
  readonly distance: number;
  readonly tag: string | null;
  /** As of a {@link CarriedTag}; where it was put, the node alone. */
  readonly via: readonly NodeId[];
  readonly since: Micros | null;
  readonly origin: FactRow | null;
}

export type PlaceKey = Pick<TagPlace, 'distance' | 'node' | 'tag'>;

/** Places behind one of an earlier answer; null: from the first on. */
export interface PlacePage {
  readonly most: number;
  readonly after: PlaceKey | null;
}

export interface ReachStop extends TagStop {
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

/** One trip asks for the edges of so many fields. */
const TRIP_FIELDS = 1_000;
const TRIP_EDGES = 50_000;
/** No answer follows more edges than these: it would hold them all. */
const MOST_EDGES = 2_000_000;

/**
 * The tags that came to fields along edges that hold at `time`, by tag; what was put on a field itself is not among them.
 * Ids may be those of any name of merged datasets. In as many trips as the longest way back has hops.
 * Throws LIMIT_EXCEEDED where there are more than two million edges behind them.
 */
export async function tagsCarriedTo(
  ports: TagPorts,
  fields: readonly NodeId[],
  time: TagMoment,
): Promise<ReadonlyMap<NodeId, readonly CarriedTag[]>> {
  const canonical = await ports.graph.canonical(fields, time.edgesKnownAt);
  const carriage = await carriageAt(ports, time);
  const upstream = await edgesUpstream(ports, new Set(canonical.values()), carriage.widest, time);
  const behind = new Set(upstream.flatMap(({ from, to }) => [from, to]));
  if (behind.size === 0) return new Map();
  const facts = await ports.catalog.facts([...behind], ['TAG', 'NOT_TAG'], time);
  const leaving = grouped(upstream, ({ from }) => from);
  const found = new Map<NodeId, CarriedTag[]>();
  for (const [tag, { sources, barred }] of placesOf(facts)) {
    if (sources.size === 0) continue;
    const spread = new TagSpread(sources.keys(), carriage.of(tag), (node) => barred.has(node));
    while (spread.frontier.length > 0) spread.step(spread.frontier.flatMap((node) => leaving.get(node) ?? []));
    for (const field of fields) {
      const at = canonical.get(field) ?? field;
      if ((spread.distanceTo(at) ?? 0) === 0) continue;
      const { via, since } = spread.pathTo(at);
      const origin = sources.get(via[0] ?? at);
      if (origin === undefined) continue;
      const carried = { tag, origin, via, since: Math.max(since, origin.validFrom) };
      found.set(field, [...(found.get(field) ?? []), carried]);
    }
  }
  for (const carried of found.values()) carried.sort((a, b) => (a.tag < b.tag ? -1 : 1));
  return found;
}

/**
 * Everything that has a tag at `time`: what it was put on (assets too) and the fields it came to. A bare key stands for
 * each of its values, one place for each. `veil`: what the caller may see; the rest comes out opaque, null sees all.
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
  for (const [value, held] of placesOf(byNode)) walks.push(await walk(ports, value, held, carriage.of(value), time));
  return toReach(walks, page, veil);
}

/** Everywhere that a tag which no rule names would get to from a field at `time`; the field itself at distance 0. */
export async function reachOfField(
  ports: TagPorts,
  field: NodeId,
  time: TagMoment,
  page: PlacePage,
  veil: Veil | null,
): Promise<TagReach> {
  const held = { sources: new Map([[field, null]]), barred: new Map<NodeId, FactRow>() };
  const { usual } = await carriageAt(ports, time);
  return toReach([await walk(ports, null, held, usual, time)], page, veil);
}

/** A tag that came to a field, for a caller who may not see all of its way. */
export function hideInCarriedTag(carried: CarriedTag, veil: Veil): CarriedTag {
  const via = carried.via.map((id) => shownId(id, veil));
  return { ...carried, via, origin: shownFact(carried.origin, via[0], veil) };
}

function shownId(id: NodeId, veil: Veil | null): NodeId {
  return veil === null || veil.sees(id) ? id : veil.hiddenId(id);
}

/** Who put it there is told with what it was put on, or not at all; where in the log that was tells nothing of either. */
function shownFact(fact: FactRow, node: NodeId | undefined, veil: Veil | null): FactRow {
  if (node !== undefined && isHiddenId(node)) return { ...fact, nodeId: node, producer: null, detail: null };
  return veil === null || veil.sees(fact.nodeId) ? fact : { ...fact, nodeId: node ?? veil.hiddenId(fact.nodeId) };
}

interface Held<Origin extends FactRow | null = FactRow> {
  /** What it was put on, with the strongest assignment. */
  readonly sources: ReadonlyMap<NodeId, Origin>;
  /** What somebody said not to have it. */
  readonly barred: ReadonlyMap<NodeId, FactRow>;
}

/** By tag; facts are given strongest first. */
function placesOf(facts: ReadonlyMap<NodeId, readonly FactRow[]>): ReadonlyMap<string, Held> {
  const places = new Map<string, { sources: Map<NodeId, FactRow>; barred: Map<NodeId, FactRow> }>();
  for (const [node, rows] of facts) {
    for (const row of rows) {
      const held = places.get(row.value) ?? { sources: new Map(), barred: new Map() };
      places.set(row.value, held);
      const of = row.kind === 'TAG' ? held.sources : held.barred;
      if (!of.has(node)) of.set(node, row);
    }
  }
  // Of merged datasets one name may have it and another not: it was put there.
  for (const { sources, barred } of places.values()) for (const node of sources.keys()) barred.delete(node);
  return places;
}

/** How one tag spread, or the values of one field. */
interface Walk {
  readonly tag: string | null;
  readonly held: Held<FactRow | null>;
  readonly spread: TagSpread;
}

async function walk(
  ports: TagPorts,
  tag: string | null,
  held: Held<FactRow | null>,
  carriage: Carriage,
  time: TagMoment,
): Promise<Walk> {
  const spread = new TagSpread(
    [...held.sources.keys()].filter((node) => kindOf(node) === 'FIELD'),
    carriage,
    (node) => held.barred.has(node),
  );
  let seen = 0;
  while (spread.frontier.length > 0) {
    const edges = await edgesOf(ports, spread.frontier, 'DOWNSTREAM', time);
    seen = counted(seen + edges.length);
    spread.step(edges);
  }
  return { tag, held, spread };
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
  const stops = walks.flatMap((one) => one.spread.stops.map((stop) => toStop(one, stop, veil)));
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

function toPlace({ id, walk: { spread, held }, node, distance, tag }: FoundPlace, veil: Veil | null): TagPlace {
  const path = spread.pathTo(id);
  const via = path.via.map((at) => shownId(at, veil));
  const fact = held.sources.get(path.via[0] ?? id) ?? null;
  return {
    ...{ node, distance, tag, via },
    since: fact === null ? null : Math.max(path.since, fact.validFrom),
    origin: fact === null ? null : shownFact(fact, via[0], veil),
  };
}

function toStop({ tag, held }: Walk, stop: TagStop, veil: Veil | null): ReachStop {
  const [from, to] = [shownId(stop.from, veil), shownId(stop.to, veil)];
  const isHidden = isHiddenId(from) || isHiddenId(to);
  const said = stop.because === 'NOT_HERE' ? (held.barred.get(stop.to) ?? null) : null;
  return {
    ...{ from, to, tag, because: stop.because },
    transformations: isHidden ? [] : stop.transformations,
    saidBy: said === null ? null : shownFact(said, to, veil),
  };
}

function nodesOf({ held, spread }: Walk): readonly { readonly node: NodeId; readonly distance: number }[] {
  const assets = [...held.sources.keys()].filter((id) => kindOf(id) !== 'FIELD');
  return [...assets.map((node) => ({ node, distance: 0 })), ...spread.reached];
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

function grouped<T, K>(items: readonly T[], keyOf: (item: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

/** The rules of the moment that is asked about. */
async function carriageAt({ catalog }: TagPorts, time: TagMoment): Promise<TagCarriage> {
  const [row] = await catalog.definitionsOf('TAG_RULES', time);
  return new TagCarriage(row?.body.rules ?? []);
}

/** All edges behind fields that some tag may have come along. */
async function edgesUpstream(
  ports: TagPorts,
  fields: ReadonlySet<NodeId>,
  widest: Carriage,
  time: TagMoment,
): Promise<FieldEdge[]> {
  const seen = new Set(fields);
  const found: FieldEdge[] = [];
  for (let frontier: readonly NodeId[] = [...fields].sort(); frontier.length > 0;) {
    const edges = await edgesOf(ports, frontier, 'UPSTREAM', time);
    const open = edges.filter(({ rows }) => stopOn(rows, widest) === null);
    found.push(...open);
    counted(found.length);
    const next = new Set(open.map(({ from }) => from).filter((node) => !seen.has(node)));
    for (const node of next) seen.add(node);
    frontier = [...next].sort();
  }
  return found;
}

function counted(edges: number): number {
  if (edges <= MOST_EDGES) return edges;
  throw new HeadwaterError(
    'LIMIT_EXCEEDED',
    `There are more than ${MOST_EDGES} edges between fields on the way: ask about one field or one tag at a time`,
    { reason: 'TAG_REACH' },
  );
}

async function edgesOf(
  ports: Pick<TagPorts, 'graph'>,
  nodes: readonly NodeId[],
  direction: 'UPSTREAM' | 'DOWNSTREAM',
  time: TagMoment,
  limit = TRIP_EDGES,
): Promise<readonly FieldEdge[]> {
  const found: FieldEdge[] = [];
  for (let at = 0; at < nodes.length; at += TRIP_FIELDS) {
    const part = nodes.slice(at, at + TRIP_FIELDS);
    const { edges, truncated } = await ports.graph.expand(
      part.map((node) => ({ node })),
      { direction, valid: { at: time.at }, knownAt: time.edgesKnownAt, kinds: ['DERIVED'], limit },
    );
    if (!truncated) found.push(...edges);
    else if (part.length === 1) found.push(...(await edgesOf(ports, part, direction, time, limit * 10)));
    else {
      const middle = Math.ceil(part.length / 2);
      for (const half of [part.slice(0, middle), part.slice(middle)])
        found.push(...(await edgesOf(ports, half, direction, time, limit)));
    }
  }
  return found;
}
