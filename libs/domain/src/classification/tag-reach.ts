import type { SchemaReader } from '../reading/schema-reader.js';
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

/** Of what a reach is told. */
export interface ReachPorts extends TagPorts {
  readonly catalog: TagPorts['catalog'] & Pick<SchemaReader, 'fields'>;
}

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
 * along these. A bare key stands for each of its values, one place for each. Fields that were gone by then are no places, though values
 * came by way of them. `veil`: what the caller may see; the rest comes out opaque, null sees all.
 * Throws as {@link tagsCarriedTo}.
 */
export async function reachOfTag(
  ports: ReachPorts,
  tag: string,
  time: TagMoment,
  page: PlacePage,
  veil: Veil | null,
): Promise<TagReach> {
  const walks = await walksOfTag(ports, tag, time);
  return toReach(walks, await goneFields(ports, walks, time), page, veil);
}

/** How a tag, or each value of a bare key, spread at `time` over the whole graph. Throws as {@link tagsCarriedTo}. */
export async function walksOfTag(
  ports: TagPorts,
  tag: string,
  time: TagMoment,
  keepsWays = false,
): Promise<readonly TagWalk[]> {
  const rows = await ports.catalog.tagged(tag, time);
  const canonical = await ports.graph.canonical([...new Set(rows.map(({ nodeId }) => nodeId))], time.edgesKnownAt);
  const byNode = grouped(rows, ({ nodeId }) => canonical.get(nodeId) ?? nodeId);
  const walks: TagWalk[] = [];
  const carriage = await carriageAt(ports, time);
  const budget = new EdgeBudget();
  const ofDatasets = carriage.ofDatasets;
  for (const [value, held] of placesOf(byNode)) {
    const spread = spreadOf(held, 'FIELD', carriage.of(value), keepsWays);
    const datasets = ofDatasets === null ? null : spreadOf(held, 'DATASET', ofDatasets.of(value));
    for (const one of datasets === null ? [spread] : [spread, datasets]) await walk(ports, one, time, budget);
    walks.push({ tag: value, held, spread, datasets });
  }
  return walks;
}

/** The walks of which something may be seen: the name of a tag may be that of what is hidden. */
export function tellable(walks: readonly TagWalk[], veil: Veil | null): readonly TagWalk[] {
  return walks.filter((one) => veil === null || nodesOf(one).some(({ node }) => veil.sees(node)));
}

/** Everywhere that the values of a field get to by DIRECT, unmasked ways at `time`, whatever rules say of tags; the field itself at distance 0. Fields that were gone by then are no places. */
export async function reachOfField(
  ports: ReachPorts,
  field: NodeId,
  time: TagMoment,
  page: PlacePage,
  veil: Veil | null,
): Promise<TagReach> {
  const held = { sources: new Map([[field, null]]), barred: new Map<NodeId, FactRow>() };
  const spread = spreadOf(held, 'FIELD', USUAL_CARRIAGE);
  await walk(ports, spread, time, new EdgeBudget());
  const walks = [{ tag: null, held, spread, datasets: null }];
  return toReach(walks, await goneFields(ports, walks, time), page, veil);
}

/** How one tag spread, or the values of one field. */
export interface TagWalk {
  readonly tag: string | null;
  readonly held: Held<FactRow | null>;
  /** Of fields. */
  readonly spread: TagSpread;
  /** Null where no rule sends any tag along datasets. */
  readonly datasets: TagSpread | null;
}

/** From what of a kind a tag was put on. A job passes on what it reads, and not what is said of itself. */
function spreadOf(
  { sources, barred }: Held<FactRow | null>,
  kind: 'FIELD' | 'DATASET',
  carriage: Carriage,
  keepsWays = false,
): TagSpread {
  const starts = [...sources.keys()].filter((node) => kindOf(node) === kind);
  return new TagSpread(starts, carriage, (node) => barred.has(node), keepsWays);
}

async function walk(ports: TagPorts, spread: TagSpread, time: TagMoment, budget: EdgeBudget): Promise<void> {
  while (spread.frontier.length > 0) spread.step(await edgesOf(ports, spread.frontier, 'DOWNSTREAM', time, budget));
}

/** Fields whose datasets had them no more at that time. */
export async function goneFields(
  { catalog }: Pick<ReachPorts, 'catalog'>,
  walks: readonly TagWalk[],
  { at }: TagMoment,
): Promise<ReadonlySet<NodeId>> {
  const ids = walks.flatMap((one) => nodesOf(one).map(({ node }) => node));
  const fields = await catalog.fields([...new Set(ids.filter((id) => kindOf(id) === 'FIELD'))]);
  return new Set([...fields].flatMap(([id, { deletedAt }]) => (deletedAt !== null && deletedAt <= at ? [id] : [])));
}

/** Paths are long and places are many: only those of the page are looked up. */
function toReach(
  found: readonly TagWalk[],
  gone: ReadonlySet<NodeId>,
  { most, after }: PlacePage,
  veil: Veil | null,
): TagReach {
  const walks = tellable(found, veil);
  const all = walks
    .flatMap((one) =>
      nodesOf(one)
        .filter(({ node }) => !gone.has(node))
        .map(({ node: id, distance }) => ({
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
    [...one.spread.stops, ...(one.datasets?.stops ?? [])].map((stop) => toStop(one, stop, veil)),
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
  readonly walk: TagWalk;
}

function toPlace(
  { id, walk: { spread, datasets, held }, node, distance, tag }: FoundPlace,
  veil: Veil | null,
): TagPlace {
  const path = (datasets?.distanceTo(id) === undefined ? spread : datasets).pathTo(id);
  const via = path.via.map((at) => shownId(at, veil));
  const fact = held.sources.get(path.via[0] ?? id) ?? null;
  return {
    ...{ node, distance, tag, via },
    span: fact === null ? null : bothHold(path.span, spanOfFact(fact)),
    origin: fact === null ? null : shownFact(fact, via[0], veil),
  };
}

/** What hidden jobs say, and what is said under hidden names, is left out. */
function toStop({ tag, held }: TagWalk, stop: TagStop, veil: Veil | null): ReachStop {
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

/** What a tag was put on, and where it came to, each once. */
export function nodesOf({
  held,
  spread,
  datasets,
}: TagWalk): readonly { readonly node: NodeId; readonly distance: number }[] {
  const kinds = datasets === null ? ['FIELD'] : ['FIELD', 'DATASET'];
  const assets = [...held.sources.keys()].filter((id) => !kinds.includes(kindOf(id) ?? ''));
  return [...assets.map((node) => ({ node, distance: 0 })), ...(datasets?.reached ?? []), ...spread.reached];
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
