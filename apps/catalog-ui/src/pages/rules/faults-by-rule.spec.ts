import { expect, test } from 'vitest';
import { faultsByRule } from './use-rule-list.js';

test('faults stand at their rule and member, those of the list by themselves, several of one joined', () => {
  const found = faultsByRule([
    { pointer: '/rules/0/tag', detail: 'a' },
    { pointer: '/rules/0/tag', detail: 'b' },
    { pointer: '/rules/12/stopSubtypes/3', detail: 'c' },
    { pointer: '/rules', detail: 'd' },
    { pointer: '/reason', detail: 'e' },
  ]);
  expect([...found]).toEqual([
    ['0/tag', 'a; b'],
    ['12/stopSubtypes', 'c'],
    ['', 'd; e'],
  ]);
});
