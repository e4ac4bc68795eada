/** How many jobs the generated events come from, over and over, as a warehouse's nightly runs do. */
export const jobCount = 200;

const producer = 'https://github.com/OpenLineage/OpenLineage/tree/1.54.0/client/python';
const schemaURL = 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent';
const facetUrl = (/** @type {string} */ name) => `https://openlineage.io/spec/facets/${name}`;
const firstTime = Date.UTC(2026, 0, 1);
const types = ['BIGINT', 'VARCHAR', 'DECIMAL(18,2)', 'TIMESTAMP', 'BOOLEAN', 'DATE'];

/** @param {string} schema @param {Record<string, unknown>} content */
const facet = (schema, content) => ({ _producer: producer, _schemaURL: facetUrl(schema), ...content });

/** @param {number} index a UUID per run, the same for the same index */
const runId = (index) => `0199a000-0000-7000-8000-${index.toString(16).padStart(12, '0')}`;
/** @param {number} index */
const eventTime = (index) => new Date(firstTime + index * 1000).toISOString();

/** A table's fields, the same whoever names it. @param {number} seed @returns {{ name: string, type: string, description: string }[]} */
const sixteenFields = (seed) =>
  Array.from({ length: 16 }, (_, at) => ({
    name: `${['claim', 'policy', 'customer', 'payment'][at % 4]}_attribute_${at}`,
    type: types[(seed + at) % types.length] ?? 'VARCHAR',
    description: `Attribute ${at}`,
  }));

/**
 * A run event of about 1.9 kB: one input, one output, a short schema, SQL and a parent.
 * @param {number} index tells events apart; the job repeats every 200
 */
export function smallEvent(index) {
  const job = index % jobCount;
  return {
    eventType: 'COMPLETE',
    eventTime: eventTime(index),
    run: {
      runId: runId(index),
      facets: {
        nominalTime: facet('1-0-1/NominalTimeRunFacet.json', { nominalStartTime: eventTime(index) }),
        parent: facet('1-1-0/ParentRunFacet.json', {
          run: { runId: runId(Math.floor(index / jobCount) + 0xf00000) },
          job: { namespace: 'warehouse', name: 'nightly' },
        }),
      },
    },
    job: {
      namespace: 'warehouse',
      name: `nightly.load_table_${job}`,
      facets: {
        sql: facet('1-1-0/SQLJobFacet.json', {
          query: `INSERT INTO mart.table_${job} SELECT claim_id, customer_id, amount, paid_at FROM raw.table_${job} WHERE paid_at >= current_date - 1`,
        }),
      },
    },
    inputs: [{ namespace: 'postgres://warehouse:5432', name: `claims.raw.table_${job}`, facets: {} }],
    outputs: [
      {
        namespace: 'postgres://warehouse:5432',
        name: `claims.mart.table_${job}`,
        facets: { schema: facet('1-1-1/SchemaDatasetFacet.json', { fields: sixteenFields(job).slice(0, 2) }) },
        outputFacets: {
          outputStatistics: facet('1-0-2/OutputStatisticsOutputDatasetFacet.json', {
            rowCount: 1000 + index,
            size: 65536,
          }),
        },
      },
    ],
    producer,
    schemaURL,
  };
}

/** The table at that place of a job: the outputs of one are inputs of the next. @param {number} job @param {number} at */
const richTable = (job, at) => (job * 2 + at) % (jobCount * 2);

/** @param {number} table */
const tableName = (table) => ({ namespace: 'postgres://warehouse:5432', name: `claims.stage.table_${table}` });

/** @param {number} job @param {number} at */
function richOutput(job, at) {
  const table = richTable(job, 3 + at);
  const fields = sixteenFields(table);
  const sources = (/** @type {string} */ field) =>
    [0, 1].map((input) => ({
      ...tableName(richTable(job, (at + input) % 3)),
      field,
      transformations: [{ type: 'DIRECT', subtype: 'TRANSFORMATION', description: '' }],
    }));
  return {
    ...tableName(table),
    facets: {
      schema: facet('1-1-1/SchemaDatasetFacet.json', { fields }),
      columnLineage: facet('1-2-0/ColumnLineageDatasetFacet.json', {
        fields: Object.fromEntries(fields.map(({ name }) => [name, { inputFields: sources(name) }])),
      }),
    },
  };
}

/**
 * A run event of about 20 kB: 3 inputs and 2 outputs with 16 fields each, and column lineage for each output field.
 * @param {number} index tells events apart; the job repeats every 200
 */
export function richEvent(index) {
  const job = index % jobCount;
  return {
    eventType: 'COMPLETE',
    eventTime: eventTime(index),
    run: { runId: runId(index + 0x10000000), facets: {} },
    job: { namespace: 'warehouse', name: `nightly.rich_${job}`, facets: {} },
    inputs: [0, 1, 2]
      .map((at) => richTable(job, at))
      .map((table) => ({
        ...tableName(table),
        facets: { schema: facet('1-1-1/SchemaDatasetFacet.json', { fields: sixteenFields(table) }) },
      })),
    outputs: [richOutput(job, 0), richOutput(job, 1)],
    producer,
    schemaURL,
  };
}

/**
 * The bytes of `count` events, each different from all others.
 * @param {(index: number) => unknown} make
 * @param {number} from
 * @param {number} count
 * @returns {Buffer[]}
 */
export const bodies = (make, from, count) =>
  Array.from({ length: count }, (_, at) => Buffer.from(JSON.stringify(make(from + at))));

/**
 * The same bytes as JSON arrays of `size` events.
 * @param {readonly Buffer[]} events
 * @param {number} size
 * @returns {Buffer[]}
 */
export function batches(events, size) {
  /** @type {Buffer[]} */
  const made = [];
  for (let at = 0; at < events.length; at += size) {
    made.push(Buffer.from(`[${events.slice(at, at + size).join(',')}]`));
  }
  return made;
}
