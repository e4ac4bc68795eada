import { caughtUp, sendEvents } from './catching-up.mjs';
import { richEvent } from './events.mjs';
import { countCpu, memoryOf } from './processes.mjs';
import { startStandalone } from './servers.mjs';

export const name = 'memory';
export const target = 'memory of the standalone process, database apart';

/** @param {import('../../scripts/bench.mjs').BenchContext} context */
export async function run({ say, isQuick }) {
  const count = isQuick ? 10_000 : 100_000;
  const server = await startStandalone();
  try {
    const startedAt = performance.now();
    const cpu = countCpu(server);
    await sendEvents(server.url, richEvent, count);
    say(`all ${count} events accepted after ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
    await caughtUp(server.url, { limitS: 1800 });
    const { rss, peak } = memoryOf(server.pid);
    say(
      `all projected after ${((performance.now() - startedAt) / 1000).toFixed(0)} s; CPU an event: ${cpu(count)}; ` +
        `most memory at any time ${peak.toFixed(0)} MB`,
    );
    return [{ what: `resident after ${count} rich events, all projected`, unit: 'MB', target: 400, measured: rss }];
  } finally {
    await server.stop();
  }
}
