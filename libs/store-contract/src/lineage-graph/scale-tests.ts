import { datasetId, fieldId, type NodeId } from '@headwater/domain/identifiers';
import { expect } from 'vitest';
import { ask, dataset, edgeRow, hour, job, lines, load, neighbors, node, open } from './rows.js';
import type { DeclareTest } from './contract-case.js';

/** Hubs, cycles, ladders, long and foreign names. */
export function scaleTests(test: DeclareTest): void {
  const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

  test('34. a hub with 3,000 readers is bounded by the limit', async (graph) => {
    const hub = dataset('hub');
    const readers = numbers(3000).map((index) => job(`reader-${String(index)}`));
    await load(
      graph,
      readers.map((reader) => open(edgeRow('READ', hub, reader))),
    );
    const bounded = await graph.expand([{ node: hub }], ask({ limit: 100 }));
    const sorted = [...readers].sort();
    expect(bounded.edges.map(({ to }) => to)).toEqual(sorted.slice(0, 100));
    expect(bounded.truncated).toBe(true);
    const whole = await graph.expand([{ node: hub }], ask({ limit: 3000 }));
    expect(whole.edges.map(({ to }) => to)).toEqual(sorted);
    expect(whole.truncated).toBe(false);
    expect(await neighbors(graph, job('reader-7'), { direction: 'UPSTREAM' })).toEqual([hub]);
  });

  test('34. a cycle is walked one hop at a time', async (graph) => {
    await load(graph, [
      open(edgeRow('READ', dataset('a'), job('there'))),
      open(edgeRow('WRITE', job('there'), dataset('b'))),
      open(edgeRow('READ', dataset('b'), job('back'))),
      open(edgeRow('WRITE', job('back'), dataset('a'))),
    ]);
    const frontier = [dataset('a'), job('there'), dataset('b'), job('back')];
    const { edges } = await graph.expand(
      frontier.map((id) => ({ node: id })),
      ask(),
    );
    expect(edges.map(({ to }) => to)).toEqual([...frontier.slice(1), frontier[0]]);
  });

  test('34. in a diamond ladder each edge is answered once', async (graph) => {
    const rungs = 30;
    const at = (level: number, side: number): NodeId => dataset(`rung-${String(level)}-${String(side)}`);
    const rows = numbers(rungs).flatMap((level) =>
      [0, 1].flatMap((from) => [0, 1].map((to) => edgeRow('DERIVED', at(level, from), at(level + 1, to)))),
    );
    await load(graph, rows.map(open));
    let frontier: readonly NodeId[] = [at(0, 0), at(0, 1)];
    for (const level of numbers(rungs)) {
      const { edges } = await graph.expand(
        frontier.map((id) => ({ node: id })),
        ask(),
      );
      expect(edges).toHaveLength(4);
      frontier = [...new Set(edges.map(({ to }) => to))];
      expect(frontier).toEqual([at(level + 1, 0), at(level + 1, 1)]);
    }
  });

  test('9. three parts of 4,096 emoji each are stored, joined and told apart', async (graph) => {
    const long = '\u{1F9FE}'.repeat(4096);
    const source = fieldId(datasetId(long, long), [long]);
    const other = fieldId(datasetId(long, long), [`${long.slice(2)}\u{1F9FF}`]);
    const target = fieldId(dataset('target'), ['total']);
    const row = edgeRow('DERIVED', source, target);
    await load(graph, [node(source, long), open(row), open(edgeRow('DERIVED', target, other))]);
    expect((await graph.nodes([source], hour(1))).get(source)?.displayName).toBe(long);
    expect((await graph.expand([{ node: source }], ask())).edges).toEqual([
      { kind: 'DERIVED', from: source, to: target, entry: 0, rows: [row] },
    ]);
    expect(await neighbors(graph, target)).toEqual([other]);
    expect(await neighbors(graph, target, { direction: 'UPSTREAM' })).toEqual([source]);
  });

  test('9. composed and decomposed forms of a name are one node', async (graph) => {
    const composed = datasetId('caf\u00e9', 'r\u00e9sum\u00e9');
    const decomposed = datasetId('cafe\u0301', 're\u0301sume\u0301');
    await load(graph, [open(edgeRow('READ', composed, job('one'))), open(edgeRow('READ', decomposed, job('two')))]);
    expect(await neighbors(graph, decomposed)).toEqual([job('one'), job('two')]);
  });

  test('9. names may hold what query languages give a meaning', async (graph) => {
    const names = ["'; DROP TABLE graph_edge; --", '`$x` {y} // "z"', '%s %25 \\ \\\\', '[a-z]*', '\u202Eabc', '{}'];
    const source = dataset('source');
    await load(
      graph,
      names.map((name) => open(edgeRow('READ', source, job(name)))),
    );
    expect(lines((await graph.expand([{ node: source }], ask())).edges)).toEqual(
      names.map((name) => `READ ${source} -> ${job(name)}`).sort(),
    );
  });

  test('a batch of 10,000 rows is applied as one', async (graph) => {
    const rows = numbers(10_000).map((index) =>
      edgeRow('READ', dataset(`d-${String(index % 500)}`), job(`j-${String(index)}`)),
    );
    await load(graph, rows.map(open));
    expect(await graph.checkpoint()).toEqual({ position: 1, recordedAt: hour(1) });
    expect(await neighbors(graph, dataset('d-0'))).toHaveLength(20);
    expect(await graph.edges(ask())).toHaveLength(10_000);
  });
}
