import { fieldId } from '@headwater/domain/identifiers';
import { expect } from 'vitest';
import { aliasRow, ask, close, dataset, edgeRow, hour, job, lines, load, neighbors, node, open } from './rows.js';
import type { DeclareTest } from './contract-case.js';

/** Rules 25 and 26: several names of one node, from a moment in record time on. */
export function aliasTests(test: DeclareTest): void {
  const [a, b, c] = [dataset('a'), dataset('b'), dataset('c')];
  const [load1, load2] = [job('load1'), job('load2')];

  test('25. a chain of names becomes one node, retroactively, edges of every name together', async (graph) => {
    const second = aliasRow(c, b, { recordedFrom: hour(10) });
    await load(graph, [
      open(edgeRow('WRITE', load1, c, { validFrom: hour(0) })),
      open(edgeRow('READ', b, load2)),
      open(edgeRow('READ', a, job('reader'))),
      open(second),
    ]);
    await load(graph, [
      close(second, hour(20)),
      open(aliasRow(b, a, { recordedFrom: hour(20) })),
      open(aliasRow(c, a, { recordedFrom: hour(20) })),
    ]);
    const ids = async (knownAt: number): Promise<readonly string[]> => [
      ...(await graph.canonical([a, b, c], knownAt)).values(),
    ];
    expect(await ids(hour(9))).toEqual([a, b, c]);
    expect(await ids(hour(10))).toEqual([a, b, b]);
    expect(await ids(hour(20))).toEqual([a, a, a]);
    expect(await neighbors(graph, b, { knownAt: hour(15) })).toEqual([load2]);
    expect(await neighbors(graph, b, { knownAt: hour(15), direction: 'UPSTREAM' })).toEqual([load1]);
    expect(await neighbors(graph, load1, { knownAt: hour(15) })).toEqual([b]);
    expect(await neighbors(graph, a, { knownAt: hour(20) })).toEqual([load2, job('reader')]);
    expect(await neighbors(graph, a, { knownAt: hour(20), direction: 'UPSTREAM' })).toEqual([load1]);
    // The merge is newer than the moment asked about, and applies to it.
    expect(await neighbors(graph, load1, { knownAt: hour(20), valid: { at: hour(1) } })).toEqual([a]);
    expect(lines(await graph.edges(ask({ knownAt: hour(20) })))).toEqual([
      `READ ${a} -> ${load2}`,
      `READ ${a} -> ${job('reader')}`,
      `WRITE ${load1} -> ${a}`,
    ]);
  });

  test('25. a split gives each name its own edges back', async (graph) => {
    const merge = aliasRow(b, a, { recordedFrom: hour(5) });
    await load(graph, [open(edgeRow('READ', a, load1)), open(edgeRow('READ', b, load2)), open(merge)]);
    await load(graph, [close(merge, hour(8))]);
    expect(await neighbors(graph, a, { knownAt: hour(7) })).toEqual([load1, load2]);
    expect(await neighbors(graph, a, { knownAt: hour(8) })).toEqual([load1]);
    expect(await neighbors(graph, b, { knownAt: hour(8) })).toEqual([load2]);
    expect(await graph.aliases([a], hour(7))).toEqual([{ ...merge, recordedTo: hour(8) }]);
    expect(await graph.aliases([a], hour(8))).toEqual([]);
  });

  test('25. fields of merged datasets are one edge, with its rows or without, and count once against the limit', async (graph) => {
    const source = fieldId(c, ['x']);
    const [first, second, last] = [a, b, dataset('z')].map((name) => fieldId(name, ['x']));
    if (first === undefined || second === undefined || last === undefined) throw new Error('a field is missing');
    await load(graph, [
      ...[first, second, last].map((to) => open(edgeRow('DERIVED', source, to))),
      open(aliasRow(b, a)),
    ]);
    for (const withoutRows of [false, true]) {
      const upTo = async (limit: number): Promise<unknown> => {
        const { edges, truncated } = await graph.expand([{ node: source }], ask({ limit, withoutRows }));
        return [edges.map(({ to }) => to), truncated];
      };
      expect(await upTo(1)).toEqual([[first], true]);
      expect(await upTo(2)).toEqual([[first, last], false]);
    }
  });

  test('25. the rows of an edge keep the names that events gave', async (graph) => {
    const rows = [edgeRow('READ', a, load1), edgeRow('READ', b, load1, { evidence: 'DECLARED' })];
    await load(graph, [...rows, aliasRow(b, a)].map(open));
    const { edges } = await graph.expand([{ node: load1 }], ask({ direction: 'UPSTREAM' }));
    expect(edges).toEqual([{ kind: 'READ', from: a, to: load1, entry: 0, rows }]);
    const downstream = await graph.expand([{ node: a }], ask());
    expect(downstream.edges).toEqual([{ kind: 'READ', from: a, to: load1, entry: 0, rows, restricted: false }]);
  });

  test('25. an edge between two names of one node is dropped', async (graph) => {
    await load(graph, [open(edgeRow('DERIVED', a, b)), open(edgeRow('DERIVED', b, c)), open(aliasRow(b, a))]);
    expect(await neighbors(graph, a)).toEqual([c]);
    expect(await neighbors(graph, a, { direction: 'UPSTREAM' })).toEqual([]);
    expect(lines(await graph.edges(ask()))).toEqual([`DERIVED ${a} -> ${c}`]);
  });

  test('25. fields follow their dataset', async (graph) => {
    const path = ['customer', 'e.mail/address'];
    const [ofA, ofB, ofC] = [fieldId(a, path), fieldId(b, path), fieldId(c, ['mail'])];
    await load(graph, [
      open(edgeRow('DERIVED', ofB, ofC)),
      open(edgeRow('DERIVED', ofC, fieldId(b, ['copy']))),
      node(ofB, 'address'),
      open(aliasRow(b, a, { recordedFrom: hour(5) })),
    ]);
    expect(await neighbors(graph, ofA)).toEqual([ofC]);
    expect(await neighbors(graph, ofC)).toEqual([fieldId(a, ['copy'])]);
    expect(await neighbors(graph, ofC, { direction: 'UPSTREAM' })).toEqual([ofA]);
    expect(await neighbors(graph, ofC, { knownAt: hour(4) })).toEqual([fieldId(b, ['copy'])]);
    expect(await neighbors(graph, ofB, { knownAt: hour(4) })).toEqual([ofC]);
    expect((await graph.canonical([ofB], hour(5))).get(ofB)).toBe(ofA);
    expect((await graph.canonical([ofB], hour(4))).get(ofB)).toBe(ofB);
    const shown = { id: ofA, kind: 'FIELD', displayName: 'address', placeholder: false };
    expect(await graph.nodes([ofA, ofB], hour(5))).toEqual(
      new Map([
        [ofA, shown],
        [ofB, shown],
      ]),
    );
  });

  test('26. jobs have several names too', async (graph) => {
    await load(graph, [
      open(edgeRow('READ', a, load2)),
      open(edgeRow('WRITE', load1, b)),
      open(aliasRow(load2, load1, { recordedFrom: hour(3) })),
    ]);
    expect(await neighbors(graph, a)).toEqual([load1]);
    expect(await neighbors(graph, load1, { direction: 'UPSTREAM' })).toEqual([a]);
    expect(await neighbors(graph, a, { knownAt: hour(2) })).toEqual([load2]);
  });

  test('25. every name answers with the canonical node, under the id asked for', async (graph) => {
    await load(graph, [node(a, 'A'), node(b, 'B'), node(c, 'C'), open(aliasRow(b, a, { recordedFrom: hour(5) }))]);
    const names = async (knownAt: number): Promise<readonly (readonly [string, string, string])[]> =>
      [...(await graph.nodes([b, c, a], knownAt))].map(([asked, { id, displayName }]) => [asked, id, displayName]);
    expect(new Set(await names(hour(5)))).toEqual(
      new Set([
        [b, a, 'A'],
        [c, c, 'C'],
        [a, a, 'A'],
      ]),
    );
    expect(new Set(await names(hour(4)))).toEqual(
      new Set([
        [b, b, 'B'],
        [c, c, 'C'],
        [a, a, 'A'],
      ]),
    );
  });

  test('25. a canonical id that no event named is known by its members; a placeholder gives way', async (graph) => {
    await load(graph, [
      node(b, 'B'),
      open(aliasRow(b, a)),
      node(c, 'C', true),
      node(dataset('d'), 'D'),
      open(aliasRow(dataset('d'), c)),
    ]);
    const nodes = await graph.nodes([a, c], hour(1));
    expect(nodes.get(a)).toEqual({ id: a, kind: 'DATASET', displayName: 'B', placeholder: false });
    expect(nodes.get(c)).toEqual({ id: c, kind: 'DATASET', displayName: 'D', placeholder: false });
  });

  test('25. alias rows come by canonical id, then by member', async (graph) => {
    const rows = [aliasRow(dataset('d'), a), aliasRow(b, a), aliasRow(dataset('e'), c)];
    await load(graph, rows.map(open));
    expect(await graph.aliases([c, a, dataset('unknown'), a], hour(1))).toEqual([rows[1], rows[0], rows[2]]);
    expect(await graph.canonical([], hour(1))).toEqual(new Map());
  });
}
