import { expect, test } from 'vitest';
import { agentId } from '../../../lib/agents.js';
import { editOf, pathOf } from './edits.js';

test('an agent is named by its kind and its name, whatever is in it', () => {
  expect(agentId({ kind: 'team', name: ' claims ' })).toBe('agent:team:claims');
  expect(agentId({ kind: 'user', name: 'ann:b@example.org' })).toBe('agent:user:ann%3Ab%40example.org');
});

test('a domain stands behind all that it is part of', () => {
  expect(pathOf({ above: [{ id: 'domain:claims', name: 'Claims' }], name: 'Intake' })).toBe('Claims / Intake');
  expect(pathOf({ above: [], name: 'Claims' })).toBe('Claims');
});

test('an edit is read as its kind alone', () => {
  const edit = { kind: 'tagAsset', tag: 'tier=gold', reason: '' } as const;
  expect(editOf(edit, 'tagAsset')).toBe(edit);
  expect(editOf(edit, 'untagAsset')).toBeNull();
  expect(editOf(null, 'tagAsset')).toBeNull();
});
