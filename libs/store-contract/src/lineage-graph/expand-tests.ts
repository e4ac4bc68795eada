import { facetVersionId, fieldId, runNodeId, runVersionId } from '@headwater/domain/identifiers';
import { expect } from 'vitest';
import { ask, dataset, edgeRow, hour, job, lines, load, neighbors, open } from './rows.js';
import type { DeclareTest } from './contract-case.js';

/** Kinds, layers, direction, evidence and order. */
export function expandTests(test: DeclareTest): void {
  const orders = dataset('orders');
  const bills = dataset('bills');
  const bill = job('bill');

  test('21. upstream holds causes only, downstream effects only; siblings never leak', async (graph) => {
    await load(graph, [
      open(edgeRow('READ', orders, bill)),
      open(edgeRow('WRITE', bill, bills)),
      open(edgeRow('READ', orders, job('sibling'))),
      open(edgeRow('WRITE', job('other'), bills)),
    ]);
    expect(await neighbors(graph, bill)).toEqual([bills]);
    expect(await neighbors(graph, bill, { direction: 'UPSTREAM' })).toEqual([orders]);
    expect(await neighbors(graph, orders, { direction: 'UPSTREAM' })).toEqual([]);
    expect(await neighbors(graph, bills)).toEqual([]);
  });

  test('23. edges of every layer and kind are kept apart and followed where asked for', async (graph) => {
    const run = runNodeId(bill, '01890A5D-AC96-774B-BCCE-B302099A8057');
    const parent = runNodeId(job('dag'), '0b8f1c7e-3f7e-4c7f-9a58-1f4f0f6f6c11');
    const read = facetVersionId(orders, 'v 1/2:3');
    const written = runVersionId(bills, run, '2026-01-01');
    const rows = [
      edgeRow('CONTROL', bill, job('after')),
      edgeRow('DERIVED', orders, bills),
      edgeRow('DERIVED', fieldId(orders, ['lines', 'a.b']), fieldId(bills, ['total'])),
      edgeRow('DERIVED', bill, job('after')),
      edgeRow('PARENT', job('dag'), bill),
      edgeRow('PARENT', parent, run),
      edgeRow('READ', orders, bill),
      edgeRow('READ', read, run),
      edgeRow('WRITE', bill, bills),
      edgeRow('WRITE', run, written),
    ];
    await load(graph, rows.map(open));
    const edges = await graph.edges(ask());
    const expected = rows.map(({ kind, from, to }) => `${kind} ${from} -> ${to}`).sort();
    expect(lines(edges)).toEqual(expected);
    expect(edges.every(({ entry }) => entry === -1)).toBe(true);
    expect(await neighbors(graph, read)).toEqual([run]);
    expect(await neighbors(graph, written, { direction: 'UPSTREAM' })).toEqual([run]);
    expect(await neighbors(graph, fieldId(orders, ['lines', 'a.b']))).toEqual([fieldId(bills, ['total'])]);
    expect(await neighbors(graph, bill, { kinds: ['CONTROL'] })).toEqual([job('after')]);
    expect(await neighbors(graph, bill, { kinds: ['READ', 'WRITE', 'DERIVED'] })).toEqual([bills, job('after')]);
    expect(lines(await graph.edges(ask({ kinds: ['PARENT'] })))).toHaveLength(2);
    expect(await neighbors(graph, bill, { kinds: [] })).toEqual([]);
  });

  test('23. the rows of an edge come strongest first, then by row id', async (graph) => {
    const evidence = ['INFERRED', 'OBSERVED', 'DECLARED', 'OBSERVED'] as const;
    const rows = evidence.map((strength, index) =>
      edgeRow('READ', orders, bill, { evidence: strength, producer: `producer ${String(index)}` }),
    );
    await load(graph, rows.map(open));
    const { edges } = await graph.expand([{ node: orders }], ask());
    const [inferred, first, declared, second] = rows.map(({ rowId }) => rowId);
    expect(edges[0]?.rows.map(({ rowId }) => rowId)).toEqual([...[first, second].sort(), declared, inferred]);
  });

  test('edges come by entry, then by the neighbour, then by kind', async (graph) => {
    const names = ['b', 'B', 'a', 'a/1', 'ä', 'Z', '_'];
    await load(graph, [
      ...names.map((name) => open(edgeRow('READ', orders, job(name)))),
      open(edgeRow('WRITE', bill, bills)),
      open(edgeRow('CONTROL', bill, job('a'))),
      open(edgeRow('DERIVED', bill, job('a'))),
    ]);
    const frontier = [{ node: bill }, { node: orders }, { node: bill }];
    const { edges } = await graph.expand(frontier, ask());
    const ofBill = [`WRITE ${bill} -> ${bills}`, `CONTROL ${bill} -> ${job('a')}`, `DERIVED ${bill} -> ${job('a')}`];
    const ofOrders = names.map((name) => `READ ${orders} -> ${job(name)}`).sort();
    expect(lines(edges)).toEqual([...ofBill, ...ofOrders, ...ofBill]);
    expect(edges.map(({ entry }) => entry)).toEqual([0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2]);
  });

  test('the limit counts edges, not rows, and cuts the same order', async (graph) => {
    await load(graph, [
      ...['a', 'b', 'c'].map((name) => open(edgeRow('READ', orders, job(name)))),
      open(edgeRow('READ', orders, job('a'), { evidence: 'DECLARED' })),
    ]);
    const first = await graph.expand([{ node: orders }], ask({ limit: 2 }));
    expect(lines(first.edges)).toEqual([`READ ${orders} -> ${job('a')}`, `READ ${orders} -> ${job('b')}`]);
    expect(first.edges[0]?.rows).toHaveLength(2);
    expect(first.truncated).toBe(true);
    expect((await graph.expand([{ node: orders }], ask({ limit: 3 }))).truncated).toBe(false);
    expect(await graph.expand([{ node: orders }], ask({ limit: 0 }))).toEqual({ edges: [], truncated: true });
  });

  test('the edges are the same when only counted', async (graph) => {
    await load(graph, [
      ...['a', 'b', 'c'].map((name) => open(edgeRow('READ', orders, job(name)))),
      open(edgeRow('READ', orders, job('a'), { evidence: 'DECLARED' })),
      open(edgeRow('CONTROL', job('a'), bill)),
      open(edgeRow('DERIVED', job('a'), bill)),
    ]);
    const frontier = [{ node: orders }, { node: job('a') }];
    for (const limit of [10, 5, 4, 1, 0]) {
      const whole = await graph.expand(frontier, ask({ limit }));
      const counted = await graph.expand(frontier, ask({ limit, withoutRows: true }));
      expect(lines(counted.edges)).toEqual(lines(whole.edges));
      expect(counted.edges.map(({ entry }) => entry)).toEqual(whole.edges.map(({ entry }) => entry));
      expect(counted.truncated).toBe(whole.truncated);
    }
  });

  test('an empty frontier and an unknown node have no edges', async (graph) => {
    await load(graph, [open(edgeRow('READ', orders, bill, { validFrom: hour(0) }))]);
    expect(await graph.expand([], ask())).toEqual({ edges: [], truncated: false });
    expect(await graph.expand([{ node: dataset('unknown') }], ask())).toEqual({ edges: [], truncated: false });
  });

  test('a loop that was stated as such stays', async (graph) => {
    await load(graph, [open(edgeRow('DERIVED', orders, orders))]);
    expect(await neighbors(graph, orders)).toEqual([orders]);
    expect(await neighbors(graph, orders, { direction: 'UPSTREAM' })).toEqual([orders]);
  });
}
