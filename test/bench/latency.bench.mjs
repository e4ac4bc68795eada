import { setTimeout as sleep } from 'node:timers/promises';
import { caughtUp } from './catching-up.mjs';
import { bodies, richEvent, smallEvent } from './events.mjs';
import { ask, onlyStatuses, percentile, sendAll } from './load.mjs';
import { startStandalone } from './servers.mjs';

export const name = 'latency';
export const target = 'one request at a time; events readable after they were acknowledged';

const eventsASecond = 300;
/** Of so many events one is asked for: the figure is of reading one's writes, not of a load of queries. */
const eventsAQuestion = 10;
const query = 'query Readable($id: ID!) { lineage(root: $id, depth: 1) { root { id } nodes { id } position } }';

/**
 * Sends events at a steady pace and asks, after some answers, for the lineage of the event's job as of that position.
 * @param {string} url
 * @param {number} count
 * @returns {Promise<number[]>} milliseconds from each acknowledgement to the answer, sorted
 */
async function readAfterWrite(url, count) {
  const events = bodies(smallEvent, 100_000, count);
  /** @type {number[]} */
  const waits = [];
  const startedAt = performance.now();
  const one = async (/** @type {Buffer} */ body, /** @type {boolean} */ isAsked) => {
    const stored = await fetch(`${url}/api/v1/lineage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const position = stored.headers.get('headwater-position');
    await stored.arrayBuffer();
    if (stored.status !== 201 || position === null) throw new Error(`an event was answered with ${stored.status}`);
    if (!isAsked) return;
    const acknowledgedAt = performance.now();
    const { job } = JSON.parse(body.toString());
    const id = `job:${encodeURIComponent(job.namespace)}:${encodeURIComponent(job.name)}`;
    const answer = await ask(url, query, { id }, { 'headwater-position': position });
    if (answer.lineage === null) throw new Error(`${id} was not readable at ${position}`);
    waits.push(performance.now() - acknowledgedAt);
  };
  const all = events.map(async (body, at) => {
    await sleep(startedAt + (at * 1000) / eventsASecond - performance.now());
    await one(body, at % eventsAQuestion === 0);
  });
  await Promise.all(all);
  return waits.sort((a, b) => a - b);
}

/** @param {import('../../scripts/bench.mjs').BenchContext} context */
export async function run({ say, isQuick }) {
  const rows = [];
  const server = await startStandalone();
  try {
    for (const [shape, make] of /** @type {const} */ ([
      ['1.9 kB', smallEvent],
      ['20 kB', richEvent],
    ])) {
      const post = (/** @type {number} */ from, /** @type {number} */ count) =>
        sendAll({ url: server.url, path: '/api/v1/lineage', bodies: bodies(make, from, count), connections: 1 });
      await post(0, 500);
      await sleep(2_000);
      const alone = await post(1_000, isQuick ? 200 : 500);
      onlyStatuses(alone.statuses, 201);
      say(`${shape}: one request at a time, p50 ${percentile(alone.latenciesMs, 0.5).toFixed(1)} ms`);
      const measured = percentile(alone.latenciesMs, 0.99);
      rows.push({ what: `${shape}, one request at a time, p99`, unit: 'ms', target: 15, measured });
    }
    await caughtUp(server.url, { limitS: 120 });
    const waits = await readAfterWrite(server.url, eventsASecond * (isQuick ? 5 : 20));
    say(`readable after acknowledgement: p50 ${percentile(waits, 0.5).toFixed(0)} ms`);
    const what = `readable after acknowledgement, ${eventsASecond} events/s, p99`;
    rows.push({ what, unit: 'ms', target: 500, measured: percentile(waits, 0.99) });
  } finally {
    await server.stop();
  }
  return rows;
}
