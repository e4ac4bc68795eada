import type { LineageGraph } from '@headwater/domain/ports';
import { clearGeneration, createGeneration, dropGeneration } from '@headwater/store-neo4j/graph-generation';
import { Neo4jConnection } from '@headwater/store-neo4j/neo4j-connection';
import { Neo4jLineageGraph } from '@headwater/store-neo4j/neo4j-lineage-graph';
import { PostgresLineageGraph } from '@headwater/store-postgres/graph/postgres-lineage-graph';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deletionSets, isEdit, NAMING, sendEntries, type Entry } from '../support/deletion-sets.js';
import { eventSets, repetitiveSets } from '../support/event-sets.js';
import { createGraphSchema } from '../support/graph-schema.js';
import { minute } from '../support/lineage-events.js';
import { neo4jForTests, newGeneration } from '../support/neo4j.js';
import { createTestDatabase } from '../support/postgres.js';
import { everyRow, stateOf } from '../support/projection-state.js';
import { ALL_KINDS, FIRST_RECORDED_AT, TEST_SETTINGS, TestProjection } from '../support/projection.js';

// Few misses end an edge, so that small sets of events end some.
const SETTINGS = { ...TEST_SETTINGS, missTolerance: 2 };
const RUNS = Number(process.env['ORDER_RUNS'] ?? 60);
const LONGEST = 12;

const sizes = fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 4 });
const anySets = deletionSets(eventSets(LONGEST).map(({ events }) => events));
const longSets = deletionSets(repetitiveSets(25));

describe('24. deletions by edits among events', () => {
  let home: TestProjection;

  beforeAll(async () => {
    home = await TestProjection.create(await createTestDatabase(), 1, SETTINGS);
  });

  afterAll(() => home.close());

  const projected = async (
    entries: readonly Entry[],
    batches: readonly number[],
    settings = SETTINGS,
  ): Promise<TestProjection> => {
    const projection = await home.emptied(settings);
    await sendEntries(projection, entries, batches);
    return projection;
  };

  test('24. in any order of events between the edits, the state is the same', { timeout: 600_000 }, async () => {
    // A name that an asset gets behind its deletion is not deleted: merges are left out.
    const sets = eventSets(LONGEST)
      .filter(({ features }) => !features.has('merge') && !features.has('name rule'))
      .map(({ events }) => events);
    const keys = fc.array(fc.nat(100), { minLength: 2 * LONGEST, maxLength: 2 * LONGEST });
    let deleted = 0;
    await fc.assert(
      fc.asyncProperty(deletionSets(sets), keys, sizes, async (entries, order, batches) => {
        const expected = await stateOf(await projected(entries, [LONGEST]));
        const actual = await stateOf(await projected(shuffled(entries, order), batches));
        expect(actual).toEqual(expected);
        if ((expected['fact'] ?? []).some((row) => row.includes('DELETION'))) deleted += 1;
      }),
      { numRuns: RUNS },
    );
    expect(deleted).toBeGreaterThan(0);
  });

  test('24. runs that repeat their job are passed over without changing any row', { timeout: 600_000 }, async () => {
    let hidden = 0;
    await fc.assert(
      fc.asyncProperty(fc.oneof(longSets, anySets), sizes, async (entries, batches) => {
        const quick = await everyRow(await projected(entries, batches));
        const thorough = await everyRow(await projected(entries, batches, { ...SETTINGS, derivesAlways: true }));
        if ((quick['aggregate'] ?? []).some((row) => /"hidden":\{"/.test(row))) hidden += 1;
        expect({ ...quick, aggregate: [] }).toEqual({ ...thorough, aggregate: [] });
      }),
      { numRuns: RUNS },
    );
    expect(hidden).toBeGreaterThan(0);
  });

  test('24. a replay in batches of any size gives the same rows', { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(longSets, anySets),
        sizes,
        fc.integer({ min: 1, max: 20 }),
        async (entries, batches, size) => {
          const first = await projected(entries, batches);
          const rows = await everyRow(first);
          expect(await everyRow(await first.replayInto(2, SETTINGS, size))).toEqual(rows);
        },
      ),
      { numRuns: Math.ceil(RUNS / 4) },
    );
  });

  test('24. PostgreSQL, Neo4j and the graph in memory answer alike', { timeout: 600_000 }, async (context) => {
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
      fc.asyncProperty(anySets, async (entries) => {
        const projection = await projected(entries, [3]);
        for (const empty of clear) await empty();
        const { pool } = projection.database;
        const graphs = [...stores, new PostgresLineageGraph({ pool, schema: await createGraphSchema(pool) })];
        for (const graph of graphs) await projection.feedTo(graph);
        for (const minutes of [0, 4, 100, 5000]) {
          for (const knownAt of [await projection.knownNow(), FIRST_RECORDED_AT + 6_000_000]) {
            const asked = { valid: { at: minute(minutes) }, knownAt, kinds: ALL_KINDS };
            const expected = await projection.graph.edges(asked);
            edgesSeen += expected.length;
            for (const graph of graphs) expect(await graph.edges(asked), graph.engine).toEqual(expected);
          }
        }
      }),
      { numRuns: Math.ceil(RUNS / 6) },
    );
    expect(edgesSeen).toBeGreaterThan(0);
  });
});

/** The events behind those that name everything sorted by arbitrary keys; the edits in their order, between them. */
function shuffled(entries: readonly Entry[], keys: readonly number[]): readonly Entry[] {
  const behind = entries.slice(NAMING.length);
  const events = behind
    .filter((entry) => !isEdit(entry))
    .map((entry, index) => ({ entry, key: keys[index] ?? 0 }))
    .sort((a, b) => a.key - b.key)
    .map(({ entry }) => entry);
  const mixed = [...events];
  let from = 0;
  for (const [index, edit] of behind.filter(isEdit).entries()) {
    const place = from + ((keys[LONGEST + index] ?? 0) % (mixed.length - from + 1));
    mixed.splice(place, 0, edit);
    from = place + 1;
  }
  return [...NAMING, ...mixed];
}
