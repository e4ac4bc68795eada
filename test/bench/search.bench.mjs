import { assetsOf, catalogServer } from './big-catalog.mjs';
import { governedServer } from './governed-services.mjs';
import { ask, percentile, timed } from './load.mjs';

export const name = 'search';
export const target =
  'search over HTTP in a catalog of 100,000 assets, and in one of 500,000 fields by several filters, p95';

const search = `query Search($query: String!, $filter: SearchFilter, $orderBy: SearchOrder) {
  search(query: $query, filter: $filter, orderBy: $orderBy, first: 20) {
    totalCount
    facets { name values { value count } }
    edges { node { id kind displayName namespace score highlights { field text } } }
  }
}`;
const suggest = 'query Suggest($prefix: String!) { suggest(prefix: $prefix) { id displayName } }';

const questions = [
  { kind: 'two words', texts: ['policy mart', 'payment history', 'broker snapshot', 'risk daily'] },
  { kind: 'one word of many', texts: ['claims', 'customer', 'invoice', 'premium'] },
  { kind: 'a typo', texts: ['custmer snapshot', 'paymnt mart', 'polcy histroy', 'invioce'] },
  { kind: 'the beginning of a word', texts: ['cust', 'poli hist', 'snap', 'premi'] },
  { kind: 'one name', texts: ['customer_mart_12_4', 'risk_raw_216_2', 'chain.table_25', 'mesh.job_77'] },
  { kind: 'no words', texts: [''] },
  { kind: 'jobs of a word', texts: ['claims', 'fraud'], filter: { kinds: ['JOB'] }, orderBy: 'POPULARITY' },
  { kind: 'jobs alone', texts: [''], filter: { kinds: ['JOB'], hasOwner: false }, orderBy: 'NAME' },
  { kind: 'the latest', texts: [''], orderBy: 'UPDATED_AT' },
  { kind: 'the latest of a word', texts: ['claims', 'customer'], orderBy: 'UPDATED_AT' },
  { kind: 'a word since a time', texts: ['claims', 'risk'], filter: { updatedAfter: '2026-01-01T02:00:00Z' } },
];

const wanted = { kinds: ['DATASET'], tags: ['pii'], domains: [0, 2, 4, 6].map((at) => `domain:d${at}`) };
const kept = { property: 'property:retention', from: '30', to: '90' };

/** All facets are counted, views stand in the rank, and what matches all words is half of all assets. */
const byFilters = [
  { kind: 'three filters', texts: ['table', 'claim', 'table 3', 'customer id'], filter: wanted },
  { kind: 'three filters and no words', texts: [''], filter: wanted },
  {
    kind: 'three filters, of a number too',
    texts: ['table', 'claim', 'table 3', 'customer id'],
    filter: { kinds: ['DATASET'], tags: ['tier'], properties: [kept] },
  },
  {
    kind: 'three filters, of a number too, and no words',
    texts: [''],
    filter: { kinds: ['DATASET'], tags: ['tier'], properties: [kept] },
  },
  {
    kind: 'three filters, the most popular first',
    texts: ['table', 'claim'],
    filter: { ...wanted, properties: [{ property: 'property:tier', values: ['gold', 'silver'] }] },
    orderBy: 'POPULARITY',
  },
];

/** @param {import('../../scripts/bench.mjs').BenchContext} context */
async function amongFields(context) {
  const { url } = await governedServer(context);
  const rows = [];
  for (const { kind, texts, ...asked } of byFilters) {
    let found = 0;
    const times = await timed(context.isQuick ? 20 : 80, async (at) => {
      const { totalCount, facets } = (await ask(url, search, { query: texts[at % texts.length], ...asked })).search;
      if (totalCount === 0 || facets.length === 0) throw new Error(`${kind}: nothing was found`);
      found = totalCount;
    });
    context.say(`${kind}: ${found} hits of the last, p50 ${percentile(times, 0.5).toFixed(1)} ms`);
    rows.push({ unit: 'ms', target: 60, what: `500,000 fields: ${kind}`, measured: percentile(times, 0.95) });
  }
  return rows;
}

/** @param {import('../../scripts/bench.mjs').BenchContext} context */
export async function run(context) {
  const catalog = await catalogServer('PostgreSQL', context);
  const { url } = catalog.server();
  const assets = assetsOf(catalog.jobs);
  const rows = [];
  const figure = { unit: 'ms', target: 50 };
  const count = context.isQuick ? 20 : 80;
  for (const { kind, texts, ...asked } of questions) {
    let found = 0;
    const times = await timed(count, async (at) => {
      found = (await ask(url, search, { query: texts[at % texts.length], ...asked })).search.totalCount;
    });
    context.say(`${kind}: ${found} hits of the last, p50 ${percentile(times, 0.5).toFixed(1)} ms`);
    rows.push({ ...figure, what: `${assets} assets: ${kind}`, measured: percentile(times, 0.95) });
  }
  const times = await timed(count, (at) => ask(url, suggest, { prefix: ['cla', 'pol', 'custo', 'inv'][at % 4] }));
  rows.push({ ...figure, what: `${assets} assets: suggestions`, measured: percentile(times, 0.95) });
  return [...rows, ...(await amongFields(context))];
}
