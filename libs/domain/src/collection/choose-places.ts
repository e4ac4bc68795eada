import type { NodeId } from '../identifiers.js';

/** A field that the value of a target can be read from. */
export interface Place {
  readonly field: NodeId;
  readonly dataset: NodeId;
  /** How many copies lie between it and the field that all of them come from. */
  readonly depth: number;
  /** How many sensitive tags it has. */
  readonly sensitivity: number;
}

/** What there is to choose from. */
export interface Choices {
  /** For each target the places it can be read from, at least one. */
  readonly targets: readonly (readonly Place[])[];
  /** How old what stands in a dataset is; Infinity where that is not known. */
  readonly ageOf: (dataset: NodeId) => number;
  readonly areJoined: (a: NodeId, b: NodeId) => boolean;
}

/** What a choice is measured by, the less the better. */
export type Measure = 'COMPONENTS' | 'DATASETS' | 'UNKNOWN_AGES' | 'AGE' | 'SENSITIVITY' | 'DEPTH';
export type Costs = Readonly<Record<Measure, number>>;

/** What a plan is to be best at. */
export type CollectionGoal = 'FEWEST_COMPONENTS' | 'FEWEST_DATASETS' | 'FRESHEST' | 'NEAREST_SOURCES';

/**
 * The measures of each goal, the one that decides first; what all leave open is decided by ids. AGE comes right behind
 * UNKNOWN_AGES: ages that are known compare choices only where as many are not.
 */
export const MEASURES: Readonly<Record<CollectionGoal, readonly Measure[]>> = {
  FEWEST_COMPONENTS: ['COMPONENTS', 'UNKNOWN_AGES', 'AGE', 'SENSITIVITY', 'DEPTH'],
  FEWEST_DATASETS: ['DATASETS', 'COMPONENTS', 'UNKNOWN_AGES', 'AGE', 'SENSITIVITY', 'DEPTH'],
  FRESHEST: ['UNKNOWN_AGES', 'AGE', 'COMPONENTS', 'SENSITIVITY', 'DEPTH'],
  NEAREST_SOURCES: ['DEPTH', 'COMPONENTS', 'UNKNOWN_AGES', 'AGE', 'SENSITIVITY'],
};
export const GOALS = Object.keys(MEASURES) as readonly CollectionGoal[];

export interface Chosen {
  /** One place for each target, in their order. */
  readonly places: readonly Place[];
  readonly costs: Costs;
  /** Whether nothing is better; false where the search was given up. */
  readonly isOptimal: boolean;
}

/** So many partial choices are looked at for one goal. */
const MOST_STEPS = 2_000;

/**
 * What choosing these places costs. COMPONENTS: the datasets to read, one job that is made to collect them, and where
 * keys do not connect all of them, for each group but one a producer that is changed to pass a key on. UNKNOWN_AGES are
 * the datasets of which nobody knows how old they are, AGE is that of the oldest other one, -Infinity where there is
 * none. SENSITIVITY and DEPTH are of all fields read.
 */
export function costsOf(places: readonly Place[], { ageOf, areJoined }: Omit<Choices, 'targets'>): Costs {
  const datasets = [...new Set(places.map(({ dataset }) => dataset))];
  return {
    COMPONENTS: datasets.length + groupsOf(datasets, areJoined),
    DATASETS: datasets.length,
    UNKNOWN_AGES: datasets.filter((dataset) => ageOf(dataset) === Infinity).length,
    AGE: oldestKnown(datasets.map(ageOf)),
    SENSITIVITY: sum(places.map(({ sensitivity }) => sensitivity)),
    DEPTH: sum(places.map(({ depth }) => depth)),
  };
}

/** Below 0 where `a` is better by the measures, the first that differs deciding. */
export function compareCosts(a: Costs, b: Costs, measures: readonly Measure[]): number {
  const decides = measures.find((measure) => a[measure] !== b[measure]);
  return decides === undefined ? 0 : a[decides] < b[decides] ? -1 : 1;
}

