import { batches, bodies, richEvent, smallEvent } from './events.mjs';
import { insertRaw } from './floor.mjs';
import { onlyStatuses, percentile, sendAll } from './load.mjs';
import { countCpu } from './processes.mjs';
import { startStandalone } from './servers.mjs';

export const name = 'ingest';
export const target = 'events acknowledged and durable, 32 connections, one machine for all';

const batchSize = 100;
const shapes = [
  { shape: '1.9 kB', make: smallEvent, count: 20_000, single: 3000, batch: 5000 },
  { shape: '20 kB', make: richEvent, count: 6_000, single: 1000, batch: 1200 },
];

/**
 * @param {(typeof shapes)[number] & { isProjecting: boolean, floor: number, say: (line: string) => void }} asked
 * @returns {Promise<import('../../scripts/bench.mjs').Figure[]>}
 */
async function measure({ shape, make, count, single, batch, isProjecting, floor, say }) {
  const server = await startStandalone(isProjecting ? {} : { part: 'api' });
  try {
    const post = async (/** @type {string} */ path, /** @type {Buffer[]} */ list, /** @type {number} */ status) => {
      const cpu = countCpu(server);
      const sent = await sendAll({ url: server.url, path, bodies: list, connections: 32 });
      onlyStatuses(sent.statuses, status);
      return { ...sent, cpu: cpu(count) };
    };
    await sendAll({ url: server.url, path: '/api/v1/lineage', bodies: bodies(make, 0, 500), connections: 32 });
    const one = await post('/api/v1/lineage', bodies(make, 1_000, count), 201);
    const many = await post('/api/v1/lineage/batch', batches(bodies(make, 1_000 + count, count), batchSize), 200);
    const how = isProjecting ? 'projector running' : 'projector paused';
    say(`${shape}, ${how}: CPU an event, one a request: ${one.cpu}; batches: ${many.cpu}`);
    const spread = `p50 ${percentile(one.latenciesMs, 0.5).toFixed(0)}, p99 ${percentile(one.latenciesMs, 0.99).toFixed(0)} ms`;
    const figure = { unit: 'events/s', floor };
    return [
      { ...figure, what: `${shape}, one a request, ${how} (${spread})`, target: single, measured: count / one.seconds },
      { ...figure, what: `${shape}, batches of ${batchSize}, ${how}`, target: batch, measured: count / many.seconds },
    ];
  } finally {
    await server.stop();
  }
}

/** @param {import('../../scripts/bench.mjs').BenchContext} context */
export async function run({ say, isQuick }) {
  const rows = [];
  for (const shape of shapes) {
    const count = isQuick ? shape.count / 4 : shape.count;
    const floor = await insertRaw(bodies(shape.make, 0, count));
    for (const isProjecting of [true, false])
      rows.push(...(await measure({ ...shape, count, isProjecting, floor, say })));
  }
  return rows;
}
