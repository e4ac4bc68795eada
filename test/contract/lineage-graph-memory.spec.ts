import { lineageGraphContract } from '@headwater/store-contract/lineage-graph.contract';
import { MemoryLineageGraph } from '@headwater/store-contract/memory-lineage-graph';
import { expect, test } from 'vitest';

lineageGraphContract({ name: 'memory', create: () => Promise.resolve(new MemoryLineageGraph()) });

test('a contract that is told to skip a test it does not have is refused', () => {
  expect(() => {
    lineageGraphContract({
      name: 'memory',
      create: () => Promise.resolve(new MemoryLineageGraph()),
      skip: [{ test: 'no such test', reason: 'to show that the name is checked' }],
    });
  }).toThrow('no such test');
});
