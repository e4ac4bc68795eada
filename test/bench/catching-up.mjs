import { setTimeout as sleep } from 'node:timers/promises';
import { batches, bodies } from './events.mjs';
import { onlyStatuses, sendAll } from './load.mjs';

const batchSize = 100;
const eventsHeld = 2_000;

/**
 * Sends `count` events in batches, made as they are sent: all of them at once would not fit.
 * @param {string} url
 * @param {(index: number) => unknown} make
 * @param {number} count
 * @param {number} [from]
 */
export async function sendEvents(url, make, count, from = 0) {
  for (let at = 0; at < count; at += eventsHeld) {
    const part = batches(bodies(make, from + at, Math.min(eventsHeld, count - at)), batchSize);
    const sent = await sendAll({ url, path: '/api/v1/lineage/batch', bodies: part, connections: 4 });
    onlyStatuses(sent.statuses, 200);
  }
}

/**
 * How far the projections are behind the log.
 * @param {string} url
 * @returns {Promise<{ catalog: number, graph: number }>} events
 */
export async function lagOf(url) {
  const answer = await (await fetch(`${url}/health/ready`)).json();
  return { catalog: answer.catalog?.lag?.events ?? NaN, graph: answer.graph?.lag?.events ?? NaN };
}

/**
 * Resolves once catalog and graph stand where the log does.
 * @param {string} url
 * @param {{ limitS?: number, onLag?: (lag: { catalog: number, graph: number }) => void }} [options]
 */
export async function caughtUp(url, { limitS = 900, onLag = () => undefined } = {}) {
  const deadline = performance.now() + limitS * 1000;
  for (;;) {
    const lag = await lagOf(url);
    onLag(lag);
    if (lag.catalog === 0 && lag.graph === 0) return;
    if (performance.now() > deadline) throw new Error(`still behind after ${limitS} s: ${JSON.stringify(lag)}`);
    await sleep(100);
  }
}
