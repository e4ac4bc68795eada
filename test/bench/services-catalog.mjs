import { batches } from './events.mjs';
import { caughtUp } from './catching-up.mjs';
import { onlyStatuses, sendAll } from './load.mjs';

// Services whose jobs make a table each out of the one before and of a source.
export const namespace = 'postgres://warehouse:5432';
const JOBS_EACH = 10;
const SOURCES_EACH = 5;
/** With what every dataset has: the number of a claim and of a customer, which are called the same everywhere. */
const OWN_COLUMNS = 15;

const facet = (/** @type {object} */ body) => ({
  _producer: 'https://example.com/bench',
  _schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/Facet',
  ...body,
});
const schema = (/** @type {readonly string[]} */ columns) =>
  facet({ fields: columns.map((column) => ({ name: column, type: column.endsWith('_id') ? 'BIGINT' : 'VARCHAR' })) });
const sourceName = (/** @type {number} */ service, /** @type {number} */ at) => `s${service}.source_${at}`;
export const tableName = (/** @type {number} */ service, /** @type {number} */ at) => `s${service}.table_${at}`;
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

/**
 * Loads `services` services of 10 jobs, 15 datasets and 255 fields each, and waits until all of it can be read.
 * @param {string} url
 * @param {number} services
 * @returns {Promise<string>} how much that is, in words
 */
export async function loadServices(url, services) {
  const events = Array.from({ length: services * JOBS_EACH }, (_, index) =>
    Buffer.from(JSON.stringify(event(Math.floor(index / JOBS_EACH), index % JOBS_EACH))),
  );
  const bodies = batches(events, 100);
  const sent = await sendAll({ url, path: '/api/v1/lineage/batch', connections: 2, bodies });
  onlyStatuses(sent.statuses, 200);
  await caughtUp(url);
  const datasets = services * (JOBS_EACH + SOURCES_EACH);
  return `${services * JOBS_EACH} jobs, ${datasets} datasets, ${datasets * (OWN_COLUMNS + 2)} fields`;
}
