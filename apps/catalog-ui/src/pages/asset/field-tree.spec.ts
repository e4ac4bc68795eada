import { describe, expect, it } from 'vitest';
import { fieldTree, linesOf } from './field-tree.js';

const at = (...segments: string[]) => ({ segments });
const drawn = (fields: readonly { segments: string[] }[], folded: readonly string[] = []) =>
  linesOf(fieldTree(fields), new Set(folded)).map(
    ({ depth, name, field, hasChildren }) =>
      `${'  '.repeat(depth)}${name}${field === null ? ' (unknown)' : ''}${hasChildren ? ' +' : ''}`,
  );

describe('fieldTree', () => {
  it('keeps the order of a flat schema', () => {
    expect(drawn([at('b'), at('a'), at('c')])).toEqual(['b', 'a', 'c']);
  });

  it('puts nested fields below the one that holds them, wherever they are listed', () => {
    expect(drawn([at('id'), at('address'), at('name'), at('address', 'city'), at('address', 'geo', 'lat')])).toEqual([
      'id',
      'address +',
      '  city',
      '  geo (unknown) +',
      '    lat',
      'name',
    ]);
  });

  it('tells a dotted name from a nested one', () => {
    expect(drawn([at('a.b'), at('a', 'b'), at('a/b')])).toEqual(['a.b', 'a (unknown) +', '  b', 'a/b']);
  });

  it('leaves out what is folded', () => {
    expect(drawn([at('a'), at('a', 'b'), at('c')], ['/a'])).toEqual(['a +', 'c']);
  });

  it('takes a field that is listed twice once, and one without a path not at all', () => {
    expect(drawn([at('a'), at('a'), at()])).toEqual(['a']);
  });

  it('takes names that are no well-formed text', () => {
    expect(drawn([at('\ud800')])).toEqual(['\ud800']);
  });
});
