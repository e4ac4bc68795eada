import { catalogServer, datasetNode, jobNode } from './big-catalog.mjs';
import { ask, percentile, timed } from './load.mjs';
import { countCpu } from './processes.mjs';

export const name = 'lineage';
export const target = 'lineage over HTTP in a catalog of 20,000 jobs, depth 20, both ways, p95';

const query = `query Lineage($root: ID!, $granularity: LineageGranularity!) {
  lineage(root: $root, granularity: $granularity, depth: 20, maxNodes: 1000) {
    root { id displayName }
    nodes { id kind displayName depth direction hasMoreUpstream hasMoreDownstream }
    edges { id from to kind evidence validFrom validTo via }
    truncated truncatedBecause endCursor depthReached position
    upstream { count isExact }
    downstream { count isExact }
  }
}`;

/** `nodes` is how many the answer must have: a figure of another answer says nothing. */
const shapes = [
  { shape: 'middle of a 50-job chain', root: 'chain.table_25', nodes: 41, PostgreSQL: 50, Neo4j: 120 },
  { shape: '500-job graph', root: 'mesh.source', nodes: undefined, PostgreSQL: 200, Neo4j: 500 },
  { shape: '300 readers, 49 jobs behind each', root: 'fan.hub', nodes: 1000, PostgreSQL: 300, Neo4j: 300 },
  { shape: 'unknown node', root: 'nothing.of_this_name', nodes: 0, PostgreSQL: 10, Neo4j: 10 },
];

/**
 * The floor: breadth first over the same edges in memory, both ways, up to 20 hops and 1,000 nodes.
 * @param {readonly import('./big-catalog.mjs').BenchJob[]} jobs
 * @returns {(root: string) => number} how many nodes it finds from a node
 */
function searchInMemory(jobs) {
  /** @type {Map<string, string[]>[]} */
  const sides = [new Map(), new Map()];
  const add = (/** @type {string} */ from, /** @type {string} */ to) => {
    for (const [side, [near, far]] of [
      [from, to],
      [to, from],
    ].entries()) {
      const known = sides[side]?.get(near ?? '');
      if (known === undefined) sides[side]?.set(near ?? '', [far ?? '']);
      else known.push(far ?? '');
    }
  };
  for (const job of jobs) {
    for (const input of job.inputs) add(datasetNode(input), jobNode(job.name));
    for (const output of job.outputs) add(jobNode(job.name), datasetNode(output));
  }
  return (root) => {
    const seen = new Set([root]);
    for (const neighbors of sides) {
      let frontier = [root];
      for (let depth = 0; depth < 20 && frontier.length > 0 && seen.size < 1000; depth += 1) {
        frontier = frontier
          .flatMap((node) => neighbors.get(node) ?? [])
          .filter((node) => !seen.has(node) && seen.add(node));
      }
    }
    return seen.size;
  };
}

/** @param {import('../../scripts/bench.mjs').BenchContext} context */
export async function run(context) {
  const { say, isQuick } = context;
  const rows = [];
  for (const store of /** @type {const} */ (['PostgreSQL', 'Neo4j'])) {
    const catalog = await catalogServer(store, context);
    const { url } = catalog.server();
    const inMemory = searchInMemory(catalog.jobs);
    for (const granularity of ['JOB', 'DATASET']) {
      for (const { shape, root, nodes, ...targets } of shapes) {
        const id = datasetNode(root);
        const floor = percentile(await timed(50, () => inMemory(id)), 0.95);
        const cpu = countCpu(catalog.server(), catalog.neo4jPid);
        const count = isQuick ? 20 : 60;
        let answer;
        const times = await timed(count, async () => {
          answer = (await ask(url, query, { root: id, granularity })).lineage;
        });
        const found = answer?.nodes.length ?? 0;
        if (granularity === 'JOB' && nodes !== undefined && found !== nodes) {
          throw new Error(`${shape}: ${found} nodes instead of ${nodes}`);
        }
        const what = `${store}, ${granularity}: ${shape}`;
        say(
          `${what}: ${found} nodes, ${answer?.edges.length ?? 0} edges, p50 ${percentile(times, 0.5).toFixed(1)} ms; CPU ${cpu(count * 1.25)}`,
        );
        rows.push({ what, unit: 'ms', target: targets[store], floor, measured: percentile(times, 0.95) });
      }
    }
  }
  return rows;
}
