import type { ExpandOptions } from '@headwater/domain/graph';
import type { NodeId } from '@headwater/domain/identifiers';
import { lineageGraphContract } from '@headwater/store-contract/lineage-graph.contract';
import { ask, dataset, edgeRow, hour, load, node, open } from '@headwater/store-contract/lineage-graph/rows';
import { clearGeneration, createGeneration, dropGeneration } from '@headwater/store-neo4j/graph-generation';
import { Neo4jConnection, type Run } from '@headwater/store-neo4j/neo4j-connection';
import { Neo4jLineageGraph } from '@headwater/store-neo4j/neo4j-lineage-graph';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { neo4jForTests, newGeneration } from '../support/neo4j.js';

const server = await neo4jForTests();

class CutBeforePublishing extends Neo4jConnection {
  override write(operation: string, work: (run: Run) => Promise<void>): Promise<void> {
    return operation === 'publish' ? Promise.reject(new Error('cut off')) : super.write(operation, work);
  }
}

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

  test('a chain is read ahead in one trip, as far as was asked for', async () => {
    await clearGeneration(connection, generation);
    const graph = new Neo4jLineageGraph({ connection, generation });
    const chain = Array.from({ length: 12 }, (_, at) => dataset(`t${String(at)}`));
    const rows = chain.slice(1).map((to, at) => open(edgeRow('DERIVED', chain[at] ?? to, to)));
    await load(graph, rows);
    const read = async (change: Partial<ExpandOptions>, from = 0): Promise<readonly NodeId[]> => [
      ...((await graph.expand([{ node: chain[from] ?? dataset('t0') }], ask(change))).ahead ?? new Map()).keys(),
    ];
    expect(await read({ ahead: 5 })).toEqual(chain.slice(1, 6));
    expect(await read({ ahead: 50 })).toEqual(chain.slice(1));
    expect(await read({ ahead: 4, direction: 'UPSTREAM', withoutRows: true }, 11)).toEqual(
      chain.slice(7, 11).reverse(),
    );
    // The fourth edge was one too many: the nodes before it are whole, the others are not told of.
    expect(await read({ ahead: 50, limit: 3 })).toEqual(chain.slice(1, 3));
    expect(await read({ ahead: 50, limit: 0 })).toEqual([]);
    expect(await read({})).toEqual([]);
  });

  test('a batch that was stored but not published when the server went away is published by the next call', async () => {
    await clearGeneration(connection, generation);
    const cut = new CutBeforePublishing(server);
    const batch = { position: 4, recordedAt: hour(4), changes: [node(dataset('orders'), 'orders')] };
    await expect(new Neo4jLineageGraph({ connection: cut, generation }).apply([batch])).rejects.toThrow('cut off');
    await cut.close();
    const graph = new Neo4jLineageGraph({ connection, generation });
    expect(await graph.checkpoint()).toEqual({ position: 0, recordedAt: 0 });
    await graph.apply([batch]);
    expect(await graph.checkpoint()).toEqual({ position: 4, recordedAt: hour(4) });
    expect((await graph.nodes([dataset('orders')], hour(4))).size).toBe(1);
  });

  test('a generation that could carry Cypher is refused', () => {
    for (const suffix of ['G1)', 'g1', 'G', '', 'G1`']) {
      expect(() => new Neo4jLineageGraph({ connection, generation: suffix })).toThrow('a generation is G and a number');
    }
  });
});
