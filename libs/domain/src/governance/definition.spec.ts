import { TAG_RULES_ID } from '../classification/tag-rules.js';
import { domainId, type NodeId } from '../identifiers.js';
import { expect, test } from 'vitest';
import { countsWithParts, upwards, withParts } from './definition.js';
import { definitionEditBytes, readDefinitionEdit, type DefinitionEdit } from './definition-edit.js';

const [A, B, C, D] = ['a', 'b', 'c', 'd'].map(domainId) as [NodeId, NodeId, NodeId, NodeId];
const domain = (id: NodeId, parent: NodeId | null) => ({ id, body: { name: id, description: null, parent } });

test('a domain stands for itself and all that is part of it, an unknown one for itself', () => {
  const all = [domain(A, null), domain(B, A), domain(C, B), domain(D, null)];
  expect(withParts([A], all)).toEqual([A, B, C]);
  expect(withParts([C, D], all)).toEqual([C, D]);
  expect(withParts([domainId('x')], all)).toEqual([domainId('x')]);
});

test('a domain counts what is in its parts too', () => {
  const all = [domain(A, null), domain(B, A), domain(C, B), domain(D, null)];
  const counts = [
    { value: C, count: 2 },
    { value: D, count: 4 },
    { value: A, count: 1 },
  ];
  expect(countsWithParts(counts, all).map(({ value, count }) => [value, count])).toEqual([
    [D, 4],
    [A, 3],
    [B, 2],
    [C, 2],
  ]);
});

test('the way up ends at the top, at what is not there, and at a cycle', () => {
  const parents = new Map<NodeId, NodeId | null>([
    [A, null],
    [B, A],
    [C, D],
    [D, C],
  ]);
  expect(upwards(B, (id) => parents.get(id))).toEqual([B, A]);
  expect(upwards(C, (id) => parents.get(id))).toEqual([C, D]);
  expect(upwards(domainId('x'), () => undefined)).toEqual([domainId('x')]);
});

const head = { id: '1', by: { id: 'user:ana', name: 'Ana' }, reason: null, expected: null };

test.each<DefinitionEdit>([
  {
    ...head,
    node: A,
    action: 'CREATE',
    body: { name: 'Claims', description: null, parent: B, layer: null, isExternal: false, owners: [] },
  },
  { ...head, expected: 7, node: A, action: 'CHANGE', body: { description: null } },
  { ...head, reason: 'merged', node: A, action: 'REMOVE' },
  {
    ...{ ...head, node: TAG_RULES_ID, action: 'REPLACE' },
    tagRules: [{ tag: 'pii', isCarried: true, throughIndirect: true, stopSubtypes: ['HASH'] }],
  },
])('an edit is read as it was written: $action', (edit) => {
  expect(readDefinitionEdit(definitionEditBytes(edit))).toEqual(edit);
});

test.each([
  { edit: 'asset.facts', id: '1', node: A, action: 'REMOVE' },
  { edit: 'definition', id: '1', node: 'agent:team:x', action: 'REMOVE' },
  { edit: 'definition', id: '1', node: A, action: 'CREATE', body: { description: 'no name' } },
  { edit: 'definition', id: '1', node: A, action: 'CHANGE', body: { parent: 'agent:team:x' } },
  { edit: 'definition', node: A, action: 'REMOVE' },
  { edit: 'definition', id: '1', node: TAG_RULES_ID, action: 'REPLACE', tagRules: [{ isCarried: true }] },
  { edit: 'definition', id: '1', node: TAG_RULES_ID, action: 'REMOVE' },
])('what is no edit of a definition is none: %j', (body) => {
  expect(readDefinitionEdit(new TextEncoder().encode(JSON.stringify(body)))).toBeUndefined();
});
