import { catalogServer, datasetNode, jobNode } from './big-catalog.mjs';
import { ask, percentile, timed } from './load.mjs';

export const name = 'owners';
export const target = 'who answers for a page of 100 assets in a catalog of 100,000, over HTTP, p95';

const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Asset {
  effectiveOwners { owners { agent { id } role source because since rule { number line } inheritedFrom { id } } overruled { agent { id } } } } } }`;
const set = `mutation ($file: String!) { done: setOwnershipRules(input: { file: $file }) { __typename
  ... on OwnershipRulesRefusal { message } } }`;
const define = `mutation ($input: CreateDomainInput!) { done: createDomain(input: $input) { __typename
  ... on DomainRefusal { message } } }`;
const offer = `mutation ($input: CreateDataProductInput!) { done: createDataProduct(input: $input) { __typename
  ... on DataProductRefusal { message } } }`;
const put = `mutation ($on: ID!, $domain: ID!) { done: assignDomain(input: { on: $on, domain: $domain }) { __typename } }`;
const port = `mutation ($on: ID!, $product: ID!) { done: addOutputPort(input: { on: $on, product: $product }) { __typename } }`;
const held = `query ($asOf: DateTime) { of: responsibleFor(agent: "agent:team:domain-7", asOf: $asOf, first: 100) {
  edges { node { asset { id } roles { role source because since } } } } }`;
const unowned = '{ search(filter: { hasOwner: false }, first: 1) { totalCount } }';
const page = 100;
const rules = 200;
/** Domains in a hierarchy of three levels, and data products, each with owners of a role of their own. */
const domains = 100;
const products = 100;

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
  const inherited = await timedInherited(context, url, pages, count, read);
  return [
    ...inherited,
    { unit: 'ms', target: 40, what: 'a page of 100 assets without rules', measured: percentile(without, 0.95) },
    { unit: 'ms', target: 40, what: `the same with ${rules} rules`, measured: percentile(times, 0.95) },
  ];
}

/**
 * The same where each asset of a page is in a domain or offered by a data product, and what an owner of a domain answers
 * for, now and of a moment.
 * @param {import('../../scripts/bench.mjs').BenchContext} context
 * @param {string} url @param {readonly string[][]} pages @param {number} count @param {(at: number) => Promise<number>} read
 */
async function timedInherited(context, url, pages, count, read) {
  const done = async (/** @type {string} */ document, /** @type {object} */ input) => {
    const { done: made } = await ask(url, document, input);
    if (!made.__typename.startsWith('Edited')) throw new Error(`an edit was refused: ${JSON.stringify(made)}`);
  };
  for (let at = 0; at < domains; at++) {
    const parent = at === 0 ? null : `domain:d${Math.floor((at - 1) / 8)}`;
    const owners = [{ agent: `agent:team:domain-${at}`, role: 'DOMAIN_OWNER' }];
    await done(define, { input: { key: `d${at}`, name: `Domain ${at}`, parent, owners } });
  }
  for (let at = 0; at < products; at++) {
    const owners = [{ agent: `agent:team:product-${at}`, role: 'PRODUCT_OWNER' }];
    await done(offer, { input: { key: `p${at}`, name: `Product ${at}`, owners } });
  }
  const [first = [], second = []] = pages;
  const placed = [...new Set([...first, ...second])];
  for (const [at, on] of placed.entries()) {
    await done(put, { on, domain: `domain:d${at % domains}` });
    if (on.startsWith('dataset:')) await done(port, { on, product: `product:p${at % products}` });
  }
  const times = await timed(count, async (at) => {
    const owned = await read(at % 2);
    if (owned !== page) throw new Error(`${owned} of ${page} assets have an owner`);
  });
  const asOf = new Date().toISOString();
  const expected = (await ask(url, held, { asOf })).of.edges.length;
  if (expected === 0) throw new Error('the owner of a domain answers for nothing');
  const then = await timed(count, async () => {
    const found = (await ask(url, held, { asOf })).of.edges.length;
    if (found !== expected) throw new Error(`${found} instead of ${expected} assets`);
  });
  context.say(`p50 ${percentile(times, 0.5).toFixed(1)} ms with domains and data products`);
  const what = `the same with ${domains} domains and ${products} data products that have owners`;
  return [
    { unit: 'ms', target: 40, what, measured: percentile(times, 0.95) },
    {
      ...{ unit: 'ms', target: 100, measured: percentile(then, 0.95) },
      what: `what the owner of a domain answered for at a moment, ${expected} assets`,
    },
  ];
}
