import { describe, expect, it } from 'vitest';
import { knownGraph, unknownBeside, type GraphEdge, type GraphNode } from './model.js';
import { isOpen, visibleGraph, type Choice } from './visible.js';

const node = (id: string, more: Partial<GraphNode> = {}): GraphNode => ({
  id,
  kind: 'JOB',
  displayName: id,
  placeholder: false,
  hidden: false,
  hasMoreUpstream: false,
  hasMoreDownstream: false,
  neighborsUpstream: null,
  neighborsDownstream: null,
  ...more,
});
const edge = (from: string, to: string, more: Partial<GraphEdge> = {}): GraphEdge => ({
  id: `${from}-${to}`,
  from,
  to,
  kind: 'READ',
  evidence: 'OBSERVED',
  via: [],
  firstSeenAt: '',
  lastSeenAt: '',
  validFrom: '',
  validTo: null,
  transformations: [],
  ...more,
});
const ALL: Choice = {
  seeds: ['root'],
  collapsed: new Set(),
  kinds: new Set(),
  namespaces: new Set(),
  looks: new Set(),
};
const idsOf = (nodes: readonly GraphNode[]): string[] => nodes.map(({ id }) => id).sort();
const chain = knownGraph([
  {
    nodes: ['a', 'root', 'b', 'c', 'sibling'].map((id) => node(id)),
    edges: [edge('a', 'root'), edge('root', 'b'), edge('b', 'c'), edge('a', 'sibling')],
  },
]);
const show = (choice: Partial<Choice>) => visibleGraph(chain, { ...ALL, ...choice }, ({ id }) => id);

describe('the known graph', () => {
  it('takes a side as whole once one answer holds all of it', () => {
    const graph = knownGraph([
      { nodes: [node('a', { hasMoreUpstream: false, hasMoreDownstream: true })], edges: [] },
      { nodes: [node('a', { hasMoreUpstream: true, hasMoreDownstream: true })], edges: [] },
    ]);
    expect(graph.nodes.get('a')).toMatchObject({ hasMoreUpstream: false, hasMoreDownstream: true });
  });

  it('tells how many nodes beside a node are not known yet', () => {
    const whole = node('a', { neighborsDownstream: 3 });
    const first = knownGraph([{ nodes: [whole, node('b')], edges: [edge('a', 'b')] }]);
    expect(unknownBeside(first, first.nodes.get('a') ?? whole, 'DOWNSTREAM')).toBe(2);
    // An answer that does not tell takes nothing back.
    const second = knownGraph([
      { nodes: [whole, node('b')], edges: [edge('a', 'b')] },
      { nodes: [node('a'), node('c')], edges: [edge('a', 'c')] },
    ]);
    expect(unknownBeside(second, second.nodes.get('a') ?? whole, 'DOWNSTREAM')).toBe(1);
    expect(unknownBeside(second, second.nodes.get('a') ?? whole, 'UPSTREAM')).toBeNull();
  });

  it('leaves out edges whose ends are in no answer', () => {
    expect(knownGraph([{ nodes: [node('a')], edges: [edge('a', 'b')] }]).edges.size).toBe(0);
  });

  it('holds an edge of two answers once', () => {
    const part = { nodes: [node('a'), node('b')], edges: [edge('a', 'b')] };
    const graph = knownGraph([part, part]);
    expect(graph.at.DOWNSTREAM.get('a')).toHaveLength(1);
  });
});

describe('the visible graph', () => {
  it('shows all that can be reached from the seeds, either way', () => {
    expect(idsOf(show({}).nodes)).toEqual(['a', 'b', 'c', 'root', 'sibling']);
  });

  it('takes away what is only reached through a collapsed end and tells how much that is', () => {
    const visible = show({ collapsed: new Set(['d:b']) });
    expect(idsOf(visible.nodes)).toEqual(['a', 'b', 'root', 'sibling']);
    expect(visible.behind.get('d:b')).toBe(1);
  });

  it('never takes away the node whose end towards the root is collapsed', () => {
    expect(idsOf(show({ collapsed: new Set(['u:b']) }).nodes)).toContain('b');
  });

  it('counts behind each of two collapsed ends what that one alone brings back', () => {
    const visible = show({ collapsed: new Set(['d:root', 'd:b']) });
    expect([...visible.behind]).toEqual([
      ['d:root', 1],
      ['d:b', 0],
    ]);
  });

  it('walks only along edges of the evidence chosen', () => {
    const graph = knownGraph([
      {
        nodes: ['root', 'b', 'c'].map((id) => node(id)),
        edges: [edge('root', 'b'), edge('root', 'c', { evidence: 'DECLARED' })],
      },
    ]);
    const visible = visibleGraph(graph, { ...ALL, looks: new Set(['DECLARED']) }, () => '');
    expect(idsOf(visible.nodes)).toEqual(['c', 'root']);
  });

  it('filters by kind and namespace but keeps the seeds, and counts what is away', () => {
    const visible = show({ kinds: new Set(['DATASET']) });
    expect(idsOf(visible.nodes)).toEqual(['root']);
    expect(visible.filtered).toBe(4);
    expect(idsOf(show({ namespaces: new Set(['b']) }).nodes)).toEqual(['b', 'root']);
  });

  it('offers to collapse only the sides that lead away from the root', () => {
    const visible = show({});
    expect(isOpen(chain, visible, 'b', 'DOWNSTREAM')).toBe(true);
    expect(isOpen(chain, visible, 'b', 'UPSTREAM')).toBe(false);
    expect(isOpen(chain, visible, 'c', 'DOWNSTREAM')).toBe(false);
  });

  it('comes to an end in cycles', () => {
    const graph = knownGraph([
      { nodes: [node('root'), node('b')], edges: [edge('root', 'b'), edge('b', 'root'), edge('b', 'b')] },
    ]);
    expect(idsOf(visibleGraph(graph, ALL, () => '').nodes)).toEqual(['b', 'root']);
  });
});
