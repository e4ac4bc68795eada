import { afterAll, beforeAll, expect, test } from 'vitest';
import { dataOf } from '../support/graphql.js';
import { HttpLoad, lastTableOf } from '../support/http-load.js';
import { run } from '../support/lineage-events.js';
import { ProductProcess, temporaryDataDir } from '../support/product.js';

let folder: Awaited<ReturnType<typeof temporaryDataDir>>;
let product: ProductProcess;

beforeAll(async () => {
  folder = await temporaryDataDir();
  product = await ProductProcess.serve({ HEADWATER_DATA_DIR: folder.dataDir }, ['--example']);
});
afterAll(async () => {
  await product.stop();
  await folder.remove();
});

const generation = async (): Promise<number> =>
  (await dataOf<{ status: { generation: number } }>(product.url, '{ status { generation } }')).status.generation;

const QUERY = `query ($claims: ID!, $asOf: DateTime, $load: ID!) {
  report: lineage(root: $claims, direction: UPSTREAM, depth: 20) {
    nodes { id depth } edges { id from to kind evidence firstSeenAt lastSeenAt validFrom validTo } upstream { count isExact } }
  before: lineage(root: $claims, direction: UPSTREAM, depth: 20, asOf: $asOf) { edges { from to kind validFrom validTo } }
  load: lineage(root: $load, direction: UPSTREAM, depth: 50) { nodes { id } }
  search(query: "claims", first: 50, orderBy: NAME) { totalCount edges { node { id displayName } } }
  findings(first: 50) { edges { node { code pointer } } }
  namespaces(first: 50) { edges { node { name } } }
}`;

/** What a user sees, over every part of the projection. */
function answers(load: string): Promise<Record<string, unknown>> {
  const claims = 'dataset:postgres%3A%2F%2Fwarehouse.insurance.example%3A5432:insurance.reporting.daily_claims';
  const asOf = new Date(Date.now() - 10 * 86_400_000).toISOString();
  return dataOf(product.url, QUERY, { claims, asOf: `${asOf.slice(0, 10)}T00:00:00Z`, load: lastTableOf(load) });
}

async function rebuild(): Promise<ProductProcess> {
  const command = ProductProcess.command({ HEADWATER_DATA_DIR: folder.dataDir }, ['rebuild']);
  expect(await command.exited, command.errors).toEqual({ code: 0, signal: null });
  return command;
}

test('a rebuild while events arrive: the running server follows the switch, nothing is refused and answers stay the same', async () => {
  const load = new HttpLoad(product.url, 'rebuild', { connections: 2, pauseMs: 5 });
  await load.until(100);
  const before = await generation();
  const command = await rebuild();
  expect(command.output).toMatch(/rebuilding \[=*-*\] \d+% \| \d+\/\d+ events/);
  expect(command.output).toContain(`Switched to generation ${String(before + 1)}.`);
  await product.until(async () => (await generation()) === before + 1, 10_000);
  await load.until(load.acknowledged.size + 50);
  await load.stop();
  expect([load.refused, load.unanswered]).toEqual([[], 0]);
  await product.caughtUp();
  expect(product.logged.filter(({ level }) => level === 'error')).toEqual([]);
  const runs = [...load.acknowledged.keys()]
    .slice(-30)
    .map((run, index) => `r${String(index)}: run(id: "${run}") { state }`);
  const found = await dataOf<Record<string, { state: string } | null>>(product.url, `{ ${runs.join(' ')} }`);
  expect(Object.values(found).map((run) => run?.state)).toEqual(runs.map(() => 'COMPLETED'));

  // What was projected live, part by the old generation and part by the new, against a replay of the whole log.
  const live = await answers('rebuild');
  await rebuild();
  await product.until(async () => (await generation()) === before + 2, 10_000);
  expect(await answers('rebuild')).toEqual(live);
  expect((live['report'] as { edges: unknown[] }).edges.length).toBeGreaterThan(20);
  expect((live['load'] as { nodes: unknown[] }).nodes).toHaveLength(41);
}, 180_000);

test('rules that the command line states are listed, and followed with the next rebuild', async () => {
  const rules = async (...words: string[]): Promise<ProductProcess> => {
    const command = ProductProcess.command({ HEADWATER_DATA_DIR: folder.dataDir }, ['rules', ...words]);
    await command.exited;
    return command;
  };
  expect((await rules()).output).toMatch(/^dbtStatements {6}off\n.*^misses {13}10\n/ms);
  for (const wrong of ['0', '1001', '2.5', 'many', '']) {
    const refused = await rules('misses', wrong);
    expect(await refused.exited).toEqual({ code: 1, signal: null });
    expect(refused.errors).toContain('from 1 to 1000');
  }
  const nothing = await rules('preview');
  expect(nothing.output).toBe('No name would belong to another dataset or job than now.\n');
  const statements = [1, 2, 3].map(
    (n) => run({ namespace: 'rules', job: `model.sql.${String(n)}`, run: n, at: n }).event,
  );
  const sent = await fetch(`${product.url}/api/v1/lineage/batch`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(statements),
  });
  expect(sent.status).toBe(200);
  const preview = await rules('preview', 'enable', 'dbtStatements');
  expect(preview.output).toMatch(
    /^job:rules:model\.sql\.1 -> job:rules:model\.sql\njob:.*\.2 -> .*\njob:.*\.3 -> .*\n3 names/,
  );
  expect(preview.output).toMatch(/(\d+) datasets and jobs would be \d+\.\n$/);
  expect((await rules()).output).not.toContain('next rebuild');
  expect((await rules('misses', '2')).output).toContain('with the next rebuild');
  expect((await rules('enable', 'dbtStatements')).output).toContain('with the next rebuild');
  await product.caughtUp();
  const stated = (await rules()).output;
  expect(stated).toContain('dbtStatements      off (on with the next rebuild)\n');
  expect(stated).toContain('misses             10 (2 with the next rebuild)\n');
  await rebuild();
  const followed = (await rules()).output;
  expect(followed).toContain('dbtStatements      on\n');
  expect(followed).toContain('misses             2\n');
}, 120_000);

test('two rebuilds at once: the second is refused and says why', async () => {
  const [first, second] = [1, 2].map(() => ProductProcess.command({ HEADWATER_DATA_DIR: folder.dataDir }, ['rebuild']));
  const exits = await Promise.all([first?.exited, second?.exited]);
  const failed = exits.filter((exit) => exit?.code === 1);
  // The machine may have run one after the other.
  expect(failed.length).toBeLessThanOrEqual(1);
  const errors = `${first?.errors ?? ''}${second?.errors ?? ''}`;
  expect(errors).toBe(failed.length === 0 ? '' : 'another rebuild is running: wait for it to end\n');
}, 120_000);
