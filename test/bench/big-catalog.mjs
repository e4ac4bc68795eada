import { rmSync } from 'node:fs';
import { batches } from './events.mjs';
import { caughtUp } from './catching-up.mjs';
import { onlyStatuses, sendAll } from './load.mjs';
import { newDataDir, startNeo4j, startStandalone } from './servers.mjs';

const jobNamespace = 'warehouse';
const tableNamespace = 'postgres://warehouse:5432';
const producer = 'https://github.com/OpenLineage/OpenLineage/tree/1.54.0/client/python';
const schemaURL = 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent';
const firstTime = Date.UTC(2026, 0, 1);
const words = ['claims', 'policy', 'customer', 'payment', 'invoice', 'partner', 'risk', 'premium', 'broker', 'fraud'];
const kinds = ['daily', 'weekly', 'raw', 'stage', 'mart', 'snapshot', 'history', 'summary'];

/** @typedef {{ name: string, inputs: readonly string[], outputs: readonly string[] }} BenchJob */

/** @param {string} name */
export const datasetNode = (name) => `dataset:${encodeURIComponent(tableNamespace)}:${encodeURIComponent(name)}`;
/** @param {string} name */
export const jobNode = (name) => `job:${encodeURIComponent(jobNamespace)}:${encodeURIComponent(name)}`;

