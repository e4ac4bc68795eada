import type { ExpandedEdge } from '@headwater/domain/graph';
import type { LineageGraph } from '@headwater/domain/ports';
import { clearGeneration, createGeneration, dropGeneration } from '@headwater/store-neo4j/graph-generation';
import { Neo4jConnection } from '@headwater/store-neo4j/neo4j-connection';
import { Neo4jLineageGraph } from '@headwater/store-neo4j/neo4j-lineage-graph';
import { PostgresLineageGraph } from '@headwater/store-postgres/graph/postgres-lineage-graph';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventSets, FEATURES, repetitiveSets, type EventSet, type Feature } from '../support/event-sets.js';
import { minute, type Sent } from '../support/lineage-events.js';
import { createGraphSchema } from '../support/graph-schema.js';
import { neo4jForTests, newGeneration } from '../support/neo4j.js';
import { createTestDatabase } from '../support/postgres.js';
import { everyRow, stateOf, type ProjectionState } from '../support/projection-state.js';
import { ALL_KINDS, FIRST_RECORDED_AT, TEST_SETTINGS, TestProjection } from '../support/projection.js';

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

  const historySets = fc.record({
    events: repetitiveSets(40),
    sizes: fc.array(fc.integer({ min: 1, max: 15 }), { minLength: 1, maxLength: 3 }),
  });
  const anySets = fc.record({
    events: eventSets(LONGEST).map(({ events }) => events),
    sizes: fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 3 }),
  });

  test('Order: runs that repeat their job are passed over without changing any row', { timeout: 600_000 }, async () => {
    let passedOver = 0;
    await fc.assert(
      fc.asyncProperty(fc.oneof(historySets, anySets), async ({ events, sizes }) => {
        const quick = await everyRow(await projected(events, sizes));
        const thorough = await everyRow(await projected(events, sizes, { ...SETTINGS, derivesAlways: true }));
        const isStable = (quick['aggregate'] ?? []).some((row) => row.includes('"stable":{'));
        if (isStable) passedOver += 1;
        expect(differences({ ...quick, aggregate: [] }, { ...thorough, aggregate: [] })).toEqual([]);
      }),
      { numRuns: Math.ceil(RUNS / 2) },
    );
    expect(passedOver).toBeGreaterThan(0);
  });

  test(
    'Order: a replay into a new generation gives the same rows, record time and all',
    { timeout: 600_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.oneof(historySets, anySets),
          fc.integer({ min: 1, max: 20 }),
          async ({ events, sizes }, batchSize) => {
            const first = await projected(events, sizes);
            const replay = await first.replayInto(2, SETTINGS, batchSize);
            expect(differences(await everyRow(replay), await everyRow(first))).toEqual([]);
          },
        ),
        { numRuns: Math.ceil(RUNS / 8) },
      );
    },
  );

  test(
    'Order: PostgreSQL, Neo4j and the graph in memory answer alike, whatever the order',
    { timeout: 600_000 },
    async (context) => {
      const server = await neo4jForTests();
      const stores: LineageGraph[] = [];
      const clear: (() => Promise<void>)[] = [];
      if ('absent' in server) await context.annotate(`without Neo4j: ${server.absent}`);
      else {
        const connection = new Neo4jConnection(server);
        const generation = newGeneration();
        await createGeneration(connection, generation);
        clear.push(() => clearGeneration(connection, generation));
        context.onTestFinished(async () => {
          await dropGeneration(connection, generation);
          await connection.close();
        });
        stores.push(new Neo4jLineageGraph({ connection, generation }));
      }
      let edgesSeen = 0;
      await fc.assert(
        fc.asyncProperty(
          eventSets(LONGEST),
          fc.array(fc.nat(100), { minLength: LONGEST, maxLength: LONGEST }),
          async ({ events }, keys) => {
            const answers: unknown[] = [];
            for (const order of [events, arrivals(events, keys)]) {
              const projection = await projected(order, [3]);
              for (const empty of clear) await empty();
              const graphs = [
                ...stores,
                new PostgresLineageGraph({
                  pool: projection.database.pool,
                  schema: await createGraphSchema(projection.database.pool),
                }),
              ];
              for (const graph of graphs) await projection.feedTo(graph);
              for (const minutes of [0, 4, 100, 5000]) {
                const now = await projection.edgesAt(minute(minutes));
                edgesSeen += now.length;
                answers.push([minutes, now.map(withoutRecordTime)]);
                for (const knownAt of [await projection.knownNow(), FIRST_RECORDED_AT + 3_000_000]) {
                  const asked = { valid: { at: minute(minutes) }, knownAt, kinds: ALL_KINDS };
                  const expected = await projection.graph.edges(asked);
                  for (const graph of graphs) expect(await graph.edges(asked), graph.engine).toEqual(expected);
                }
              }
            }
            expect(answers.slice(4)).toEqual(answers.slice(0, 4));
          },
        ),
        { numRuns: Math.ceil(RUNS / 12) },
      );
      expect(edgesSeen).toBeGreaterThan(0);
    },
  );
});

/** An edge without what depends on when its events came. */
function withoutRecordTime({ kind, from, to, rows }: ExpandedEdge): unknown {
  const said = rows.map((row) => JSON.stringify({ ...row, rowId: '', recordedFrom: 0, recordedTo: 0 })).sort();
  return { kind, from, to, said };
}
