import { rmSync } from 'node:fs';
import { caughtUp } from './catching-up.mjs';
import { batches } from './events.mjs';
import { ask, onlyStatuses, percentile, sendAll, timed } from './load.mjs';
import { newDataDir, startNeo4j, startStandalone } from './servers.mjs';

export const name = 'tags';
export const target =
  'a tag that comes to 10,000 fields along their lineage, or to 10,000 datasets along theirs, over HTTP';

const namespace = 'postgres://warehouse:5432';
const columns = Array.from({ length: 100 }, (_, at) => `column_${at}`);
const FIRST = 10;
const BEHIND_EACH = 9;
const REACHED = columns.length * FIRST * (1 + BEHIND_EACH);

/** Jobs that write what the books are made into, datasets that each of these writes, and that each job behind them writes. */
const [BOOK_JOBS, BOOKS_EACH, BEHIND_BOOKS] = [10, 100, 9];
const BOOKS = BOOK_JOBS * BOOKS_EACH * (1 + BEHIND_BOOKS);

const put = `mutation ($on: ID!) { done: tagAsset(input: { on: $on, tag: "pii=email" }) { __typename } }`;
const off = `mutation ($on: ID!) { done: untagAsset(input: { on: $on, tag: "pii=email" }) { __typename } }`;
const whereIs = `{ whereIs(tag: "pii=email", maxNodes: 5000) { total places { id distance via } totalStops stops { from to because } } }`;
const along = `mutation { done: setTagRules(input: { rules: [{ tag: "retention", alongDatasets: true }] }) { __typename } }`;
const putOnDataset = `mutation ($on: ID!) { done: tagAsset(input: { on: $on, tag: "retention=10y" }) { __typename } }`;
const offDataset = `mutation ($on: ID!) { done: untagAsset(input: { on: $on, tag: "retention=10y" }) { __typename } }`;
const whereKept = `{ whereIs(tag: "retention=10y", maxNodes: 5000) { total places { id distance via } totalStops stops { from to because } } }`;
const page = `query ($name: String!) { dataset(namespace: "${namespace}", name: $name) {
  fields(first: 100) { edges { node { id tags { tag { name } } carriedTags { tag { name } via } } } } } }`;

/**
 * A run that writes a table of 100 columns, each made from one column of another table.
 * @param {number} index
 * @param {string} from
 * @param {string} to
 * @param {(column: string) => string} sourceOf
 */
function step(index, from, to, sourceOf) {
  const facet = (/** @type {object} */ body) => ({
    _producer: 'https://example.com/bench',
    _schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/Facet',
    ...body,
  });
  const inputOf = (/** @type {string} */ column) => ({
    ...{ namespace, name: from, field: sourceOf(column) },
    transformations: [{ type: 'DIRECT', subtype: 'IDENTITY', masking: false }],
  });
  const facets = {
    schema: facet({ fields: columns.map((column) => ({ name: column, type: 'VARCHAR' })) }),
    columnLineage: facet({
      fields: Object.fromEntries(columns.map((column) => [column, { inputFields: [inputOf(column)] }])),
    }),
  };
  return {
    eventType: 'COMPLETE',
    eventTime: new Date(Date.UTC(2026, 0, 1) + index * 60_000).toISOString(),
    run: { runId: `0199b000-0000-7000-8000-${index.toString(16).padStart(12, '0')}`, facets: {} },
    job: { namespace: 'warehouse', name: `make.${to}`, facets: {} },
    inputs: [{ namespace, name: from, facets: {} }],
    outputs: [{ namespace, name: to, facets }],
    producer: 'https://example.com/bench',
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
  };
}

/** Tables that are made from the books, and what is made from each of these, without a word of columns. */
function bookEvents() {
  const made = Array.from({ length: BOOK_JOBS }, (_, at) =>
    Array.from({ length: BOOKS_EACH }, (__, index) => `book_${at}.${index}`),
  );
  const steps = [
    ...made.map((outputs, at) => ({ job: `book_${at}`, input: 'books', outputs })),
    ...made.flat().map((input) => ({
      ...{ job: `behind.${input}`, input },
      outputs: Array.from({ length: BEHIND_BOOKS }, (_, at) => `${input}.behind_${at}`),
    })),
  ];
  return steps.map(({ job, input, outputs }, index) => ({
    eventType: 'COMPLETE',
    eventTime: new Date(Date.UTC(2026, 1, 1) + index * 60_000).toISOString(),
    run: { runId: `0199b001-0000-7000-8000-${index.toString(16).padStart(12, '0')}`, facets: {} },
    job: { namespace: 'warehouse', name: job, facets: {} },
    inputs: [{ namespace, name: input, facets: {} }],
    outputs: outputs.map((name) => ({ namespace, name, facets: {} })),
    producer: 'https://example.com/bench',
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
  }));
}

