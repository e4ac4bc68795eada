import { rmSync } from 'node:fs';
import { caughtUp } from './catching-up.mjs';
import { batches } from './events.mjs';
import { ask, onlyStatuses, percentile, sendAll, timed } from './load.mjs';
import { newDataDir, startNeo4j, startStandalone } from './servers.mjs';

export const name = 'plan';
export const target = 'a plan to collect 10 fields of 20,000 jobs, 30,000 datasets and 500,000 fields, over HTTP, p95';

const namespace = 'postgres://warehouse:5432';
const JOBS_EACH = 10;
const SOURCES_EACH = 5;
/** With what every dataset has: the number of a claim and of a customer, which are called the same everywhere. */
const OWN_COLUMNS = 15;

const plan = `query ($targets: [ID!]!) { collectionPlan(targets: $targets) { isComplete
  plan { components { total } freshAt datasets { id group freshAt dataset { effectiveOwners { owners { agent { id } } } }
    fields { target id via tags { tag { name } } } } joins { left right keys { left right reasons } } contacts { agent { id } } }
  alternatives { goals components { total } datasets { id } } } }`;
const affected = `{ affectedComponents(from: "2026-01-01T00:10:00Z", to: "2026-01-02T00:00:00Z") {
  datasets { created changed } jobs { created changed } edges { node { asset { id } changes { kind } } } } }`;

const facet = (/** @type {object} */ body) => ({
  _producer: 'https://example.com/bench',
  _schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/Facet',
  ...body,
});
const schema = (/** @type {readonly string[]} */ columns) =>
  facet({ fields: columns.map((column) => ({ name: column, type: column.endsWith('_id') ? 'BIGINT' : 'VARCHAR' })) });
const sourceName = (/** @type {number} */ service, /** @type {number} */ at) => `s${service}.source_${at}`;
const tableName = (/** @type {number} */ service, /** @type {number} */ at) => `s${service}.table_${at}`;
const columnsOf = (/** @type {string} */ prefix) => [
  'claim_id',
  'customer_id',
  ...Array.from({ length: OWN_COLUMNS }, (_, at) => `${prefix}_${at}`),
];

/**
 * A job of a service: its table has five columns of the table before, five of a source, and five that are made of these.
 * @param {number} service
 * @param {number} at
 */
function event(service, at) {
  const source = sourceName(service, at % SOURCES_EACH);
  const before = at === 0 ? source : tableName(service, at - 1);
  const own = columnsOf(`c${at}`);
  const from = (/** @type {string} */ dataset, /** @type {string} */ field, /** @type {string} */ subtype) => ({
    ...{ namespace, name: dataset, field },
    transformations: [{ type: 'DIRECT', subtype, masking: false }],
  });
  const previous = columnsOf(at === 0 ? 'x' : `c${at - 1}`);
  const fields = own.map((column, index) => {
    const inputs =
      index < 7
        ? [from(before, previous[index] ?? 'claim_id', 'IDENTITY')]
        : index < 12
          ? [from(source, `x_${index - 2}`, 'IDENTITY')]
          : [from(before, previous[index] ?? 'claim_id', 'TRANSFORMATION')];
    return [column, { inputFields: inputs }];
  });
  const index = service * JOBS_EACH + at;
  return {
    eventType: 'COMPLETE',
    eventTime: new Date(Date.UTC(2026, 0, 1) + index * 1000).toISOString(),
    run: { runId: `0199b000-0000-7000-8000-${index.toString(16).padStart(12, '0')}`, facets: {} },
    job: { namespace: 'warehouse', name: `make.${tableName(service, at)}`, facets: {} },
    inputs: [...new Set([before, source])].map((dataset) => ({
      ...{ namespace, name: dataset },
      facets: dataset === source ? { schema: schema(columnsOf('x')) } : {},
    })),
    outputs: [
      {
        ...{ namespace, name: tableName(service, at) },
        facets: { schema: schema(own), columnLineage: facet({ fields: Object.fromEntries(fields) }) },
      },
    ],
    producer: 'https://example.com/bench',
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
  };
}

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
    const events = Array.from({ length: services * JOBS_EACH }, (_, index) =>
      Buffer.from(JSON.stringify(event(Math.floor(index / JOBS_EACH), index % JOBS_EACH))),
    );
    const bodies = batches(events, 100);
    const sent = await sendAll({ url: server.url, path: '/api/v1/lineage/batch', connections: 2, bodies });
    onlyStatuses(sent.statuses, 200);
    await caughtUp(server.url);
    const datasets = services * (JOBS_EACH + SOURCES_EACH);
    const size = `${services * JOBS_EACH} jobs, ${datasets} datasets, ${datasets * (OWN_COLUMNS + 2)} fields`;
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
