import type { NodeId } from '@headwater/domain/identifiers';
import { expect } from 'vitest';
import { aliasRow, ask, close, dataset, edgeRow, hour, job, load, neighbors, node, open } from './rows.js';
import type { DeclareTest } from './contract-case.js';

/** Batches, checkpoint and nodes. */
export function applyTests(test: DeclareTest): void {
  const orders = dataset('orders');
  const bill = job('bill');

  test('an empty graph stands at position 0 and knows nothing', async (graph) => {
    expect(await graph.checkpoint()).toEqual({ position: 0, recordedAt: 0 });
    expect(await graph.nodes([orders], hour(1))).toEqual(new Map());
    expect(await graph.expand([{ node: orders }], ask())).toEqual({ edges: [], truncated: false });
    expect(await graph.edges(ask())).toEqual([]);
  });

  test('the checkpoint is the last batch of a call', async (graph) => {
    await graph.apply([
      { position: 3, recordedAt: hour(3), changes: [node(orders, 'orders')] },
      { position: 7, recordedAt: hour(7), changes: [] },
    ]);
    expect(await graph.checkpoint()).toEqual({ position: 7, recordedAt: hour(7) });
  });

  test('a batch at or below the checkpoint changes nothing', async (graph) => {
    const row = edgeRow('READ', orders, bill);
    const batch = { position: 5, recordedAt: hour(5), changes: [node(orders, 'orders'), open(row)] };
    await graph.apply([batch]);
    await graph.apply([batch]);
    await graph.apply([{ position: 4, recordedAt: hour(4), changes: [node(orders, 'other'), close(row, hour(1))] }]);
    expect(await graph.checkpoint()).toEqual({ position: 5, recordedAt: hour(5) });
    expect((await graph.nodes([orders], hour(9))).get(orders)?.displayName).toBe('orders');
    expect((await graph.expand([{ node: orders }], ask())).edges[0]?.rows).toEqual([row]);
  });

  test('what the checkpoint says is applied can be read, while batches come in', async (graph) => {
    const last = 12;
    const names = (position: number): NodeId[] =>
      Array.from({ length: 2000 }, (_, at) => dataset(`t${String(position)}-${String(at)}`));
    const missing: number[] = [];
    let isWriting = true;
    const reading = async (): Promise<void> => {
      while (isWriting) {
        const { position, recordedAt } = await graph.checkpoint();
        const asked = position === 0 ? [] : names(position).slice(-3);
        if ((await graph.nodes(asked, recordedAt)).size < asked.length) missing.push(position);
      }
    };
    const writing = async (): Promise<void> => {
      for (let position = 1; position <= last; position++) {
        const changes = names(position).map((id) => node(id, 'table'));
        await graph.apply([{ position, recordedAt: hour(position), changes }]);
      }
    };
    await Promise.all([
      writing().finally(() => {
        isWriting = false;
      }),
      ...Array.from({ length: 4 }, reading),
    ]);
    expect(missing).toEqual([]);
    expect((await graph.checkpoint()).position).toBe(last);
  });

  test('of a call that repeats a part, only the new batches count', async (graph) => {
    const first = { position: 1, recordedAt: hour(1), changes: [open(edgeRow('READ', orders, bill))] };
    const second = { position: 2, recordedAt: hour(2), changes: [open(edgeRow('WRITE', bill, dataset('bills')))] };
    await graph.apply([first]);
    await graph.apply([first, second]);
    expect(await neighbors(graph, orders)).toEqual([bill]);
    expect(await neighbors(graph, bill)).toEqual([dataset('bills')]);
    expect(await graph.checkpoint()).toEqual({ position: 2, recordedAt: hour(2) });
  });

  test('a node is what it was last said to be', async (graph) => {
    await load(graph, [node(bill, 'bill', true), node(orders, 'orders')]);
    await load(graph, [node(bill, 'first'), node(bill, 'second')]);
    expect(await graph.nodes([bill, orders, job('unknown')], hour(9))).toEqual(
      new Map([
        [bill, { id: bill, kind: 'JOB', displayName: 'second', placeholder: false }],
        [orders, { id: orders, kind: 'DATASET', displayName: 'orders', placeholder: false }],
      ]),
    );
  });

  test('an end of an edge is no node until it is said to be one', async (graph) => {
    await load(graph, [open(edgeRow('READ', orders, bill))]);
    expect(await graph.nodes([orders, bill], hour(9))).toEqual(new Map());
    expect(await neighbors(graph, orders)).toEqual([bill]);
    await load(graph, [node(orders, 'orders')]);
    expect([...(await graph.nodes([orders, bill], hour(9))).keys()]).toEqual([orders]);
  });

  test('a row that one call opens and closes is closed', async (graph) => {
    const row = edgeRow('READ', orders, bill);
    const alias = aliasRow(dataset('zorders'), orders);
    await load(graph, [open(row), open(alias), close(row, hour(5)), close(alias, hour(5))]);
    const held = await graph.expand([{ node: orders }], ask({ knownAt: hour(4) }));
    expect(held.edges[0]?.rows).toEqual([{ ...row, recordedTo: hour(5) }]);
    expect(await neighbors(graph, orders, { knownAt: hour(5) })).toEqual([]);
    expect(await graph.aliases([orders], hour(4))).toEqual([{ ...alias, recordedTo: hour(5) }]);
    expect(await graph.aliases([orders], hour(5))).toEqual([]);
  });

  test('closing one row leaves the others of its edge', async (graph) => {
    const observed = edgeRow('READ', orders, bill);
    const declared = edgeRow('READ', orders, bill, { evidence: 'DECLARED' });
    await load(graph, [open(observed), open(declared)]);
    await load(graph, [close(observed, hour(3))]);
    const { edges } = await graph.expand([{ node: orders }], ask({ knownAt: hour(3) }));
    expect(edges.map(({ rows }) => rows)).toEqual([[declared]]);
  });

  test('every property of a row comes back', async (graph) => {
    const row = edgeRow('READ', orders, bill, {
      evidence: 'INFERRED',
      producer: null,
      job: null,
      confidence: 0.25,
      validTo: hour(20),
      transformations: [
        { type: 'INDIRECT', subtype: 'FILTER', description: 'a "quoted" \\ näme, {1} and null', masking: true },
        { type: 'DIRECT', subtype: null, description: null, masking: false },
      ],
    });
    await load(graph, [open(row)]);
    const answer = await graph.expand([{ node: orders }], ask());
    expect(answer).toEqual({
      edges: [{ kind: 'READ', from: orders, to: bill, entry: 0, rows: [row], restricted: false }],
      truncated: false,
    });
  });
}
