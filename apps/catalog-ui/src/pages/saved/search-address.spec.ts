import { expect, test } from 'vitest';
import { searchOf } from '../search/search-query.js';
import { searchAddress } from './search-address.js';

test('the address of a saved search asks just what was saved', () => {
  const none = { kinds: null, namespaces: null, tags: null, owners: null, hasOwner: null, domains: null, terms: null };
  const asked = { property: 'property:retention', has: true, values: null, from: '30', to: null };
  const filter = {
    ...none,
    kinds: ['DATASET' as const],
    namespaces: ['a b', 'c'],
    tags: ['x=1'],
    hasOwner: false,
    properties: [asked],
  };
  const address = searchAddress({ id: 'f0', query: 'claims & more', orderBy: 'NAME', filter });
  const parameters = new URLSearchParams(address.slice(address.indexOf('?')));
  expect(parameters.get('saved')).toBe('f0');
  expect(searchOf(parameters)).toEqual({
    query: 'claims & more',
    orderBy: 'NAME',
    filter: {
      kinds: ['DATASET'],
      namespaces: ['a b', 'c'],
      tags: ['x=1'],
      hasOwner: false,
      properties: [{ property: 'property:retention', from: '30' }],
    },
  });
});
