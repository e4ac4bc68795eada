import { EdgeBudget } from '@headwater/domain/classification/tag-edges';
import type { TagMoment, TagPorts } from '@headwater/domain/classification/tag-lineage';
import { collectionOptions, type CollectionOption } from '@headwater/domain/collection/collection-plan';
import { copiesOf, type Copies, type CopyWalk } from '@headwater/domain/collection/copies';
import { coded, type Told } from '@headwater/domain/errors';
import { datasetOf, kindOf, respellNodeId, type NodeId } from '@headwater/domain/identifiers';
import type { Clock, LineageGraph } from '@headwater/domain/ports';
import { LATEST } from '@headwater/domain/reading/read-time';
import type { Micros } from '@headwater/domain/time';
import type { Veil } from '@headwater/domain/traversal/hide-lineage';
import { fixMoment } from '@headwater/domain/traversal/moment';
import { InputFaults } from '../lineage/lineage-input.js';
import { hideInOption } from './hide-in-option.js';
import type { PlanReader } from './plan-reader.js';
import { readKeys, readTags } from './read-material.js';

/** A plan reads so many fields at most. */
export const MOST_TARGETS = 30;
/** So many copies of all targets are looked for, the nearest first. */
const MOST_COPIES = 2_000;
/** So many datasets are chosen from, besides those that targets, sources and the freshest copies are in. */
const MOST_DATASETS = 30;

export interface CollectionPlanRequest {
  readonly targets: readonly string[];
}

export interface CollectionPlan {
  /** Canonical ids of the fields that are wanted, each once. */
  readonly targets: readonly NodeId[];
  /** The first one is the plan, the others are alternatives. */
  readonly options: readonly CollectionOption[];
  /** False where there are more places to read from than were looked at. */
  readonly isComplete: boolean;
  readonly position: number;
}

export interface PlanCollectionPorts extends TagPorts {
  readonly graph: LineageGraph;
  readonly clock: Clock;
}

/** Where fields that somebody wants in one table can be read, on what their datasets are joined, and how else it could be done. */
export class PlanCollection {
  constructor(private readonly ports: PlanCollectionPorts) {}

  /**
   * A plan is of now. `veil` and `reader`: what the caller may see; null sees all. Throws INVALID_INPUT that tells of
   * each target that is no field, unknown (or hidden) or gone; LIMIT_EXCEEDED, UNAVAILABLE when a store is away.
   */
  async execute(
    { targets: asked }: CollectionPlanRequest,
    reader: PlanReader,
    veil: Veil | null,
  ): Promise<CollectionPlan> {
    const { ids, faults } = readTargets(asked);
    const { valid, knownAt, position } = await fixMoment(this.ports, {});
    const at = 'at' in valid ? valid.at : valid.to - 1;
    const time: TagMoment = { at, knownAt: LATEST, edgesKnownAt: knownAt };
    const known = ids.filter((id) => id !== undefined);
    const canonical = await this.ports.graph.canonical(known, knownAt);
    const wanted = ids.map((id) => (id === undefined ? undefined : (canonical.get(id) ?? id)));
    const targets = [...new Set(wanted.filter((id) => id !== undefined))];
    noteAbsent(faults, wanted, await viewsOf(reader, targets));
    faults.throwIfAny();
    const walk: CopyWalk = { ports: this.ports, time, budget: new EdgeBudget() };
    const copies = await copiesOf(walk, targets, MOST_COPIES);
    const readable = await readableFields(reader, [...new Set(targets.flatMap((target) => copies.sameAs(target)))]);
    const freshAt = await freshnessOf(reader, [...new Set([...readable].map(datasetOf))]);
    const chosen = likeliestDatasets(targets, { copies, readable, freshAt });
    const places = [...readable].filter((field) => chosen.has(datasetOf(field)));
    const [tags, keys] = await Promise.all([
      readTags(this.ports, reader, places, time, veil),
      readKeys(walk, reader, { datasets: [...chosen].sort(), known: copies }, veil),
    ]);
    const options = collectionOptions({
      freshAt,
      keys,
      targets: targets.map((target) => ({
        target,
        pathTo: (place) => copies.between(target, place),
        places: copies
          .sameAs(target)
          .filter((field) => readable.has(field) && chosen.has(datasetOf(field)))
          .map((field) => ({
            ...{ field, dataset: datasetOf(field), depth: copies.chainOf(field).length - 1 },
            tags: tags.get(field) ?? { put: [], carried: [] },
          })),
      })),
    });
    const isComplete = copies.isWhole && chosen.size === freshAt.size;
    return {
      targets,
      options: veil === null ? options : options.map((option) => hideInOption(option, veil)),
      isComplete,
      position,
    };
  }
}

