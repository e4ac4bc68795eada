import { expect } from 'vitest';
import {
  aliasRow,
  ask,
  close,
  dataset,
  edgeRow,
  hour,
  job,
  load,
  neighbors,
  open,
  pairRow,
  restrictionRow,
} from './rows.js';
import type { DeclareTest } from './contract-case.js';

/** Rule 17: reach through a job is by pairs. */
export function pairTests(test: DeclareTest): void {
  const [a, b, x, y] = [dataset('a'), dataset('b'), dataset('x'), dataset('y')];
  const sync = job('sync');
  const edges = [
    edgeRow('READ', a, sync),
    edgeRow('READ', b, sync),
    edgeRow('WRITE', sync, x),
    edgeRow('WRITE', sync, y),
  ];
  const pairs = [pairRow(sync, a, x), pairRow(sync, b, y)];
  const twoAlternatingRuns = [...edges, ...pairs, restrictionRow(sync)].map(open);

  test('17. of two alternating runs each output is reached from its own input only', async (graph) => {
    await load(graph, twoAlternatingRuns);
    expect(await neighbors(graph, sync, { arrivedBy: a })).toEqual([x]);
    expect(await neighbors(graph, sync, { arrivedBy: b })).toEqual([y]);
    expect(await neighbors(graph, sync, { arrivedBy: x, direction: 'UPSTREAM' })).toEqual([a]);
    expect(await neighbors(graph, sync, { arrivedBy: y, direction: 'UPSTREAM' })).toEqual([b]);
  });

  test('17. the same job stands in one frontier once for each arrival', async (graph) => {
    await load(graph, twoAlternatingRuns);
    const frontier = [{ node: sync, arrivedBy: b }, { node: sync }, { node: sync, arrivedBy: a }];
    const { edges: answered } = await graph.expand(frontier, ask());
    expect(answered.map(({ entry, to }) => [entry, to])).toEqual([
      [0, y],
      [1, x],
      [1, y],
      [2, x],
    ]);
  });

  test('17. a lineage facet takes from an output the sources it does not list', async (graph) => {
    const lineage = [pairRow(sync, a, x), pairRow(sync, a, y), pairRow(sync, b, y)];
    await load(graph, [...edges, ...lineage, restrictionRow(sync)].map(open));
    expect(await neighbors(graph, sync, { arrivedBy: a })).toEqual([x, y]);
    expect(await neighbors(graph, sync, { arrivedBy: b })).toEqual([y]);
    expect(await neighbors(graph, sync, { arrivedBy: x, direction: 'UPSTREAM' })).toEqual([a]);
    expect(await neighbors(graph, sync, { arrivedBy: y, direction: 'UPSTREAM' })).toEqual([a, b]);
  });

  test('17. a restricted job conducts nothing from a dataset that it has no pair with', async (graph) => {
    await load(graph, [...twoAlternatingRuns, open(edgeRow('READ', dataset('c'), sync))]);
    expect(await neighbors(graph, sync, { arrivedBy: dataset('c') })).toEqual([]);
  });

  test('17. without a restriction a job conducts every input to every output, pairs or not', async (graph) => {
    await load(graph, [...edges, ...pairs].map(open));
    expect(await neighbors(graph, sync, { arrivedBy: a })).toEqual([x, y]);
    expect(await neighbors(graph, sync, { arrivedBy: y, direction: 'UPSTREAM' })).toEqual([a, b]);
  });

  test('17. a restriction concerns datasets only: other jobs follow as ever', async (graph) => {
    await load(graph, [...twoAlternatingRuns, open(edgeRow('CONTROL', sync, job('next')))]);
    expect(await neighbors(graph, sync, { arrivedBy: a })).toEqual([x, job('next')]);
  });

  test('17. a restriction and its pairs hold in valid time', async (graph) => {
    await load(graph, [
      ...edges.map(open),
      open(pairRow(sync, a, x, { validFrom: hour(10) })),
      open(pairRow(sync, b, y, { validFrom: hour(12) })),
      open(restrictionRow(sync, { validFrom: hour(10), validTo: hour(20) })),
    ]);
    const reached = (at: number, arrivedBy = b): Promise<readonly string[]> =>
      neighbors(graph, sync, { arrivedBy, valid: { at } });
    expect(await reached(hour(10) - 1)).toEqual([x, y]);
    expect(await reached(hour(10))).toEqual([]);
    expect(await reached(hour(10), a)).toEqual([x]);
    expect(await reached(hour(12))).toEqual([y]);
    expect(await reached(hour(20) - 1)).toEqual([y]);
    expect(await reached(hour(20))).toEqual([x, y]);
  });

  test('17. over a period a job is free where a moment of it is unrestricted', async (graph) => {
    const gone = edgeRow('WRITE', sync, dataset('gone'), { validTo: hour(15) });
    await load(graph, [
      ...[...edges, ...pairs, gone].map(open),
      open(restrictionRow(sync, { validFrom: hour(10), validTo: hour(15) })),
      open(restrictionRow(sync, { validFrom: hour(15), validTo: hour(20) })),
    ]);
    const reached = (from: number, to: number): Promise<readonly string[]> =>
      neighbors(graph, sync, { arrivedBy: a, valid: { from, to } });
    expect(await reached(hour(10), hour(20))).toEqual([x]);
    expect(await reached(hour(9), hour(20))).toEqual([dataset('gone'), x, y]);
    // What is gone before the restriction ends was never reached without it.
    expect(await reached(hour(10), hour(21))).toEqual([x, y]);
  });

  test('17. a restriction and its pairs hold in record time', async (graph) => {
    const restriction = restrictionRow(sync, { recordedFrom: hour(10) });
    const [first] = pairs;
    const late = pairRow(sync, b, y, { recordedFrom: hour(30) });
    await load(graph, [...edges.map(open), open(restriction), open(first ?? late), open(late)]);
    await load(graph, [close(restriction, hour(50))]);
    const reached = (knownAt: number): Promise<readonly string[]> => neighbors(graph, sync, { arrivedBy: b, knownAt });
    expect(await reached(hour(9))).toEqual([x, y]);
    expect(await reached(hour(10))).toEqual([]);
    expect(await reached(hour(30))).toEqual([y]);
    expect(await reached(hour(50))).toEqual([x, y]);
  });

  test('17. a closed pair leads nowhere from then on', async (graph) => {
    await load(graph, twoAlternatingRuns);
    await load(graph, [close(pairs[0] ?? pairRow(sync, a, x), hour(40))]);
    expect(await neighbors(graph, sync, { arrivedBy: a, knownAt: hour(39) })).toEqual([x]);
    expect(await neighbors(graph, sync, { arrivedBy: a, knownAt: hour(40) })).toEqual([]);
  });

  test('17. pairs are between datasets under any of their names', async (graph) => {
    const [a2, x2, y2] = [dataset('a2'), dataset('x2'), dataset('y2')];
    await load(graph, [
      ...twoAlternatingRuns,
      ...[aliasRow(a2, a), aliasRow(x2, x), aliasRow(y2, y)].map(open),
      open(edgeRow('READ', a2, sync)),
      open(edgeRow('WRITE', sync, x2)),
      open(pairRow(sync, a2, y2)),
    ]);
    expect(await neighbors(graph, sync, { arrivedBy: a })).toEqual([x, y]);
    expect(await neighbors(graph, sync, { arrivedBy: b })).toEqual([y]);
    const { edges: answered } = await graph.expand([{ node: sync, arrivedBy: a }], ask());
    expect(answered.map(({ rows }) => rows.length)).toEqual([2, 1]);
    expect(await neighbors(graph, sync, { arrivedBy: x, direction: 'UPSTREAM' })).toEqual([a]);
  });

  test('17. of two names of one job only the restricted one is held to pairs', async (graph) => {
    const sync2 = job('sync2');
    await load(graph, [
      ...twoAlternatingRuns,
      open(aliasRow(sync2, sync)),
      open(edgeRow('WRITE', sync2, dataset('z'))),
    ]);
    expect(await neighbors(graph, sync, { arrivedBy: a })).toEqual([x, dataset('z')]);
    expect(await neighbors(graph, sync, { arrivedBy: a, knownAt: hour(-1) })).toEqual([]);
  });

  test('17. an edge to a job says whether pairs matter there, whatever its name', async (graph) => {
    const [free, late] = [job('free'), job('late')];
    await load(graph, [
      ...twoAlternatingRuns,
      open(edgeRow('READ', a, free)),
      open(edgeRow('READ', a, late)),
      open(aliasRow(job('later'), late, { recordedFrom: hour(30) })),
      open(restrictionRow(job('later'), { validFrom: hour(10), validTo: hour(20) })),
      open(edgeRow('DERIVED', a, x)),
    ]);
    const said = async (at: number, knownAt: number): Promise<readonly unknown[]> => {
      const { edges: answered } = await graph.expand([{ node: a }], ask({ valid: { at }, knownAt }));
      return answered.map(({ to, restricted }) => [to, restricted]);
    };
    const others = [
      [x, undefined],
      [free, false],
    ];
    expect(await said(hour(10), hour(30))).toEqual([...others, [late, true], [sync, true]]);
    expect(await said(hour(20), hour(30))).toEqual([...others, [late, false], [sync, true]]);
    expect(await said(hour(10), hour(29))).toEqual([...others, [late, false], [sync, true]]);
  });
}
