import { expect, test } from 'vitest';
import { chosenIn, searchOf } from '../search/search-query.js';
import { searchAddress } from './search-address.js';

test('the address of a saved search asks just what was saved', () => {
  const none = {
    ...{ kinds: null, namespaces: null, tags: null, owners: null, domains: null, terms: null },
    ...{ carriedTags: null, hasTag: null, hasDomain: null, dataProducts: null },
  };
  const asked = { property: 'property:retention', has: true, values: null, from: '30', to: null };
  const filter = {
    ...{ ...none, updatedAfter: null },
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

test('what only the API can ask for is carried, so that saving it again widens nothing', () => {
  const none = {
    ...{ kinds: null, namespaces: null, tags: null, owners: null, domains: null, terms: null },
    ...{ carriedTags: null, hasTag: null, hasDomain: null, dataProducts: null },
  };
  const filter = { ...none, properties: null, hasOwner: true, updatedAfter: '2026-04-01T00:00:00.000Z' };
  const address = searchAddress({ id: 'f0', query: '', orderBy: 'RELEVANCE', filter });
  const parameters = new URLSearchParams(address.slice(address.indexOf('?')));
  expect(searchOf(parameters).filter).toEqual({ hasOwner: true, updatedAfter: '2026-04-01T00:00:00.000Z' });
  expect(chosenIn(parameters).map(({ parameter }) => parameter)).toEqual(['owned', 'updatedAfter']);
  expect(searchOf(new URLSearchParams('owned=yes&updatedAfter=soon')).filter).toEqual({});
});
