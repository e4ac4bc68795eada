import { createServer } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { dataOf } from '../support/graphql.js';
import { HttpLoad, loadEvent } from '../support/http-load.js';
import { createTestDatabase } from '../support/postgres.js';
import { ProductProcess, temporaryDataDir } from '../support/product.js';

const LONGEST_STOP_MS = 10_000;

const started: ProductProcess[] = [];
const keep = (product: ProductProcess): ProductProcess => {
  started.push(product);
  return product;
};
const serve = async (settings: Record<string, string>, args: readonly string[] = []): Promise<ProductProcess> =>
  keep(await ProductProcess.serve(settings, args));
const launch = (settings: Record<string, string>, args: readonly string[] = []): ProductProcess =>
  keep(ProductProcess.launch(settings, args));

afterEach(async () => {
  for (const product of started.splice(0)) await product.stop();
});

describe('a start that cannot be', () => {
  test.each(['0.0.0.0', '::', '192.0.2.7', 'catalog.example'])(
    'HOST=%s without authentication ends with 78 and says why and what to set',
    async (host) => {
      const product = launch({ HOST: host, HEADWATER_AUTH: 'off' });
      expect(await product.exited).toEqual({ code: 78, signal: null });
      expect(product.errors).toContain('HEADWATER_AUTH must be on where HOST is not a loopback address (127.0.0.1');
      expect(product.errors).toContain('everybody who reaches it could do everything');
    },
  );

  test('wrong settings end with 78 and are all named, without their values', async () => {
    const product = launch({ PORT: 'hunter2', NEO4J_URI: 'http://hunter2', HEADWATER_LOG_LEVEL: 'hunter2' });
    expect(await product.exited).toEqual({ code: 78, signal: null });
    for (const name of ['PORT', 'NEO4J_URI', 'NEO4J_PASSWORD', 'HEADWATER_LOG_LEVEL']) {
      expect(product.errors).toContain(name);
    }
    expect(product.errors).not.toContain('hunter2');
  });

  test('an unknown option ends with 2 and the usage', async () => {
    const product = launch({}, ['--exmaple']);
    expect(await product.exited).toEqual({ code: 2, signal: null });
    expect(product.errors).toContain('--example');
  });

  test('a port in use is told at once, before a database is made', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const address = taken.address();
    const port = String(typeof address === 'object' ? address?.port : '');
    const temporary = await temporaryDataDir();
    try {
      const product = launch({ PORT: port, HEADWATER_DATA_DIR: temporary.dataDir });
      expect(await product.exited).toEqual({ code: 1, signal: null });
      expect(product.errors).toBe(`Headwater cannot start: port ${port} is in use. Set PORT to another one.\n`);
      expect(product.output).toBe('');
    } finally {
      taken.close();
      await temporary.remove();
    }
  });

  test('a database that does not answer is told with what to check, and never its password', async () => {
    const product = launch({ DATABASE_URL: 'postgres://someone:hunter2@127.0.0.1:1/catalog' });
    expect(await product.exited).toEqual({ code: 1, signal: null });
    expect(product.errors).toContain('Check that it runs, and the host and port in DATABASE_URL');
    expect(product.errors).not.toContain('hunter2');
  });
});

