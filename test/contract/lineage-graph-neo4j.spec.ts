import { lineageGraphContract } from '@headwater/store-contract/lineage-graph.contract';
import { createGeneration, dropGeneration } from '@headwater/store-neo4j/graph-generation';
import { Neo4jConnection } from '@headwater/store-neo4j/neo4j-connection';
import { Neo4jLineageGraph } from '@headwater/store-neo4j/neo4j-lineage-graph';
import { afterAll, describe, expect, test } from 'vitest';
import { neo4jForTests, newGeneration } from '../support/neo4j.js';

const server = await neo4jForTests();

describe.skipIf('absent' in server)('on a Neo4j server', () => {
  if ('absent' in server) return;
  const connection = new Neo4jConnection(server);
  const generations: string[] = [];

  const newGraph = async (): Promise<Neo4jLineageGraph> => {
    const generation = newGeneration();
    await createGeneration(connection, generation);
    generations.push(generation);
    return new Neo4jLineageGraph({ connection, generation });
  };

  afterAll(async () => {
    for (const generation of generations) await dropGeneration(connection, generation);
    await connection.close();
  });

  lineageGraphContract({ name: 'Neo4j', create: newGraph });

  test('a generation that could carry Cypher is refused', () => {
    for (const generation of ['G1)', 'g1', 'G', '', 'G1`']) {
      expect(() => new Neo4jLineageGraph({ connection, generation })).toThrow('a generation is G and a number');
    }
  });
});
