import { expect, test } from 'vitest';
import { definesIn, holdsIn } from './namespaces.js';

const edits = (namespaces: string[][] | null) => [
  { scope: 'CATALOG_READ' as const, namespaces: null, domains: [] },
  { scope: 'CATALOG_EDIT' as const, namespaces, domains: [] },
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
  expect(holdsIn(edits(namespaces), 'CATALOG_EDIT', { namespace, domain: { id: 'domain:a' } })).toBe(may);
});

test('another scope helps nobody', () => {
  const held = [{ scope: 'CATALOG_READ' as const, namespaces: null, domains: [] }];
  expect(holdsIn(held, 'CATALOG_EDIT', { namespace: 'shop', domain: null })).toBe(false);
});

const within = (domains: { id: string; namespaces: string[][] | null }[], read: string[][] | null = null) => [
  { scope: 'CATALOG_READ' as const, namespaces: read, domains: [] },
  { scope: 'CATALOG_EDIT' as const, namespaces: [], domains },
];

test.each([
  ['domain:a', 'shop', true],
  ['domain:b', 'shop', false],
  ['domain:c', 'shop', true],
  ['domain:c', 'bank', false],
  [null, 'shop', false],
])('what is in %s and in the namespace %s may be edited by a domain: %s', (id, namespace, may) => {
  const held = within([
    { id: 'domain:a', namespaces: null },
    { id: 'domain:c', namespaces: [['sh*']] },
  ]);
  expect(holdsIn(held, 'CATALOG_EDIT', { namespace, domain: id === null ? null : { id } })).toBe(may);
});

test('who edits a whole domain and reads all defines what is in it', () => {
  const held = within([
    { id: 'domain:a', namespaces: null },
    { id: 'domain:c', namespaces: [['sh*']] },
  ]);
  expect(['domain:a', 'domain:c', null, undefined].map((id) => definesIn(held, id))).toEqual([
    true,
    false,
    false,
    true,
  ]);
  expect(definesIn(within([{ id: 'domain:a', namespaces: null }], [['sh*']]), 'domain:a')).toBe(false);
  expect([null, 'domain:b'].map((id) => definesIn(edits(null), id))).toEqual([true, true]);
  expect(definesIn(edits([['shop']]), undefined)).toBe(false);
});
