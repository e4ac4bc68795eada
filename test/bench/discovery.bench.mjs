import { governedServer, ownershipFile, tableId } from './governed-services.mjs';
import { ask, percentile, timed } from './load.mjs';
import { namespace, tableName } from './services-catalog.mjs';

export const name = 'discovery';
export const target = 'how soon lists and overviews are told, among 20,000 jobs, 30,000 datasets and 510,000 fields';

const like = `query ($namespace: String!, $name: String!) { dataset(namespace: $namespace, name: $name) {
  similar(most: 10) { score shared sharedFields dataset { name } } } }`;
const together = `query ($namespace: String!, $name: String!) { dataset(namespace: $namespace, name: $name) {
  usedTogether(most: 10) { jobs recentRuns dataset { name } } } }`;
const page = `query ($query: String!) { search(query: $query, first: 20) { edges { node { asset {
  ... on Dataset { similar(most: 5) { score } } } } } } }`;
const preview = `query ($file: String!) { previewOwnershipRules(input: { file: $file }) { total gained lost
  assets(most: 20) { asset { id } } } }`;
const findings = `{ architectureFindings(first: 20) { edges { node { kind datasetId jobId since } } } }`;
const flows =
  '{ tagFlows(tag: "pii", most: 30) { totalFields totalAssets nodes { id } links { from to fields masked } } }';
const logical = `query ($root: ID!) { lineage(root: $root, granularity: DATASET, depth: 5, logical: true) {
  nodes { id } edges { from to } } }`;
const changes = '{ recentlyChanged(most: 20) { kind at by asset { id } } }';
const suggestions = '{ tagSuggestions(first: 50) { edges { node { field { id } tag { name } confidence } } } }';
const suggestionCounts = '{ tagSuggestionCounts { tag { name } count } }';

/** @param {import('../../scripts/bench.mjs').BenchContext} context */
export async function run(context) {
  const { url, services } = await governedServer(context);
  const rounds = context.isQuick ? 5 : 20;
  let at = 0;
  const next = () => ({ namespace, name: tableName((at += 37) % services, at % 10) });
  const { dataset } = await ask(url, like, next());
  if (dataset.similar.length !== 10) throw new Error('fewer are similar than there are');
  const used = await ask(url, together, next());
  if (used.dataset.usedTogether.length === 0) throw new Error('nothing is used together');
  const figure = async (
    /** @type {string} */ what,
    /** @type {number} */ target,
    /** @type {() => Promise<Record<string, any>>} */ step,
    /** @type {(answer: Record<string, any>) => number} */ count = () => 1,
  ) => {
    let found = 0;
    const times = await timed(rounds, async () => (found = count(await step())));
    if (found === 0) throw new Error(`${what}: the answer is empty`);
    context.say(`${what}: ${found} of the last, p50 ${percentile(times, 0.5).toFixed(0)} ms`);
    return { unit: 'ms', target, what: `${what}, p95`, measured: percentile(times, 0.95) };
  };
  const rules = () => ({ file: ownershipFile([`name:s${(at += 1) % 10}* team:other`]) });
  return [
    await figure('similar datasets', 1_000, () => ask(url, like, next())),
    await figure('similar datasets of a page of 20', 5_000, () => ask(url, page, { query: `table_${(at += 1) % 10}` })),
    await figure('datasets used together', 1_000, () => ask(url, together, next())),
    await figure(
      'a preview of rules that change the owners of many',
      5_000,
      () => ask(url, preview, rules()),
      ({ previewOwnershipRules: { total } }) => total,
    ),
    await figure(
      'findings of the architecture',
      1_000,
      () => ask(url, findings),
      ({ architectureFindings }) => architectureFindings.edges.length,
    ),
    await figure(
      'where personal data flows',
      3_000,
      () => ask(url, flows),
      ({ tagFlows }) => tagFlows.totalFields,
    ),
    await figure(
      'lineage of logical datasets',
      1_000,
      () => ask(url, logical, { root: tableId((at += 1) % 50, 5) }),
      ({ lineage }) => lineage.nodes.length,
    ),
    await figure(
      'what changed lately',
      1_000,
      () => ask(url, changes),
      ({ recentlyChanged }) => recentlyChanged.length,
    ),
    await figure('suggested tags, a page of 50', 1_000, () => ask(url, suggestions)),
    await figure('suggested tags by tag', 1_000, () => ask(url, suggestionCounts)),
  ];
}
