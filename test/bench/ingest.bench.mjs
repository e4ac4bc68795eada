import { createHash } from 'node:crypto';
import pg from 'pg';
import { batches, bodies, richEvent, smallEvent } from './events.mjs';
import { onlyStatuses, percentile, sendAll } from './load.mjs';
import { startPostgres, startStandalone } from './servers.mjs';

export const name = 'ingest';
export const target = 'events acknowledged and durable, by one process';

const batchSize = 100;
const shapes = [
  { shape: '1.9 kB', make: smallEvent, count: 20_000, single: 3000, batch: 5000 },
  { shape: '20 kB', make: richEvent, count: 6_000, single: 1000, batch: 1200 },
];

/**
 * The floor: the same bytes with a digest, 100 rows an INSERT, one connection, nothing else.
 * @param {readonly Buffer[]} events
 * @returns {Promise<number>} events a second
 */
async function insertRaw(events) {
  const server = await startPostgres();
  const client = new pg.Client({ connectionString: server.url });
  try {
    await client.connect();
    await client.query('CREATE TABLE raw (position bigserial PRIMARY KEY, digest bytea UNIQUE, body bytea)');
    const startedAt = performance.now();
    for (let at = 0; at < events.length; at += batchSize) {
      const part = events.slice(at, at + batchSize);
      await client.query({
        name: 'insert',
        text: 'INSERT INTO raw (digest, body) SELECT * FROM unnest($1::bytea[], $2::bytea[])',
        values: [part.map((body) => createHash('sha256').update(body).digest()), part],
      });
    }
    return events.length / ((performance.now() - startedAt) / 1000);
  } finally {
    await client.end();
    await server.stop();
  }
}

/** @param {(typeof shapes)[number]} shape @param {(line: string) => void} say */
async function measureShape({ shape, make, count, single, batch }, say) {
  const floor = await insertRaw(bodies(make, 0, count));
  say(`${shape}: floor ${Math.round(floor)} events/s`);
  const server = await startStandalone();
  try {
    const post = (/** @type {string} */ path, /** @type {Buffer[]} */ list, connections = 32) =>
      sendAll({ url: server.url, path, bodies: list, connections });
    await post('/api/v1/lineage', bodies(make, 0, 500));

    const alone = await post('/api/v1/lineage', bodies(make, 500, 300), 1);
    onlyStatuses(alone.statuses, 201);
    const one = await post('/api/v1/lineage', bodies(make, 1_000, count));
    onlyStatuses(one.statuses, 201);
    const many = await post('/api/v1/lineage/batch', batches(bodies(make, 1_000 + count, count), batchSize));
    onlyStatuses(many.statuses, 200);

    const spread = `p50 ${percentile(one.latenciesMs, 0.5).toFixed(0)}, p99 ${percentile(one.latenciesMs, 0.99).toFixed(0)} ms`;
    return [
      {
        what: `${shape}, one a request, 32 connections (${spread})`,
        unit: 'events/s',
        target: single,
        floor,
        measured: count / one.seconds,
      },
      {
        what: `${shape}, batches of ${batchSize}, 32 connections`,
        unit: 'events/s',
        target: batch,
        floor,
        measured: count / many.seconds,
      },
      {
        what: `${shape}, one request at a time, p99`,
        unit: 'ms',
        target: 15,
        measured: percentile(alone.latenciesMs, 0.99),
      },
    ];
  } finally {
    await server.stop();
  }
}

/** @param {{ say: (line: string) => void }} context */
export async function run({ say }) {
  const rows = [];
  for (const shape of shapes) rows.push(...(await measureShape(shape, say)));
  return rows;
}