/** Undefined stands for what is no field's id, which is among the faults. */
function readTargets(asked: readonly string[]): {
  readonly ids: readonly (NodeId | undefined)[];
  readonly faults: InputFaults;
} {
  const faults = new InputFaults().require(
    asked.length >= 1 && asked.length <= MOST_TARGETS,
    '/targets',
    coded('COUNT_BETWEEN', `give 1 to ${MOST_TARGETS} fields`, { least: 1, most: MOST_TARGETS }),
  );
  if (asked.length > MOST_TARGETS) faults.throwIfAny();
  const ids = asked.map((text, at) => {
    const id = respellNodeId(text);
    const isField = id !== undefined && kindOf(id) === 'FIELD';
    const detail = 'give the NodeId of a field: field:<namespace>:<name>:<field>';
    faults.require(isField, `/targets/${at}`, coded('NOT_AN_ID', detail, { kind: 'FIELD' }));
    return isField ? id : undefined;
  });
  return { ids, faults };
}

interface TargetViews {
  readonly fields: Awaited<ReturnType<PlanReader['fields']>>;
  readonly assets: Awaited<ReturnType<PlanReader['assets']>>;
}

async function viewsOf(reader: PlanReader, targets: readonly NodeId[]): Promise<TargetViews> {
  const [fields, assets] = await Promise.all([
    reader.fields(targets),
    reader.assets([...new Set(targets.map(datasetOf))], LATEST),
  ]);
  return { fields, assets };
}

/** Notes every target that is not there to be read. Names none: an alias may have one that is hidden. */
function noteAbsent(
  faults: InputFaults,
  targets: readonly (NodeId | undefined)[],
  { fields, assets }: TargetViews,
): void {
  for (const [at, target] of targets.entries()) {
    if (target === undefined) continue;
    const field = fields.get(target);
    const dataset = assets.get(datasetOf(target));
    const fault = (told: Told): InputFaults => faults.require(false, `/targets/${at}`, told);
    if (field === undefined || dataset === undefined)
      fault(coded('NO_SUCH_FIELD', 'there is no such field, or you may not see it: search for it, or leave it out'));
    else if (dataset.deletedAt !== null)
      fault(coded('DATASET_DELETED', 'its dataset was deleted: pick a field of another one, or leave it out'));
    else if (field.deletedAt !== null)
      fault(coded('FIELD_GONE', 'its dataset has no such field any more: pick another field, or leave it out'));
  }
}

/** Those of the fields that the caller may see and that are there now. */
async function readableFields(reader: PlanReader, fields: readonly NodeId[]): Promise<ReadonlySet<NodeId>> {
  const { fields: views, assets } = await viewsOf(reader, fields);
  return new Set(
    fields.filter((field) => views.get(field)?.deletedAt === null && assets.get(datasetOf(field))?.deletedAt === null),
  );
}

/** When the latest version of each dataset was made; null where none is known. */
async function freshnessOf(
  reader: PlanReader,
  datasets: readonly NodeId[],
): Promise<ReadonlyMap<NodeId, Micros | null>> {
  const versions = await reader.versionsOfDatasets(datasets, { first: 1, after: null });
  return new Map(
    datasets.map((dataset) => {
      const version = versions.get(dataset)?.items[0]?.item;
      return [dataset, version === undefined ? null : (version.generatedAt ?? version.createdAt)];
    }),
  );
}

interface Candidates {
  readonly copies: Copies;
  readonly readable: ReadonlySet<NodeId>;
  readonly freshAt: ReadonlyMap<NodeId, Micros | null>;
}

/** Those that have most of the targets, then the freshest; and of each target where it was asked for, where it is freshest, and nearest to its source. */
function likeliestDatasets(targets: readonly NodeId[], { copies, readable, freshAt }: Candidates): ReadonlySet<NodeId> {
  const gives = new Map<NodeId, Set<NodeId>>();
  const kept = new Set<NodeId>();
  const fresh = (dataset: NodeId): number => freshAt.get(dataset) ?? -1;
  for (const target of targets) {
    const places = copies.sameAs(target).filter((field) => readable.has(field));
    const depths = new Map(places.map((field) => [field, copies.chainOf(field).length]));
    for (const field of places) gives.set(datasetOf(field), (gives.get(datasetOf(field)) ?? new Set()).add(target));
    const [nearest] = [...places].sort((a, b) => (depths.get(a) ?? 0) - (depths.get(b) ?? 0));
    const [freshest] = [...places].sort((a, b) => fresh(datasetOf(b)) - fresh(datasetOf(a)));
    for (const field of [target, nearest, freshest]) if (field !== undefined) kept.add(datasetOf(field));
  }
  const ranked = [...gives]
    .sort((a, b) => b[1].size - a[1].size || fresh(b[0]) - fresh(a[0]) || (a[0] < b[0] ? -1 : 1))
    .map(([dataset]) => dataset);
  return new Set([...kept, ...ranked.slice(0, MOST_DATASETS)]);
}
