import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { HeadwaterError } from '@headwater/domain/errors';
import { ask, dataset, edgeRow, hour, job, load, neighbors, open } from '@headwater/store-contract/lineage-graph/rows';
import { createGeneration, dropGeneration } from '@headwater/store-neo4j/graph-generation';
import { Neo4jConnection } from '@headwater/store-neo4j/neo4j-connection';
import { Neo4jLineageGraph } from '@headwater/store-neo4j/neo4j-lineage-graph';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { neo4jForTests, newGeneration } from '../support/neo4j.js';

const FEW_SECONDS_MS = 8000;

const server = await neo4jForTests();

describe.skipIf('absent' in server)('Neo4j away', () => {
  if ('absent' in server) return;
  const direct = new Neo4jConnection(server);
  const generation = newGeneration();
  const cable = new Cable(new URL(server.uri));
  let connection: Neo4jConnection;
  let graph: Neo4jLineageGraph;

  beforeAll(async () => {
    await createGeneration(direct, generation);
    await cable.plugIn();
    connection = new Neo4jConnection({ ...server, uri: `bolt://127.0.0.1:${String(cable.port)}` });
    graph = new Neo4jLineageGraph({ connection, generation });
    await load(graph, [open(edgeRow('READ', dataset('orders'), job('bill')))]);
  });

  afterAll(async () => {
    await connection.close();
    await cable.pull();
    await dropGeneration(direct, generation);
    await direct.close();
  });

  test('calls fail as UNAVAILABLE within seconds, nothing is applied, and work again when it is back', async () => {
    await cable.pull();
    const batch = { position: 2, recordedAt: hour(2), changes: [open(edgeRow('READ', dataset('orders'), job('new')))] };
    const startedAt = performance.now();
    const outcomes = await Promise.allSettled([
      graph.expand([{ node: dataset('orders') }], ask()),
      graph.nodes([dataset('orders')], hour(1)),
      graph.checkpoint(),
      graph.apply([batch]),
    ]);
    expect(performance.now() - startedAt).toBeLessThan(FEW_SECONDS_MS);
    expect(outcomes.map(categoryOf)).toEqual(outcomes.map(() => 'UNAVAILABLE'));

    await cable.plugIn();
    expect(await neighbors(graph, dataset('orders'))).toEqual([job('bill')]);
    expect((await graph.checkpoint()).position).toBe(1);
    await graph.apply([batch]);
    expect(await neighbors(graph, dataset('orders'))).toEqual([job('bill'), job('new')]);
  });

  test('a server that takes connections and says nothing is away too', async () => {
    await cable.pull();
    await cable.plugIn({ mute: true });
    const startedAt = performance.now();
    const [outcome] = await Promise.allSettled([graph.checkpoint()]);
    expect(performance.now() - startedAt).toBeLessThan(FEW_SECONDS_MS);
    expect(categoryOf(outcome)).toBe('UNAVAILABLE');
    await cable.pull();
    await cable.plugIn();
    expect((await graph.checkpoint()).position).toBe(2);
  });
});

function categoryOf(outcome: PromiseSettledResult<unknown> | undefined): string {
  if (outcome?.status !== 'rejected') return 'answered';
  return outcome.reason instanceof HeadwaterError ? outcome.reason.category : String(outcome.reason);
}

/** A connection to the server that can be cut, on a port that stays the same. */
class Cable {
  port = 0;
  readonly #target: URL;
  #listener: Server | undefined;
  readonly #sockets = new Set<Socket>();

  constructor(target: URL) {
    this.#target = target;
  }

  async plugIn({ mute = false } = {}): Promise<void> {
    const listener = createServer((near) => {
      this.#track(near);
      if (mute) return;
      const far = connect(Number(this.#target.port), this.#target.hostname);
      this.#track(far);
      near.pipe(far).pipe(near);
      near.on('close', () => far.destroy());
      far.on('close', () => near.destroy());
    });
    this.#listener = listener;
    await new Promise<void>((resolve) => listener.listen(this.port, '127.0.0.1', resolve));
    this.port = (listener.address() as AddressInfo).port;
  }

  async pull(): Promise<void> {
    const listener = this.#listener;
    this.#listener = undefined;
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => (listener === undefined ? resolve() : listener.close(() => resolve())));
  }

  #track(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#sockets.delete(socket));
  }
}
