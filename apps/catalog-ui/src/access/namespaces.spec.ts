import { expect, test } from 'vitest';
import { holdsIn } from './namespaces.js';

const edits = (namespaces: string[][] | null) => [
  { scope: 'CATALOG_READ' as const, namespaces: null },
  { scope: 'CATALOG_EDIT' as const, namespaces },
];

test.each([
  [null, 'shop', true],
  [[['shop']], 'shop', true],
  [[['shop']], 'shop2', false],
  [[['postgres://*']], 'postgres://shop.example:5432', true],
  [[['sho?']], 'shop', true],
  [[['*-prod', '!secret*']], 'shop-prod', true],
  [[['*-prod', '!secret*']], 'secret-prod', false],
  [[['!secret*']], 'shop', true],
  [[['!secret*']], 'secret', false],
  [[['a*b*c']], 'a-b-b-c', true],
  [[['a*b*c']], 'a-b-b', false],
  [[['bank'], ['sh*']], 'shop', true],
  [[['caf\u00e9']], 'cafe\u0301', true],
  [[], 'shop', false],
  [[[]], 'shop', false],
])('%j allows to edit %s: %s', (namespaces, namespace, may) => {
  expect(holdsIn(edits(namespaces), 'CATALOG_EDIT', namespace)).toBe(may);
});

test('another scope helps nobody', () => {
  expect(holdsIn([{ scope: 'CATALOG_READ', namespaces: null }], 'CATALOG_EDIT', 'shop')).toBe(false);
});
