import { describe, expect, it } from 'vitest';
import type { GraphNode } from '../graph/model.js';
import type { PlacedGraph } from '../layout/use-layout.js';
import { cardNodes, withHidden, type CardLook, type CardNode } from './card-model.js';

const node = (id: string): GraphNode => ({
  ...{ id, kind: 'JOB', displayName: id, placeholder: false, hidden: false },
  ...{ hasMoreUpstream: false, hasMoreDownstream: false, neighborsUpstream: null, neighborsDownstream: null },
});
const shown = ['a', 'b', 'c'].map((id) => ({ id, members: [node(id)] as const, group: null }));
const placed = (y: number): PlacedGraph => ({
  ...{ nodes: shown, edges: [], ways: new Map() },
  at: new Map(shown.map(({ id }, x) => [id, { x, y }])),
});
const lookOf = (one: (typeof shown)[number]): CardLook => ({
  ...{ node: one, upstream: null, downstream: null, fact: undefined, at: undefined, mark: null },
  ...{ isRoot: false, isSelected: false, isEntry: false, isDim: false },
});
const cardsOf = (ids: readonly string[], y = 0, before: ReadonlyMap<string, CardNode> = new Map()) =>
  cardNodes(placed(y), new Set(ids), lookOf as Parameters<typeof cardNodes>[2], before);

describe('cards', () => {
  it('are the same objects where nothing changed, and keep what is on them where they only move', () => {
    const before = cardsOf(['a', 'b']);
    expect(cardsOf(['a', 'b'], 0, before).get('a')).toBe(before.get('a'));
    const moved = cardsOf(['a', 'b'], 84, before).get('a');
    expect(moved?.position).toEqual({ x: 0, y: 84 });
    expect(moved?.data).toBe(before.get('a')?.data);
  });

  it('that went are hidden, come back as they are, and are given up oldest first', () => {
    const first = withHidden(cardsOf(['a', 'b']), new Map());
    const second = withHidden(cardsOf(['c']), first, 2);
    expect([...second].map(([id, { hidden }]) => [id, hidden === true])).toEqual([
      ['c', false],
      ['a', true],
      ['b', true],
    ]);
    const third = withHidden(cardsOf(['a']), second, 2);
    expect(third.get('b')).toBe(second.get('b'));
    expect([...third].map(([id, { hidden }]) => [id, hidden === true])).toEqual([
      ['a', false],
      ['b', true],
      ['c', true],
    ]);
    expect([...withHidden(cardsOf([]), third, 2).keys()]).toEqual(['c', 'a']);
  });

  it('that went are given up a few at a time', () => {
    const all = withHidden(cardsOf(['a', 'b', 'c']), new Map());
    const first = withHidden(cardsOf([]), all, 0, 2);
    expect([...first.keys()]).toEqual(['c']);
    expect([...withHidden(cardsOf([]), first, 0, 2).keys()]).toEqual([]);
  });
});