describe('on a data directory', () => {
  let folder: Awaited<ReturnType<typeof temporaryDataDir>>;
  let settings: { HEADWATER_DATA_DIR: string };

  beforeAll(async () => {
    folder = await temporaryDataDir();
    settings = { HEADWATER_DATA_DIR: folder.dataDir };
    expect(await (await ProductProcess.serve(settings, ['--example'])).stop()).toEqual({ code: 0, signal: null });
  });
  afterAll(() => folder.remove());

  test('a second start says that the first one has it, and disturbs it in nothing', async () => {
    const first = await serve(settings);
    const second = launch(settings);
    expect(await second.exited).toEqual({ code: 1, signal: null });
    expect(second.errors).toContain(`${folder.dataDir} is in use`);
    expect(second.errors).toContain(`process ${String(first.pid)}`);
    // As somebody has it who types the same command twice: the port is taken as well.
    const again = launch({ ...settings, PORT: new URL(first.url).port });
    expect(await again.exited).toEqual({ code: 1, signal: null });
    expect(again.errors).toBe(second.errors);
    expect((await fetch(`${first.url}/health/ready`)).status).toBe(200);
  });

  test('a start shows where the API is and nothing that only developers read', async () => {
    const product = await serve(settings);
    expect(product.output).toContain(`Headwater is ready: ${product.url}/graphql`);
    expect(product.output).toContain(`(events in ${folder.dataDir}, the lineage graph in PostgreSQL)`);
    expect(product.logged).toEqual([]);
    expect(product.errors).toBe('');
  });

  test('a restart answers from what is there, and says how long it took', async () => {
    const startedAt = performance.now();
    const product = await serve(settings);
    const { search } = await dataOf<{ search: { totalCount: number } }>(product.url, '{ search { totalCount } }');
    process.stdout.write(`restart to first answer: ${((performance.now() - startedAt) / 1000).toFixed(1)} s\n`);
    expect(search.totalCount).toBeGreaterThan(20);
  });

  test.each(['SIGTERM', 'SIGINT'] as const)(
    '7. %s under load ends with 0 within 10 s, and everything acknowledged is there after a restart',
    async (signal) => {
      const product = await serve(settings);
      const load = new HttpLoad(product.url, `stop-${signal}`, { connections: 8 });
      await load.until(200);
      const signaledAt = performance.now();
      product.signal(signal);
      expect(await product.exited).toEqual({ code: 0, signal: null });
      expect(performance.now() - signaledAt).toBeLessThan(LONGEST_STOP_MS);
      await load.stop();
      expect(load.refused.filter((status) => status !== 503)).toEqual([]);
      expect(product.logged.filter(({ level }) => level === 'error')).toEqual([]);

      const again = await serve(settings);
      await again.caughtUp();
      const runs = [...load.acknowledged.keys()];
      const answers: (string | undefined)[] = [];
      for (let from = 0; from < runs.length; from += 30) {
        const fields = runs
          .slice(from, from + 30)
          .map((run, index) => `r${String(index)}: run(id: "${run}") { state }`);
        const data = await dataOf<Record<string, { state: string } | null>>(again.url, `{ ${fields.join(' ')} }`);
        answers.push(...Object.values(data).map((run) => run?.state));
      }
      expect(answers).toEqual(runs.map(() => 'COMPLETED'));
    },
    120_000,
  );

  test('npm run headwater -- status works beside the running server and names each projection', async () => {
    const product = await serve(settings);
    await product.caughtUp();
    const status = keep(ProductProcess.command(settings, ['status']));
    expect(await status.exited).toEqual({ code: 0, signal: null });
    expect(status.output).toMatch(/^log {9}[0-9a-f]{12}\.\d+$/m);
    expect(status.output).toMatch(/^catalog {5}\d+, 0 events behind \(generation 1\)$/m);
    expect(status.output).toMatch(/^graph {7}\d+, 0 events behind \(POSTGRES\)$/m);
  });
});

test('with DATABASE_URL it runs on that database, and says so', async () => {
  const database = await createTestDatabase();
  try {
    const product = await serve({ DATABASE_URL: database.url });
    expect(product.output).toContain('events in DATABASE_URL');
    expect(product.output).toContain('everybody on this machine may read and change everything');
    expect(product.output).not.toMatch(/HEADWATER_TOKEN|\/auth\//);
    const accepted = await fetch(`${product.url}/api/v1/lineage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(loadEvent('external', 1)),
    });
    expect(accepted.status).toBe(201);
    const { rows } = await database.pool.query('SELECT FROM event_log');
    expect(rows).toHaveLength(1);
    expect((await product.stop()).code).toBe(0);
  } finally {
    await database.drop();
  }
});
