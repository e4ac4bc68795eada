import {
  hour,
  dataset,
  edgeRow,
  job,
  load,
  node,
  open,
  restrictionRow,
} from '@headwater/store-contract/lineage-graph/rows';
import { MemoryLineageGraph } from '@headwater/store-contract/memory-lineage-graph';
import type { EdgeRow } from '../graph.js';
import { expect, test } from 'vitest';
import type { TraversalPorts } from './lineage-answer.js';
import { walkLineage } from './walk-lineage.js';

const [raw, mart, guessing, stating] = [dataset('raw'), dataset('mart'), job('guessing'), job('stating')];

/** Both jobs read raw and write mart; one never named both sides at once. */
const BOTH = [guessing, stating].flatMap((id) => [edgeRow('READ', raw, id), edgeRow('WRITE', id, mart)]);

async function ports(flow: readonly EdgeRow[]): Promise<TraversalPorts> {
  const graph = new MemoryLineageGraph();
  const restricted = open(restrictionRow(guessing, { mode: 'INFERRED' }));
  const ids = new Set(flow.flatMap(({ from, to }) => [from, to]));
  await load(graph, [...[...ids].map((id) => node(id, id)), ...flow.map((row) => open(row)), restricted]);
  const none = () => Promise.resolve([]);
  const roots = { fieldsOf: none, versionsOf: none, runsOf: none, runsByBareId: none };
  return { graph, roots, clock: { now: () => hour(100) } };
}

test.each([1, 2, 5])(
  '23. a job as root shows the strongest evidence of all jobs, at a depth of %i too',
  async (depth) => {
    for (const root of [guessing, stating]) {
      const answer = await walkLineage(await ports(BOTH), {
        root,
        direction: 'BOTH',
        depth,
        granularity: 'DATASET',
        maxNodes: 10,
      });
      const through = answer?.edges.filter(({ from, to }) => from === raw && to === mart);
      expect(through?.map(({ evidence, via }) => [evidence, [...via].sort()])).toEqual([
        ['OBSERVED', [guessing, stating].sort()],
      ]);
    }
  },
);

test('23. a chain of other jobs shows its evidence from each dataset that a job as root reads', async () => {
  const [other, first, second] = [dataset('other'), job('first'), job('second')];
  const flow = [
    edgeRow('READ', other, guessing),
    edgeRow('READ', raw, guessing),
    edgeRow('WRITE', guessing, mart),
    edgeRow('READ', raw, first),
    edgeRow('DERIVED', first, second),
    edgeRow('WRITE', second, mart),
  ];
  const question = { root: guessing, direction: 'BOTH', depth: 1, granularity: 'DATASET', maxNodes: 10 } as const;
  const answer = await walkLineage(await ports(flow), question);
  const shown = answer?.edges.map(({ from, to, evidence }) => [from, to, evidence]);
  expect(shown).toContainEqual([other, mart, 'INFERRED']);
  expect(shown).toContainEqual([raw, mart, 'OBSERVED']);
});
