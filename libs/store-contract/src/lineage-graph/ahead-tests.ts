import { fieldId, type NodeId } from '@headwater/domain/identifiers';
import type { ExpandOptions, GraphChange } from '@headwater/domain/graph';
import type { LineageGraph } from '@headwater/domain/ports';
import { expect } from 'vitest';
import { aliasRow, ask, dataset, edgeRow, hour, job, load, node, open, pairRow, restrictionRow } from './rows.js';
import type { DeclareTest } from './contract-case.js';

/** Reading ahead is a hint: a store may leave it, but what it says of a node is what `expand` says of it. */
export function aheadTests(test: DeclareTest): void {
  test('what is read ahead is all that each node leads to, and the answer itself stays the same', async (graph) => {
    await load(graph, [...chain(12), ...aliased(), ...restricted()]);
    const fields = [0, 1, 2, 3].map((at) => fieldId(dataset(`t${String(at)}`), ['a']));
    await load(
      graph,
      fields.slice(1).map((field, at) => open(edgeRow('DERIVED', fields[at] ?? field, field))),
    );
    for (const direction of ['DOWNSTREAM', 'UPSTREAM'] as const) {
      for (const root of [
        dataset('t0'),
        job('j4'),
        dataset('t12'),
        dataset('b'),
        job('pairs'),
        fields[0] ?? dataset('t0'),
      ]) {
        for (const change of [{}, { withoutRows: true }, { limit: 3 }, { limit: 0 }]) {
          await expectSame(graph, root, ask({ direction, ...change, ahead: 8 }));
        }
      }
    }
  });

  test('34. behind a hub and in a ladder no more is read ahead than was asked for', async (graph) => {
    const hub = dataset('hub');
    const rung = (level: number, side: number): NodeId => dataset(`rung-${String(level)}-${String(side)}`);
    const readers = Array.from({ length: 1000 }, (_, at) => open(edgeRow('READ', hub, job(`reader-${String(at)}`))));
    const rungs = Array.from({ length: 31 }, (_, level) =>
      [0, 1].flatMap((from) => [0, 1].map((to) => open(edgeRow('DERIVED', rung(level, from), rung(level + 1, to))))),
    ).flat();
    await load(graph, [...readers, ...rungs]);
    expect((await expectSame(graph, hub, ask({ ahead: 20 }))) <= 20).toBe(true);
    expect((await expectSame(graph, rung(0, 0), ask({ ahead: 40 }))) <= 40).toBe(true);
  });

  test('18. what does not hold at the moment asked about is not read ahead either', async (graph) => {
    await load(graph, [
      open(edgeRow('READ', dataset('t0'), job('j0'))),
      open(edgeRow('WRITE', job('j0'), dataset('t1'), { validTo: hour(5) })),
      open(edgeRow('READ', dataset('t1'), job('j1'), { recordedFrom: hour(7) })),
      open(edgeRow('CONTROL', job('j1'), job('j2'))),
    ]);
    for (const at of [hour(1), hour(6)]) {
      for (const knownAt of [hour(1), hour(9)]) {
        for (const kinds of [
          ['READ', 'WRITE'],
          ['READ', 'WRITE', 'CONTROL'],
        ] as const) {
          await expectSame(graph, dataset('t0'), ask({ valid: { at }, knownAt, kinds, ahead: 8 }));
        }
      }
    }
  });
}

/** How many nodes were read ahead. */
async function expectSame(graph: LineageGraph, root: NodeId, options: ExpandOptions): Promise<number> {
  const { ahead: _ahead, ...plain } = options;
  const { ahead = new Map<NodeId, never>(), ...answer } = await graph.expand([{ node: root }], options);
  expect(answer).toEqual(await graph.expand([{ node: root }], plain));
  for (const [next, edges] of ahead) {
    const alone = await graph.expand([{ node: next }], { ...plain, limit: 10_000 });
    expect(edges).toEqual(alone.edges);
  }
  return ahead.size;
}

function chain(jobs: number): readonly GraphChange[] {
  return Array.from({ length: jobs }, (_, at) => [
    open(edgeRow('READ', dataset(`t${String(at)}`), job(`j${String(at)}`))),
    open(edgeRow('WRITE', job(`j${String(at)}`), dataset(`t${String(at + 1)}`))),
  ]).flat();
}

/** The chain's fifth dataset is known by a second name, over which it leads further. */
function aliased(): readonly GraphChange[] {
  return [
    node(dataset('t5'), 't5'),
    node(dataset('t5-too'), 't5-too'),
    open(aliasRow(dataset('t5-too'), dataset('t5'))),
    open(edgeRow('READ', dataset('t5-too'), job('other'))),
    open(edgeRow('WRITE', job('other'), dataset('elsewhere'))),
    open(edgeRow('WRITE', job('j2'), dataset('t5-too'))),
  ];
}

/** From b only y follows, although the job writes x as well. */
function restricted(): readonly GraphChange[] {
  return [
    open(edgeRow('READ', dataset('b'), job('pairs'))),
    open(edgeRow('READ', dataset('t12'), job('pairs'))),
    open(edgeRow('WRITE', job('pairs'), dataset('x'))),
    open(edgeRow('WRITE', job('pairs'), dataset('y'))),
    open(restrictionRow(job('pairs'))),
    open(restrictionRow(job('j3'), { mode: 'INFERRED' })),
    open(pairRow(job('pairs'), dataset('b'), dataset('y'))),
    open(pairRow(job('pairs'), dataset('t12'), dataset('x'))),
  ];
}
