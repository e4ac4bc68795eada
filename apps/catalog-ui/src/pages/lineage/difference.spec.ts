import { expect, test } from 'vitest';
import { differenceOf } from './difference.js';

const ids = (text: string) => ({
  nodes: [...text].filter((id) => id === id.toUpperCase()).map((id) => ({ id })),
  edges: [...text].filter((id) => id !== id.toUpperCase()).map((id) => ({ id })),
});
const part = (before: string, added: string, lapsed: string) => ({
  before: ids(before),
  added: ids(added),
  lapsed: ids(lapsed),
});
const shown = ({ added, lapsed }: ReturnType<typeof differenceOf>) => [[...added].join(''), [...lapsed].join('')];

test('of one part, what came and went is the difference', () => {
  expect(shown(differenceOf([part('ABa', 'Cc', 'Ba')]))).toEqual(['Cc', 'Ba']);
});

test('what came into a part that was opened by hand is drawn too', () => {
  expect(shown(differenceOf([part('ABa', '', ''), part('BCb', 'Dd', 'Cb')]))).toEqual(['Dd', 'Cb']);
});

test('what another part had all along has not come, and what it still has is not gone', () => {
  expect(shown(differenceOf([part('ABCab', '', ''), part('AB', 'C', 'B')]))).toEqual(['', '']);
});

test('what left one part and came into another is neither', () => {
  expect(shown(differenceOf([part('ABa', '', 'B'), part('CD', 'B', '')]))).toEqual(['', '']);
});
