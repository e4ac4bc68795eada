import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask } from './load.mjs';
import { newDataDir, startStandalone } from './servers.mjs';
import { loadServices, namespace, tableName } from './services-catalog.mjs';

const SERVICES = 2_000;
export const DOMAINS = 20;
/** Of each of so many services the tables are in a domain, tagged, owned, and have values of properties. */
const GOVERNED = 500;
const TABLES = [3, 4, 5, 6];
const VIEWED = 1_000;
/** Logical datasets, each of the tables of one service. */
export const LOGICAL = 100;
/** Sources with a tagged field. */
const FLOWS = 100;

const domain = `mutation ($input: CreateDomainInput!) { done: createDomain(input: $input) { __typename } }`;
const property = `mutation ($input: CreateCustomPropertyInput!) { done: createCustomProperty(input: $input) { __typename } }`;
const logical = `mutation ($input: CreateLogicalDatasetInput!) { done: createLogicalDataset(input: $input) { __typename } }`;
const logicalRules = `mutation ($input: SetLogicalRulesInput!) { done: setLogicalRules(input: $input) { __typename } }`;
const ownershipRules = `mutation ($input: SetOwnershipRulesInput!) { done: setOwnershipRules(input: $input) { __typename } }`;
const edit = `mutation ($input: StartEditsInput!) { done: startEdits(input: $input) { __typename
  ... on StartedEdits { job { id } } ... on StartEditsRefusal { message } } }`;
const progress = 'query ($id: ID!) { editJob(id: $id) { total made refused endedAt } }';
const tag = 'mutation ($on: ID!) { tagAsset(input: { on: $on, tag: "pii=customer" }) { __typename } }';
const view = 'mutation ($ids: [ID!]!) { recordViews(ids: $ids) { __typename } }';

/** @param {number} service @param {number} at @returns {string} the id of a table */
export const tableId = (service, at) => `dataset:${encodeURIComponent(namespace)}:${tableName(service, at)}`;

/**
 * Domains of two levels and properties, and edits of every fourth service: in one event an asset.
 * @param {string} url
 * @param {number} services
 */
export async function govern(url, services) {
  const made = async (/** @type {string} */ document, /** @type {object} */ input) => {
    const { done } = await ask(url, document, { input });
    if (!/^Edited|^Started/.test(done.__typename)) throw new Error(`an edit was refused: ${JSON.stringify(done)}`);
    return done;
  };
  for (let at = 0; at < DOMAINS; at += 1) {
    const parent = at < 4 ? null : `domain:d${at % 4}`;
    const owners = [{ agent: `agent:team:domain-${at}`, role: 'OWNER' }];
    await made(domain, { key: `d${at}`, name: `Domain ${at}`, parent, layer: at < 4 ? LAYERS[at] : null, owners });
  }
  await made(property, { key: 'tier', name: 'Tier', type: 'ENUM', values: ['gold', 'silver', 'bronze'] });
  await made(property, { key: 'retention', name: 'Retention', type: 'NUMBER', unit: 'days' });
  for (let at = 0; at < LOGICAL; at += 1) await made(logical, { key: `s${at}`, name: `Service ${at}` });
  await made(logicalRules, { rules: [{ name: '{name}.table_*', namespace }] });
  await made(ownershipRules, { file: ownershipFile([]) });
  const governed = Array.from({ length: services / (SERVICES / GOVERNED) }, (_, at) => at);
  const jobs = [];
  for (let at = 0; at < DOMAINS; at += 1) {
    const own = governed.filter((service) => service % DOMAINS === at);
    const change = {
      domain: `domain:d${at}`,
      addTags: [`tier=${at % 3}`, ...(at % 2 === 0 ? ['pii=email'] : ['finance'])],
      assignOwners: [{ agent: `agent:team:team-${at % 7}`, role: 'STEWARD' }],
      setProperties: [
        { property: 'property:tier', values: [['gold', 'silver', 'bronze'][at % 3]] },
        { property: 'property:retention', values: [String(30 * (1 + (at % 5)))] },
      ],
    };
    const ids = own.flatMap((service) => TABLES.map((table) => tableId(service, table)));
    jobs.push((await made(edit, { selection: { ids }, change })).job.id);
  }
  for (const id of jobs) {
    let job;
    do {
      await sleep(200);
      ({ editJob: job } = await ask(url, progress, { id }));
    } while (job.endedAt === null);
    if (job.refused > 0) throw new Error(`${job.refused} of ${job.total} edits were refused`);
  }
  for (let at = 0; at < services; at += services / FLOWS)
    await ask(url, tag, {
      on: `field:${tableId(at, 0).slice('dataset:'.length).replace('table_0', 'source_0')}:customer_id`,
    });
  const viewed = Array.from({ length: Math.min(VIEWED, services * 2) }, (_, at) => tableId(at % services, at % 10));
  for (let at = 0; at < viewed.length; at += 50) await ask(url, view, { ids: viewed.slice(at, at + 50) });
}

/** Rules for a tenth of the services each, with some more in front. @param {readonly string[]} more */
export const ownershipFile = (more) =>
  [
    '* team:data-platform',
    ...Array.from({ length: 10 }, (_, at) => `name:s*${at}.* team:services-${at}`),
    ...more,
    'namespace:warehouse team:jobs',
  ].join('\n');

const LAYERS = ['PRODUCT', 'BUSINESS', 'PRESENTATION', 'INFRASTRUCTURE'];

/** @type {Promise<{ url: string, services: number, stop: () => Promise<void> }> | undefined} */
let running;

/**
 * A server with 20,000 jobs, 30,000 datasets and 510,000 fields, a part of which is in domains, tagged, owned, viewed and
 * has values of properties; loaded once for all benches.
 * @param {import('../../scripts/bench.mjs').BenchContext} context
 */
export function governedServer({ say, isQuick }) {
  running ??= (async () => {
    const dataDir = newDataDir();
    const services = isQuick ? 200 : SERVICES;
    const server = await startStandalone({ dataDir });
    const stop = async () => {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    };
    try {
      const startedAt = performance.now();
      const size = await loadServices(server.url, services);
      await govern(server.url, services);
      say(`${size}, loaded and edited in ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
      return { url: server.url, services, stop };
    } catch (error) {
      await stop();
      throw error;
    }
  })();
  return running;
}

/** Ends what {@link governedServer} started. */
export async function stopGovernedServer() {
  await (await running)?.stop();
  running = undefined;
}
