import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { StoredEvent } from '@headwater/domain/events';
import { PostgresEventLog } from '@headwater/store-postgres/log/postgres-event-log';
import { runningPostgresUrl } from '@headwater/store-postgres/embedded/embedded-postgres';
import { createPool } from '@headwater/store-postgres/pool';
import { dataOf } from '../support/graphql.js';
import { HttpLoad, lastTableOf } from '../support/http-load.js';
import { ProductProcess, temporaryDataDir } from '../support/product.js';

let folder: Awaited<ReturnType<typeof temporaryDataDir>>;
let product: ProductProcess | undefined;

beforeAll(async () => {
  folder = await temporaryDataDir();
});
afterEach(async () => {
  await product?.stop();
});
afterAll(async () => {
  await folder.remove();
});

async function storedEvents(): Promise<readonly StoredEvent[]> {
  const url = (await runningPostgresUrl(folder.dataDir)) ?? '';
  const pool = createPool({ url });
  const log = await PostgresEventLog.open({ url, pool });
  try {
    const stored: StoredEvent[] = [];
    for (;;) {
      const page = await log.readAfter(stored.at(-1)?.position ?? 0, 2_000);
      if (page.length === 0) return stored;
      stored.push(...page);
    }
  } finally {
    await log.close();
    await pool.end();
  }
}

/** Rounds leave their events to the next, so that every start meets what all kills before it left. */
const acknowledged = new Map<string, string>();

test.each(['kill-one', 'kill-two', 'kill-three'])(
  '7. kill -9 of the product and its PostgreSQL under load (%s): every acknowledged event is in the log once and projected',
  async (label) => {
    const settings = { HEADWATER_DATA_DIR: folder.dataDir, HEADWATER_LOG_LEVEL: 'warn' };
    product = await ProductProcess.serve(settings);
    const load = new HttpLoad(product.url, label, { connections: 16 });
    await load.until(400);
    await product.killAll(folder.dataDir);
    await load.stop();
    for (const [run, position] of load.acknowledged) acknowledged.set(run, position);

    product = await ProductProcess.serve(settings);
    await product.caughtUp();
    const stored = await storedEvents();
    expect(stored.map(({ position }) => position)).toEqual(stored.map((_, index) => index + 1));
    const positions = new Map<string, number>();
    for (const { bytes, position } of stored) {
      const { run } = JSON.parse(Buffer.from(bytes).toString()) as { run: { runId: string } };
      expect(positions.has(run.runId)).toBe(false);
      positions.set(run.runId, position);
    }
    const lost = [...acknowledged].filter(([run, at]) => !at.endsWith(`.${String(positions.get(run))}`));
    expect(lost).toEqual([]);

    const runs = [...load.acknowledged.keys()];
    const sample = [...runs.slice(-60), ...runs.slice(0, 30)];
    const fields = sample.map((run, index) => `r${String(index)}: run(id: "${run}") { state }`);
    for (let from = 0; from < fields.length; from += 30) {
      const data = await dataOf<Record<string, { state: string } | null>>(
        product.url,
        `{ ${fields.slice(from, from + 30).join(' ')} }`,
      );
      expect(Object.values(data).map((run) => run?.state)).toEqual(
        fields.slice(from, from + 30).map(() => 'COMPLETED'),
      );
    }
    const { lineage } = await dataOf<{ lineage: { nodes: readonly unknown[] } }>(
      product.url,
      'query ($root: ID!) { lineage(root: $root, direction: UPSTREAM, depth: 50) { nodes { id } } }',
      { root: lastTableOf(label) },
    );
    expect(lineage.nodes).toHaveLength(41);
    expect((await product.stop()).code).toBe(0);
  },
  180_000,
);
