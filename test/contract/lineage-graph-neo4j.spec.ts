import { lineageGraphContract } from '@headwater/store-contract/lineage-graph.contract';
import { clearGeneration, createGeneration, dropGeneration } from '@headwater/store-neo4j/graph-generation';
import { Neo4jConnection } from '@headwater/store-neo4j/neo4j-connection';
import { Neo4jLineageGraph } from '@headwater/store-neo4j/neo4j-lineage-graph';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { neo4jForTests, newGeneration } from '../support/neo4j.js';

const server = await neo4jForTests();

describe.skipIf('absent' in server)('on a Neo4j server', () => {
  if ('absent' in server) return;
  const connection = new Neo4jConnection(server);
  const generation = newGeneration();

  beforeAll(() => createGeneration(connection, generation));

  afterAll(async () => {
    await dropGeneration(connection, generation);
    await connection.close();
  });

  lineageGraphContract({
    name: 'Neo4j',
    // Emptied rather than made anew: the server would plan every statement again for every test.
    create: async () => {
      await clearGeneration(connection, generation);
      return new Neo4jLineageGraph({ connection, generation });
    },
  });

  test('a generation that could carry Cypher is refused', () => {
    for (const suffix of ['G1)', 'g1', 'G', '', 'G1`']) {
      expect(() => new Neo4jLineageGraph({ connection, generation: suffix })).toThrow('a generation is G and a number');
    }
  });
});
