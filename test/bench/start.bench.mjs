import { assetsOf, catalogServer, datasetNode } from './big-catalog.mjs';
import { ask, percentile } from './load.mjs';

export const name = 'start';
export const target = 'start on an existing data directory, after the build, to the first answer';

const query = 'query First($id: ID!) { lineage(root: $id, depth: 1) { nodes { id } } }';

/** @param {import('../../scripts/bench.mjs').BenchContext} context */
export async function run(context) {
  const catalog = await catalogServer('PostgreSQL', context);
  const times = [];
  for (let turn = 0; turn < 3; turn += 1) {
    const server = await catalog.restart();
    const listeningAt = performance.now();
    const { lineage } = await ask(server.url, query, { id: datasetNode('chain.table_25') });
    if (lineage === null) throw new Error('the first answer did not know the catalog');
    times.push((server.firstAnswerMs + performance.now() - listeningAt) / 1000);
  }
  times.sort((a, b) => a - b);
  const what = `${assetsOf(catalog.jobs)} assets, the slowest of ${times.length}`;
  return [{ what, unit: 's', target: 5, measured: percentile(times, 1) }];
}
