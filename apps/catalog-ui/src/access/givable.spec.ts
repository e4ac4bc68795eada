import { expect, test } from 'vitest';
import { givableRoles, givableScopes } from './givable.js';

test('a scope that is had for some namespaces only cannot be given', () => {
  const held = [
    { scope: 'ADMIN' as const, namespaces: null, domains: [] },
    { scope: 'CATALOG_READ' as const, namespaces: [['claims*']], domains: [] },
    { scope: 'LINEAGE_WRITE' as const, namespaces: null, domains: [] },
  ];
  expect(givableScopes(held)).toEqual(['LINEAGE_WRITE', 'ADMIN']);
});

test('a role can be given by whoever has every scope of it', () => {
  expect(givableRoles(['CATALOG_READ', 'CATALOG_EDIT'])).toEqual(['VIEWER', 'EDITOR']);
  expect(givableRoles([])).toEqual([]);
});
