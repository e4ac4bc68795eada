import { describe, expect, it } from 'vitest';
import { NO_GROUPING, isSameGraph, shownGraph, withNodesOf, type Grouping } from './grouping.js';
import type { GraphEdge, GraphNode } from './model.js';
import { hasGroupLoop } from './group-loop.js';
import { stepFrom, wayAlong, wayThrough } from './walk.js';

const node = (id: string): GraphNode => ({
  id,
  kind: 'JOB',
  displayName: id,
  placeholder: false,
  hidden: false,
  hasMoreUpstream: false,
  hasMoreDownstream: false,
  neighborsUpstream: null,
  neighborsDownstream: null,
});
const edge = (from: string, to: string, more: Partial<GraphEdge> = {}): GraphEdge => ({
  id: `${from}-${to}-${more.kind ?? 'READ'}`,
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
const part = {
  nodes: ['x1', 'x2', 'y1', 'z'].map(node),
  edges: [edge('x1', 'y1'), edge('x2', 'y1', { evidence: 'DECLARED' }), edge('x1', 'x2'), edge('y1', 'z')],
};
const byLetter: Grouping = {
  groupOf: ({ id }) => ({ key: id[0] ?? '', title: `the ${id[0] ?? ''}` }),
  open: new Set(),
  keep: new Set(),
};

describe('grouping', () => {
  it('draws nodes of one key as one, but never a single node', () => {
    const shown = shownGraph(part, byLetter);
    expect(shown.nodes.map(({ id }) => id)).toEqual(['group:x', 'y1', 'z']);
    expect(shown.nodes[0]?.group).toEqual({ key: 'x', title: 'the x' });
  });

  it('draws what ran between the same two as one line of the strongest evidence, and nothing within a group', () => {
    const [line, ...others] = shownGraph(part, byLetter).edges;
    expect(line).toMatchObject({ from: 'group:x', to: 'y1', look: 'OBSERVED' });
    expect(line?.edges).toHaveLength(2);
    expect(others).toHaveLength(1);
  });

  it('keeps control apart from data between the same two', () => {
    const control = { ...part, edges: [edge('y1', 'z'), edge('y1', 'z', { kind: 'CONTROL' })] };
    expect(shownGraph(control, NO_GROUPING).edges.map(({ look }) => look)).toEqual(['OBSERVED', 'CONTROL']);
  });

  it('tells when groups are on a loop, which their nodes need not be on', () => {
    const nodes = ['x1', 'x2', 'y1', 'z'].map(node);
    const around = { nodes, edges: [edge('x1', 'y1'), edge('y1', 'x2'), edge('y1', 'z')] };
    expect(hasGroupLoop(shownGraph(around, byLetter))).toBe(true);
    expect(hasGroupLoop(shownGraph(around, NO_GROUPING))).toBe(false);
    expect(hasGroupLoop(shownGraph(part, byLetter))).toBe(false);
    // A loop of single nodes beside a group is one.
    const apart = { nodes, edges: [edge('x1', 'y1'), edge('y1', 'z'), edge('z', 'y1')] };
    expect(hasGroupLoop(shownGraph(apart, byLetter))).toBe(false);
  });

  it('leaves opened groups and kept nodes alone', () => {
    expect(shownGraph(part, { ...byLetter, open: new Set(['x']) }).nodes).toHaveLength(4);
    expect(shownGraph(part, { ...byLetter, keep: new Set(['x1']) }).nodes).toHaveLength(4);
  });

  it('knows a graph of the same objects again', () => {
    expect(isSameGraph(shownGraph(part, byLetter), shownGraph(part, byLetter))).toBe(true);
    expect(isSameGraph(shownGraph(part, byLetter), shownGraph(part, NO_GROUPING))).toBe(false);
  });
});

describe('walking', () => {
  const shown = shownGraph(part, NO_GROUPING);
  const at = new Map([
    ['x1', { x: 0, y: 0 }],
    ['x2', { x: 0, y: 100 }],
    ['y1', { x: 300, y: 90 }],
    ['z', { x: 600, y: 90 }],
  ]);

  it('keeps the nodes that are equal to those before, and takes those that are not', () => {
    const before = shownGraph(part, NO_GROUPING);
    const [first, ...others] = part.nodes;
    const changed = { ...part, nodes: [{ ...first, displayName: 'another' }, ...others] as typeof part.nodes };
    const after = withNodesOf(before, shownGraph(changed, NO_GROUPING));
    expect(after.nodes[0]?.members[0].displayName).toBe('another');
    expect(after.nodes.slice(1)).toHaveLength(others.length);
    for (const [at, node] of after.nodes.slice(1).entries()) expect(node).toBe(before.nodes[at + 1]);
    const grouped = withNodesOf(before, shownGraph(part, byLetter));
    expect(isSameGraph(grouped, shownGraph(part, byLetter))).toBe(true);
  });

  it('leads along edges, to the neighbor that is nearest in height', () => {
    expect(stepFrom(shown, at, 'y1', 'left')).toBe('x2');
    expect(stepFrom(shown, at, 'y1', 'right')).toBe('z');
    expect(stepFrom(shown, at, 'z', 'right')).toBeUndefined();
  });

  it('leads up and down within a layer', () => {
    expect(stepFrom(shown, at, 'x1', 'down')).toBe('x2');
    expect(stepFrom(shown, at, 'x2', 'up')).toBe('x1');
    expect(stepFrom(shown, at, 'x1', 'up')).toBeUndefined();
  });

  it('lights causes and effects but no siblings', () => {
    const way = wayThrough(part.edges, shown, ['x2']);
    expect([...way.nodes].sort()).toEqual(['x1', 'x2', 'y1', 'z']);
    expect(way.edges.has('data x1 y1')).toBe(false);
  });

  it('passes nothing on along control', () => {
    const edges = [edge('x1', 'z', { kind: 'CONTROL' })];
    const control = shownGraph({ ...part, edges }, NO_GROUPING);
    expect([...wayThrough(edges, control, ['x1']).nodes]).toEqual(['x1']);
  });

  it('leads through what is drawn as one no further than the data goes', () => {
    const edges = [edge('a', 'x1'), edge('x1', 'x3'), edge('x3', 'y1'), edge('x2', 'z')];
    const nodes = ['a', 'x1', 'x2', 'x3', 'y1', 'z'].map(node);
    const grouped = shownGraph({ nodes, edges }, byLetter);
    expect([...wayThrough(edges, grouped, ['a']).nodes].sort()).toEqual(['a', 'group:x', 'y1']);
  });

  it('lights the edges of a path and their ends, and what stands for them', () => {
    const grouped = shownGraph(part, byLetter);
    const way = wayAlong(grouped, [edge('x1', 'y1'), edge('y1', 'z')]);
    expect([...way.nodes].sort()).toEqual(['group:x', 'y1', 'z']);
    expect(way.edges.size).toBe(2);
  });
});
