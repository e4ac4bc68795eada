import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createTestDatabase } from '../support/postgres.js';
import { TestProjection } from '../support/projection.js';

const shared = process.env['HEADWATER_SHARED'] ?? '';
const scenarios = ['CLL', 'airflow', 'spark_dataproc_bigquery_shakespare'];

const open: TestProjection[] = [];
afterAll(async () => {
  for (const projection of open) await projection.close();
});

async function projected(events: readonly unknown[], batchSize: number): Promise<TestProjection> {
  const projection = await TestProjection.create(await createTestDatabase());
  open.push(projection);
  await projection.take(
    events.map((event) => ({ event, receivedAt: 1_780_000_000_000_000 })),
    batchSize,
  );
  return projection;
}

function eventsOf(scenario: string): unknown[] {
  const folder = join(shared, 'openlineage/scenarios', scenario, 'events');
  return readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as unknown);
}

describe.skipIf(!existsSync(join(shared, 'openlineage')))('real event streams', () => {
  for (const scenario of scenarios) {
    test(`${scenario}: the order of arrival and the size of batches do not matter`, async () => {
      const events = eventsOf(scenario);
      const first = await projected(events, 1000);
      const second = await projected([...events].reverse(), 3);
      const strip = (edges: Awaited<ReturnType<TestProjection['edgesAt']>>) =>
        edges.map(({ kind, from, to, rows }) => ({ kind, from, to, rows: rows.map(({ evidence, producer, validFrom, validTo }) => ({ evidence, producer, validFrom, validTo })) }));
      const edges = strip(await first.edgesAt(1_790_000_000_000_000));
      console.log(scenario, edges.length, edges.filter((e) => e.kind !== 'DERIVED').map((e) => `${e.kind} ${e.from} ${e.to}`).join('\n'));
      expect(edges.length).toBeGreaterThan(0);
      expect(strip(await second.edgesAt(1_790_000_000_000_000))).toEqual(edges);
    });
  }
});
