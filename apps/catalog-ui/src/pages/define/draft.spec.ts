import { expect, test } from 'vitest';
import { changedMembers, emptyDraft, memberOf } from './draft.js';

const before = emptyDraft('term', {
  name: 'Buyer',
  parent: { id: 'term:party', name: 'Party' },
  related: [{ id: 'term:order', name: 'Order' }],
});

test('what differs is told, by ids and not by how something is called', () => {
  expect(changedMembers('term', before, before)).toEqual([]);
  expect(changedMembers('term', before, { ...before, parent: { id: 'term:party', name: 'Other' } })).toEqual([]);
  expect(
    changedMembers('term', before, { ...before, parent: null, related: [], synonyms: ['Customer'], name: 'Client' }),
  ).toEqual(['name', 'parent', 'synonyms', 'related']);
});

test('what a kind does not have never differs', () => {
  expect(changedMembers('domain', before, { ...before, synonyms: ['x'], status: 'APPROVED' })).toEqual([]);
});

test('owners differ by who and in which role', () => {
  const owner = { agent: { id: 'agent:team:claims', name: 'claims' }, role: 'OWNER' };
  const owned = { ...before, owners: [owner] };
  expect(changedMembers('domain', owned, { ...owned, owners: [{ ...owner, role: 'STEWARD' }] })).toEqual(['owners']);
});

test('a refusal without a place is told at the member that it is about', () => {
  expect(memberOf('TERM_EXISTS')).toBe('name');
  expect(memberOf('DOMAIN_CYCLE')).toBe('parent');
  expect(memberOf('TERM_NOT_DEPRECATED')).toBe('successor');
  expect(memberOf('MISSING_SCOPE')).toBeNull();
});
