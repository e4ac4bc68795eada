import { rmSync } from 'node:fs';
import { ask, percentile, timed } from './load.mjs';
import { newDataDir, startNeo4j, startStandalone } from './servers.mjs';
import { loadServices, namespace, tableName } from './services-catalog.mjs';

export const name = 'plan';
export const target = 'a plan to collect 10 fields of 20,000 jobs, 30,000 datasets and 500,000 fields, over HTTP, p95';

const plan = `query ($targets: [ID!]!) { collectionPlan(targets: $targets) { isComplete
  plan { components { total } freshAt datasets { id group freshAt dataset { effectiveOwners { owners { agent { id } } } }
    fields { target id via tags { tag { name } } } } joins { left right keys { left right reasons } } contacts { agent { id } } }
  alternatives { goals components { total } datasets { id } } } }`;
const affected = `{ affectedComponents(from: "2026-01-01T00:10:00Z", to: "2026-01-02T00:00:00Z") {
  datasets { created changed } jobs { created changed } edges { node { asset { id } changes { kind } } } } }`;

const fieldNode = (/** @type {string} */ dataset, /** @type {string} */ column) =>
  `field:${encodeURIComponent(namespace)}:${dataset}:${column}`;

/** Ten fields of three services that stand beside each other. @param {number} service */
const targetsOf = (service) => [
  fieldNode(tableName(service, 4), 'claim_id'),
  fieldNode(tableName(service, 9), 'customer_id'),
  ...[3, 8, 13].map((at) => fieldNode(tableName(service, 6), `c6_${at}`)),
  ...[2, 9, 14].map((at) => fieldNode(tableName(service + 1, 7), `c7_${at}`)),
  ...[0, 12].map((at) => fieldNode(tableName(service + 2, 2), `c2_${at}`)),
];

/** @param {'PostgreSQL' | 'Neo4j'} store @param {import('../../scripts/bench.mjs').BenchContext} context */
async function onStore(store, { say, isQuick }) {
  const services = isQuick ? 100 : 2_000;
  const dataDir = newDataDir();
  const neo4j = store === 'Neo4j' ? await startNeo4j('plan') : undefined;
  const server = await startStandalone({ dataDir, env: neo4j?.env ?? {} });
  try {
    const startedAt = performance.now();
    const size = await loadServices(server.url, services);
    say(`${store}: ${size}, loaded in ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
    const read = async (/** @type {number} */ at) => {
      const { collectionPlan } = await ask(server.url, plan, { targets: targetsOf((at * 7) % (services - 3)) });
      if (collectionPlan.plan.joins.length !== collectionPlan.plan.datasets.length - 1)
        throw new Error(`a plan that keys do not connect: ${JSON.stringify(collectionPlan).slice(0, 500)}`);
      return collectionPlan;
    };
    // A store plans each statement when it is first asked.
    const first = await timed(3, read);
    const times = await timed(isQuick ? 20 : 100, read);
    const { plan: one, alternatives, isComplete } = await read(0);
    say(
      `${store}: the first time ${Math.round(first[0] ?? 0)} ms, p50 ${percentile(times, 0.5).toFixed(0)} ms; ${one.datasets.length} datasets, ${alternatives.length} alternatives, of ${isComplete ? 'all' : 'the likeliest'} places`,
    );
    const counts = await timed(isQuick ? 5 : 10, () => ask(server.url, affected));
    return [
      { unit: 'ms', target: 200, what: `${store}: a plan for 10 fields, p95`, measured: percentile(times, 0.95) },
      { unit: 'ms', target: 3_000, what: `${store}: affected components, slowest`, measured: Math.max(...counts) },
    ];
  } finally {
    await server.stop();
    await neo4j?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** @param {import('../../scripts/bench.mjs').BenchContext} context */
export async function run(context) {
  return [...(await onStore('PostgreSQL', context)), ...(await onStore('Neo4j', context))];
}
