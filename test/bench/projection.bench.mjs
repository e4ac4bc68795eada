import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { caughtUp, lagOf, sendEvents } from './catching-up.mjs';
import { bodies, richEvent } from './events.mjs';
import { insertRaw } from './floor.mjs';
import { countCpu, memoryOf } from './processes.mjs';
import { newDataDir, startNeo4j, startStandalone } from './servers.mjs';

export const name = 'projection';
export const target = 'projection alone, catching up on rich events (200 jobs repeating)';

/** @param {number} count @returns {Promise<string>} a data directory whose log holds so many events, none projected */
async function filledLog(count) {
  const dataDir = newDataDir();
  const server = await startStandalone({ dataDir, part: 'api' });
  await sendEvents(server.url, richEvent, count);
  await server.stop();
  return dataDir;
}

/**
 * @param {{ dataDir: string, env?: Record<string, string>, neo4jPid?: number, store: string, say: (line: string) => void }} asked
 * @returns {Promise<number>} events a second, from the first look at the worker until catalog and graph are at the end
 */
async function catchUp({ dataDir, env = {}, neo4jPid, store, say }) {
  const server = await startStandalone({ dataDir, env, part: 'worker' });
  try {
    const cpu = countCpu(server, neo4jPid);
    const before = await lagOf(server.url);
    const startedAt = performance.now();
    // What the graph store's checkpoint lags is what is left in all: it is never ahead of the catalog.
    const events = before.graph;
    let catalogAt = 0;
    await caughtUp(server.url, {
      onLag: ({ catalog }) => {
        if (catalog === 0 && catalogAt === 0) catalogAt = performance.now();
      },
    });
    const seconds = (performance.now() - startedAt) / 1000;
    say(
      `${store}: CPU an event: ${cpu(events)}; catalog at the end after ${((catalogAt - startedAt) / 1000).toFixed(1)} s, ` +
        `graph after ${seconds.toFixed(1)} s; memory ${memoryOf(server.pid).rss.toFixed(0)} MB`,
    );
    return events / seconds;
  } finally {
    await server.stop();
  }
}

/** @param {import('../../scripts/bench.mjs').BenchContext} context */
export async function run({ say, isQuick }) {
  const count = isQuick ? 4_000 : 20_000;
  const floor = await insertRaw(bodies(richEvent, 0, Math.min(count, 6_000)));
  const dataDir = await filledLog(count);
  const copy = newDataDir();
  // With its owners: PostgreSQL runs under an account of its own, and on no other's files.
  execFileSync('cp', ['-a', `${dataDir}/.`, copy]);
  const figure = { unit: 'events/s', target: 1000, floor };
  const rows = [];
  try {
    const onPostgres = await catchUp({ dataDir, store: 'PostgreSQL', say });
    rows.push({ ...figure, what: 'graph on PostgreSQL', measured: onPostgres });
    const neo4j = await startNeo4j('projection');
    try {
      const onNeo4j = await catchUp({ dataDir: copy, env: neo4j.env, neo4jPid: neo4j.pid, store: 'Neo4j', say });
      rows.push({ ...figure, what: 'graph on Neo4j', measured: onNeo4j });
    } finally {
      await neo4j.stop();
    }
  } finally {
    for (const folder of [dataDir, copy]) rmSync(folder, { recursive: true, force: true });
  }
  return rows;
}
