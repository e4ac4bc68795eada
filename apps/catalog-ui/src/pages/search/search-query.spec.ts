import { describe, expect, test } from 'vitest';
import { chosenIn, orderOf, searchOf, toggled, unfiltered } from './search-query.js';

describe('the search that an address asks for', () => {
  test('has its words, every chosen value, and the order', () => {
    const address = new URLSearchParams('q=claim&kind=JOB&namespace=a&namespace=b&owner=o&tag=t&unowned=1&order=NAME');
    expect(searchOf(address)).toEqual({
      query: 'claim',
      orderBy: 'NAME',
      filter: { kinds: ['JOB'], namespaces: ['a', 'b'], owners: ['o'], tags: ['t'], hasOwner: false },
    });
  });

  test('has what is asked of properties', () => {
    const address = new URLSearchParams([
      ['property', 'property:cadence=daily'],
      ['property', '!property:x'],
      ['property', 'x'],
    ]);
    expect(searchOf(address).filter).toEqual({
      properties: [
        { property: 'property:cadence', values: ['daily'] },
        { property: 'property:x', has: false },
      ],
    });
  });

  test('leaves out what the API would refuse', () => {
    const address = new URLSearchParams('kind=PLANET&order=LUCK&unowned=yes');
    expect(searchOf(address)).toEqual({ query: '', orderBy: 'RELEVANCE', filter: {} });
    expect(orderOf(address)).toBe('RELEVANCE');
  });
});

describe('what a search is narrowed to', () => {
  const address = new URLSearchParams('q=claim&namespace=a&namespace=b&unowned=1&order=NAME');

  test('is listed value by value, of which facet each is', () => {
    expect(chosenIn(address)).toEqual([
      { facet: 'NAMESPACE', parameter: 'namespace', value: 'a' },
      { facet: 'NAMESPACE', parameter: 'namespace', value: 'b' },
      { facet: null, parameter: 'unowned', value: '1' },
    ]);
    expect(chosenIn(new URLSearchParams('q=claim&order=NAME'))).toEqual([]);
  });

  test('takes in a value that it has not, and lets go of one that it has', () => {
    expect(toggled(address, 'namespace', 'c').getAll('namespace')).toEqual(['a', 'b', 'c']);
    expect(toggled(address, 'namespace', 'a').getAll('namespace')).toEqual(['b']);
    expect(toggled(address, 'unowned', '1').has('unowned')).toBe(false);
    expect(address.getAll('namespace')).toEqual(['a', 'b']);
  });

  test('goes as a whole, while words and order stay', () => {
    expect(unfiltered(address).toString()).toBe('q=claim&order=NAME');
  });
});
