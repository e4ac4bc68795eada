import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hash128, jobId, productId, type NodeId, type NodeKey } from '../identifiers.js';
import type { DataProductRow, DataProductStatus } from './definition.js';
import { consumersOf, pageOfProducts, type PortJobs } from './data-products.js';

const JOBS = ['a', 'b', 'c', 'd'].map((name) => jobId('n', name));
const jobs = fc.uniqueArray(fc.constantFrom(...JOBS));

test('a consumer is a job that reads a port and writes none, with just the ports that it reads', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ readers: jobs, writers: jobs }), { maxLength: 5 }), (drawn) => {
      const around = drawn.map((one, index): PortJobs => ({ ...one, port: `dataset:n:${String(index)}` as NodeId }));
      const expected = JOBS.flatMap((job) => {
        const ports = around.filter(({ readers }) => readers.includes(job)).map(({ port }) => port);
        const isOwn = around.some(({ writers }) => writers.includes(job));
        return ports.length === 0 || isOwn ? [] : [{ job, ports }];
      });
      expect(consumersOf(around)).toEqual(expected);
    }),
  );
});

function product(key: string, name: string, status: DataProductStatus): DataProductRow {
  const id = productId(key);
  return {
    ...{ rowId: hash128(id), key: hash128(id) as NodeKey, id, kind: 'DATA_PRODUCT' },
    body: { name, description: null, domain: null, status, owners: [] },
    ...{ enteredBy: 'Ana', position: 1, validFrom: 1, validTo: null, recordedFrom: 1, recordedTo: null },
  };
}

test('pages go on where the last one ended, by name without regard to case and then by id', () => {
  const all = [product('3', 'b', 'ACTIVE'), product('1', 'B', 'ACTIVE'), product('2', 'A', 'PROPOSED')];
  const filter = { domains: null, statuses: [] };
  const first = pageOfProducts(all, filter, { first: 2, after: null });
  const rest = pageOfProducts(all, filter, { first: 2, after: first.items.at(-1)?.cursor ?? null });
  expect([first, rest].map(({ items, hasNextPage }) => [items.map(({ item }) => item.id), hasNextPage])).toEqual([
    [['product:2', 'product:1'], true],
    [['product:3'], false],
  ]);
  const none = pageOfProducts(all, { domains: [], statuses: ['ACTIVE'] }, { first: 2, after: null });
  expect(none).toEqual({ items: [], hasNextPage: false });
});
