import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventSets, FEATURES, type EventSet, type Feature } from '../support/event-sets.js';
import type { Sent } from '../support/lineage-events.js';
import { createTestDatabase } from '../support/postgres.js';
import { stateOf, type ProjectionState } from '../support/projection-state.js';
import { TEST_SETTINGS, TestProjection } from '../support/projection.js';

// Few misses end an edge, so that small sets of events end some.
const SETTINGS = { ...TEST_SETTINGS, missTolerance: 2 };
const RUNS = Number(process.env['ORDER_RUNS'] ?? 120);
const LONGEST = 14;

/** The events sorted by arbitrary keys; those with small keys come again at the end. */
function arrivals(events: readonly Sent[], keys: readonly number[]): readonly Sent[] {
  const keyed = events.map((event, index) => ({ event, key: keys[index] ?? 0 }));
  const sorted = [...keyed].sort((a, b) => a.key - b.key);
  return [...sorted, ...keyed.filter(({ key }) => key < 20)].map(({ event }) => event);
}

/** Lines that only one of two states has. */
function differences(actual: ProjectionState, expected: ProjectionState): readonly string[] {
  return Object.keys(expected).flatMap((part) => {
    const [ours, theirs] = [actual[part] ?? [], expected[part] ?? []];
    return [
      ...ours.filter((line) => !theirs.includes(line)).map((line) => `${part} + ${line}`),
      ...theirs.filter((line) => !ours.includes(line)).map((line) => `${part} - ${line}`),
    ];
  });
}

describe('Order', () => {
  let home: TestProjection;
  const counts = new Map<Feature, number>(FEATURES.map((feature) => [feature, 0]));

  beforeAll(async () => {
    home = await TestProjection.create(await createTestDatabase(), 1, SETTINGS);
  });

  afterAll(() => home.close());

  const projected = async (
    events: readonly Sent[],
    sizes: readonly number[],
    settings = SETTINGS,
  ): Promise<TestProjection> => {
    const projection = await home.emptied(settings);
    await projection.sendInBatches(events, sizes);
    return projection;
  };

  const count = ({ features }: EventSet): void => {
    for (const feature of features) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  };

  test(
    'Order: any permutation, duplication and division into batches gives the same state',
    { timeout: 600_000 },
    async () => {
      const sizes = fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 4 });
      const cases = fc.record({
        set: eventSets(LONGEST),
        keys: fc.array(fc.nat(100), { minLength: LONGEST, maxLength: LONGEST }),
        sizes,
      });
      await fc.assert(
        fc.asyncProperty(cases, async ({ set, keys, sizes: batches }) => {
          count(set);
          const expected = await stateOf(await projected(set.events, [LONGEST]));
          const actual = await stateOf(await projected(arrivals(set.events, keys), batches));
          expect(differences(actual, expected)).toEqual([]);
        }),
        { numRuns: RUNS },
      );
      console.info('Order: of', RUNS, 'sets of events', Object.fromEntries(counts));
      for (const [feature, times] of counts) expect(times, feature).toBeGreaterThan(0);
    },
  );
});
