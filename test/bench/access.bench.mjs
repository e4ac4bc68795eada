import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { bodies, smallEvent } from './events.mjs';
import { onlyStatuses, percentile, sendAll } from './load.mjs';
import { countCpu } from './processes.mjs';
import { startStandalone } from './servers.mjs';
import { authorizationFor } from './token.mjs';

export const name = 'access';
export const target = 'what authentication costs, and what a flood of wrong tokens from the same address does';

const path = '/api/v1/lineage';
const wrongASecond = 500;

/** Events that no round has sent before. */
let first = 0;
const fresh = (/** @type {number} */ count) => bodies(smallEvent, (first += count), count);

/**
 * @typedef {{ url: string, headers: Record<string, string> }} Client
 * @param {Client} client
 * @param {number} count
 * @param {number} connections
 */
async function send({ url, headers }, count, connections) {
  const sent = await sendAll({ url, path, bodies: fresh(count), connections, headers });
  onlyStatuses(sent.statuses, 201);
  return sent;
}

/**
 * Single events with and without authentication, in turns, so that whatever else the machine does meets both.
 * @param {{ open: Client, closed: Client, rounds: number, count: number }} load
 */
async function throughput({ open, closed, rounds, count }) {
  const seconds = { open: 0, closed: 0 };
  for (let round = 0; round < rounds; round += 1) {
    // Whoever comes second finds the disk as the first has left it.
    const turns = /** @type {const} */ (round % 2 === 0 ? ['open', 'closed'] : ['closed', 'open']);
    for (const turn of turns) seconds[turn] += (await send(turn === 'open' ? open : closed, count, 32)).seconds;
  }
  return { open: (rounds * count) / seconds.open, closed: (rounds * count) / seconds.closed };
}

/** @param {string} url @returns {() => Promise<string>} ends the flood and says what became of it */
function flood(url) {
  const { hostname, port } = new URL(url);
  const workerData = { host: hostname, port: Number(port), path, aSecond: wrongASecond };
  const worker = new Worker(new URL('./wrong-tokens.mjs', import.meta.url), { workerData });
  return async () => {
    const said = once(worker, 'message');
    worker.postMessage('end');
    const [{ sent, seconds, counts }] = await said;
    const answers = counts.map(([status, count]) => `${count} of ${status}`).join(', ');
    return `${Math.round(sent / seconds)} wrong tokens/s, answered with ${answers}`;
  };
}

/**
 * Latencies of a client that sends one event at a time, without and with the flood, in turns.
 * @param {{ client: Client, rounds: number, count: number, say: (line: string) => void }} load
 */
async function beside({ client, rounds, count, say }) {
  /** @type {{ alone: number[], flooded: number[] }} */
  const latencies = { alone: [], flooded: [] };
  for (let round = 0; round < rounds; round += 1) {
    latencies.alone.push(...(await send(client, count, 1)).latenciesMs);
    const end = flood(client.url);
    await sleep(500);
    latencies.flooded.push(...(await send(client, count, 1)).latenciesMs);
    say(await end());
  }
  const p99 = (/** @type {number[]} */ list) =>
    percentile(
      list.sort((a, b) => a - b),
      0.99,
    );
  return { alone: p99(latencies.alone), flooded: p99(latencies.flooded) };
}

/** @param {import('../../scripts/bench.mjs').BenchContext} context */
export async function run({ say, isQuick }) {
  const servers = await Promise.all([
    startStandalone({ part: 'api' }),
    startStandalone({ part: 'api', env: { HEADWATER_AUTH: 'on' } }),
  ]);
  const [without, withAuth] = servers;
  try {
    const open = { url: without.url, headers: {} };
    const closed = { url: withAuth.url, headers: await authorizationFor(withAuth.dataDir) };
    // Both take the same bytes, so that the sizes of their requests do not differ.
    const load = { open: { ...open, headers: closed.headers }, closed };
    await throughput({ ...load, rounds: 1, count: 4_000 });
    const cpu = servers.map((server) => countCpu(server));
    const [rounds, count] = isQuick ? [4, 2_000] : [20, 4_000];
    const rate = await throughput({ ...load, rounds, count });
    say(`CPU an event without authentication: ${cpu[0]?.(rounds * count)}; with: ${cpu[1]?.(rounds * count)}`);
    const { alone, flooded } = await beside({ client: closed, rounds: 4, count: isQuick ? 500 : 1_500, say });
    const ratio = { unit: 'of 1', isHigherBetter: true };
    return [
      { what: 'single events, without authentication', unit: 'events/s', target: 0, measured: rate.open },
      { what: 'single events, with a token', unit: 'events/s', target: 0, measured: rate.closed },
      { ...ratio, what: 'share of the throughput that is kept', target: 0.9, measured: rate.closed / rate.open },
      { what: 'p99 of a good client, alone', unit: 'ms', target: 15, measured: alone },
      { what: `the same beside ${wrongASecond} wrong tokens/s`, unit: 'ms', target: 2 * alone, measured: flooded },
      { what: 'times the p99 alone', unit: 'x', target: 2, measured: flooded / alone },
    ];
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
}