/** One column that 10 tables of 100 columns are made from, and 9 such tables behind each of these. */
function events() {
  const first = Array.from({ length: FIRST }, (_, at) => `first_${at}`);
  const steps = [
    ...first.map((to) => ({ from: 'source', to, sourceOf: () => 'email' })),
    ...first.flatMap((from) =>
      Array.from({ length: BEHIND_EACH }, (_, at) => ({
        ...{ from, to: `${from}.behind_${at}` },
        sourceOf: (/** @type {string} */ column) => column,
      })),
    ),
  ];
  return steps.map(({ from, to, sourceOf }, index) => step(index, from, to, sourceOf));
}

const FIELD = { on: `field:${encodeURIComponent(namespace)}:source:email`, question: whereIs };
const DATASET = { on: `dataset:${encodeURIComponent(namespace)}:books`, question: whereKept };

/**
 * From an edit to the answer that has it.
 * @param {string} url
 * @param {string} mutation
 * @param {number} total what `whereIs` must say then
 * @param {{ on: string, question: string }} of what the edit is of
 */
async function until(url, mutation, total, { on, question } = FIELD) {
  const startedAt = performance.now();
  await ask(url, mutation, { on });
  const found = (await ask(url, question)).whereIs.total;
  if (found !== total) throw new Error(`the tag is in ${found} places, not in ${total}`);
  return performance.now() - startedAt;
}

/** @param {'PostgreSQL' | 'Neo4j'} store @param {import('../../scripts/bench.mjs').BenchContext} context */
async function onStore(store, { say, isQuick }) {
  const dataDir = newDataDir();
  const neo4j = store === 'Neo4j' ? await startNeo4j('tags') : undefined;
  const server = await startStandalone({ dataDir, env: neo4j?.env ?? {} });
  try {
    const bodies = batches(
      [...events(), ...bookEvents()].map((event) => Buffer.from(JSON.stringify(event))),
      20,
    );
    const sent = await sendAll({ url: server.url, path: '/api/v1/lineage/batch', connections: 1, bodies });
    onlyStatuses(sent.statuses, 200);
    await caughtUp(server.url);
    // A store plans each statement when it is first asked.
    const first = (await until(server.url, put, REACHED + 1)) + (await until(server.url, off, 0));
    say(`${store}: the first time, there and gone, ${Math.round(first)} ms`);
    /** @type {number[]} */
    const there = [];
    /** @type {number[]} */
    const gone = [];
    for (let round = 0; round < (isQuick ? 3 : 10); round += 1) {
      there.push(await until(server.url, put, REACHED + 1));
      gone.push(await until(server.url, off, 0));
    }
    say(
      `${store}: there after ${there.map(Math.round).join(', ')} ms, gone after ${gone.map(Math.round).join(', ')} ms`,
    );
    await until(server.url, put, REACHED + 1);
    const pages = await timed(isQuick ? 10 : 40, async (at) => {
      const { dataset } = await ask(server.url, page, { name: `first_${at % FIRST}.behind_${at % BEHIND_EACH}` });
      const tagged = dataset.fields.edges.filter((/** @type {any} */ { node }) => node.carriedTags.length === 1).length;
      if (tagged !== columns.length) throw new Error(`${tagged} of ${columns.length} fields have the tag`);
    });
    await ask(server.url, along);
    /** @type {number[]} */
    const kept = [];
    for (let round = 0; round < (isQuick ? 3 : 10); round += 1) {
      kept.push(await until(server.url, putOnDataset, BOOKS + 1, DATASET));
      await until(server.url, offDataset, 0, DATASET);
    }
    say(`${store}: along datasets after ${kept.map(Math.round).join(', ')} ms`);
    const figure = { unit: 'ms', target: 3_000 };
    return [
      {
        ...figure,
        what: `${store}: in ${REACHED} fields after it was put on one, slowest`,
        measured: Math.max(...there),
      },
      {
        ...figure,
        what: `${store}: in ${BOOKS} datasets after it was put on one, slowest`,
        measured: Math.max(...kept),
      },
      { ...figure, what: `${store}: in none after it was taken off, slowest`, measured: Math.max(...gone) },
      { unit: 'ms', target: 100, what: `${store}: 100 fields with their tags, p95`, measured: percentile(pages, 0.95) },
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
