import { catalogServer, datasetNode, jobNode } from './big-catalog.mjs';
import { ask, percentile, timed } from './load.mjs';

export const name = 'owners';
export const target = 'who answers for a page of 100 assets in a catalog of 100,000, over HTTP, p95';

const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Asset {
  effectiveOwners { owners { agent { id } role source because since rule { number line } } overruled { agent { id } } } } } }`;
const set = `mutation ($file: String!) { done: setOwnershipRules(input: { file: $file }) { __typename
  ... on OwnershipRulesRefusal { message } } }`;
const unowned = '{ search(filter: { hasOwner: false }, first: 1) { totalCount } }';
const page = 100;
const rules = 200;

/** A line for all, and behind it as many as a large company has teams; the last that fits decides. */
const file = [
  '* team:data-platform',
  ...Array.from({ length: rules - 2 }, (_, at) => `name:*_${at}_* team:team-${at} STEWARD=person-${at}@example.com`),
  'namespace:warehouse name:mesh.* team:mesh',
].join('\n');

/** @param {import('../../scripts/bench.mjs').BenchContext} context */
export async function run(context) {
  const { server, jobs } = await catalogServer('PostgreSQL', context);
  const { url } = server();
  const ids = jobs.flatMap((job) => [jobNode(job.name), ...job.outputs.map(datasetNode)]);
  const pages = Array.from({ length: 40 }, (_, at) => {
    const from = Math.floor((at * (ids.length - page)) / 40);
    return ids.slice(from, from + page);
  });
  const read = async (/** @type {number} */ at) => {
    const { nodes } = await ask(url, query, { ids: pages[at % pages.length] });
    return nodes.filter((/** @type {any} */ node) => node?.effectiveOwners?.owners.length > 0).length;
  };
  const count = context.isQuick ? 40 : 200;
  const without = await timed(count, read);
  const { done } = await ask(url, set, { file });
  if (done.__typename !== 'EditedOwnershipRules') throw new Error(`the rules were refused: ${done.message}`);
  const startedAt = performance.now();
  // Search follows a change of the rules behind everything else, on the same two cores.
  while ((await ask(url, unowned)).search.totalCount > 0) await new Promise((resolve) => setTimeout(resolve, 500));
  context.say(
    `search knew the owners of all assets ${((performance.now() - startedAt) / 1000).toFixed(0)} s after the rules`,
  );
  const times = await timed(count, async (at) => {
    const owned = await read(at);
    if (owned !== page) throw new Error(`${owned} of ${page} assets have an owner`);
  });
  context.say(
    `p50 ${percentile(without, 0.5).toFixed(1)} ms without rules, ${percentile(times, 0.5).toFixed(1)} ms with`,
  );
  return [
    { unit: 'ms', target: 40, what: 'a page of 100 assets without rules', measured: percentile(without, 0.95) },
    { unit: 'ms', target: 40, what: `the same with ${rules} rules`, measured: percentile(times, 0.95) },
  ];
}
