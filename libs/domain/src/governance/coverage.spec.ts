import { domainId, type NodeId } from '../identifiers.js';
import { expect, test } from 'vitest';
import { coverageWithParts, sumOf, type CoverageOfDomain } from './coverage.js';

const [A, B, C] = ['a', 'b', 'c'].map(domainId) as [NodeId, NodeId, NodeId];
const domain = (id: NodeId, parent: NodeId | null) => ({ id, body: { name: id, description: null, parent } });
const row = (id: NodeId | null, assets: number, owned: number, tagged: number): CoverageOfDomain => ({
  ...{ domain: id, assets, owned, tagged },
});

test('a domain counts what is in its parts too, an empty one nothing, and what is in none stands last', () => {
  const all = [domain(A, null), domain(B, A), domain(C, null)];
  expect(coverageWithParts([row(null, 5, 1, 0), row(B, 2, 2, 1), row(A, 1, 0, 1)], all)).toEqual([
    row(A, 3, 2, 2),
    row(B, 2, 2, 1),
    row(C, 0, 0, 0),
    row(null, 5, 1, 0),
  ]);
});

test('what is in an unknown domain counts as in none', () => {
  expect(coverageWithParts([row(B, 2, 2, 1), row(null, 1, 0, 0)], [])).toEqual([row(null, 3, 2, 1)]);
});

test('nothing comes to nothing', () => {
  expect([coverageWithParts([], []), sumOf([])]).toEqual([[], { assets: 0, owned: 0, tagged: 0 }]);
});
