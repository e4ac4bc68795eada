import { isHiddenId } from '../access/sight.js';
import type { FactRow } from '../catalog.js';
import type { NodeId } from '../identifiers.js';
import type { LineageGraph } from '../ports.js';
import type { ReadTime } from '../reading/read-time.js';
import type { DefinitionReader, FactReader } from '../reading/schema-reader.js';
import type { Micros } from '../time.js';
import type { Veil } from '../traversal/hide-lineage.js';
import { stopOn, type Carriage } from './carriage.js';
import { EdgeBudget, edgesOf } from './tag-edges.js';
import { TagCarriage, type Carriages } from './tag-rules.js';
import { bothHold, TagSpread, type PathSpan, type TagEdge } from './tag-spread.js';
import { isJob, type TagStand } from './tag-stand.js';

export interface TagPorts {
  readonly graph: Pick<LineageGraph, 'expand' | 'canonical'>;
  readonly catalog: Pick<FactReader, 'facts' | 'tagged'> & Pick<DefinitionReader, 'definitionsOf'>;
}

/** A moment of facts, and of edges: what is known of these may be bounded by a checkpoint, so that no batch shows in part. */
export interface TagMoment extends ReadTime {
  readonly edgesKnownAt: Micros;
}

/** A tag that came to a field or a dataset along its lineage. */
export interface CarriedTag {
  /** As in a FactRow: `key` or `key=value`. */
  readonly tag: string;
  /** The assignment that it comes from, of what is at the beginning of `via`. */
  readonly origin: FactRow;
  /**
   * Fields, or datasets with the jobs between them, from where it was put to where it came, both included: the shortest
   * path, of several the smallest by id.
   */
  readonly via: readonly NodeId[];
  /** While the assignment and every edge of `via` hold. */
  readonly span: PathSpan;
}

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
  return cameTo(ports, fields, await carriageAt(ports, time), time);
}

/**
 * The same of datasets, along the lineage of datasets: through jobs from what they read to what of it they write.
 * `carriages`: {@link TagCarriage.ofDatasets}. In as many trips as the longest way back has edges.
 */
export function tagsCarriedToDatasets(
  ports: TagPorts,
  datasets: readonly NodeId[],
  carriages: Carriages,
  time: TagMoment,
): Promise<ReadonlyMap<NodeId, readonly CarriedTag[]>> {
  return cameTo(ports, datasets, carriages, time);
}

async function cameTo(
  ports: TagPorts,
  nodes: readonly NodeId[],
  carriages: Carriages,
  time: TagMoment,
): Promise<ReadonlyMap<NodeId, readonly CarriedTag[]>> {
  const canonical = await ports.graph.canonical(nodes, time.edgesKnownAt);
  const upstream = await edgesUpstream(ports, new Set(canonical.values()), carriages.widest, time);
  const behind = new Set(upstream.flatMap(({ from, to }) => [from, to]).filter((stand) => !isJob(stand)));
  if (behind.size === 0) return new Map();
  const facts = await ports.catalog.facts([...behind], ['TAG', 'NOT_TAG'], time);
  const leaving = grouped(upstream, ({ from }) => from);
  const found = new Map<NodeId, CarriedTag[]>();
  for (const [tag, { sources, barred }] of placesOf(facts)) {
    if (sources.size === 0) continue;
    const spread = new TagSpread(sources.keys(), carriages.of(tag), (node) => barred.has(node));
    while (spread.frontier.length > 0) spread.step(spread.frontier.flatMap((node) => leaving.get(node) ?? []));
    for (const node of nodes) {
      const at = canonical.get(node) ?? node;
      if ((spread.distanceTo(at) ?? 0) === 0) continue;
      const { via, span } = spread.pathTo(at);
      const origin = sources.get(via[0] ?? at);
      if (origin === undefined) continue;
      const carried = { tag, origin, via, span: bothHold(span, spanOfFact(origin)) };
      found.set(node, [...(found.get(node) ?? []), carried]);
    }
  }
  for (const carried of found.values()) carried.sort((a, b) => (a.tag < b.tag ? -1 : 1));
  return found;
}

/** A tag that came along, for a caller who may not see all of its way. */
export function hideInCarriedTag(carried: CarriedTag, veil: Veil): CarriedTag {
  const via = carried.via.map((id) => shownId(id, veil));
  return { ...carried, via, origin: shownFact(carried.origin, via[0], veil) };
}

/** The id, or what stands for it before a caller who may not see it. */
export function shownId(id: NodeId, veil: Veil | null): NodeId {
  return veil === null || veil.sees(id) ? id : veil.hiddenId(id);
}

/** Who put it there is told with what it was put on, or not at all; where in the log that was tells nothing of either. */
export function shownFact(fact: FactRow, node: NodeId | undefined, veil: Veil | null): FactRow {
  if (node !== undefined && isHiddenId(node)) return { ...fact, nodeId: node, producer: null, detail: null };
  return veil === null || veil.sees(fact.nodeId) ? fact : { ...fact, nodeId: node ?? veil.hiddenId(fact.nodeId) };
}

/** Where one tag was put, by canonical id. */
export interface Held<Origin extends FactRow | null = FactRow> {
  /** What it was put on, with the strongest assignment. */
  readonly sources: ReadonlyMap<NodeId, Origin>;
  /** What somebody said not to have it. */
  readonly barred: ReadonlyMap<NodeId, FactRow>;
}

export function spanOfFact({ validFrom: since, validTo: until }: FactRow): PathSpan {
  return { since, until };
}

/** By tag; facts are given strongest first. */
export function placesOf(facts: ReadonlyMap<NodeId, readonly FactRow[]>): ReadonlyMap<string, Held> {
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

/** Items by key, both in the order given. */
export function grouped<T, K>(items: readonly T[], keyOf: (item: T) => K): ReadonlyMap<K, readonly T[]> {
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
export async function carriageAt({ catalog }: Pick<TagPorts, 'catalog'>, time: ReadTime): Promise<TagCarriage> {
  const [row] = await catalog.definitionsOf('TAG_RULES', time);
  return new TagCarriage(row?.body.rules ?? []);
}

/** All edges behind nodes that some tag may have come along. */
async function edgesUpstream(
  ports: TagPorts,
  nodes: ReadonlySet<NodeId>,
  widest: Carriage,
  time: TagMoment,
): Promise<TagEdge[]> {
  const budget = new EdgeBudget();
  const seen = new Set<TagStand>(nodes);
  const found: TagEdge[] = [];
  for (let frontier: readonly TagStand[] = [...nodes].sort(); frontier.length > 0;) {
    const edges = await edgesOf(ports, frontier, 'UPSTREAM', time, budget);
    const open = edges.filter(({ rows }) => stopOn(rows, widest) === null);
    found.push(...open);
    const next = new Set(open.map(({ from }) => from).filter((stand) => !seen.has(stand)));
    for (const stand of next) seen.add(stand);
    frontier = [...next].sort();
  }
  return found;
}
