import { describe, expect, it } from 'vitest';
import { neighborsOf, titleOf } from './neighbors.js';

const node = (id: string) => ({ id, kind: 'DATASET', displayName: id, hidden: false, placeholder: false });
const edge = (from: string, to: string, kind = 'DERIVED') => ({ from, to, kind });

describe('neighborsOf', () => {
  const around = neighborsOf({
    root: { id: 'r' },
    nodes: ['r', 'a', 'b', 'c', 'p'].map(node),
    edges: [
      edge('a', 'r'),
      edge('a', 'r', 'READ'),
      edge('r', 'b'),
      edge('b', 'c'),
      edge('r', 'r'),
      edge('p', 'r', 'PARENT'),
    ],
  });

  it('finds what is one hop away on either side', () => {
    expect(around.upstream.map(({ node: { id } }) => id)).toEqual(['a']);
    expect(around.downstream.map(({ node: { id } }) => id)).toEqual(['b']);
  });

  it('keeps every edge between two nodes', () => {
    expect(around.upstream[0]?.edges.map(({ kind }) => kind)).toEqual(['DERIVED', 'READ']);
  });

  it('has a neighbor on both sides where data goes round', () => {
    const round = neighborsOf({
      root: { id: 'r' },
      nodes: [node('r'), node('a')],
      edges: [edge('a', 'r'), edge('r', 'a')],
    });
    expect([round.upstream.length, round.downstream.length]).toEqual([1, 1]);
  });
});

describe('titleOf', () => {
  it('reads names out of ids', () => {
    expect(titleOf('dataset:pg%3A%2F%2Fh:a.b')).toEqual({ name: 'a.b', within: 'pg://h' });
    expect(titleOf('field:ns:table:address:city')).toEqual({ name: 'address.city', within: 'table · ns' });
    expect(titleOf('run:ns:job:123')).toEqual({ name: '123', within: 'job · ns' });
    expect(titleOf('nonsense')).toEqual({ name: 'nonsense', within: '' });
  });
});
