import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, dataOf, readiness } from '../support/graphql.js';
import { HttpLoad, lastTableOf } from '../support/http-load.js';
import { neo4jForTests } from '../support/neo4j.js';
import { ProductProcess, temporaryDataDir } from '../support/product.js';

const run = promisify(execFile);
const FOLDER = fileURLToPath(new URL('../support/neo4j/', import.meta.url));
/** Seconds. Verification of a clean clone takes a minute. */
const AWAY_S = Number(process.env['HEADWATER_NEO4J_AWAY_S'] ?? '20');
/** OpenLineage's clients give up after 5 s. */
const LONGEST_ANSWER_MS = 5_000;
const LINEAGE = `query ($root: ID!) { lineage(root: $root, direction: UPSTREAM, depth: 50) { nodes { id } truncatedBecause } }`;

// Only whether one can be started at all: this test stops its server, so it has one of its own.
const shared = await neo4jForTests();
const reason = 'absent' in shared ? shared.absent : process.platform === 'linux' ? undefined : 'start.sh needs Linux';

/** A Neo4j that keeps its data and its port from one start to the next. */
class StoppableNeo4j {
  readonly #name = `away-${String(process.pid)}`;
  readonly #data: string;
  readonly #port: string;

  private constructor(data: string, port: string) {
    this.#data = data;
    this.#port = port;
  }

  static async create(): Promise<StoppableNeo4j> {
    const data = await mkdtemp(path.join(tmpdir(), 'headwater-neo4j-away-'));
    const server = new StoppableNeo4j(data, String(await freePort()));
    await server.start();
    return server;
  }

  get uri(): string {
    return `bolt://127.0.0.1:${this.#port}`;
  }

  async start(): Promise<void> {
    const settings = {
      HEADWATER_NEO4J_DATA: this.#data,
      HEADWATER_NEO4J_PORT: this.#port,
      HEADWATER_NEO4J_OWNER: String(process.pid),
    };
    await run(path.join(FOLDER, 'start.sh'), [this.#name], { env: { ...process.env, ...settings } });
  }

  async stop(): Promise<void> {
    await run(path.join(FOLDER, 'stop.sh'), [this.#name]);
  }

  async remove(): Promise<void> {
    await this.stop();
    await rm(this.#data, { recursive: true, force: true });
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === 'object' ? (address?.port ?? 0) : 0);
      });
    });
  });
}

/** Nodes of the load's chain; a server that has just come back may need a moment for its first plans. */
async function chainLength(url: string, label: string): Promise<number> {
  for (let attempt = 1; ; attempt++) {
    const { lineage } = await dataOf<{ lineage: { nodes: unknown[]; truncatedBecause: string | null } | null }>(
      url,
      LINEAGE,
      { root: lastTableOf(label) },
    );
    if (lineage?.truncatedBecause !== 'TIME' || attempt === 5) return lineage?.nodes.length ?? 0;
    process.stdout.write(
      `lineage of a graph that has just come back was cut short in time, attempt ${String(attempt)}\n`,
    );
  }
}

describe.skipIf(reason !== undefined)('Neo4j away under load', () => {
  let neo4j: StoppableNeo4j;
  let folder: Awaited<ReturnType<typeof temporaryDataDir>>;
  let product: ProductProcess;

  beforeAll(async () => {
    neo4j = await StoppableNeo4j.create();
    folder = await temporaryDataDir();
    product = await ProductProcess.serve({
      HEADWATER_DATA_DIR: folder.dataDir,
      NEO4J_URI: neo4j.uri,
      NEO4J_PASSWORD: 'unused',
    });
  }, 240_000);
  afterAll(async () => {
    await product.stop();
    await neo4j.remove();
    await folder.remove();
  });

  test(`8. away for ${String(AWAY_S)} s: no event is refused, lineage says so with the lag, the catalog answers, and the graph catches up`, async () => {
    expect(product.output).toContain('the lineage graph in Neo4j');
    const load = new HttpLoad(product.url, 'away', { connections: 4, pauseMs: 20 });
    await load.until(100);
    await product.until(async () => ((await readiness(product.url)).graph.lag?.events ?? 1000) < 50);
    await neo4j.stop();
    const stoppedAt = Date.now();
    const before = load.acknowledged.size;

    let asked = 0;
    while (Date.now() - stoppedAt < AWAY_S * 1000) {
      const startedAt = performance.now();
      const { errors } = await ask(product.url, LINEAGE, { root: lastTableOf('away') });
      expect(performance.now() - startedAt).toBeLessThan(LONGEST_ANSWER_MS);
      expect(errors[0]?.extensions).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
      const lag = errors[0]?.extensions['lagEvents'];
      expect(lag, JSON.stringify(errors)).toEqual(expect.any(Number));
      expect(errors[0]?.message).toMatch(/\d+ events behind/);
      asked += 1;

      const [run] = [...load.acknowledged.keys()].slice(-200, -199);
      const found = await ask<{ run: unknown; search: { totalCount: number } }>(
        product.url,
        'query ($id: ID!) { run(id: $id) { state job { name } } search(query: "step") { totalCount } }',
        { id: run ?? [...load.acknowledged.keys()][0] },
      );
      expect(found.errors).toEqual([]);
      expect(found.data?.search.totalCount).toBeGreaterThan(0);
      const health = await readiness(product.url);
      expect([health.status, health.graph.status, health.catalog.status]).toEqual(['degraded', 'down', 'up']);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    expect(asked).toBeGreaterThan(2);
    expect(load.acknowledged.size).toBeGreaterThan(before + AWAY_S * 5);

    await neo4j.start();
    await load.until(load.acknowledged.size + 100);
    await load.stop();
    expect([load.refused, load.unanswered]).toEqual([[], 0]);
    expect(load.slowestMs).toBeLessThan(LONGEST_ANSWER_MS);
    await product.caughtUp();
    expect(await chainLength(product.url, 'away')).toBe(41);
    const { status } = await dataOf<{ status: { position: string; graph: { position: string } } }>(
      product.url,
      '{ status { position graph { position } } }',
    );
    expect(status.graph.position).toBe(status.position);
    expect(status.position.endsWith(`.${String(load.acknowledged.size)}`)).toBe(true);
    process.stdout.write(
      `Neo4j away ${String(AWAY_S)} s: ${String(load.acknowledged.size)} events accepted, slowest answer ${load.slowestMs.toFixed(0)} ms\n`,
    );
  }, 240_000);

  test('a start while Neo4j is away accepts events and serves the catalog', async () => {
    await product.stop();
    await neo4j.stop();
    product = await ProductProcess.serve({
      HEADWATER_DATA_DIR: folder.dataDir,
      NEO4J_URI: neo4j.uri,
      NEO4J_PASSWORD: 'unused',
    });
    const load = new HttpLoad(product.url, 'away-start', { connections: 2 });
    await load.until(40);
    await load.stop();
    expect([load.refused, load.unanswered]).toEqual([[], 0]);
    const { search } = await dataOf<{ search: { totalCount: number } }>(product.url, '{ search { totalCount } }');
    expect(search.totalCount).toBeGreaterThan(0);
    await neo4j.start();
    await product.caughtUp();
    expect(await chainLength(product.url, 'away-start')).toBe(41);
  }, 240_000);
});

if (reason !== undefined) {
  test('8. Neo4j away under load', (context) => {
    context.skip(reason);
  });
}
