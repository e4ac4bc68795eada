import { expect, test } from 'vitest';
import { faultsByRule } from './use-rule-list.js';

test('faults stand at their rule and member, those of the list by themselves, what several of one say once', () => {
  const fault = (pointer: string, detail: string) => ({ pointer, detail, code: 'TEXT_LENGTH', parameters: [] });
  const found = faultsByRule([
    fault('/rules/0/tag', 'a'),
    fault('/rules/0/tag', 'b'),
    fault('/rules/12/stopSubtypes/3', 'c'),
    fault('/rules/12/stopSubtypes/4', 'c'),
    fault('/rules', 'd'),
    fault('/reason', 'e'),
  ]);
  expect([...found].map(([place, of]) => [place, of.map(({ detail }) => detail)])).toEqual([
    ['0/tag', ['a', 'b']],
    ['12/stopSubtypes', ['c']],
    ['', ['d', 'e']],
  ]);
});
