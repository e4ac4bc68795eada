import type { ExpandOptions } from '@headwater/domain/graph';
import type { NodeId } from '@headwater/domain/identifiers';
import type { LineageGraph } from '@headwater/domain/ports';
import { expect } from 'vitest';
import { aliasRow, ask, close, dataset, edgeRow, hour, job, load, open, pairRow, restrictionRow } from './rows.js';
import type { DeclareTest } from './contract-case.js';

/** Rule 17: a job without any statement of both sides conducts its full product, which is inferred. */
export function inferredTests(test: DeclareTest): void {
  const [a, b, x, y] = [dataset('a'), dataset('b'), dataset('x'), dataset('y')];
  const sync = job('sync');
  const edges = [a, b]
    .map((input) => edgeRow('READ', input, sync))
    .concat([x, y].map((output) => edgeRow('WRITE', sync, output)));
  const inferred = (change: Parameters<typeof restrictionRow>[1] = {}) =>
    restrictionRow(sync, { mode: 'INFERRED', ...change });
  const without = [...edges, inferred()].map(open);

  /** [neighbour, restricted, inferred] of each edge. */
  const said = async (
    graph: LineageGraph,
    node: NodeId,
    change: Partial<ExpandOptions> & { readonly arrivedBy?: NodeId } = {},
  ): Promise<readonly unknown[]> => {
    const { arrivedBy, ...options } = change;
    const asked = ask(options);
    const answer = await graph.expand([arrivedBy === undefined ? { node } : { node, arrivedBy }], asked);
    return answer.edges.map((edge) => [
      asked.direction === 'DOWNSTREAM' ? edge.to : edge.from,
      edge.restricted,
      edge.inferred,
    ]);
  };

  test('17. an edge to a job says that what it conducts is inferred, and that one entry for it is enough', async (graph) => {
    await load(graph, [...without, open(edgeRow('READ', a, job('other')))]);
    expect(await said(graph, a)).toEqual([
      [job('other'), false, undefined],
      [sync, false, [sync]],
    ]);
    expect(await said(graph, x, { direction: 'UPSTREAM' })).toEqual([[sync, false, [sync]]]);
    expect(await said(graph, a, { withoutRows: true })).toEqual([
      [job('other'), false, undefined],
      [sync, false, undefined],
    ]);
  });

  test('17. a job that conducts by inference leads from each input to each output, and says so where one is named', async (graph) => {
    await load(graph, [...without, open(edgeRow('CONTROL', sync, job('next')))]);
    expect(await said(graph, sync, { arrivedBy: a })).toEqual([
      [x, undefined, [sync]],
      [y, undefined, [sync]],
      [job('next'), false, undefined],
    ]);
    expect(await said(graph, sync, { arrivedBy: y, direction: 'UPSTREAM' })).toEqual([
      [a, undefined, [sync]],
      [b, undefined, [sync]],
    ]);
    expect(await said(graph, sync)).toEqual([
      [x, undefined, undefined],
      [y, undefined, undefined],
      [job('next'), false, undefined],
    ]);
  });

  test('17. inference ends with the first statement of both sides, in valid time', async (graph) => {
    await load(graph, [
      ...edges.map(open),
      open(inferred({ validFrom: hour(2), validTo: hour(10) })),
      open(restrictionRow(sync, { validFrom: hour(10) })),
      open(pairRow(sync, a, x, { validFrom: hour(10) })),
    ]);
    const at = (moment: number) => ({ valid: { at: moment } });
    expect(await said(graph, a, at(hour(2) - 1))).toEqual([[sync, false, undefined]]);
    expect(await said(graph, a, at(hour(2)))).toEqual([[sync, false, [sync]]]);
    expect(await said(graph, a, at(hour(10) - 1))).toEqual([[sync, false, [sync]]]);
    expect(await said(graph, a, at(hour(10)))).toEqual([[sync, true, undefined]]);
    expect(await said(graph, sync, { arrivedBy: b, ...at(hour(9)) })).toHaveLength(2);
    expect(await said(graph, sync, { arrivedBy: a, ...at(hour(10)) })).toEqual([[x, undefined, undefined]]);
  });

  test('17. over a period what a pair leads over is stated, the remainder of the product inferred', async (graph) => {
    await load(graph, [
      ...edges.map(open),
      open(inferred({ validTo: hour(10) })),
      open(restrictionRow(sync, { validFrom: hour(10) })),
      open(pairRow(sync, a, x, { validFrom: hour(10) })),
    ]);
    const during = (from: number, to: number) => ({ valid: { from: hour(from), to: hour(to) } });
    expect(await said(graph, a, during(0, 20))).toEqual([[sync, true, undefined]]);
    expect(await said(graph, sync, { arrivedBy: a, ...during(0, 20) })).toEqual([
      [x, undefined, undefined],
      [y, undefined, [sync]],
    ]);
    expect(await said(graph, sync, { arrivedBy: x, direction: 'UPSTREAM', ...during(0, 20) })).toEqual([
      [a, undefined, undefined],
      [b, undefined, [sync]],
    ]);
    expect(await said(graph, a, during(0, 10))).toEqual([[sync, false, [sync]]]);
    expect(await said(graph, sync, { arrivedBy: a, ...during(10, 20) })).toEqual([[x, undefined, undefined]]);
  });

  test('17. inference ends in record time too', async (graph) => {
    const row = inferred({ recordedFrom: hour(10) });
    await load(graph, [...edges.map(open), open(row)]);
    await load(graph, [close(row, hour(50))]);
    const known = async (knownAt: number): Promise<unknown> => (await said(graph, a, { knownAt }))[0];
    expect(await known(hour(10) - 1)).toEqual([sync, false, undefined]);
    expect(await known(hour(10))).toEqual([sync, false, [sync]]);
    expect(await known(hour(50))).toEqual([sync, false, undefined]);
  });

  test('17. of a job with several names those are told under which it conducts by inference', async (graph) => {
    const [sync2, sync3] = [job('sync2'), job('sync3')];
    await load(graph, [
      ...without,
      open(aliasRow(sync2, sync)),
      open(aliasRow(sync3, sync, { recordedFrom: hour(30) })),
      open(edgeRow('WRITE', sync2, x)),
      open(restrictionRow(sync3, { mode: 'INFERRED' })),
    ]);
    expect(await said(graph, a, { knownAt: hour(29) })).toEqual([[sync, false, [sync]]]);
    expect(await said(graph, a)).toEqual([[sync, false, [sync, sync3]]]);
    expect(await said(graph, sync, { arrivedBy: a })).toEqual([
      [x, undefined, [sync, sync3]],
      [y, undefined, [sync, sync3]],
    ]);
  });
}
