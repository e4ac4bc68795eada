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
import { expect, test } from 'vitest';
import type { TraversalPorts } from './lineage-answer.js';
import { walkLineage } from './walk-lineage.js';

const [raw, mart, guessing, stating] = [dataset('raw'), dataset('mart'), job('guessing'), job('stating')];

/** Both jobs read raw and write mart; one never named both sides at once. */
async function ports(): Promise<TraversalPorts> {
  const graph = new MemoryLineageGraph();
  const flow = [guessing, stating].flatMap((id) => [open(edgeRow('READ', raw, id)), open(edgeRow('WRITE', id, mart))]);
  const restricted = open(restrictionRow(guessing, { mode: 'INFERRED' }));
  await load(graph, [...[raw, mart, guessing, stating].map((id) => node(id, id)), ...flow, restricted]);
  const none = () => Promise.resolve([]);
  const roots = { fieldsOf: none, versionsOf: none, runsOf: none, runsByBareId: none };
  return { graph, roots, clock: { now: () => hour(100) } };
}

test.each([1, 2, 5])(
  '23. a job as root shows the strongest evidence of all jobs, at a depth of %i too',
  async (depth) => {
    for (const root of [guessing, stating]) {
      const answer = await walkLineage(await ports(), {
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
