import { expect, test } from 'vitest';
import { treeOf, type TermBranch } from './term-tree.js';

interface Term {
  readonly id: string;
  readonly parent: { readonly id: string } | null;
}
const term = (id: string, above: string | null = null): Term => ({ id, parent: above === null ? null : { id: above } });
const written = (branches: readonly TermBranch<Term>[]): string =>
  branches.map(({ term: { id }, below }) => (below.length === 0 ? id : `${id}(${written(below)})`)).join(' ');

test('terms stand below the wider ones, in the order of the list, whichever comes first', () => {
  expect(written(treeOf([term('c', 'b'), term('a'), term('b', 'a'), term('d', 'a'), term('e')]))).toBe('a(b(c) d) e');
});

test('a term whose wider one is not in the list stands at the top', () => {
  expect(written(treeOf([term('b', 'a'), term('c', 'b')]))).toBe('b(c)');
  expect(treeOf([])).toEqual([]);
});
