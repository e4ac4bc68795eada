import type { FactRow } from '../catalog.js';
import type { CarriedTag } from '../classification/tag-lineage.js';
import type { NodeId } from '../identifiers.js';
import type { CopyPath } from './copies.js';
import type { Micros } from '../time.js';
import { choosePlaces, GOALS, type Chosen, type CollectionGoal, type Place } from './choose-places.js';
import { joinTree, type Join, type JoinKeys } from './join-keys.js';
import { isSensitiveTag } from './sensitive.js';

/** Tags of a field to be read. */
export interface FieldTags {
  /** Each once, those that were put on it. */
  readonly put: readonly FactRow[];
  /** Those that came along its lineage, without those that were put on it too. */
  readonly carried: readonly CarriedTag[];
}

/** A field that may be read, and what is to be known of it. */
export interface ReadableField extends Omit<Place, 'sensitivity'> {
  readonly tags: FieldTags;
}

/** What a plan is made of. */
export interface PlanMaterial {
  readonly targets: readonly {
    readonly target: NodeId;
    readonly places: readonly ReadableField[];
    readonly pathTo: (place: NodeId) => CopyPath;
  }[];
  /** When what stands in a dataset was made; null where that is not known. */
  readonly freshAt: ReadonlyMap<NodeId, Micros | null>;
  readonly keys: Pick<JoinKeys, 'of'>;
}

/** One field to read, and for which target. */
export interface PlannedRead extends CopyPath {
  readonly target: NodeId;
  readonly field: NodeId;
  /** How many copies lie between the field and where all of them come from: 0 at the source. */
  readonly depth: number;
  readonly tags: FieldTags;
}

export interface PlannedDataset {
  readonly dataset: NodeId;
  readonly freshAt: Micros | null;
  /** From 1: datasets of one group are connected by joins. */
  readonly group: number;
  /** In the order of the targets. */
  readonly reads: readonly PlannedRead[];
}

/** Components that a plan touches. */
export interface TouchedComponents {
  /** Datasets to read. */
  readonly read: number;
  /** The job that collects. */
  readonly created: number;
  /** Producers that have to pass a key on, since none connects all groups. */
  readonly changed: number;
}

export interface CollectionOption {
  /** What it is the best at, among all there is to choose from. */
  readonly goals: readonly CollectionGoal[];
  /** By group, then by id. */
  readonly datasets: readonly PlannedDataset[];
  readonly joins: readonly Join[];
  readonly components: TouchedComponents;
  /** Of the oldest dataset; null where that of some dataset is not known. */
  readonly freshAt: Micros | null;
  /** Fields to be read that carry a sensitive tag. */
  readonly sensitiveFields: number;
  /** Copies between what is read and the sources, of all fields. */
  readonly stepsFromSources: number;
  /** False where the search for better ones was given up. */
  readonly isOptimal: boolean;
}

/**
 * The best choice by each goal, the one that touches the fewest components first, equal ones once. None is called the
 * freshest where nothing is known of any dataset that it reads.
 */
export function collectionOptions({ targets, freshAt, keys }: PlanMaterial): readonly CollectionOption[] {
  const choices = {
    targets: targets.map(({ places }) => places.map((place) => ({ ...place, sensitivity: sensitiveTags(place.tags) }))),
    ageOf: (dataset: NodeId) => -(freshAt.get(dataset) ?? -Infinity),
    areJoined: remembered((a, b) => keys.of(a, b).length > 0),
  };
  const options = new Map<string, { readonly chosen: Chosen; readonly goals: CollectionGoal[] }>();
  for (const goal of GOALS) {
    const chosen = choosePlaces(choices, goal);
    if (goal === 'FRESHEST' && chosen.costs.AGE === -Infinity) continue;
    const name = chosen.places.map(({ field }) => field).join(' ');
    const same = options.get(name);
    if (same === undefined) options.set(name, { chosen, goals: [goal] });
    else same.goals.push(goal);
  }
  return [...options.values()].map(({ chosen, goals }) => toOption({ targets, freshAt, keys }, chosen, goals));
}

function toOption(
  { targets, freshAt, keys }: PlanMaterial,
  { places, isOptimal }: Chosen,
  goals: readonly CollectionGoal[],
): CollectionOption {
  const reads = places.flatMap(({ field, dataset, depth }, at) => {
    const target = targets[at];
    const tags = target?.places.find((place) => place.field === field)?.tags;
    if (target === undefined || tags === undefined) return [];
    return [{ dataset, read: { target: target.target, field, ...target.pathTo(field), depth, tags } }];
  });
  const { joins, groups } = joinTree([...new Set(reads.map(({ dataset }) => dataset))], keys);
  const datasets = groups.flatMap((group, at) =>
    group.map((dataset) => ({
      dataset,
      freshAt: freshAt.get(dataset) ?? null,
      group: at + 1,
      reads: reads.filter((one) => one.dataset === dataset).map(({ read }) => read),
    })),
  );
  const times = datasets.map((one) => one.freshAt ?? -Infinity);
  const oldest = Math.min(...times);
  return {
    goals,
    datasets,
    joins,
    components: { read: datasets.length, created: 1, changed: groups.length - 1 },
    freshAt: oldest === -Infinity ? null : oldest,
    sensitiveFields: new Set(reads.filter(({ read }) => sensitiveTags(read.tags) > 0).map(({ read }) => read.field))
      .size,
    stepsFromSources: reads.reduce((total, { read }) => total + read.depth, 0),
    isOptimal,
  };
}

function sensitiveTags({ put, carried }: FieldTags): number {
  return [...put.map(({ value }) => value), ...carried.map(({ tag }) => tag)].filter(isSensitiveTag).length;
}

/** A search asks the same pairs again and again. */
function remembered(ask: (a: NodeId, b: NodeId) => boolean): (a: NodeId, b: NodeId) => boolean {
  const known = new Map<NodeId, Map<NodeId, boolean>>();
  return (a, b) => {
    const of = known.get(a) ?? new Map<NodeId, boolean>();
    known.set(a, of);
    const found = of.get(b) ?? ask(a, b);
    of.set(b, found);
    return found;
  };
}
