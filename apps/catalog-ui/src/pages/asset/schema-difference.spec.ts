import { describe, expect, it } from 'vitest';
import { schemaDifference, type ListedField } from './schema-difference.js';

const field = (path: string, type: string | null = 'INT', description: string | null = null): ListedField => ({
  segments: path.split('.'),
  type,
  description,
});
const intField = (path: string): ListedField => field(path);
const drawn = (before: readonly ListedField[], after: readonly ListedField[]) =>
  schemaDifference(before, after).map(({ path, changes }) => [path, ...changes].join(' '));

describe('schemaDifference', () => {
  it('finds nothing between equal schemas', () => {
    expect(drawn([field('a'), field('b')], [field('a'), field('b')])).toEqual(['a', 'b']);
  });

  it('takes an absent description for an empty one', () => {
    expect(drawn([field('a', 'INT', '')], [field('a', 'INT', null)])).toEqual(['a']);
  });

  it('shows removed fields where they stood', () => {
    expect(
      drawn([field('x'), field('a'), field('y'), field('z'), field('b')], [field('a'), field('n', 'TEXT'), field('b')]),
    ).toEqual(['x REMOVED', 'a', 'y REMOVED', 'z REMOVED', 'n ADDED', 'b']);
  });

  it('names each thing that changed about a field', () => {
    expect(drawn([field('a', 'INT', 'old')], [field('a', 'BIGINT', 'new')])).toEqual(['a TYPE DESCRIPTION']);
    expect(drawn([field('a', null)], [field('a', 'INT')])).toEqual(['a TYPE']);
  });

  it('calls a field moved only where it itself left its place', () => {
    expect(
      drawn([field('a'), field('b'), field('c'), field('d')], [field('d'), field('a'), field('b'), field('c')]),
    ).toEqual(['d MOVED', 'a', 'b', 'c']);
    expect(drawn([field('a'), field('b'), field('c')], [field('b'), field('c'), field('n')])).toEqual([
      'a REMOVED',
      'b',
      'c',
      'n ADDED',
    ]);
  });

  it('takes a field for renamed where one of the same type came in its place', () => {
    const [line] = schemaDifference([field('a', 'INT', 'old'), field('b')], [field('n', 'INT', 'new'), field('b')]);
    expect(line).toEqual({
      path: 'n',
      before: field('a', 'INT', 'old'),
      after: field('n', 'INT', 'new'),
      changes: ['RENAMED', 'DESCRIPTION'],
    });
    expect(drawn(['a', 'b', 'c', 'd'].map(intField), ['x', 'c', 'd', 'b', 'n'].map(intField))).toEqual([
      'x RENAMED',
      'c',
      'd',
      'b MOVED',
      'n ADDED',
    ]);
    expect(drawn([field('a'), field('b')], [field('a'), field('n'), field('m')])).toEqual([
      'a',
      'n RENAMED',
      'm ADDED',
    ]);
    expect(drawn([field('x'), field('y'), field('b')], [field('n'), field('b')])).toEqual([
      'y REMOVED',
      'n RENAMED',
      'b',
    ]);
  });

  it('guesses no new name of another type, of no type, in another place or under another parent', () => {
    expect(drawn([field('a', 'INT')], [field('n', 'TEXT')])).toEqual(['a REMOVED', 'n ADDED']);
    expect(drawn([field('a', null)], [field('n', null)])).toEqual(['a REMOVED', 'n ADDED']);
    expect(drawn([field('a'), field('b')], [field('b'), field('n')])).toEqual(['a REMOVED', 'b', 'n ADDED']);
    expect(drawn([field('p.a')], [field('q.a')])).toEqual(['p.a REMOVED', 'q.a ADDED']);
  });

  it('tells a nested field from a dotted name', () => {
    const dotted: ListedField = { segments: ['a.b'], type: 'INT', description: null };
    expect(drawn([dotted], [field('a.b')])).toEqual(['a.b REMOVED', 'a.b ADDED']);
  });

  it('shows everything as added behind nothing, and as removed before nothing', () => {
    expect(drawn([], [field('a')])).toEqual(['a ADDED']);
    expect(drawn([field('a')], [])).toEqual(['a REMOVED']);
  });
});
