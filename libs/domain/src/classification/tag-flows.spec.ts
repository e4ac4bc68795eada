import { expect, test } from 'vitest';
import { datasetOf, fieldId, kindOf, type NodeId } from '../identifiers.js';
import { USUAL_CARRIAGE } from './carriage.js';
import { mapFlows, type FlowGround, type FlowPlace } from './tag-flows.js';
import type { TagWalk } from './tag-reach.js';
import { TagSpread, type TagEdge } from './tag-spread.js';

const field = (dataset: string, name: string): NodeId => fieldId(`dataset:ns:${dataset}` as NodeId, [name]);

const GROUND: FlowGround = {
  placeOf: (node): FlowPlace => ({ id: kindOf(node) === 'FIELD' ? datasetOf(node) : node, kind: 'DATASET' }),
  isOutside: (node) => node.includes(':out'),
};

function edge(from: NodeId, to: NodeId, masking = false): TagEdge {
  const transformations = [{ type: 'DIRECT', subtype: null, description: null, masking }];
  return { from, to, rows: [{ from, to, job: null, transformations, validFrom: 0, validTo: null }] };
}

function walkOf(tag: string, sources: readonly NodeId[], edges: readonly TagEdge[]): TagWalk {
  const spread = new TagSpread(
    sources.filter((node) => kindOf(node) === 'FIELD'),
    USUAL_CARRIAGE,
    () => false,
    true,
  );
  while (spread.frontier.length > 0) {
    const at = new Set(spread.frontier);
    spread.step(edges.filter(({ from }) => at.has(from)));
  }
  return {
    tag,
    held: { sources: new Map(sources.map((node) => [node, null])), barred: new Map() },
    spread,
    datasets: null,
  };
}

const [A1, A2, B1, B2, OUT] = [field('a', '1'), field('a', '2'), field('b', '1'), field('b', '2'), field('out', '1')];
const EDGES = [edge(A1, B1), edge(A2, B1), edge(A1, A2), edge(B1, OUT), edge(A2, B2, true), edge(B1, A1)];

test('fields count once in a place and once in a flow, and a cycle and every stop are on the map', () => {
  const map = mapFlows([walkOf('pii', [A1, 'dataset:ns:c' as NodeId], EDGES)], GROUND, 10);
  expect(map.nodes.map(({ place, ...counts }) => [place.id, counts])).toEqual([
    ['dataset:ns:a', { fields: 2, sources: 1, assets: 0, outside: 0, ends: 0, distance: 0, places: 1 }],
    ['dataset:ns:c', { fields: 0, sources: 0, assets: 1, outside: 0, ends: 0, distance: 0, places: 1 }],
    ['dataset:ns:b', { fields: 1, sources: 0, assets: 0, outside: 0, ends: 0, distance: 1, places: 1 }],
    ['dataset:ns:out', { fields: 1, sources: 0, assets: 0, outside: 1, ends: 1, distance: 2, places: 1 }],
  ]);
  expect(map.links).toEqual([
    { from: 'dataset:ns:a', to: 'dataset:ns:a', fields: 1, masked: 0, stopped: 0 },
    { from: 'dataset:ns:a', to: 'dataset:ns:b', fields: 1, masked: 1, stopped: 0 },
    { from: 'dataset:ns:b', to: 'dataset:ns:a', fields: 1, masked: 0, stopped: 0 },
    { from: 'dataset:ns:b', to: 'dataset:ns:out', fields: 1, masked: 0, stopped: 0 },
  ]);
  expect([map.totalFields, map.totalAssets, map.totalOutside]).toEqual([4, 1, 1]);
});

test('what is hidden is not told to be a field or a whole dataset', () => {
  const hidden = 'dataset:ns:c' as NodeId;
  const ground: FlowGround = {
    ...GROUND,
    placeOf: (node) => (node === hidden ? { id: 'hidden', kind: 'HIDDEN' } : GROUND.placeOf(node)),
  };
  for (const most of [10, 1]) {
    const map = mapFlows([walkOf('pii', [A1, hidden], EDGES)], ground, most);
    expect([map.totalFields, map.totalAssets]).toEqual([5, 0]);
    if (most === 10)
      expect(map.nodes.find(({ place }) => place.kind === 'HIDDEN')).toMatchObject({
        fields: 1,
        sources: 1,
        assets: 0,
      });
  }
});

test('a field with two values of the tag counts once, and ends where neither goes on', () => {
  const map = mapFlows([walkOf('pii=a', [A1], EDGES), walkOf('pii=b', [B1], EDGES)], GROUND, 10);
  expect([map.totalFields, map.nodes[0]?.sources, map.totalOutside]).toEqual([4, 1, 1]);
});

test('the smallest places are one, which says how many; what is outside and all sums stay', () => {
  const whole = mapFlows([walkOf('pii', [A1], EDGES)], GROUND, 10);
  const map = mapFlows([walkOf('pii', [A1], EDGES)], GROUND, 1);
  expect(map.nodes.map(({ place, places }) => [place.kind, places])).toEqual([
    ['OTHERS', 2],
    ['DATASET', 1],
  ]);
  expect(map.nodes[1]?.place.id).toBe('dataset:ns:out');
  expect([map.totalFields, map.totalOutside]).toEqual([whole.totalFields, whole.totalOutside]);
  expect(map.links.reduce((sum, { masked }) => sum + masked, 0)).toBe(1);
});

test('of a place that a tag does not get into is told that it ends before it', () => {
  const map = mapFlows([walkOf('pii', [A1], [edge(A1, B1, true)])], GROUND, 10);
  expect(map.nodes.map(({ place, fields, distance }) => [place.id, fields, distance])).toEqual([
    ['dataset:ns:a', 1, 0],
    ['dataset:ns:b', 0, 1],
  ]);
});
