import { expect } from 'vitest';
import { aliasRow, ask, close, dataset, edgeRow, hour, job, load, neighbors, node, open } from './rows.js';
import type { DeclareTest } from './contract-case.js';

/** Rule 18: valid time and record time. */
export function timeTests(test: DeclareTest): void {
  const orders = dataset('orders');
  const bill = job('bill');

  test('18. a row holds from its first moment to just before its last, in valid time', async (graph) => {
    await load(graph, [open(edgeRow('READ', orders, bill, { validFrom: hour(2), validTo: hour(4) }))]);
    const readersAt = (at: number): Promise<readonly string[]> => neighbors(graph, orders, { valid: { at } });
    expect(await readersAt(hour(2) - 1)).toEqual([]);
    expect(await readersAt(hour(2))).toEqual([bill]);
    expect(await readersAt(hour(4) - 1)).toEqual([bill]);
    expect(await readersAt(hour(4))).toEqual([]);
  });

  test('18. a row holds from its first moment to just before its last, in record time', async (graph) => {
    const row = edgeRow('READ', orders, bill, { recordedFrom: hour(2) });
    await load(graph, [open(row)]);
    await load(graph, [close(row, hour(4))]);
    const readersAsKnownAt = (knownAt: number): Promise<readonly string[]> => neighbors(graph, orders, { knownAt });
    expect(await readersAsKnownAt(hour(2) - 1)).toEqual([]);
    expect(await readersAsKnownAt(hour(2))).toEqual([bill]);
    expect(await readersAsKnownAt(hour(4) - 1)).toEqual([bill]);
    expect(await readersAsKnownAt(hour(4))).toEqual([]);
  });

  test('18. what is open holds at the latest moment there is, on both axes', async (graph) => {
    const [bills, old] = [dataset('bills'), dataset('old bills')];
    await load(graph, [
      node(orders, 'orders'),
      open(edgeRow('READ', orders, bill)),
      open(edgeRow('WRITE', bill, bills)),
      open(aliasRow(old, bills)),
    ]);
    const latest = Number.MAX_SAFE_INTEGER;
    expect(await neighbors(graph, orders, { knownAt: latest })).toEqual([bill]);
    expect(await neighbors(graph, orders, { knownAt: latest, withoutRows: true })).toEqual([bill]);
    expect(await neighbors(graph, orders, { knownAt: latest, valid: { at: latest - 1 } })).toEqual([bill]);
    expect(await neighbors(graph, orders, { valid: { from: hour(1), to: latest } })).toEqual([bill]);
    expect(await graph.edges(ask({ knownAt: latest }))).toHaveLength(2);
    expect((await graph.nodes([orders], latest)).get(orders)?.displayName).toBe('orders');
    expect((await graph.canonical([old], latest)).get(old)).toBe(bills);
    expect(await graph.aliases([bills], latest)).toHaveLength(1);
  });

  test('18. a late event closes a row and opens another; what was known before stays answerable', async (graph) => {
    const believed = edgeRow('READ', orders, bill, { validFrom: hour(10), recordedFrom: hour(11) });
    const corrected = edgeRow('READ', orders, bill, { validFrom: hour(2), recordedFrom: hour(30) });
    await load(graph, [open(believed)]);
    await load(graph, [close(believed, hour(30)), open(corrected)]);
    const asked = { valid: { at: hour(5) } };
    expect(await neighbors(graph, orders, { ...asked, knownAt: hour(29) })).toEqual([]);
    expect(await neighbors(graph, orders, { ...asked, knownAt: hour(30) })).toEqual([bill]);
    const { edges } = await graph.expand([{ node: orders }], ask({ valid: { at: hour(12) }, knownAt: hour(40) }));
    expect(edges[0]?.rows).toEqual([corrected]);
  });

  test('18. a period gives what held at any moment of it, its end excluded', async (graph) => {
    const early = edgeRow('READ', orders, job('early'), { validFrom: hour(1), validTo: hour(3) });
    const late = edgeRow('READ', orders, job('late'), { validFrom: hour(5), validTo: hour(6) });
    await load(graph, [open(early), open(late)]);
    const readersDuring = (from: number, to: number): Promise<readonly string[]> =>
      neighbors(graph, orders, { valid: { from, to } });
    expect(await readersDuring(hour(2), hour(6))).toEqual([job('early'), job('late')]);
    expect(await readersDuring(hour(3), hour(5))).toEqual([]);
    expect(await readersDuring(hour(3) - 1, hour(5))).toEqual([job('early')]);
    expect(await readersDuring(hour(3), hour(5) + 1)).toEqual([job('late')]);
    expect(await readersDuring(hour(2), hour(2))).toEqual([]);
    expect(await graph.edges(ask({ valid: { from: hour(2), to: hour(1) } }))).toEqual([]);
  });

  test('18. several intervals of one edge during a period are one edge with all its rows', async (graph) => {
    const rows = [0, 10, 20].map((start) =>
      edgeRow('READ', orders, bill, { validFrom: hour(start), validTo: hour(start + 5) }),
    );
    await load(graph, rows.map(open));
    const { edges } = await graph.expand([{ node: orders }], ask({ valid: { from: hour(4), to: hour(21) } }));
    expect(edges).toHaveLength(1);
    expect(new Set(edges[0]?.rows)).toEqual(new Set(rows));
  });
}
