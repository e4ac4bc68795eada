import { MemoryLineageGraph } from '@headwater/store-contract/memory-lineage-graph';
import { clearGeneration, createGeneration, dropGeneration } from '@headwater/store-neo4j/graph-generation';
import { Neo4jConnection } from '@headwater/store-neo4j/neo4j-connection';
import { Neo4jLineageGraph } from '@headwater/store-neo4j/neo4j-lineage-graph';
import { createGeneration as createTables, generationSchema } from '@headwater/store-postgres/migrate/generations';
import { PostgresLineageGraph } from '@headwater/store-postgres/graph/postgres-lineage-graph';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkCase, hiddenCase, loadCase, sight } from '../support/hidden-lineage.js';
import { neo4jForTests, newGeneration } from '../support/neo4j.js';
import { createTestDatabase } from '../support/postgres.js';

const TITLE = 'a restricted answer is the full one with opaque nodes';

test(`${TITLE}, in memory`, async () => {
  const seen = { hiddenRoots: 0, seenRoots: 0, merged: 0 };
  await fc.assert(
    fc.asyncProperty(hiddenCase, async (asked) => {
      const graph = new MemoryLineageGraph();
      await loadCase(graph, asked);
      await checkCase(graph, asked);
      seen[sight.sees(asked.root) ? 'seenRoots' : 'hiddenRoots'] += 1;
      seen.merged += asked.aliases.length;
    }),
    { numRuns: 300 },
  );
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(20);
}, 120_000);

test(`${TITLE}, on PostgreSQL`, async () => {
  const database = await createTestDatabase();
  let generation = 0;
  try {
    await fc.assert(
      fc.asyncProperty(hiddenCase, async (asked) => {
        generation += 1;
        await createTables(database.pool, generation);
        const graph = new PostgresLineageGraph({ pool: database.pool, schema: generationSchema(generation) });
        await loadCase(graph, asked);
        await checkCase(graph, asked);
      }),
      { numRuns: 10 },
    );
  } finally {
    await database.drop();
  }
}, 120_000);

const server = await neo4jForTests();

test(`${TITLE}, on Neo4j`, async (context) => {
  if ('absent' in server) {
    context.skip(server.absent);
    return;
  }
  const connection = new Neo4jConnection(server);
  const generation = newGeneration();
  await createGeneration(connection, generation);
  try {
    await fc.assert(
      fc.asyncProperty(hiddenCase, async (asked) => {
        await clearGeneration(connection, generation);
        const graph = new Neo4jLineageGraph({ connection, generation });
        await loadCase(graph, asked);
        await checkCase(graph, asked);
      }),
      { numRuns: 10 },
    );
  } finally {
    await dropGeneration(connection, generation);
    await connection.close();
  }
}, 240_000);
