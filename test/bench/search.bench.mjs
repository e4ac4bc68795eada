import { assetsOf, catalogServer } from './big-catalog.mjs';
import { ask, percentile, timed } from './load.mjs';

export const name = 'search';
export const target = 'search over HTTP in a catalog of 100,000 assets, p95';

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
  return rows;
}
