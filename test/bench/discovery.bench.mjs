import { rmSync } from 'node:fs';
import { ask, percentile, timed } from './load.mjs';
import { newDataDir, startStandalone } from './servers.mjs';
import { loadServices, namespace, tableName } from './services-catalog.mjs';

export const name = 'discovery';
export const target =
  'how soon similar datasets and those used together are told, among 30,000 datasets and 510,000 fields';

const SERVICES = 2_000;
const like = `query ($namespace: String!, $name: String!) { dataset(namespace: $namespace, name: $name) {
  similar(most: 10) { score shared sharedFields dataset { name } } } }`;
const together = `query ($namespace: String!, $name: String!) { dataset(namespace: $namespace, name: $name) {
  usedTogether(most: 10) { jobs recentRuns dataset { name } } } }`;
const page = `query ($query: String!) { search(query: $query, first: 20) { edges { node { asset {
  ... on Dataset { similar(most: 5) { score } } } } } } }`;

/** @param {import('../../scripts/bench.mjs').BenchContext} context */
export async function run({ say, isQuick }) {
  const dataDir = newDataDir();
  const server = await startStandalone({ dataDir });
  try {
    const services = isQuick ? SERVICES / 10 : SERVICES;
    say(await loadServices(server.url, services));
    const rounds = isQuick ? 5 : 20;
    let at = 0;
    const next = () => ({ namespace, name: tableName((at += 37) % services, at % 10) });
    const { dataset } = await ask(server.url, like, next());
    if (dataset.similar.length !== 10) throw new Error('fewer are similar than there are');
    say(
      `the most similar: ${dataset.similar[0].dataset.name}, ${dataset.similar[0].shared} names, ${dataset.similar[0].score}`,
    );
    const similar = await timed(rounds, () => ask(server.url, like, next()));
    const pages = await timed(rounds, () => ask(server.url, page, { query: `table_${(at += 1) % 10}` }));
    const used = await ask(server.url, together, next());
    if (used.dataset.usedTogether.length === 0) throw new Error('nothing is used together');
    const usedTogether = await timed(rounds, () => ask(server.url, together, next()));
    const figure = { unit: 'ms', target: 1_000 };
    return [
      { ...figure, what: 'similar datasets, p95', measured: percentile(similar, 0.95) },
      { ...figure, what: 'similar datasets of a page of 20, p95', target: 5_000, measured: percentile(pages, 0.95) },
      { ...figure, what: 'datasets used together, p95', measured: percentile(usedTogether, 0.95) },
    ];
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
