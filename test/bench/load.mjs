import { connect } from 'node:net';

/**
 * Sends prepared requests over keep-alive connections, each connection one after the other, and measures. It writes
 * HTTP by hand, because on a shared machine every cycle of the load generator is taken from the server.
 * @param {{ url: string, path: string, bodies: readonly Buffer[], connections: number, headers?: Record<string, string> }} load
 * @returns {Promise<{ seconds: number, latenciesMs: number[], statuses: Map<number, number> }>} latencies sorted
 */
export async function sendAll({ url, path, bodies, connections, headers = {} }) {
  const { hostname, port } = new URL(url);
  const extra = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `POST ${path} HTTP/1.1\r\nhost: ${hostname}:${port}\r\ncontent-type: application/json\r\n${extra.join('')}`;
  const latenciesMs = new Array(bodies.length);
  /** @type {Map<number, number>} */
  const statuses = new Map();
  let next = 0;

  const connection = () =>
    new Promise((resolve, reject) => {
      const socket = connect({ host: hostname, port: Number(port), noDelay: true });
      let received = Buffer.alloc(0);
      let current = -1;
      let sentAt = 0;
      const send = () => {
        if (next >= bodies.length) return void socket.end();
        current = next++;
        const body = bodies[current];
        sentAt = performance.now();
        socket.cork();
        socket.write(`${head}content-length: ${body.length}\r\n\r\n`);
        socket.write(body);
        socket.uncork();
      };
      socket.on('connect', send);
      socket.on('data', (chunk) => {
        received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
        const end = received.indexOf('\r\n\r\n');
        if (end < 0) return;
        const top = received.toString('latin1', 0, end);
        const length = /\r\ncontent-length: *(\d+)/i.exec(top)?.[1];
        if (length === undefined) return void socket.destroy(new Error(`an answer without length:\n${top}`));
        if (received.length < end + 4 + Number(length)) return;
        const status = Number(top.slice(9, 12));
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        latenciesMs[current] = performance.now() - sentAt;
        received = Buffer.alloc(0);
        send();
      });
      socket.on('error', reject);
      socket.on('close', resolve);
    });

  const startedAt = performance.now();
  await Promise.all(Array.from({ length: Math.min(connections, bodies.length) }, connection));
  const seconds = (performance.now() - startedAt) / 1000;
  const missing = bodies.length - [...statuses.values()].reduce((sum, count) => sum + count, 0);
  if (missing > 0) throw new Error(`the server closed connections: ${missing} of ${bodies.length} without an answer`);
  return { seconds, latenciesMs: latenciesMs.sort((a, b) => a - b), statuses };
}

/**
 * @param {readonly number[]} sorted ascending
 * @param {number} share between 0 and 1
 */
export const percentile = (sorted, share) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

/**
 * Fails where an answer other than those expected came: a figure of refused requests says nothing.
 * @param {ReadonlyMap<number, number>} statuses
 * @param {...number} expected
 */
export function onlyStatuses(statuses, ...expected) {
  const others = [...statuses].filter(([status]) => !expected.includes(status));
  if (others.length > 0) throw new Error(`unexpected answers: ${others.map(([s, n]) => `${n} of ${s}`).join(', ')}`);
}

/**
 * One GraphQL query. Throws where the answer has errors.
 * @param {string} url
 * @param {string} query
 * @param {Record<string, unknown>} [variables]
 * @param {Record<string, string>} [headers]
 * @returns {Promise<Record<string, any>>} its data
 */
export async function ask(url, query, variables = {}, headers = {}) {
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await answer.json();
  if (errors !== undefined) throw new Error(`GraphQL: ${JSON.stringify(errors[0])}`);
  return data;
}

/**
 * Times of a step, one after the other, after a few that warm it up.
 * @param {number} count
 * @param {(index: number) => unknown} step
 * @returns {Promise<number[]>} milliseconds, sorted
 */
export async function timed(count, step) {
  for (let index = 0; index < Math.ceil(count / 4); index += 1) await step(index);
  const times = [];
  for (let index = 0; index < count; index += 1) {
    const startedAt = performance.now();
    await step(index);
    times.push(performance.now() - startedAt);
  }
  return times.sort((a, b) => a - b);
}