/** A sequence of numbers below `limit` that is the same in every run. @param {number} seed */
function numbers(seed) {
  let state = seed;
  return (/** @type {number} */ limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

/** @returns {BenchJob[]} 50 jobs, each reading what the one before wrote */
const chain = () =>
  Array.from({ length: 50 }, (_, at) => ({
    name: `chain.step_${at}`,
    inputs: [`chain.table_${at}`],
    outputs: [`chain.table_${at + 1}`],
  }));

/** @returns {BenchJob[]} 500 jobs that read 1 to 3 outputs of the 60 jobs before them, and write 1 or 2 datasets */
function mesh() {
  const next = numbers(7);
  /** @type {BenchJob[]} */
  const jobs = [];
  for (let at = 0; at < 500; at += 1) {
    const near = jobs.slice(-60).flatMap((job) => job.outputs);
    const inputs =
      near.length === 0 ? ['mesh.source'] : Array.from({ length: 1 + next(3) }, () => near[next(near.length)] ?? '');
    const outputs = Array.from({ length: 1 + next(2) }, (_, index) => `mesh.table_${at}_${index}`);
    jobs.push({ name: `mesh.job_${at}`, inputs: [...new Set(inputs)], outputs });
  }
  return jobs;
}

/** @returns {BenchJob[]} 300 readers of one dataset, and behind each a chain of 49 jobs */
const fan = () =>
  Array.from({ length: 300 }, (_, reader) =>
    Array.from({ length: 50 }, (__, at) => ({
      name: `fan.reader_${reader}.step_${at}`,
      inputs: [at === 0 ? 'fan.hub' : `fan.reader_${reader}.table_${at}`],
      outputs: [`fan.reader_${reader}.table_${at + 1}`],
    })),
  ).flat();

/** @param {number} at @param {number} kind @returns {string} a name of several words, as people give */
const spoken = (at, kind) =>
  `claims_dwh.${words[at % words.length]}.${words[Math.floor(at / 10) % words.length]}_${kinds[kind % kinds.length]}_${at}_${kind}`;

/** @param {number} count @param {number} assets @returns {BenchJob[]} jobs that fill the catalog up to so many assets */
function others(count, assets) {
  const each = Math.max(2, Math.ceil((assets - count) / count));
  return Array.from({ length: count }, (_, at) => ({
    name: `other.${words[at % words.length]}_job_${at}`,
    inputs: Array.from({ length: Math.floor(each / 2) }, (__, kind) => spoken(at, kind)),
    outputs: Array.from({ length: each - Math.floor(each / 2) }, (__, kind) => spoken(at, 100 + kind)),
  }));
}

/**
 * The jobs of a catalog with the shapes that the targets name.
 * @param {boolean} isQuick a tenth of the others; the shapes are whole
 * @returns {readonly BenchJob[]} 20,000 jobs, with their datasets 100,000 assets
 */
export function bigCatalog(isQuick) {
  const shapes = [...chain(), ...mesh(), ...fan()];
  const jobs = isQuick ? shapes.length + 500 : 20_000;
  const assets = isQuick ? 36_000 : 100_000;
  const datasets = new Set(shapes.flatMap(({ inputs, outputs }) => [...inputs, ...outputs]));
  return [...shapes, ...others(jobs - shapes.length, assets - shapes.length - datasets.size)];
}

/** @param {BenchJob} job @param {number} index */
function eventOf({ name, inputs, outputs }, index) {
  const dataset = (/** @type {string} */ table) => ({ namespace: tableNamespace, name: table, facets: {} });
  const time = new Date(firstTime + index * 1000).toISOString();
  return {
    eventType: 'COMPLETE',
    eventTime: time,
    run: { runId: `0199b000-0000-7000-8000-${index.toString(16).padStart(12, '0')}`, facets: {} },
    job: { namespace: jobNamespace, name, facets: {} },
    inputs: inputs.map(dataset),
    outputs: outputs.map(dataset),
    producer,
    schemaURL,
  };
}

/** @param {readonly BenchJob[]} jobs @returns {number} distinct jobs and datasets */
export const assetsOf = (jobs) => jobs.length + new Set(jobs.flatMap((job) => [...job.inputs, ...job.outputs])).size;

/**
 * @typedef {object} CatalogServer
 * @property {readonly BenchJob[]} jobs
 * @property {() => import('./servers.mjs').BenchServer} server the one that runs now
 * @property {number | undefined} neo4jPid
 * @property {() => Promise<import('./servers.mjs').BenchServer>} restart ends it and starts another on the same data
 */

/** @type {Map<string, Promise<CatalogServer & { stop: () => Promise<void> }>>} */
const running = new Map();

/**
 * A server whose catalog is {@link bigCatalog}, loaded once for all benches of a store.
 * @param {'PostgreSQL' | 'Neo4j'} store
 * @param {import('../../scripts/bench.mjs').BenchContext} context
 * @returns {Promise<CatalogServer>}
 */
export function catalogServer(store, context) {
  const known = running.get(store);
  if (known !== undefined) return known;
  const loading = load(store, context);
  running.set(store, loading);
  return loading;
}

/** Ends what {@link catalogServer} started. */
export async function stopCatalogServers() {
  for (const started of running.values()) await (await started).stop();
  running.clear();
}

/** @param {'PostgreSQL' | 'Neo4j'} store @param {import('../../scripts/bench.mjs').BenchContext} context */
async function load(store, { say, isQuick }) {
  const jobs = bigCatalog(isQuick);
  const dataDir = newDataDir();
  const neo4j = store === 'Neo4j' ? await startNeo4j('catalog') : undefined;
  const start = () => startStandalone({ dataDir, env: neo4j?.env ?? {} });
  let server = await start();
  const stop = async () => {
    await server.stop();
    await neo4j?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    const startedAt = performance.now();
    const events = jobs.map((job, index) => Buffer.from(JSON.stringify(eventOf(job, index))));
    const sent = await sendAll({
      ...{ url: server.url, path: '/api/v1/lineage/batch', connections: 2 },
      bodies: batches(events, 500),
    });
    onlyStatuses(sent.statuses, 200);
    await caughtUp(server.url);
    const seconds = (performance.now() - startedAt) / 1000;
    say(`${store}: catalog of ${jobs.length} jobs, ${assetsOf(jobs)} assets, loaded in ${seconds.toFixed(0)} s`);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    jobs,
    server: () => server,
    neo4jPid: neo4j?.pid,
    restart: async () => {
      await server.stop();
      server = await start();
      return server;
    },
    stop,
  };
}