/**
 * One place for each target, the best by a goal: exact, by branch and bound, until `mostSteps` partial choices were
 * looked at; then the best found so far.
 */
export function choosePlaces(choices: Choices, goal: CollectionGoal, mostSteps = MOST_STEPS): Chosen {
  return new Search(choices, MEASURES[goal], mostSteps).best();
}

class Search {
  readonly #order: readonly number[];
  readonly #bounds: readonly Bound[];
  readonly #groupOf: ReadonlyMap<NodeId, number>;
  readonly #forced: ReadonlySet<number>;
  readonly #apart: readonly (readonly boolean[])[];
  #steps = 0;
  #best: { readonly places: readonly Place[]; readonly costs: Costs } | null = null;

  constructor(
    private readonly choices: Choices,
    private readonly measures: readonly Measure[],
    private readonly mostSteps: number,
  ) {
    const { targets, ageOf, areJoined } = choices;
    const datasetsOf = targets.map((places) => new Set(places.map(({ dataset }) => dataset)));
    this.#order = targets
      .map((_, at) => at)
      .sort((a, b) => (datasetsOf[a]?.size ?? 0) - (datasetsOf[b]?.size ?? 0) || a - b);
    this.#bounds = targets.map((places) => boundOf(places, ageOf));
    this.#groupOf = numberGroups([...new Set(datasetsOf.flatMap((of) => [...of]))].sort(), areJoined);
    const groups = datasetsOf.map((of) => new Set([...of].map((dataset) => this.#groupOf.get(dataset) ?? 0)));
    this.#forced = new Set(groups.filter(({ size }) => size === 1).flatMap((of) => [...of]));
    this.#apart = datasetsOf.map((one) => datasetsOf.map((other) => ![...one].some((dataset) => other.has(dataset))));
  }

  best(): Chosen {
    const places = new Array<Place | undefined>(this.choices.targets.length).fill(undefined);
    this.#choose(0, places);
    if (this.#best === null) throw new RangeError('every target needs a place');
    return { ...this.#best, isOptimal: this.#steps <= this.mostSteps };
  }

  #choose(at: number, places: (Place | undefined)[]): void {
    // The first way down is always gone to its end, so that there is an answer.
    if (this.#steps > this.mostSteps && this.#best !== null) return;
    this.#steps += 1;
    const chosen = places.filter((place) => place !== undefined);
    const target = this.#order[at];
    if (target === undefined) {
      const costs = costsOf(chosen, this.choices);
      if (this.#best === null || compareCosts(costs, this.#best.costs, this.measures) < 0)
        this.#best = { places: chosen, costs };
      return;
    }
    const datasets = new Set(chosen.map(({ dataset }) => dataset));
    if (this.#best !== null && compareCosts(this.#atLeast(at, chosen, datasets), this.#best.costs, this.measures) >= 0)
      return;
    for (const place of this.#likeliest(at, target, datasets)) {
      places[target] = place;
      this.#choose(at + 1, places);
      places[target] = undefined;
    }
  }

  /** No choice that goes on from here costs less: a lower AGE only with more UNKNOWN_AGES, which decide before it. */
  #atLeast(at: number, chosen: readonly Place[], datasets: ReadonlySet<NodeId>): Costs {
    const left = this.#order.slice(at);
    const open = left.filter((target) => !this.choices.targets[target]?.some(({ dataset }) => datasets.has(dataset)));
    const apart: number[] = [];
    for (const target of open) if (apart.every((other) => this.#apart[target]?.[other] === true)) apart.push(target);
    const groups = new Set(this.#forced);
    for (const dataset of datasets) groups.add(this.#groupOf.get(dataset) ?? 0);
    const bounds = left.flatMap((target) => this.#bounds[target] ?? []);
    const count = datasets.size + apart.length;
    const isUnknown = (dataset: NodeId): boolean => this.choices.ageOf(dataset) === Infinity;
    const unknown = new Set([...datasets].filter(isUnknown));
    const bare = apart.filter((target) => this.#bounds[target]?.age === Infinity);
    const unknownAges = unknown.size + bare.length;
    for (const target of bare) for (const { dataset } of this.choices.targets[target] ?? []) unknown.add(dataset);
    // With no more unknown ages than these, all other targets are read where the age is known.
    const known = left.filter((target) => !this.choices.targets[target]?.some(({ dataset }) => unknown.has(dataset)));
    return {
      COMPONENTS: count + Math.max(1, groups.size),
      DATASETS: count,
      UNKNOWN_AGES: unknownAges,
      AGE: oldestKnown([
        ...[...datasets].map(this.choices.ageOf),
        ...known.map((target) => this.#bounds[target]?.age ?? Infinity),
      ]),
      SENSITIVITY: sum([...chosen, ...bounds].map(({ sensitivity }) => sensitivity)),
      DEPTH: sum([...chosen, ...bounds].map(({ depth }) => depth)),
    };
  }

  /** Places in the order in which the goal would take them, so that a good choice is found early. */
  #likeliest(at: number, target: number, datasets: ReadonlySet<NodeId>): readonly Place[] {
    const left = this.#order.slice(at);
    const { targets, ageOf, areJoined } = this.choices;
    const ranked = (targets[target] ?? []).map((place) => {
      const { dataset, depth, sensitivity } = place;
      const isNew = datasets.has(dataset) ? 0 : 1;
      const gives = left.filter((one) => targets[one]?.some((other) => other.dataset === dataset)).length;
      const isApart =
        datasets.size === 0 || isNew === 0 || [...datasets].some((one) => areJoined(one, dataset)) ? 0 : 1;
      const count = isNew * (targets.length + 1) - gives;
      return {
        place,
        ranks: {
          COMPONENTS: count + isApart,
          DATASETS: count,
          UNKNOWN_AGES: isNew === 1 && ageOf(dataset) === Infinity ? 1 : 0,
          AGE: oldestKnown([ageOf(dataset)]),
          SENSITIVITY: sensitivity,
          DEPTH: depth,
        },
      };
    });
    ranked.sort((a, b) => compareCosts(a.ranks, b.ranks, this.measures) || (a.place.field < b.place.field ? -1 : 1));
    return ranked.map(({ place }) => place);
  }
}

/** What a target costs at least, wherever it is read. */
interface Bound {
  /** Infinity where that of no place is known. */
  readonly age: number;
  readonly sensitivity: number;
  readonly depth: number;
}

function boundOf(places: readonly Place[], ageOf: Choices['ageOf']): Bound {
  return {
    age: Math.min(...places.map(({ dataset }) => ageOf(dataset))),
    sensitivity: Math.min(...places.map(({ sensitivity }) => sensitivity)),
    depth: Math.min(...places.map(({ depth }) => depth)),
  };
}

/** How many groups of datasets there are that keys connect. */
function groupsOf(datasets: readonly NodeId[], areJoined: Choices['areJoined']): number {
  return new Set(numberGroups(datasets, areJoined).values()).size;
}

function numberGroups(datasets: readonly NodeId[], areJoined: Choices['areJoined']): ReadonlyMap<NodeId, number> {
  const groupOf = new Map<NodeId, number>();
  for (const [number, first] of datasets.entries()) {
    const open = groupOf.has(first) ? [] : [first];
    for (const dataset of open) {
      groupOf.set(dataset, number);
      for (const other of datasets)
        if (!groupOf.has(other) && !open.includes(other) && areJoined(dataset, other)) open.push(other);
    }
  }
  return groupOf;
}

/** Of ages the highest that is known. */
function oldestKnown(ages: readonly number[]): number {
  return Math.max(-Infinity, ...ages.filter((age) => age !== Infinity));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
