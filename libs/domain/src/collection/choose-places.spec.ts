import fc from 'fast-check';
import { expect, test } from 'vitest';
import { datasetId, fieldId } from '../identifiers.js';
import {
  choosePlaces,
  compareCosts,
  costsOf,
  GOALS,
  MEASURES,
  type Choices,
  type Costs,
  type Place,
} from './choose-places.js';

const DATASETS = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => datasetId('db', name));

const place = fc.record({
  dataset: fc.constantFrom(...DATASETS),
  column: fc.constantFrom('x', 'y'),
  depth: fc.integer({ min: 0, max: 3 }),
  sensitivity: fc.integer({ min: 0, max: 2 }),
});

const choices: fc.Arbitrary<Choices> = fc
  .record({
    targets: fc.array(fc.array(place, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 }),
    ages: fc.array(fc.constantFrom(1, 2, 3, Infinity), { minLength: DATASETS.length, maxLength: DATASETS.length }),
    joined: fc.uniqueArray(fc.tuple(fc.constantFrom(...DATASETS), fc.constantFrom(...DATASETS)), {
      maxLength: 7,
      selector: (pair) => pair.join(),
    }),
  })
  .map(({ targets, ages, joined }) => ({
    targets: targets.map((places) =>
      places.map(({ dataset, column, ...of }) => ({ dataset, field: fieldId(dataset, [column]), ...of })),
    ),
    ageOf: (dataset) => ages[DATASETS.indexOf(dataset)] ?? Infinity,
    areJoined: (a, b) => joined.some(([one, other]) => (one === a && other === b) || (one === b && other === a)),
  }));

/** Every way to choose one place for each target. */
function everyChoice(targets: readonly (readonly Place[])[]): readonly (readonly Place[])[] {
  const [first, ...others] = targets;
  if (first === undefined) return [[]];
  const rest = everyChoice(others);
  return first.flatMap((chosen) => rest.map((more) => [chosen, ...more]));
}

test.each(GOALS)('%s: nothing that could be chosen is better', (goal) => {
  fc.assert(
    fc.property(choices, (given) => {
      const found = choosePlaces(given, goal);
      expect(found.isOptimal).toBe(true);
      expect(found.costs).toEqual(costsOf(found.places, given));
      for (const [at, places] of given.targets.entries()) expect(places).toContainEqual(found.places[at]);
      const best = everyChoice(given.targets)
        .map((places) => costsOf(places, given))
        .reduce((a, b) => (compareCosts(a, b, MEASURES[goal]) <= 0 ? a : b));
      const by = (costs: Costs): readonly number[] => MEASURES[goal].map((measure) => costs[measure]);
      expect(by(found.costs)).toEqual(by(best));
    }),
    { numRuns: 500 },
  );
});

const [A, B, C, D] = DATASETS as [Place['dataset'], Place['dataset'], Place['dataset'], Place['dataset']];
const at = (dataset: Place['dataset'], depth = 0): Place => ({
  ...{ dataset, field: fieldId(dataset, ['x']), depth, sensitivity: 0 },
});
const pairs =
  (...joined: readonly (readonly [string, string])[]): Choices['areJoined'] =>
  (a, b) =>
    joined.some(([one, other]) => (one === a && other === b) || (one === b && other === a));

test('components are what is read, what is made to collect it, and what is changed where no key connects it', () => {
  const of = { ageOf: () => 1, areJoined: pairs([A, B]) };
  expect(costsOf([at(A)], of).COMPONENTS).toBe(2);
  expect(costsOf([at(A), at(B), at(B)], of).COMPONENTS).toBe(3);
  expect(costsOf([at(A), at(C), at(B)], of).COMPONENTS).toBe(5);
});

test('a dataset more is read where it connects what would else need a change each', () => {
  // A, B and D have no keys with each other, C has one with each of them.
  const targets = [[at(A)], [at(B)], [at(D)], [at(A), at(C)]];
  const given = { targets, ageOf: () => 1, areJoined: pairs([A, C], [B, C], [C, D]) };
  expect(choosePlaces(given, 'FEWEST_COMPONENTS')).toMatchObject({ costs: { COMPONENTS: 5, DATASETS: 4 } });
  expect(choosePlaces(given, 'FEWEST_DATASETS')).toMatchObject({ costs: { COMPONENTS: 6, DATASETS: 3 } });
});

test('one dataset of which nobody knows how old it is leaves the others to be compared', () => {
  const ages = new Map([
    [A, Infinity],
    [B, 2],
    [C, 1],
    [D, Infinity],
  ]);
  // The first target is in A alone; the second in D, the nearest to the source, and in B and C.
  const given = {
    targets: [[at(A)], [at(D), at(B, 1), at(C, 2)]],
    ageOf: (one: Place['dataset']) => ages.get(one) ?? Infinity,
  } as const;
  for (const goal of ['FEWEST_COMPONENTS', 'FRESHEST'] as const)
    expect(choosePlaces({ ...given, areJoined: () => true }, goal)).toMatchObject({
      ...{ places: [at(A), at(C, 2)], costs: { COMPONENTS: 3, UNKNOWN_AGES: 1, AGE: 1 } },
    });
  expect(choosePlaces({ ...given, areJoined: () => true }, 'NEAREST_SOURCES')).toMatchObject({
    ...{ places: [at(A), at(D)], costs: { COMPONENTS: 3, UNKNOWN_AGES: 2, AGE: -Infinity } },
  });
});

test('what is given up says so, and is still a choice', () => {
  const targets = Array.from({ length: 8 }, (_, target) =>
    Array.from({ length: 8 }, (__, copy) => at(datasetId('db', `${target}_${copy}`), copy)),
  );
  const given = { targets, ageOf: () => Infinity, areJoined: () => false };
  const found = choosePlaces(given, 'FEWEST_COMPONENTS', 20);
  expect(found.places).toHaveLength(8);
  expect([found.isOptimal, found.costs.COMPONENTS]).toEqual([false, 16]);
});

test('thirty targets with twenty copies each are chosen exactly, also where some ages are unknown', () => {
  const targets = Array.from({ length: 30 }, (_, target) =>
    Array.from({ length: 20 }, (__, copy) => at(datasetId('db', `table_${copy}_${target % 3}`), copy)),
  );
  const found = choosePlaces({ targets, ageOf: () => 1, areJoined: () => true }, 'FEWEST_COMPONENTS');
  expect([found.isOptimal, found.costs.DATASETS, found.costs.DEPTH]).toEqual([true, 3, 0]);
  // Of the tables with a 2 none is known.
  const ageOf: Choices['ageOf'] = (dataset) =>
    dataset.endsWith('2') ? Infinity : Number(/table_(\d+)/.exec(dataset)?.[1]);
  for (const goal of GOALS) {
    const best = choosePlaces({ targets, ageOf, areJoined: () => true }, goal);
    expect([best.isOptimal, best.costs.UNKNOWN_AGES, best.costs.AGE]).toEqual([true, 1, 0]);
  }
});
