import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dbtEvents, documentsIn, exampleDocuments, foodDelivery, sharedFolder } from '../conformance/event-streams.js';
import { dataOf } from '../support/graphql.js';
import { loadEvent } from '../support/http-load.js';
import { ProductProcess, temporaryDataDir } from '../support/product.js';
import { mutateBytes, mutateStructure, seededRandom } from './mutate-event.js';

const EVENTS = 10_000;
const LANES = 8;
const LONGEST_ANSWER_MS = 5_000;
const MEMORY_LIMIT_MIB = 700;
const SEED = Number(process.env['MUTATION_SEED'] ?? '20261123');

let folder: Awaited<ReturnType<typeof temporaryDataDir>>;
let product: ProductProcess;

beforeAll(async () => {
  folder = await temporaryDataDir();
  product = await ProductProcess.serve({ HEADWATER_DATA_DIR: folder.dataDir, HEADWATER_LOG_LEVEL: 'info' });
});
afterAll(async () => {
  await product.stop();
  await folder.remove();
});

function corpus(): readonly string[] {
  const shared = sharedFolder();
  const own = [...exampleDocuments().slice(0, 120), ...dbtEvents()];
  if (shared === undefined) return own;
  return [
    ...own,
    ...['airflow', 'CLL', 'spark_dataproc_bigquery_shakespare'].flatMap((name) =>
      documentsIn(join(shared, 'scenarios', name, 'events')),
    ),
    ...foodDelivery(shared),
  ].filter((document) => document.length < 200_000);
}

async function memoryMib(): Promise<number> {
  const text = await (await fetch(`${product.url}/metrics`)).text();
  return Number(/^process_resident_memory_bytes (\S+)$/m.exec(text)?.[1]) / 1024 / 1024;
}

test(`3. ${String(EVENTS)} mutated events: never a 5xx, never a hang; the server answers after and its projection catches up`, async () => {
  process.stdout.write(`mutated events: seed ${String(SEED)} (MUTATION_SEED)\n`);
  const documents = corpus();
  const random = seededRandom(SEED);
  const pick = (): string => documents[Math.floor(random() * documents.length)] ?? '';
  const statuses = new Map<number, number>();
  const faults: string[] = [];
  let sent = 0;
  let mostMib = 0;
  const lane = async (): Promise<void> => {
    while (sent < EVENTS) {
      const number = (sent += 1);
      const body =
        random() < 0.75 ? mutateStructure(pick(), pick(), random) : new Uint8Array(mutateBytes(pick(), random));
      const startedAt = performance.now();
      const response = await fetch(`${product.url}/api/v1/lineage`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
        signal: AbortSignal.timeout(4 * LONGEST_ANSWER_MS),
      });
      const answer = await response.text();
      const ms = performance.now() - startedAt;
      statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
      const isFault =
        response.status >= 500 || ![201, 400, 413, 422].includes(response.status) || ms > LONGEST_ANSWER_MS;
      if (isFault)
        faults.push(`#${String(number)}: ${String(response.status)} in ${ms.toFixed(0)} ms: ${answer.slice(0, 300)}`);
      if (number % 500 === 0) mostMib = Math.max(mostMib, await memoryMib());
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  expect(faults).toEqual([]);
  // Structure-aware mutations must get through the door, else nothing behind it was tried.
  expect(statuses.get(201) ?? 0).toBeGreaterThan(EVENTS / 3);
  expect((statuses.get(400) ?? 0) + (statuses.get(422) ?? 0)).toBeGreaterThan(100);

  await product.caughtUp(240_000);
  mostMib = Math.max(mostMib, await memoryMib());
  expect(mostMib).toBeLessThan(MEMORY_LIMIT_MIB);
  const { status } = await dataOf<{ status: { findings: { code: string; count: number }[] } }>(
    product.url,
    '{ status { findings { code count } } }',
  );
  expect(status.findings.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(100);
  const codes = status.findings.map(({ code, count }) => `${code} ${String(count)}`).join(', ');
  process.stdout.write(
    `answers ${JSON.stringify([...statuses])}, at most ${mostMib.toFixed(0)} MiB, findings: ${codes}\n`,
  );
  // Whatever is wrong with an event is in its findings; an error in the log is a fault of ours.
  expect(product.logged.filter(({ level }) => level === 'error' || level === 'fatal')).toEqual([]);
  expect(product.errors).toBe('');

  const answer = await fetch(`${product.url}/api/v1/lineage`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(loadEvent('after', 1)),
  });
  expect(answer.status).toBe(201);
  const { run } = await dataOf<{ run: { state: string } }>(
    product.url,
    'query ($id: ID!) { run(id: $id) { state } }',
    { id: loadEvent('after', 1).run.runId },
    { 'headwater-position': answer.headers.get('headwater-position') ?? '' },
  );
  expect(run.state).toBe('COMPLETED');
}, 600_000);
